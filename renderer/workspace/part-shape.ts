import type { Box3, Mat4, Mesh } from '../../shared/mesh/mesh'
import type { Toolpath } from '../../shared/toolpath/toolpath'
import { type PlateObject, type Triple, plateMatrix } from './plate'

/** Box of a mesh in its own frame, or after a matrix. An empty mesh has a box of no size at the origin. */
export function meshBox(mesh: Mesh, matrix?: Mat4): Box3 {
  const { positions } = mesh
  if (positions.length === 0) return { min: [0, 0, 0], max: [0, 0, 0] }
  const m = matrix ?? [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
  const [a, b, c, , d, e, f, , g, h, i, , tx, ty, tz] = m as number[] as [number, number, number, number, number, number, number, number, number, number, number, number, number, number, number]
  let [x0, y0, z0, x1, y1, z1] = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]
  for (let p = 0; p < positions.length; p += 3) {
    const [px, py, pz] = [positions[p] as number, positions[p + 1] as number, positions[p + 2] as number]
    const x = a * px + d * py + g * pz
    const y = b * px + e * py + h * pz
    const z = c * px + f * py + i * pz
    if (x < x0) x0 = x
    if (x > x1) x1 = x
    if (y < y0) y0 = y
    if (y > y1) y1 = y
    if (z < z0) z0 = z
    if (z > z1) z1 = z
  }
  return { min: [x0 + tx, y0 + ty, z0 + tz], max: [x1 + tx, y1 + ty, z1 + tz] }
}

/** Middle of a box. */
export function boxMiddle({ min, max }: Box3): Triple {
  return [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2]
}

/** Size of a box along each axis. */
export function boxSize({ min, max }: Box3): Triple {
  return [max[0] - min[0], max[1] - min[1], max[2] - min[2]]
}

/** The smallest box around several; undefined for none. */
export function boxAround(boxes: readonly Box3[]): Box3 | undefined {
  if (boxes.length === 0) return undefined
  const pick = (choose: (...values: number[]) => number, side: 'min' | 'max', axis: 0 | 1 | 2) => choose(...boxes.map((box) => box[side][axis]))
  return {
    min: [pick(Math.min, 'min', 0), pick(Math.min, 'min', 1), pick(Math.min, 'min', 2)],
    max: [pick(Math.max, 'max', 0), pick(Math.max, 'max', 1), pick(Math.max, 'max', 2)],
  }
}

/** Boxes by rotation and scale, relative to the pivot's place: moving an object costs no pass over its vertices. */
const relativeBoxes = new WeakMap<Mesh, { key: string; box: Box3 }>()

/** Box of a placed object in machine coordinates, mm. */
export function placedBox(object: PlateObject, mesh: Mesh): Box3 {
  const { positionMm, rotation, scale } = object.transform
  const key = [...rotation, ...scale, ...object.pivotMm].join(' ')
  let kept = relativeBoxes.get(mesh)
  if (kept?.key !== key) {
    kept = { key, box: meshBox(mesh, plateMatrix({ ...object, transform: { positionMm: [0, 0, 0], rotation, scale } })) }
    relativeBoxes.set(mesh, kept)
  }
  const shift = (corner: Triple): Triple => [corner[0] + positionMm[0], corner[1] + positionMm[1], corner[2] + positionMm[2]]
  return { min: shift(kept.box.min), max: shift(kept.box.max) }
}

/** Box of everything that a toolpath extrudes to, mm; of all its points when it extrudes nothing. */
export function toolpathBox({ points, volumeMm3, moveCount }: Toolpath): Box3 {
  const min: [number, number, number] = [Infinity, Infinity, Infinity]
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  const take = (onlyExtrusion: boolean) => {
    for (let move = 0; move < moveCount; move++) {
      if (onlyExtrusion && (volumeMm3[move] as number) <= 0) continue
      for (let axis = 0 as 0 | 1 | 2; axis < 3; axis++) {
        const value = points[3 * move + 3 + axis] as number
        if (value < min[axis]) min[axis] = value
        if (value > max[axis]) max[axis] = value
      }
    }
  }
  take(true)
  if (min[0] === Infinity) take(false)
  return min[0] === Infinity ? { min: [0, 0, 0], max: [0, 0, 0] } : { min, max }
}
