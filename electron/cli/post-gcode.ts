import { checkGcode } from '../../shared/gcode/check-gcode'
import { machineVolume } from '../../shared/machine/machine-volume'
import type { MachineProfile } from '../../shared/machine/profile'
import type { Problem } from '../../shared/units/problem'
import { StudioError } from '../../shared/units/studio-error'
import { checkInterrupt, fail, valueOf, type Terminal } from './terminal'

/** Has programs change G-code one after the other, then checks it as a job's is. @throws CommandFailure when one fails or leaves what the machine doesn't take */
export async function postGcode(gcode: Uint8Array, commands: readonly string[], machine: MachineProfile, terminal: Terminal): Promise<{ readonly gcode: Uint8Array; readonly problems: readonly Problem[] }> {
  const { postProcess } = await import('../services/engines/post-process')
  let bytes = gcode
  try {
    for (const command of commands) bytes = await postProcess(bytes, { command, cwd: terminal.cwd, env: terminal.env, signal: terminal.signal })
  } catch (error) {
    checkInterrupt(terminal)
    if (error instanceof StudioError) return fail(error.code, error.message, error.values)
    throw error
  }
  const checked = checkGcode(bytes, { firmware: machine.firmware === 'grbl' ? 'marlin' : machine.firmware, volume: machineVolume(machine), maxHotendC: machine.maxHotendC, maxBedC: machine.maxBedC })
  valueOf(checked)
  return { gcode: bytes, problems: checked.problems }
}
