import { ENGINE_KINDS } from '../../shared/machine/engines/engine'
import { readModifier, readValues } from '../../shared/machine/object-modifier'
import { readObjectPaint } from '../../shared/mesh/paint/read-object-paint'
import { SETTINGS, type SettingKey } from '../../shared/slicing/settings'
import { type PlateDocument, type PlateObject, IDENTITY_ROTATION, UNIT_SCALE } from './plate'

/** Changes with the form of what is kept: an older plate is then left out instead of misread. */
const FORM = 1

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNumbers(value: unknown, length: number): value is number[] {
  return Array.isArray(value) && value.length === length && value.every((one) => typeof one === 'number' && Number.isFinite(one))
}

function readObject(value: unknown): PlateObject | undefined {
  if (!isRecord(value) || !isRecord(value['transform'])) return undefined
  const { id, designId, versionId, name, partIndex, pivotMm, transform } = value
  if (typeof id !== 'string' || typeof designId !== 'string' || typeof versionId !== 'string' || typeof name !== 'string') return undefined
  if (typeof partIndex !== 'number' || !Number.isInteger(partIndex) || partIndex < 0 || !isNumbers(pivotMm, 3)) return undefined
  const { positionMm, rotation, scale } = transform as Record<string, unknown>
  if (!isNumbers(positionMm, 3)) return undefined
  return {
    ...readOwn(value),
    id, designId, versionId, name, partIndex, pivotMm: pivotMm as unknown as PlateObject['pivotMm'],
    transform: {
      positionMm: positionMm as unknown as PlateObject['pivotMm'],
      rotation: isNumbers(rotation, 4) ? (rotation as unknown as typeof IDENTITY_ROTATION) : IDENTITY_ROTATION,
      scale: isNumbers(scale, 3) ? (scale as unknown as typeof UNIT_SCALE) : UNIT_SCALE,
    },
  }
}

/** What an object has of its own, only when there is some. */
function readOwn({ values, modifiers, paint }: Readonly<Record<string, unknown>>): Pick<PlateObject, 'values' | 'modifiers' | 'paint'> {
  const own = readValues(values)
  const kept = Array.isArray(modifiers) ? modifiers.flatMap((one: unknown) => readModifier(one) ?? []) : []
  const painted = readObjectPaint(paint)
  return { ...(Object.keys(own).length > 0 && { values: own }), ...(kept.length > 0 && { modifiers: kept }), ...(painted && { paint: painted }) }
}

function readOverrides(value: unknown): PlateDocument['overrides'] {
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).filter(([key, one]) => Object.hasOwn(SETTINGS, key) && typeof one === typeof SETTINGS[key as SettingKey].default))
}

function readLayerEvents(value: unknown): NonNullable<PlateDocument['layerEvents']> {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: unknown) => {
    if (!isRecord(one) || typeof one['zMm'] !== 'number' || !Number.isFinite(one['zMm'])) return []
    const { kind, zMm } = one
    return kind === 'pause' || kind === 'colour-change' ? [{ kind, zMm } as const] : []
  })
}

function readHeightRanges(value: unknown): NonNullable<PlateDocument['heightRanges']> {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: unknown) => (isRecord(one) && isNumbers([one['fromMm'], one['toMm']], 2) ? [{ fromMm: one['fromMm'] as number, toMm: one['toMm'] as number, values: readOverrides(one['values']) }] : []))
}

function readCurve(value: unknown): NonNullable<PlateDocument['layerCurve']> {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: unknown) => (isRecord(one) && isNumbers([one['zMm'], one['heightMm']], 2) ? [{ zMm: one['zMm'] as number, heightMm: one['heightMm'] as number }] : []))
}

/** What stands in the plate only when there is some. */
function readByHeight({ layerEvents, heightRanges, layerCurve }: Readonly<Record<string, unknown>>): Pick<PlateDocument, 'layerEvents' | 'heightRanges' | 'layerCurve'> {
  const [events, ranges, curve] = [readLayerEvents(layerEvents), readHeightRanges(heightRanges), readCurve(layerCurve)]
  return { ...(events.length > 0 && { layerEvents: events }), ...(ranges.length > 0 && { heightRanges: ranges }), ...(curve.length > 0 && { layerCurve: curve }) }
}

/** Materials and purge volumes of the extruders. */
function readExtruders({ moreMaterialIds, purgeMm3 }: Readonly<Record<string, unknown>>): Pick<PlateDocument, 'moreMaterialIds' | 'purgeMm3'> {
  const ids = Array.isArray(moreMaterialIds) && moreMaterialIds.every((id) => typeof id === 'string') ? moreMaterialIds : []
  const rows = Array.isArray(purgeMm3) && purgeMm3.every((row) => isNumbers(row, purgeMm3.length)) ? (purgeMm3 as number[][]) : []
  return { ...(ids.length > 0 && { moreMaterialIds: ids }), ...(rows.length > 0 && { purgeMm3: rows }) }
}

function readEngine(value: unknown): Pick<PlateDocument, 'engine'> {
  const engine = ENGINE_KINDS.find((kind) => kind === value)
  return engine === undefined ? {} : { engine }
}

/** Writes a plate as text to be kept over a reload: where things stand and what is chosen, never the meshes. */
export function writePlate(plate: PlateDocument): string {
  return JSON.stringify({ form: FORM, plate })
}

/** Reads a kept plate; undefined when there is none or it can't be read. Objects that can't be read are left out. */
export function readPlate(text: string | null): PlateDocument | undefined {
  if (text === null) return undefined
  let kept: unknown
  try {
    kept = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(kept) || kept['form'] !== FORM || !isRecord(kept['plate'])) return undefined
  const { objects, machineId, materialId, qualityId, overrides, engine } = kept['plate']
  if (!Array.isArray(objects) || typeof machineId !== 'string' || typeof materialId !== 'string' || typeof qualityId !== 'string') return undefined
  return { objects: objects.flatMap((one: unknown) => readObject(one) ?? []), machineId, materialId, qualityId, overrides: readOverrides(overrides), ...readEngine(engine), ...readExtruders(kept['plate']), ...readByHeight(kept['plate']) }
}
