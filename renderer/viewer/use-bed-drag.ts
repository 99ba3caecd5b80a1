import { type ThreeEvent, useThree } from '@react-three/fiber'
import { useCallback } from 'react'
import { Plane, Raycaster, Vector2, Vector3 } from 'three'
import type { Viewer } from './viewer'

export interface BedDrag {
  /** Hears how far the part was dragged since the last call, mm in x and y. */
  readonly onMove: (dxMm: number, dyMm: number) => void
  readonly onEnd: () => void
}

/** A press that stays within this reach is a click and moves nothing, px. */
const STILL_PX = 4

/** Starts to drag a part over the bed with the pointer that has just been pressed on it; the camera stays still meanwhile. */
export function useBedDrag(viewer: Viewer): (event: ThreeEvent<PointerEvent>, drag: BedDrag) => void {
  const get = useThree((state) => state.get)
  return useCallback(
    (event, { onMove, onEnd }) => {
      const { camera, gl, controls } = get()
      const orbit = controls as { enabled?: boolean } | null
      const plane = new Plane(new Vector3(0, 0, 1), -event.point.z)
      const raycaster = new Raycaster()
      const meet = ({ clientX, clientY }: PointerEvent) => {
        const frame = gl.domElement.getBoundingClientRect()
        raycaster.setFromCamera(new Vector2((2 * (clientX - frame.left)) / frame.width - 1, 1 - (2 * (clientY - frame.top)) / frame.height), camera)
        return raycaster.ray.intersectPlane(plane, new Vector3())
      }
      const { clientX, clientY, pointerId } = event.nativeEvent
      let last = event.point.clone()
      let isDragging = false
      if (orbit !== null) orbit.enabled = false
      const move = (next: PointerEvent) => {
        if (next.pointerId !== pointerId) return
        if (!isDragging && Math.hypot(next.clientX - clientX, next.clientY - clientY) < STILL_PX) return
        isDragging = true
        viewer.setMoving(true)
        const met = meet(next)
        if (met === null) return
        onMove(met.x - last.x, met.y - last.y)
        last = met
      }
      const end = (next: PointerEvent) => {
        if (next.pointerId !== pointerId) return
        window.removeEventListener('pointermove', move)
        window.removeEventListener('pointerup', end)
        window.removeEventListener('pointercancel', end)
        if (orbit !== null) orbit.enabled = true
        viewer.setMoving(false)
        if (isDragging) onEnd()
      }
      window.addEventListener('pointermove', move)
      window.addEventListener('pointerup', end)
      window.addEventListener('pointercancel', end)
    },
    [get, viewer],
  )
}
