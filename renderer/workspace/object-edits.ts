import { type ModifierShape, type ObjectModifier, shapeOfMesh, sliceModifier } from '../../shared/machine/object-modifier'
import type { PrintObject } from '../../shared/machine/print-objects'
import type { ProjectObject } from '../../shared/machine/project-file'
import { determinant } from '../../shared/mesh/matrix'
import type { Mat4, Mesh } from '../../shared/mesh/mesh'
import { boxSize, meshBox } from '../../shared/mesh/mesh-box'
import type { ObjectPaint, TrianglePaint } from '../../shared/mesh/paint/paint-tree'
import { transformMesh } from '../../shared/mesh/transform-mesh'
import type { SettingKey, SettingValues } from '../../shared/slicing/settings'
import { type PlateDocument, type PlateObject, IDENTITY_ROTATION, UNIT_SCALE, plateMatrix } from './plate'
import { mapObjects } from './plate-edits'

/** A modifier begins as large as this part of its object. */
const FIRST_SIZE = 0.5

/** What an object has of its own, where it stands, for slicing. */
export function ownOf(object: PlateObject): Pick<PrintObject, 'values' | 'modifiers' | 'paint'> {
  const { values, modifiers = [], paint } = object
  return { ...(values && { values }), ...(paint && { paint }), ...(modifiers.length > 0 && { modifiers: modifiers.map((modifier) => sliceModifier(modifier, plateMatrix(object))) }) }
}

/** What an object has of its own as a project keeps it. The mesh of a mirrored object is written as it stands; its modifiers go with it. */
export function projectObject(object: PlateObject): ProjectObject {
  const { values, modifiers = [] } = object
  const matrix = plateMatrix(object)
  const kept = determinant(matrix) < 0 ? modifiers.map((modifier) => standing(modifier, matrix)) : modifiers
  return { ...(values && { values }), ...(kept.length > 0 && { modifiers: kept }) }
}

function standing(modifier: ObjectModifier, matrix: Mat4): ObjectModifier {
  const { mesh, transform } = sliceModifier(modifier, matrix)
  return { ...modifier, shape: shapeOfMesh(transformMesh(mesh, transform)), transform: { positionMm: [0, 0, 0], rotation: IDENTITY_ROTATION, scale: UNIT_SCALE } }
}

/** The plate with a value of an object's own, or of a modifier in it; back to what holds around it when undefined. */
export function withOwnValue(plate: PlateDocument, { objectId, modifierId }: { readonly objectId: string; readonly modifierId?: string | undefined }, key: SettingKey, value: SettingValues[SettingKey] | undefined): PlateDocument {
  const change = (values: SettingValues = {}): SettingValues => {
    const { [key]: _before, ...rest } = values
    return value === undefined ? rest : { ...rest, [key]: value }
  }
  return modifierId === undefined ? mapObjects(plate, new Set([objectId]), (object) => withValues(object, change(object.values))) : mapModifier(plate, objectId, modifierId, (modifier) => ({ ...modifier, values: change(modifier.values) }))
}

/** The plate without an object's own values, or those of a modifier in it. */
export function withoutOwnValues(plate: PlateDocument, { objectId, modifierId }: { readonly objectId: string; readonly modifierId?: string | undefined }): PlateDocument {
  return modifierId === undefined ? mapObjects(plate, new Set([objectId]), (object) => withValues(object, {})) : mapModifier(plate, objectId, modifierId, (modifier) => ({ ...modifier, values: {} }))
}

function withValues(object: PlateObject, values: SettingValues): PlateObject {
  const { values: _before, ...rest } = object
  return Object.keys(values).length === 0 ? rest : { ...rest, values }
}

/** The plate with one modifier changed. */
export function mapModifier(plate: PlateDocument, objectId: string, modifierId: string, change: (modifier: ObjectModifier) => ObjectModifier): PlateDocument {
  return mapObjects(plate, new Set([objectId]), (object) => ({ ...object, modifiers: (object.modifiers ?? []).map((modifier) => (modifier.id === modifierId ? change(modifier) : modifier)) }))
}

/** The plate with a modifier more in an object. */
export function withModifier(plate: PlateDocument, objectId: string, modifier: ObjectModifier): PlateDocument {
  return mapObjects(plate, new Set([objectId]), (object) => ({ ...object, modifiers: [...(object.modifiers ?? []), modifier] }))
}

/** The plate without a modifier. */
export function withoutModifier(plate: PlateDocument, objectId: string, modifierId: string): PlateDocument {
  return mapObjects(plate, new Set([objectId]), ({ modifiers = [], ...object }) => {
    const left = modifiers.filter(({ id }) => id !== modifierId)
    return left.length === 0 ? object : { ...object, modifiers: left }
  })
}

/** A new modifier in the middle of an object: a simple shape half as large as it, or a design as large as it is. */
export function newModifier({ pivotMm }: Pick<PlateObject, 'pivotMm'>, mesh: Mesh, { id, name, shape }: { readonly id: string; readonly name: string; readonly shape: ModifierShape }): ObjectModifier {
  const [x, y, z] = boxSize(meshBox(mesh))
  const scale = shape.kind === 'mesh' ? UNIT_SCALE : ([x, y, z].map((mm) => Math.max(1, Math.round(FIRST_SIZE * mm * 10) / 10)) as unknown as typeof UNIT_SCALE)
  return { id, name, kind: 'settings', shape, transform: { positionMm: pivotMm, rotation: IDENTITY_ROTATION, scale }, values: {} }
}

/** The plate with an object painted otherwise. */
export function withPaint(plate: PlateDocument, objectId: string, what: keyof ObjectPaint, triangles: TrianglePaint): PlateDocument {
  return mapObjects(plate, new Set([objectId]), (object) => {
    if ((object.paint?.[what] ?? undefined) === triangles) return object
    const { paint: { [what]: _before, ...others } = {}, ...rest } = object
    const paint = Object.keys(triangles).length === 0 ? others : { ...others, [what]: triangles }
    return Object.keys(paint).length === 0 ? rest : { ...rest, paint }
  })
}
