import { useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { Object3D } from 'three'
import { TransformControls } from 'three/examples/jsm/controls/TransformControls.js'
import type { Viewer } from './viewer'

type Triple = readonly [number, number, number]
type Rotation = readonly [number, number, number, number]

/** Where a gizmo stands, in the scene. */
export interface GizmoPose {
  readonly positionMm: Triple
  readonly rotation: Rotation
  readonly scale: Triple
}

export interface GizmoProps {
  readonly viewer: Viewer
  readonly mode: 'translate' | 'rotate' | 'scale'
  readonly pose: GizmoPose
  /** Steps while dragging: mm, degrees; free when absent. */
  readonly snap?: number | undefined
  /** Hears each step of a drag. */
  readonly onDrag: (pose: GizmoPose) => void
  /** The handle was let go. */
  readonly onSettle: () => void
}

function poseOf({ position, quaternion, scale }: Object3D): GizmoPose {
  return { positionMm: [position.x, position.y, position.z], rotation: [quaternion.x, quaternion.y, quaternion.z, quaternion.w], scale: [scale.x, scale.y, scale.z] }
}

function putPose(target: Object3D, { positionMm, rotation, scale }: GizmoPose): void {
  target.position.set(...(positionMm as [number, number, number]))
  target.quaternion.set(...(rotation as [number, number, number, number]))
  target.scale.set(...(scale as [number, number, number]))
  target.updateMatrixWorld(true)
}

/** Handles to move, turn or scale with. Moving and turning go by the machine's axes, scaling by the part's own. */
export function Gizmo({ viewer, mode, pose, snap, onDrag, onSettle }: GizmoProps) {
  const { camera, gl, scene, invalidate, get } = useThree()
  const target = useMemo(() => new Object3D(), [])
  const controls = useMemo(() => new TransformControls(camera, gl.domElement), [camera, gl])
  const heard = useRef({ onDrag, onSettle })
  useEffect(() => {
    heard.current = { onDrag, onSettle }
  })
  useEffect(() => {
    const helper = controls.getHelper()
    scene.add(target, helper)
    controls.attach(target)
    const redraw = () => invalidate()
    const onObjectChange = () => heard.current.onDrag(poseOf(target))
    const onDragging = ({ value }: { readonly value: unknown }) => {
      const orbit = get().controls as { enabled?: boolean } | null
      if (orbit !== null) orbit.enabled = value !== true
      viewer.setMoving(value === true)
      if (value !== true) heard.current.onSettle()
    }
    controls.addEventListener('change', redraw)
    controls.addEventListener('objectChange', onObjectChange)
    controls.addEventListener('dragging-changed', onDragging)
    return () => {
      if (controls.dragging) onDragging({ value: false })
      controls.detach()
      scene.remove(target, helper)
      controls.dispose()
      invalidate()
    }
  }, [controls, target, scene, invalidate, get, viewer])
  useEffect(() => {
    controls.setMode(mode)
    controls.setSpace(mode === 'scale' ? 'local' : 'world')
    controls.setSize(0.8)
    controls.setTranslationSnap(mode === 'translate' ? (snap ?? null) : null)
    controls.setRotationSnap(mode === 'rotate' && snap !== undefined ? (snap * Math.PI) / 180 : null)
  }, [controls, mode, snap])
  useEffect(() => {
    putPose(target, pose)
    invalidate()
  }, [target, pose, invalidate])
  return undefined
}
