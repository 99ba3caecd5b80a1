import type { MachineStatus } from '../../../shared/contract/machines'
import { StudioError } from '../../../shared/units/studio-error'
import type { MachineState } from './protocols'

/** The card in a machine as the window is shown it; undefined where the firmware has none. */
export function cardStatus(state: MachineState): MachineStatus['card'] {
  if (!('card' in state) || state.firmware?.capabilities['SDCARD'] !== true) return undefined
  const { files, printing, upload } = state.card
  return {
    files: files.map((file) => ({ ...file })),
    ...(printing && { printing: { ...printing } }),
    ...(upload && { upload: { name: upload.name, doneLines: Math.max(0, upload.lines - state.script.length), lines: upload.lines } }),
  }
}

/** @throws StudioError 'machine/card-busy' while the machine prints from its card, or a file is written to it */
export function cardIsFree(state: MachineState, name: string): void {
  if ('card' in state && (state.card.printing || state.card.upload)) throw new StudioError('machine/card-busy', `${name} is at work with its card: wait for its end, or stop it first.`, { name })
}
