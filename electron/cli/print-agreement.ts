import type { VirtualAccount } from '../../shared/contract/machines'
import { parseGcode } from '../../shared/gcode/parse-gcode'
import { indexJobLines, jobLines } from '../../shared/machine/marlin/job-lines'
import { applyLine, UNKNOWN_MODAL } from '../../shared/machine/marlin/modal-state'
import { round } from './inspect-gcode'

/** Whether a machine's own account of a print is what the file says. */
export interface Agreement {
  readonly agrees: boolean
  readonly linesInOrder: boolean
  readonly nothingRefused: boolean
  readonly depositedCm3: { readonly file: number; readonly machine: number; readonly agrees: boolean }
  /** `null` where the file leaves an axis to homing, whose end is the machine's own. */
  readonly finalPositionMm: { readonly file: readonly (number | null)[]; readonly machine: readonly number[]; readonly agrees: boolean }
}

/** Points and volumes of a read file are 32-bit: this share of a print's filament is rounding. */
const VOLUME_SHARE = 1e-3
const POSITION_MM = 0.02

/** Compares the account of a virtual printer with the file that it was sent. */
export function compareWithFile(bytes: Uint8Array, account: VirtualAccount, filamentDiameterMm: number): Agreement {
  const parsed = parseGcode(bytes, { filamentDiameterMm })
  if (!parsed.ok) throw new Error('The file was printed and can be read.')
  const { toolpath } = parsed.value
  const fileCm3 = depositedMm3(toolpath.volumeMm3, toolpath.moveCount) / 1000
  const end = lastPlace(bytes)
  const { x, y, z } = account.finalPositionMm
  const at = [x, y, z]
  const depositedCm3 = { file: round(fileCm3, 5), machine: round(account.depositedCm3, 5), agrees: Math.abs(fileCm3 - account.depositedCm3) <= VOLUME_SHARE * fileCm3 + 1e-6 }
  const finalPositionMm = { file: end.map((mm) => (mm === undefined ? null : round(mm, 3))), machine: at.map((mm) => round(mm, 3)), agrees: end.every((mm, i) => mm === undefined || Math.abs(mm - (at[i] as number)) <= POSITION_MM) }
  const nothingRefused = account.refused.length === 0
  return { agrees: account.linesInOrder && nothingRefused && depositedCm3.agrees && finalPositionMm.agrees, linesInOrder: account.linesInOrder, nothingRefused, depositedCm3, finalPositionMm }
}

/** Where the file ends, as far as it says so itself. */
function lastPlace(bytes: Uint8Array): readonly (number | undefined)[] {
  const index = indexJobLines(bytes)
  if (!index.ok) return [undefined, undefined, undefined]
  const lines = jobLines(bytes, index.value)
  let modal = UNKNOWN_MODAL
  for (let i = 0; i < lines.count; i++) modal = applyLine(modal, lines.text(i))
  return [modal.x, modal.y, modal.z]
}

/** Filament that leaves the nozzle: what was pulled back must come forward again before it counts. */
function depositedMm3(volumeMm3: Float32Array, moveCount: number): number {
  let out = 0
  let back = 0
  for (let i = 0; i < moveCount; i++) {
    const volume = volumeMm3[i] as number
    if (volume < 0) back -= volume
    else {
      const refill = Math.min(back, volume)
      back -= refill
      out += volume - refill
    }
  }
  return out
}
