import { useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import { type Camera, PerspectiveCamera, Vector3 } from 'three'
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js'
import type { Box3 } from '../../shared/mesh/mesh'
import { fitDistance, viewDirection } from './view-presets'
import type { Viewer, ViewerScene } from './viewer'

/** A picture of this much is left free around what is fitted. */
const MARGIN = 1.15
/** A camera never comes closer to its target than this, mm. */
const NEAREST_MM = 2
const FARTHEST_MM = 20_000

type Triple = readonly [number, number, number]

interface Rig {
  readonly camera: Camera
  readonly controls: OrbitControls
  readonly aspect: () => number
  readonly redraw: () => void
}

function middleOf({ min, max }: Box3): Vector3 {
  return new Vector3((min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2)
}

/** Puts the camera where a direction and the last fitted box want it. */
function look({ camera, controls, aspect }: Rig, direction: Triple, box: Box3): void {
  const fovDeg = camera instanceof PerspectiveCamera ? camera.fov : 35
  const distance = fitDistance(box, direction, { fovDeg, aspect: aspect() }, MARGIN)
  controls.target.copy(middleOf(box))
  camera.position.copy(controls.target).addScaledVector(new Vector3(...direction), distance)
  controls.update()
}

function directionOf({ camera, controls }: Rig): Triple {
  const towards = camera.position.clone().sub(controls.target).normalize()
  return [towards.x, towards.y, towards.z]
}

/** What the camera can be asked for, over three's orbit controls. */
function sceneOf(rig: Rig, first: Box3): ViewerScene & { fitted(): Box3 } {
  let fitted = first
  const { camera, controls, redraw } = rig
  return {
    fitted: () => fitted,
    setView(preset) {
      look(rig, viewDirection(preset), fitted)
      redraw()
    },
    fit(box) {
      fitted = box
      look(rig, directionOf(rig), box)
      redraw()
    },
    zoom(factor) {
      const away = camera.position.clone().sub(controls.target)
      away.setLength(Math.min(FARTHEST_MM, Math.max(NEAREST_MM, away.length() / factor)))
      camera.position.copy(controls.target).add(away)
      controls.update()
      redraw()
    },
    orbit(aboutDeg, upDeg) {
      const away = camera.position.clone().sub(controls.target)
      const radius = away.length()
      const azimuth = Math.atan2(away.y, away.x) + (aboutDeg * Math.PI) / 180
      const height = Math.asin(Math.max(-1, Math.min(1, away.z / radius)))
      const raised = Math.max(-1.55, Math.min(1.55, height + (upDeg * Math.PI) / 180))
      away.set(Math.cos(raised) * Math.cos(azimuth), Math.cos(raised) * Math.sin(azimuth), Math.sin(raised)).multiplyScalar(radius)
      camera.position.copy(controls.target).add(away)
      controls.update()
      redraw()
    },
    redraw,
  }
}

function tellPose(viewer: Viewer, camera: Camera): void {
  camera.updateMatrixWorld()
  const e = camera.matrixWorld.elements
  viewer.tellPose({ right: [e[0], e[1], e[2]], up: [e[4], e[5], e[6]], towards: [e[8], e[9], e[10]] })
}

/** The camera: turns with the left button, moves with the right (or shift), nears with the wheel; obeys its viewer. */
export function CameraRig({ viewer, home }: { readonly viewer: Viewer; readonly home: Box3 }) {
  const camera = useThree((state) => state.camera)
  const canvas = useThree((state) => state.gl.domElement)
  const get = useThree((state) => state.get)
  const set = useThree((state) => state.set)
  const invalidate = useThree((state) => state.invalidate)
  useEffect(() => {
    const controls = new OrbitControls(camera, canvas)
    controls.enableDamping = false
    controls.zoomToCursor = true
    controls.minDistance = NEAREST_MM
    controls.maxDistance = FARTHEST_MM
    set({ controls })
    const onChange = () => {
      tellPose(viewer, camera)
      invalidate()
    }
    const onStart = () => viewer.setMoving(true)
    const onEnd = () => viewer.setMoving(false)
    controls.addEventListener('change', onChange)
    controls.addEventListener('start', onStart)
    controls.addEventListener('end', onEnd)
    const rig: Rig = { camera, controls, aspect: () => get().size.width / Math.max(1, get().size.height), redraw: () => invalidate() }
    const { kept } = viewer
    const scene = sceneOf(rig, kept?.fitted ?? home)
    if (kept === undefined) look(rig, viewDirection('iso'), home)
    else {
      camera.position.set(...kept.position)
      controls.target.set(...kept.target)
      controls.update()
    }
    const leave = viewer.attach(scene)
    onChange()
    return () => {
      viewer.kept = { position: [...camera.position.toArray()], target: [...controls.target.toArray()], fitted: scene.fitted() }
      leave()
      controls.dispose()
      set({ controls: null })
    }
    // The home box only says where to look first.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [camera, canvas, get, set, invalidate, viewer])
  return undefined
}
