import { type ThreeEvent, useThree } from '@react-three/fiber'
import { useCallback } from 'react'
import { type Intersection, type Object3D, Raycaster, Vector2 } from 'three'

/** A place on a part's surface that the pointer went over. */
export interface StrokePoint {
  readonly triangle: number
  /** In the scene, mm. */
  readonly pointMm: readonly [number, number, number]
  /** Shift was held as the stroke began. */
  readonly isShifted: boolean
}

export interface SurfaceStroke {
  readonly onPoint: (point: StrokePoint) => void
  readonly onEnd: () => void
}

/** The surface is looked at this often along the pointer's way, px; so far at most between two of its events. */
const STEP_PX = 5
const MOST_STEPS = 24

/** Follows the pointer that was pressed on a part over its surface; the camera stays still meanwhile. */
export function useSurfaceStroke(): (event: ThreeEvent<PointerEvent>, stroke: SurfaceStroke) => void {
  const get = useThree((state) => state.get)
  return useCallback(
    (event, { onPoint, onEnd }) => {
      const { camera, gl, controls } = get()
      const orbit = controls as { enabled?: boolean } | null
      const surface: Object3D = event.eventObject
      const raycaster = new Raycaster()
      const { pointerId, shiftKey } = event.nativeEvent
      const meet = (clientX: number, clientY: number) => {
        const frame = gl.domElement.getBoundingClientRect()
        raycaster.setFromCamera(new Vector2((2 * (clientX - frame.left)) / frame.width - 1, 1 - (2 * (clientY - frame.top)) / frame.height), camera)
        tell(raycaster.intersectObject(surface, false)[0])
      }
      const tell = (hit: Intersection | undefined) => {
        if (hit?.faceIndex !== undefined && hit.faceIndex !== null) onPoint({ triangle: hit.faceIndex, pointMm: [hit.point.x, hit.point.y, hit.point.z], isShifted: shiftKey })
      }
      let last = { x: event.nativeEvent.clientX, y: event.nativeEvent.clientY }
      if (orbit !== null) orbit.enabled = false
      meet(last.x, last.y)
      const move = ({ pointerId: id, clientX, clientY }: PointerEvent) => {
        if (id !== pointerId) return
        const steps = Math.min(MOST_STEPS, Math.max(1, Math.ceil(Math.hypot(clientX - last.x, clientY - last.y) / STEP_PX)))
        for (let i = 1; i <= steps; i++) meet(last.x + ((clientX - last.x) * i) / steps, last.y + ((clientY - last.y) * i) / steps)
        last = { x: clientX, y: clientY }
      }
      const end = ({ pointerId: id }: PointerEvent) => {
        if (id !== pointerId) return
        window.removeEventListener('pointermove', move)
        window.removeEventListener('pointerup', end)
        window.removeEventListener('pointercancel', end)
        if (orbit !== null) orbit.enabled = true
        onEnd()
      }
      window.addEventListener('pointermove', move)
      window.addEventListener('pointerup', end)
      window.addEventListener('pointercancel', end)
    },
    [get],
  )
}
