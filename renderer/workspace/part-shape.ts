import type { Box3, Mesh } from '../../shared/mesh/mesh'
import { boxAround as smallestBox, meshBox } from '../../shared/mesh/mesh-box'
import type { Toolpath } from '../../shared/toolpath/toolpath'
import { type PlateObject, type Triple, plateMatrix } from './plate'

/** Middle of a box. */
export function boxMiddle({ min, max }: Box3): Triple {
  return [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2]
}

/** The smallest box around several; undefined for none. */
export function boxAround(boxes: readonly Box3[]): Box3 | undefined {
  return boxes.length === 0 ? undefined : smallestBox(boxes)
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
