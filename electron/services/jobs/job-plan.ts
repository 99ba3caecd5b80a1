import { checkGcode, type GcodeCheckOptions } from '../../../shared/gcode/check-gcode'
import type { ParsedGcode } from '../../../shared/gcode/parsed-gcode'
import { profilePlace } from '../../../shared/machine/grbl/job-place'
import { planGrblJob, type JobPlace } from '../../../shared/machine/grbl/plan-grbl-job'
import { machineVolume } from '../../../shared/machine/machine-volume'
import { indexJobLines, type JobIndex } from '../../../shared/machine/marlin/job-lines'
import type { MachineProfile } from '../../../shared/machine/profile'
import { planMotion } from '../../../shared/toolpath/plan-motion'
import { failure, success, type Result } from '../../../shared/units/problem'

/** What is known of a job's file before it starts; plain data that a worker can hand over. */
export interface JobPlan {
  readonly index: JobIndex
  /** Lines of the file. */
  readonly lineCount: number
  /** Seconds from the start at the end of each line of the file, length lineCount. */
  readonly lineEndS: Float32Array<ArrayBuffer>
  readonly totalS: number
  /** Line of the file (from 1) at which each layer begins. */
  readonly layerLines: Uint32Array<ArrayBuffer>
}

/** What a printer's files are checked against. */
export function checkOptions(profile: MachineProfile, firmware: GcodeCheckOptions['firmware']): GcodeCheckOptions & { readonly filamentDiameterMm: number } {
  return { firmware, volume: machineVolume(profile), maxHotendC: profile.maxHotendC, maxBedC: profile.maxBedC, filamentDiameterMm: Number(profile.settings.filamentDiameterMm ?? 1.75) }
}

/**
 * Checks a file for a machine and learns how long each line takes. Problems: those of `checkGcode` and of `indexJobLines`, or of
 * `planGrblJob` for a machine that speaks Grbl.
 * @param place where a machine that speaks Grbl is, as far as it has told
 */
export function planJob(bytes: Uint8Array, profile: MachineProfile, place?: JobPlace): Result<JobPlan> {
  if (profile.firmware === 'grbl') return planForGrbl(bytes, place ?? profilePlace(profile))
  const options = checkOptions(profile, profile.firmware)
  const { filamentDiameterMm } = options
  const checked = checkGcode(bytes, options)
  if (!checked.ok) return failure(...checked.problems.filter(({ severity }) => severity === 'error'))
  const index = indexJobLines(bytes, { takesMacros: profile.firmware === 'klipper' })
  if (!index.ok) return index
  const gcode = checked.value
  const lineEndS = timeOfLines(gcode, planMotion(gcode.toolpath, profile.motion, (Math.PI * filamentDiameterMm ** 2) / 4))
  const layerLines = Uint32Array.from(gcode.toolpath.layers, ({ firstMove }) => gcode.lineOfMove[firstMove] ?? gcode.lineCount)
  return success({ index: index.value, lineCount: gcode.lineCount, lineEndS, totalS: lineEndS.at(-1) ?? 0, layerLines }, checked.problems)
}

function planForGrbl(bytes: Uint8Array, place: JobPlace): Result<JobPlan> {
  const planned = planGrblJob(bytes, place)
  if (!planned.ok) return planned
  const { index, lineCount, lineEndS, warnings } = planned.value
  return success({ index, lineCount, lineEndS, totalS: lineEndS.at(-1) ?? 0, layerLines: new Uint32Array(0) }, warnings)
}

/** Moves and dwells, summed up by the lines that they stand on. */
function timeOfLines({ toolpath, lineOfMove, lineCount }: ParsedGcode, moveS: Float32Array): Float32Array<ArrayBuffer> {
  const ends = new Float32Array(lineCount)
  const add = (line: number, s: number) => {
    if (line >= 1 && line <= lineCount) ends[line - 1] = (ends[line - 1] as number) + s
  }
  for (let i = 0; i < toolpath.moveCount; i++) add(lineOfMove[i] as number, moveS[i] as number)
  for (const event of toolpath.events) if (event.kind === 'dwell') add(lineOfMove[event.atMove] ?? lineCount, event.dwellS)
  let sum = 0
  for (let i = 0; i < lineCount; i++) {
    sum += ends[i] as number
    ends[i] = sum
  }
  return ends
}

/** Layer (from 1) that a line of the file belongs to; 0 before the first. */
export function layerAt({ layerLines }: { readonly layerLines: Uint32Array }, line: number): number {
  let [low, high] = [0, layerLines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((layerLines[middle] as number) <= line) low = middle + 1
    else high = middle
  }
  return low
}
