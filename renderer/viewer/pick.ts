import type { ThreeEvent } from '@react-three/fiber'
import { type Intersection, Matrix3, type Object3D, PerspectiveCamera, type Raycaster, Vector3, Mesh as SceneMesh } from 'three'
import { acceleratedRaycast } from 'three-mesh-bvh'

type Triple = readonly [number, number, number]

/** Where a pointer meets a part. */
export interface SurfacePick {
  /** In the scene, mm. */
  readonly pointMm: Triple
  /** Outward normal of the triangle in the scene, unit length. */
  readonly normal: Triple
  /** Number of the triangle in the part's mesh. */
  readonly triangle: number
  /** How many mm a pixel of the picture is there. */
  readonly mmPerPx: number
  /** Ctrl, Cmd or Shift is held: add to what is chosen. */
  readonly isAdding: boolean
}

/** A press that moved further than this was a drag, not a click, px. */
const CLICK_REACH_PX = 4

/** Finds what a ray meets through the mesh's tree. A big mesh whose tree still grows is not met: searching all of it would stall the window. */
export function raycastTree(this: Object3D, raycaster: Raycaster, hits: Intersection[]): void {
  if (!(this instanceof SceneMesh) || this.geometry.boundsTree === undefined) return
  raycaster.firstHitOnly = true
  acceleratedRaycast.call(this, raycaster, hits)
}

/** Reads a pointer event over a part; undefined when it met no triangle. */
export function readPick({ object, point, face, faceIndex, nativeEvent, camera, distance }: ThreeEvent<PointerEvent | MouseEvent>): SurfacePick | undefined {
  if (face === null || face === undefined || faceIndex === null || faceIndex === undefined) return undefined
  const normal = new Vector3().copy(face.normal).applyNormalMatrix(new Matrix3().getNormalMatrix(object.matrixWorld)).normalize()
  // A mirrored part turns its triangles round, and the matrix of normals doesn't know.
  if (object.matrixWorld.determinant() < 0) normal.negate()
  return {
    pointMm: [point.x, point.y, point.z],
    normal: [normal.x, normal.y, normal.z],
    triangle: faceIndex,
    mmPerPx: camera instanceof PerspectiveCamera && nativeEvent.target instanceof HTMLElement ? (2 * distance * Math.tan((camera.fov * Math.PI) / 360)) / Math.max(1, nativeEvent.target.clientHeight) : 0.1,
    isAdding: nativeEvent.ctrlKey || nativeEvent.metaKey || nativeEvent.shiftKey,
  }
}

/** True when the pointer was pressed and let go in about the same place. */
export function isClick(event: ThreeEvent<MouseEvent>): boolean {
  return event.delta <= CLICK_REACH_PX
}
