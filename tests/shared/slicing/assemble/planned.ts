import { loadClipper } from '../../../../shared/geometry/clipper'
import type { Region } from '../../../../shared/geometry/region'
import { assembleToolpath } from '../../../../shared/slicing/assemble/assemble-toolpath'
import { fillRegion } from '../../../../shared/slicing/infill/fill-region'
import { solidSpacing } from '../../../../shared/slicing/infill/solid-spacing'
import type { PlannedIsland, PlannedLayer, PlannedWall } from '../../../../shared/slicing/planned-layer'
import { SETTINGS, type SettingValues, type SlicingSettings } from '../../../../shared/slicing/settings'
import { ROLE, type MoveRole, type Toolpath } from '../../../../shared/toolpath/toolpath'

export const clipper = await loadClipper()
export const VOLUME = { min: [0, 0, 0], max: [200, 200, 200], shape: 'rectangle' } as const

/** The defaults, quiet ones (no skirt, no least layer time), and what a test changes. */
export function settingsWith(values: SettingValues = {}): SlicingSettings {
  const defaults = Object.fromEntries(Object.entries(SETTINGS).map(([key, { default: value }]) => [key, value])) as unknown as SlicingSettings
  return { ...defaults, skirtLines: 0, minLayerTimeS: 0, ...values }
}

/** An island with two walls and fill of one kind, as planning makes it. */
export function island(outline: Region, { heightMm = 0.2, fill = 'infill' as 'infill' | 'top-skin', wallCount = 2, zMm = 0.2 } = {}): PlannedIsland {
  const widthMm = 0.45
  const spacing = solidSpacing(widthMm, heightMm)
  const walls: PlannedWall[] = []
  for (let depth = 0; depth < wallCount; depth++) {
    for (const contour of clipper.offset(outline, -(widthMm / 2 + depth * spacing))) walls.push({ role: depth === 0 ? 'outer-wall' : 'inner-wall', depth, contour, widthMm })
  }
  const inner = clipper.offset(outline, -(widthMm / 2 + wallCount * spacing))
  const isSkin = fill === 'top-skin'
  const lines = fillRegion(inner, { pattern: 'rectilinear', density: isSkin ? 1 : 0.2, widthMm, heightMm, angleDeg: 45, zMm, isMonotonic: isSkin }, clipper)
  return { outline, walls, thinLines: [], fills: lines.length > 0 ? [{ role: fill, lines, widthMm }] : [] }
}

export function layer(layerIndex: number, islands: readonly PlannedIsland[], objectId = 'a'): PlannedLayer {
  return { layerIndex, zMm: Math.round((layerIndex + 1) * 20) / 100, heightMm: 0.2, objectId, islands }
}

export function assemble(layers: readonly PlannedLayer[], values: SettingValues = {}, volume: Parameters<typeof assembleToolpath>[1]['volume'] = VOLUME) {
  const result = assembleToolpath(layers, { settings: settingsWith(values), volume, clipper })
  if (!result.ok) throw new Error('refused')
  return { toolpath: result.value, problems: result.problems }
}

export interface Move {
  readonly index: number
  readonly role: MoveRole
  readonly from: readonly [number, number, number]
  readonly to: readonly [number, number, number]
  readonly lengthMm: number
  readonly volumeMm3: number
  readonly feedMmPerS: number
  readonly widthMm: number
}

const NAMES = Object.keys(ROLE) as MoveRole[]

export function movesOf(toolpath: Toolpath): Move[] {
  return Array.from({ length: toolpath.moveCount }, (_, index) => {
    const point = (i: number) => [toolpath.points[3 * i]!, toolpath.points[3 * i + 1]!, toolpath.points[3 * i + 2]!] as const
    const [from, to] = [point(index), point(index + 1)]
    return {
      index, from, to,
      role: NAMES[toolpath.role[index]!]!,
      lengthMm: Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]),
      volumeMm3: toolpath.volumeMm3[index]!,
      feedMmPerS: toolpath.feedMmPerS[index]!,
      widthMm: toolpath.widthMm[index]!,
    }
  })
}

export const isLine = (move: Move) => ROLE[move.role] > ROLE.unretract
/** Moves of the second and later layers: the first starts with the way from the origin. */
export const isTravel = (move: Move) => move.role === 'travel'
