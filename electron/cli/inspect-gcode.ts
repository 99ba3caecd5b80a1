import { bgcodeToText } from '../../shared/gcode/bgcode/read-bgcode'
import { parseGcode } from '../../shared/gcode/parse-gcode'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import type { Estimate } from '../../shared/toolpath/estimate'
import { estimateToolpath } from '../../shared/toolpath/estimate-toolpath'
import { ROLE, type Toolpath } from '../../shared/toolpath/toolpath'
import { formatDuration, formatLength, formatMass, formatVolume } from '../../shared/units/format'
import { valueOf, type CommandResult, type Language } from './terminal'

/** Where the file doesn't say otherwise. */
const PLA = { filamentDiameterMm: 1.75, densityGPerCm3: 1.24, pricePerKg: 0 }

/** What a G-code file makes, measured from its moves; times by the machine that its settings name, else by Marlin's defaults. */
export function inspectGcode(bytes: Uint8Array, name: string, language: Language): CommandResult {
  const gcode = valueOf(parseGcode(valueOf(bgcodeToText(bytes))))
  const { toolpath, metadata } = gcode
  const setting = (key: string, fallback: number) => Number(metadata.settings[key]) || fallback
  const machine = BUILTIN_MACHINES.find(({ id }) => id === metadata.settings['machine']) ?? BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')
  if (!machine) throw new Error('generic-marlin is built in')
  const estimate = estimateToolpath(toolpath, machine.motion, {
    ...PLA,
    filamentDiameterMm: setting('filamentDiameterMm', setting('filament_diameter', PLA.filamentDiameterMm)),
    densityGPerCm3: setting('densityGPerCm3', setting('filament_density', PLA.densityGPerCm3)),
  })
  const json = {
    ok: true, kind: 'gcode', file: name, bytes: bytes.length, lines: gcode.lineCount, commands: gcode.commandCount,
    ...(metadata.generator !== undefined && { generator: metadata.generator }),
    ...(metadata.title !== undefined && { title: metadata.title }),
    layers: toolpath.layers.length,
    moves: toolpath.moveCount,
    timeS: round(estimate.timeS, 1),
    ...(metadata.timeS !== undefined && { statedTimeS: metadata.timeS }),
    filamentMm: round(estimate.filamentMm, 2),
    filamentCm3: round(estimate.filamentCm3, 4),
    massG: round(estimate.massG, 3),
    travelMm: round(estimate.byRole.travel?.lengthMm ?? 0, 1),
    retractions: countRetractions(toolpath),
    hotendC: gcode.maxHotendC,
    bedC: gcode.maxBedC,
    box: boxOf(toolpath),
    byRole: Object.fromEntries(Object.entries(estimate.byRole).map(([role, { timeS, volumeMm3, lengthMm }]) => [role, { timeS: round(timeS, 1), volumeMm3: round(volumeMm3, 2), lengthMm: round(lengthMm, 1) }])),
    unknownCommands: [...gcode.unknownCommands.keys()],
    thumbnails: metadata.thumbnails.map(({ width, height }) => ({ width, height })),
  }
  return { json, text: describe(json, estimate, language) }
}

/** How often filament is pulled back. */
export function countRetractions(toolpath: Toolpath): number {
  let count = 0
  for (let i = 0; i < toolpath.moveCount; i++) if (toolpath.role[i] === ROLE.retract) count++
  return count
}

function describe(json: { file: string; layers: number; hotendC: number; bedC: number; statedTimeS?: number }, estimate: Estimate, language: Language): string {
  const isKorean = language === 'ko'
  const time = formatDuration(estimate.timeS, language)
  const lines = [
    isKorean
      ? `${json.file}: 레이어 ${json.layers}개, ${time}, 필라멘트 ${formatLength(estimate.filamentMm)} (${formatVolume(estimate.filamentCm3)}, ${formatMass(estimate.massG)})`
      : `${json.file}: ${json.layers} layers, ${time}, ${formatLength(estimate.filamentMm)} of filament (${formatVolume(estimate.filamentCm3)}, ${formatMass(estimate.massG)})`,
    isKorean ? `핫엔드 ${json.hotendC} °C, 베드 ${json.bedC} °C` : `hotend ${json.hotendC} °C, bed ${json.bedC} °C`,
    ...(json.statedTimeS === undefined ? [] : [isKorean ? `파일에 적힌 시간: ${formatDuration(json.statedTimeS, language)}` : `time that the file states: ${formatDuration(json.statedTimeS, language)}`]),
    ...Object.entries(estimate.byRole).map(([role, { timeS, volumeMm3, lengthMm }]) => `  ${role.padEnd(18)}${formatDuration(timeS, language).padStart(12)}${formatLength(lengthMm).padStart(12)}${formatVolume(volumeMm3 / 1000).padStart(12)}`),
  ]
  return lines.join('\n')
}

/** Box of all that is printed, mm. */
function boxOf(toolpath: Toolpath): { min: number[]; max: number[] } | null {
  const min = [Infinity, Infinity, Infinity]
  const max = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < toolpath.moveCount; i++) {
    if ((toolpath.role[i] as number) <= ROLE.unretract) continue
    for (let axis = 0; axis < 3; axis++) {
      const end = toolpath.points[3 * i + 3 + axis] as number
      min[axis] = Math.min(min[axis] as number, end)
      max[axis] = Math.max(max[axis] as number, end)
    }
  }
  return (min[0] as number) > (max[0] as number) ? null : { min: min.map((mm) => round(mm, 3)), max: max.map((mm) => round(mm, 3)) }
}

/** A number with that many decimals at most, for JSON that people read. */
export function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
