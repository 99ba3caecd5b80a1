import type { FirmwareAccount } from './firmware-options'

/** More refusals than this are counted as one fault of the file, not listed. */
const REFUSED_LIMIT = 1000

/** The machine's own account of what it received and did; lives through resets. */
export class AccountBook {
  linesInOrder = true
  checksumErrors = 0
  resendsRequested = 0
  movesExecuted = 0
  extrudedMm = 0
  /** Filament that is left, mm. */
  filamentMm = Infinity
  private retractedMm = 0
  private readonly atHeight = new Map<number, number>()
  private readonly refused: { line: string; why: string }[] = []

  constructor(private readonly filamentDiameterMm: number) {}

  refuse(line: string, why: string): void {
    if (this.refused.length < REFUSED_LIMIT) this.refused.push({ line, why })
  }

  /** Books a finished move with its filament and the height above the bed at which it ended, mm. */
  move(deMm: number, zMm: number): void {
    this.movesExecuted++
    if (deMm < 0) this.retractedMm -= deMm
    if (deMm <= 0) return
    const back = Math.min(this.retractedMm, deMm)
    this.retractedMm -= back
    const out = Math.min(deMm - back, this.filamentMm)
    this.filamentMm -= out
    this.extrudedMm += out
    const height = Math.round(zMm * 1000) / 1000
    this.atHeight.set(height, (this.atHeight.get(height) ?? 0) + out)
  }

  account(linesReceived: number, finalPositionMm: FirmwareAccount['finalPositionMm']): FirmwareAccount {
    const { linesInOrder, checksumErrors, resendsRequested, movesExecuted, extrudedMm } = this
    const areaMm2 = Math.PI * (this.filamentDiameterMm / 2) ** 2
    return { linesReceived, linesInOrder, checksumErrors, resendsRequested, refused: [...this.refused], extrudedMm, depositedCm3: (extrudedMm * areaMm2) / 1000, movesExecuted, finalPositionMm, extrudedAtHeight: this.atHeight }
  }
}
