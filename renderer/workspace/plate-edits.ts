import type { LayerEvent } from '../../shared/slicing/assemble/machine-events'
import type { SettingKey, SettingValues } from '../../shared/slicing/settings'
import type { Box3, Mesh } from '../../shared/mesh/mesh'
import { boxSize } from '../../shared/mesh/mesh-box'
import { boxAround, boxMiddle, placedBox } from './part-shape'
import { type PlateDocument, type PlateObject, type PlateTransform, type Rotation, type Triple, IDENTITY_ROTATION, UNIT_SCALE } from './plate'
import { multiplyRotations } from './rotation'

/** The mesh of an object's part; undefined while it loads. */
export type MeshOf = (object: PlateObject) => Mesh | undefined

/** Smallest and largest factor that an object may be scaled by. */
export const SCALE_LIMITS = { min: 0.001, max: 1000 } as const

/** The plate with some objects changed; the same plate when none was. */
export function mapObjects(plate: PlateDocument, ids: ReadonlySet<string>, change: (object: PlateObject) => PlateObject): PlateDocument {
  let isChanged = false
  const objects = plate.objects.map((object) => {
    const next = ids.has(object.id) ? change(object) : object
    isChanged ||= next !== object
    return next
  })
  return isChanged ? { ...plate, objects } : plate
}

/** The plate with objects moved by a vector, mm. */
export function moveObjects(plate: PlateDocument, ids: ReadonlySet<string>, [dx, dy, dz]: Triple): PlateDocument {
  if (dx === 0 && dy === 0 && dz === 0) return plate
  return mapObjects(plate, ids, (object) => withTransform(object, { positionMm: [object.transform.positionMm[0] + dx, object.transform.positionMm[1] + dy, object.transform.positionMm[2] + dz] }))
}

/** The object with parts of its transform replaced; scale kept within its limits. */
export function withTransform(object: PlateObject, change: Partial<PlateTransform>): PlateObject {
  const scale = change.scale === undefined ? object.transform.scale : clampScale(change.scale)
  return { ...object, transform: { ...object.transform, ...change, scale } }
}

function clampScale(scale: Triple): Triple {
  const clamp = (factor: number) => {
    const size = Math.min(SCALE_LIMITS.max, Math.max(SCALE_LIMITS.min, Math.abs(factor)))
    return factor < 0 ? -size : size
  }
  return [clamp(scale[0]), clamp(scale[1]), clamp(scale[2])]
}

/** The object turned about its pivot by a rotation in the machine's frame; its bottom stays at the height it was. */
export function turned(object: PlateObject, by: Rotation, mesh: Mesh | undefined): PlateObject {
  return keepBottom(object, withTransform(object, { rotation: multiplyRotations(by, object.transform.rotation) }), mesh)
}

/** The object with another scale or rotation, moved up or down so that its bottom is where it was. */
export function reshaped(object: PlateObject, change: Partial<Pick<PlateTransform, 'rotation' | 'scale'>>, mesh: Mesh | undefined): PlateObject {
  return keepBottom(object, withTransform(object, change), mesh)
}

function keepBottom(before: PlateObject, after: PlateObject, mesh: Mesh | undefined): PlateObject {
  if (mesh === undefined) return after
  return raised(after, placedBox(before, mesh).min[2] - placedBox(after, mesh).min[2])
}

/** The object standing on the bed. */
export function dropped(object: PlateObject, mesh: Mesh | undefined): PlateObject {
  return mesh === undefined ? object : raised(object, -placedBox(object, mesh).min[2])
}

function raised(object: PlateObject, byMm: number): PlateObject {
  const [x, y, z] = object.transform.positionMm
  return Math.abs(byMm) < 1e-6 ? object : withTransform(object, { positionMm: [x, y, z + byMm] })
}

/** The object as it was added: not turned, not scaled, on the bed where it is. */
export function straightened(object: PlateObject, mesh: Mesh | undefined): PlateObject {
  return dropped(withTransform(object, { rotation: IDENTITY_ROTATION, scale: UNIT_SCALE }), mesh)
}

/** Moves the objects together so that the middle of their box is at (x, y). */
export function centreObjects(plate: PlateDocument, ids: ReadonlySet<string>, at: { readonly xMm: number; readonly yMm: number; readonly meshOf: MeshOf }): PlateDocument {
  const box = boxOfObjects(plate.objects.filter(({ id }) => ids.has(id)), at.meshOf)
  if (box === undefined) return plate
  const [x, y] = boxMiddle(box)
  return moveObjects(plate, ids, [at.xMm - x, at.yMm - y, 0])
}

/** Box around the objects whose meshes are loaded. */
export function boxOfObjects(objects: readonly PlateObject[], meshOf: MeshOf): Box3 | undefined {
  return boxAround(objects.flatMap((object) => {
    const mesh = meshOf(object)
    return mesh === undefined ? [] : [placedBox(object, mesh)]
  }))
}

/** The plate with a setting changed by hand, or back to what the profiles say (undefined). */
export function withOverride<K extends SettingKey>(plate: PlateDocument, key: K, value: SettingValues[K] | undefined): PlateDocument {
  if (plate.overrides[key] === value) return plate
  const { [key]: _before, ...rest } = plate.overrides
  return { ...plate, overrides: value === undefined ? rest : { ...rest, [key]: value } }
}

/** The plate with a stop at the layer of a height, in place of what was there; taken away when it is undefined. */
export function withLayerEvent(plate: PlateDocument, zMm: number, kind: LayerEvent['kind'] | undefined): PlateDocument {
  const others = (plate.layerEvents ?? []).filter((event) => Math.abs(event.zMm - zMm) > 1e-3)
  const layerEvents = kind === undefined ? others : [...others, { kind, zMm }].toSorted((a, b) => a.zMm - b.zMm)
  return { ...plate, layerEvents }
}

/**
 * Where the middle of a new box of this size can stand without touching the others: the wanted place when it is free,
 * else the nearest free place of a grid around it inside the volume, else the wanted place.
 */
export function findFreePlace(size: Triple, wanted: { readonly xMm: number; readonly yMm: number }, taken: readonly Box3[], volume: Box3): { xMm: number; yMm: number } {
  const gapMm = 4
  const [halfX, halfY] = [size[0] / 2, size[1] / 2]
  const isFree = (x: number, y: number) =>
    x - halfX >= volume.min[0] && x + halfX <= volume.max[0] && y - halfY >= volume.min[1] && y + halfY <= volume.max[1] &&
    taken.every(({ min, max }) => x + halfX + gapMm <= min[0] || x - halfX - gapMm >= max[0] || y + halfY + gapMm <= min[1] || y - halfY - gapMm >= max[1])
  if (isFree(wanted.xMm, wanted.yMm)) return { ...wanted }
  const stepMm = Math.max(2, Math.min(...boxSize(volume).slice(0, 2)) / 60)
  const reach = Math.ceil(Math.max(boxSize(volume)[0], boxSize(volume)[1]) / stepMm)
  let best: { xMm: number; yMm: number; far: number } | undefined
  for (let i = -reach; i <= reach; i++) {
    for (let j = -reach; j <= reach; j++) {
      const far = i * i + j * j
      if (best !== undefined && far >= best.far) continue
      const [xMm, yMm] = [wanted.xMm + i * stepMm, wanted.yMm + j * stepMm]
      if (isFree(xMm, yMm)) best = { xMm, yMm, far }
    }
  }
  return best === undefined ? { ...wanted } : { xMm: best.xMm, yMm: best.yMm }
}
