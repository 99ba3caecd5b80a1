import type { HeadClearance } from '../../slicing/order/object-sequence'
import { SETTINGS, type SettingKey, type SettingValues } from '../../slicing/settings'
import type { ExtruderProfile, MachineProfile } from '../profile'
import { firstValue } from './apply-rules'
import type { ForeignProfile } from './foreign-profile'

type Values = ReadonlyMap<string, string>

const MOST = 16
/** A setting of each extruder, and the lists that the programs keep it in. */
const BY_EXTRUDER: readonly (readonly [SettingKey, readonly string[]])[] = [
  ['nozzleDiameterMm', ['nozzle_diameter']],
  ['retractionMm', ['retract_length', 'retraction_length']],
  ['retractionFeedMmPerS', ['retract_speed', 'retraction_speed']],
  ['zHopMm', ['retract_lift', 'z_hop']],
]

/** Keys that `extruderParts` takes up. */
export const EXTRUDER_KEYS: ReadonlySet<string> = new Set([
  'extruder_offset', 'single_extruder_multi_material', 'wiping_volumes_matrix', 'flush_volumes_matrix', 'extruder_clearance_radius', 'extruder_clearance_height', 'extruder_clearance_height_to_rod',
  'machine_extruder_count', 'machine_head_with_fans_polygon', 'gantry_height',
])

/** The extruders of another slicer's machine, what is purged between them, and the room of its head; only what is said and makes sense. */
export function extruderParts({ values }: ForeignProfile): Pick<MachineProfile, 'extruders' | 'sharedNozzle' | 'purgeMm3' | 'headClearance'> {
  const count = countOf(values)
  const head = headOf(values)
  const purgeMm3 = matrixOf(values, count)
  if (count === 1) return head ? { headClearance: head } : {}
  const sharedNozzle = /^(1|true)$/i.test(firstValue(values.get('single_extruder_multi_material') ?? ''))
  return {
    extruders: Array.from({ length: count }, (_, tool) => extruderOf(values, tool, sharedNozzle)),
    ...(sharedNozzle && { sharedNozzle }), ...(purgeMm3 && { purgeMm3 }), ...(head && { headClearance: head }),
  }
}

function countOf(values: Values): number {
  const stated = Number(values.get('machine_extruder_count') ?? NaN)
  const count = Number.isInteger(stated) ? stated : listOf(values.get('nozzle_diameter')).length
  return Math.min(MOST, Math.max(1, count))
}

function listOf(text: string | undefined): readonly string[] {
  return text === undefined || text.trim() === '' ? [] : text.split(/[,;]/).map((one) => one.trim())
}

function extruderOf(values: Values, tool: number, sharesNozzle: boolean): ExtruderProfile {
  const settings = BY_EXTRUDER.flatMap(([key, lists]) => {
    const { min, max } = SETTINGS[key] as Extract<(typeof SETTINGS)[SettingKey], { kind: 'number' }>
    const [first, own] = [0, tool].map((index) => lists.map((list) => listOf(values.get(list))[index]).find((text) => text !== undefined))
    const value = Number(own ?? NaN)
    // What all have alike is the machine's.
    return own === undefined || own === first || !(value >= min && value <= max) || (sharesNozzle && key === 'nozzleDiameterMm') ? [] : [[key, value] as const]
  })
  const [x = NaN, y = NaN] = (listOf(values.get('extruder_offset'))[tool] ?? '').split('x').map(Number)
  const isAway = Math.abs(x) <= 500 && Math.abs(y) <= 500 && (x !== 0 || y !== 0)
  return { settings: Object.fromEntries(settings) as SettingValues, ...(isAway && !sharesNozzle && { offsetMm: [x, y] as const }) }
}

function matrixOf(values: Values, count: number): readonly (readonly number[])[] | undefined {
  const list = listOf(values.get('wiping_volumes_matrix') ?? values.get('flush_volumes_matrix')).map(Number)
  if (count === 1 || list.length !== count * count || !list.every((mm3) => mm3 >= 0 && mm3 <= 2000)) return undefined
  return Array.from({ length: count }, (_, from) => list.slice(from * count, (from + 1) * count))
}

/** PrusaSlicer's and OrcaSlicer's heads are a circle, Cura's is a list of corners. */
function headOf(values: Values): HeadClearance | undefined {
  const number = (...keys: readonly string[]) => keys.map((key) => Number(values.get(key) ?? NaN)).find((mm) => mm > 0 && mm <= 2000)
  const gantryHeightMm = number('extruder_clearance_height_to_rod', 'extruder_clearance_height', 'gantry_height')
  if (gantryHeightMm === undefined) return undefined
  const radiusMm = number('extruder_clearance_radius')
  if (radiusMm !== undefined) return { leftMm: radiusMm, rightMm: radiusMm, frontMm: radiusMm, backMm: radiusMm, gantryHeightMm }
  const corners = [...(values.get('machine_head_with_fans_polygon') ?? '').matchAll(/\[\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\]/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
  if (corners.length < 3) return undefined
  const reach = (axis: 0 | 1, sign: 1 | -1) => Math.max(0, ...corners.map((corner) => sign * corner[axis]))
  return { leftMm: reach(0, -1), rightMm: reach(0, 1), frontMm: reach(1, -1), backMm: reach(1, 1), gantryHeightMm }
}
