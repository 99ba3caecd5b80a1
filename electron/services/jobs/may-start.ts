import { planResume as planGrblResume } from '../../../shared/machine/grbl/resume-from-line'
import type { JobLines } from '../../../shared/machine/marlin/job-lines'
import type { Problem } from '../../../shared/units/problem'
import { StudioError } from '../../../shared/units/studio-error'
import type { JobOptions } from '../machines/machine-session'
import type { JobRunner } from '../machines/machines-service'
import type { KnownPlan } from './known-plan'

/** How a job begins on a machine that speaks Grbl. */
export interface GrblStart {
  readonly check: 'first' | 'only' | undefined
  readonly fromLine: number | undefined
  readonly safeZMm: number | undefined
}

/** Height over the work's zero at which a mill moves across when a job begins in its middle. */
export const SAFE_Z_MM = 5

/** @throws StudioError 'job/no-such-tool' when the file chooses a tool that the machine has said it hasn't */
export function toolsAreThere({ maxTool }: Pick<KnownPlan, 'maxTool'>, { state }: JobRunner): void {
  const { extruderCount } = state.firmware ?? {}
  if (extruderCount === undefined || maxTool < extruderCount) return
  throw new StudioError('job/no-such-tool', `The file uses tool T${maxTool}; this machine has ${extruderCount}, from T0 on. Slice the model again for this machine.`, { tool: maxTool, count: extruderCount })
}

/** The first problem, told as an error; how many there are goes with it. */
export function refusal(problems: readonly Problem[]): StudioError {
  const [first] = problems
  if (!first) return new StudioError('job/refused', 'The file was refused.', {})
  const more = problems.length - 1
  return new StudioError(first.code, more > 0 ? `${first.message} (and ${more} more of the kind)` : first.message, { ...first.place, ...first.values })
}

/** Mills and lasers take a job up by `create` with a line: nothing is heated or homed for it. */
export function onlyPrinters({ profile }: JobRunner): void {
  if (profile.firmware === 'grbl') throw new StudioError('machine/not-possible', 'On this machine a job is taken up by starting its file at a line.', { what: 'resume-plan' })
}

/** Check mode and the line to begin at; what a printer is asked of them is refused. */
export function grblOptions(runner: JobRunner, lines: JobLines, { check, fromLine, safeZMm }: GrblStart): JobOptions {
  if (check === undefined && fromLine === undefined) return {}
  const { place, profile } = runner
  if (profile.firmware !== 'grbl') throw new StudioError('machine/not-possible', 'This machine has no such part.', { what: check === undefined ? 'from-line' : 'check-mode' })
  if (fromLine === undefined || fromLine <= 1) return { check }
  if (!place) throw new StudioError('machine/not-connected', `${runner.machine.name} isn't connected: connect it first.`, { name: runner.machine.name })
  const { fromIndex, preamble } = planGrblResume(lines, fromLine, { start: place.start, safeZMm: safeZMm ?? SAFE_Z_MM, isLaser: place.isLaser })
  return { check, fromIndex, preamble }
}
