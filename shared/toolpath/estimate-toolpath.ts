import type { Estimate, ToolEstimate } from './estimate'
import type { MotionLimits } from './motion-limits'
import { planMotion } from './plan-motion'
import { toolRuns } from './tool-runs'
import { MOVE_ROLES, ROLE, type MoveRole, type Toolpath, type ToolpathEvent } from './toolpath'

/** What the filament is, for mass and cost. */
export interface EstimateMaterial {
  readonly filamentDiameterMm: number
  readonly densityGPerCm3: number
  /** In major units of the currency (20 = 20.00). */
  readonly pricePerKg: number
  /** Digits of the currency's minor unit; 2 unless given (0 for KRW and JPY). */
  readonly currencyDigits?: number
}

/**
 * Estimates time, filament, mass and cost of a toolpath as the firmware's planner would move it. Heating and homing are
 * not in it. Filament that is pulled back and pushed forward again doesn't count twice.
 *
 * @param material of the one extruder, or of each (the first where there are fewer)
 */
export function estimateToolpath(toolpath: Toolpath, limits: MotionLimits, material: EstimateMaterial | readonly EstimateMaterial[]): Estimate {
  const materials = 'length' in material ? material : [material]
  const moveS = planMotion(toolpath, limits, materials.map(filamentAreaMm2))
  const roles = sumByRole(toolpath, moveS)
  const byTool = sumByTool(toolpath, materials)
  const sum = (key: 'filamentMm' | 'filamentCm3' | 'massG') => byTool.reduce((total, tool) => total + tool[key], 0)
  const layerEndS = endOfLayers(toolpath, moveS)
  return {
    timeS: roles.totalS + dwells(toolpath),
    filamentMm: sum('filamentMm'),
    filamentCm3: sum('filamentCm3'),
    massG: sum('massG'),
    costMinor: Math.round(byTool.reduce((total, { costMinor }) => total + costMinor, 0)),
    byRole: roles.byRole,
    byTool: byTool.map((tool) => ({ ...tool, costMinor: Math.round(tool.costMinor) })),
    layerEndS,
  }
}

function filamentAreaMm2({ filamentDiameterMm }: EstimateMaterial): number {
  return (Math.PI * filamentDiameterMm ** 2) / 4
}

/** What each tool lays; cost not yet rounded. */
function sumByTool(toolpath: Toolpath, materials: readonly EstimateMaterial[]): ToolEstimate[] {
  const { role, volumeMm3 } = toolpath
  const volumes = new Map<number, number>()
  for (const { tool, firstMove, endMove } of toolRuns(toolpath)) {
    let volume = volumes.get(tool) ?? 0
    for (let i = firstMove; i < endMove; i++) if (role[i] !== ROLE.retract && role[i] !== ROLE.unretract) volume += volumeMm3[i] as number
    volumes.set(tool, volume)
  }
  return [...volumes].filter(([, volume]) => volume > 0).toSorted(([a], [b]) => a - b).flatMap(([tool, volume]) => {
    const material = materials[tool] ?? materials[0]
    if (material === undefined) return []
    const massG = (volume / 1000) * material.densityGPerCm3
    return [{ tool, filamentMm: volume / filamentAreaMm2(material), filamentCm3: volume / 1000, massG, costMinor: (massG / 1000) * material.pricePerKg * 10 ** (material.currencyDigits ?? 2) }]
  })
}

function sumByRole(toolpath: Toolpath, moveS: Float32Array) {
  const { points, role, volumeMm3 } = toolpath
  const time = new Float64Array(MOVE_ROLES.length)
  const volume = new Float64Array(MOVE_ROLES.length)
  const length = new Float64Array(MOVE_ROLES.length)
  let totalS = 0
  for (let i = 0, p = 3; i < toolpath.moveCount; i++, p += 3) {
    const r = role[i] as number
    const s = moveS[i] as number
    const dx = (points[p] as number) - (points[p - 3] as number)
    const dy = (points[p + 1] as number) - (points[p - 2] as number)
    const dz = (points[p + 2] as number) - (points[p - 1] as number)
    totalS += s
    time[r] = (time[r] as number) + s
    volume[r] = (volume[r] as number) + (volumeMm3[i] as number)
    length[r] = (length[r] as number) + Math.sqrt(dx * dx + dy * dy + dz * dz)
  }
  const byRole: Partial<Record<MoveRole, { timeS: number; volumeMm3: number; lengthMm: number }>> = {}
  MOVE_ROLES.forEach((name, r) => {
    const [timeS, volumeOfRole, lengthMm] = [time[r] as number, volume[r] as number, length[r] as number]
    if (timeS > 0 || lengthMm > 0 || volumeOfRole !== 0) byRole[name] = { timeS, volumeMm3: volumeOfRole, lengthMm }
  })
  return { totalS, volumeMm3: volume, byRole }
}

function dwells(toolpath: Toolpath): number {
  return toolpath.events.reduce((sum, event) => sum + stillS(event), 0)
}

/** How long the machine stands at an event, as far as it is known. */
function stillS(event: ToolpathEvent): number {
  return event.kind === 'dwell' ? event.dwellS : event.kind === 'tool' ? (event.changeS ?? 0) : 0
}

/** Seconds from the start at the end of each layer. */
function endOfLayers(toolpath: Toolpath, moveS: Float32Array): Float64Array {
  const { layers, events } = toolpath
  const ends = new Float64Array(layers.length)
  let seconds = 0
  let move = 0
  let event = 0
  layers.forEach((_layer, i) => {
    const endMove = layers[i + 1]?.firstMove ?? toolpath.moveCount
    for (; move < endMove; move++) seconds += moveS[move] as number
    for (let e = events[event]; e !== undefined && (e.atMove < endMove || i === layers.length - 1); e = events[++event]) {
      seconds += stillS(e)
    }
    ends[i] = seconds
  })
  return ends
}
