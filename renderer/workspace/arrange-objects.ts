import { arrangeFootprints } from '../../shared/mesh/arrange-footprints'
import { meshFootprint } from '../../shared/mesh/footprint'
import type { SliceInput } from '../../shared/slicing/slice-input'
import { type Result, success } from '../../shared/units/problem'
import { type PlateDocument, plateMatrix } from './plate'
import { type MeshOf, dropped, mapObjects, moveObjects } from './plate-edits'

/** Room between arranged objects: enough for a brim line and a finger, mm. */
const GAP_MM = 5

/** Stands all objects side by side on the bed around its middle, with room for the print head where it is given (x, y, mm). What isn't loaded keeps its place. Fails, and moves nothing, when they don't all fit. */
export function arrangeObjects(plate: PlateDocument, volume: SliceInput['volume'], meshOf: MeshOf, headMm?: readonly [number, number]): Result<PlateDocument> {
  const loaded = plate.objects.flatMap((object) => {
    const mesh = meshOf(object)
    return mesh === undefined ? [] : [{ object: dropped(object, mesh), mesh }]
  })
  const arranged = arrangeFootprints(
    loaded.map(({ object, mesh }) => ({ id: object.id, name: object.name, footprint: meshFootprint(mesh, plateMatrix(object)) })),
    volume,
    { gapMm: GAP_MM, ...(headMm && { headMm }) },
  )
  if (!arranged.ok) return arranged
  const standing = mapObjects(plate, new Set(loaded.map(({ object }) => object.id)), (object) => dropped(object, meshOf(object)))
  return success(arranged.value.reduce((moved, { id, dxMm, dyMm }) => moveObjects(moved, new Set([id]), [dxMm, dyMm, 0]), standing))
}
