import type { Box3 } from '../../shared/mesh/mesh'
import { boxSize } from '../../shared/mesh/mesh-box'
import { boxMiddle, placedBox } from './part-shape'
import type { PlateDocument } from './plate'
import { type MeshOf, dropped, findFreePlace, moveObjects } from './plate-edits'

/**
 * Stands all objects side by side on the bed around its middle, the largest first, each on its own floor area. An object that finds no
 * room keeps its place, and the check of the plate tells of it.
 */
export function arrangeObjects(plate: PlateDocument, volume: Box3, meshOf: MeshOf): PlateDocument {
  const middle = { xMm: (volume.min[0] + volume.max[0]) / 2, yMm: (volume.min[1] + volume.max[1]) / 2 }
  const standing = plate.objects.flatMap((object) => {
    const mesh = meshOf(object)
    return mesh === undefined ? [] : [{ object, box: placedBox(dropped(object, mesh), mesh) }]
  })
  const area = ({ box }: (typeof standing)[number]) => boxSize(box)[0] * boxSize(box)[1]
  const taken: Box3[] = []
  let arranged = plate
  for (const { object, box } of standing.sort((a, b) => area(b) - area(a))) {
    const size = boxSize(box)
    const { xMm, yMm } = findFreePlace(size, middle, taken, volume)
    const [x, y] = boxMiddle(box)
    const by = [xMm - x, yMm - y, 0] as const
    taken.push({ min: [box.min[0] + by[0], box.min[1] + by[1], 0], max: [box.max[0] + by[0], box.max[1] + by[1], size[2]] })
    arranged = moveObjects({ ...arranged, objects: arranged.objects.map((one) => (one.id === object.id ? dropped(one, meshOf(one)) : one)) }, new Set([object.id]), by)
  }
  return arranged
}
