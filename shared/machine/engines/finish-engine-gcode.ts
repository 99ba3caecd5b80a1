import { strFromU8, strToU8 } from 'fflate'
import { checkGcode } from '../../gcode/check-gcode'
import { boxSize, meshBox } from '../../mesh/mesh-box'
import type { SlicingSettings } from '../../slicing/settings'
import type { Estimate } from '../../toolpath/estimate'
import { estimateToolpath } from '../../toolpath/estimate-toolpath'
import { ROLE, type Toolpath } from '../../toolpath/toolpath'
import { failure, success, type Problem, type Result } from '../../units/problem'
import { machineVolume } from '../machine-volume'
import { templateVariables } from '../print-templates'
import type { MachineProfile } from '../profile'
import type { EngineRequest } from './engine-request'
import { framedLines, withFrame } from './frame-marks'

/** Boxes around the objects, and what brims, rafts and purge lines may take beyond them, mm³. */
const MOST_BOXES = 3
const EXTRA_MM3 = 40_000

/** G-code of another engine, ready for its machine. */
export interface EnginePrint {
  readonly gcode: Uint8Array<ArrayBuffer>
  readonly toolpath: Toolpath
  readonly estimate: Estimate
  readonly layerCount: number
  /** Line of the file (from 1) of each move. */
  readonly lineOfMove: Uint32Array
  /** Warnings. */
  readonly problems: readonly Problem[]
}

/**
 * Makes a print of what an engine wrote: start and end lines are filled in once more, now that height and layers are known, the time is that of our planner,
 * and the file is checked as every job's is. The rest of the file stays as the engine wrote it.
 *
 * Problems: `engine/no-frame` (its file lacks our start or end lines), `engine/printed-nothing`, `engine/absurd-volume`, and those of the check.
 */
export function finishEngineGcode(bytes: Uint8Array, request: EngineRequest, settings: SlicingSettings): Result<EnginePrint> {
  const { machine } = request
  const first = checkGcode(bytes, checkOptions(machine, settings))
  if (!first.ok) return first
  const { toolpath } = first.value
  if (!toolpath.role.some((role) => role > ROLE.unretract && role !== ROLE.custom)) return failure({ code: 'engine/printed-nothing', severity: 'error', message: 'The engine wrote a file in which nothing is printed. The model may be too thin for the line width, or not closed.' })
  const absurd = checkVolume(toolpath, request)
  if (absurd !== undefined) return failure(absurd)
  const estimate = estimateToolpath(toolpath, machine.motion, settings)
  const variables = templateVariables(request, settings, { toolpath, estimate })
  const framed = (['start', 'end'] as const).reduce<string | undefined>(
    (text, frame) => (text === undefined ? undefined : withFrame(text, frame, framedLines(frame, machine, { settings, variables }))),
    strFromU8(bytes).replace(/\r\n/g, '\n'),
  )
  if (framed === undefined) return failure({ code: 'engine/no-frame', severity: 'error', message: 'The engine’s file lacks the machine’s start or end lines, so it can’t be trusted to heat, home and park. Choose another engine.' })
  const gcode = strToU8(framed.replace(/^;TIME:\d+$/m, `;TIME:${Math.round(estimate.timeS)}`)) as Uint8Array<ArrayBuffer>
  const checked = checkGcode(gcode, checkOptions(machine, settings))
  if (!checked.ok) return checked
  const { toolpath: made, lineOfMove } = checked.value
  return success({ gcode, toolpath: made, estimate: estimateToolpath(made, machine.motion, settings), layerCount: made.layers.length, lineOfMove, problems: checked.problems }, checked.problems)
}

/** More plastic than parts and supports could ever take says that the engine and we read the file differently: absolute and relative filament, another diameter. */
function checkVolume({ volumeMm3, role }: Toolpath, { objects }: EngineRequest): Problem | undefined {
  const laidMm3 = volumeMm3.reduce((sum, volume, i) => sum + ((role[i] as number) > ROLE.unretract ? volume : 0), 0)
  const mostMm3 = objects.reduce((sum, { mesh, transform }) => {
    const [x, y, z] = boxSize(meshBox(mesh, transform))
    return sum + MOST_BOXES * x * y * z
  }, EXTRA_MM3)
  if (laidMm3 <= mostMm3) return undefined
  const values = { cm3: Math.round(laidMm3 / 1000), mostCm3: Math.round(mostMm3 / 1000) }
  return { code: 'engine/absurd-volume', severity: 'error', values, message: `The engine’s file would lay ${values.cm3} cm³, more than parts and supports could take (${values.mostCm3} cm³). It must not be printed.` }
}

function checkOptions(machine: MachineProfile, { filamentDiameterMm }: SlicingSettings): Parameters<typeof checkGcode>[1] {
  return { firmware: machine.firmware === 'grbl' ? 'marlin' : machine.firmware, volume: machineVolume(machine), maxHotendC: machine.maxHotendC, maxBedC: machine.maxBedC, filamentDiameterMm }
}
