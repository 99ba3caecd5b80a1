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
  private readonly retractedMm: number[] = []
  private readonly byToolMm: number[] = []
  private readonly atHeight = new Map<number, number>()
  private readonly refused: { line: string; why: string }[] = []

  /** @param diameterOf filament diameter of a tool, mm */
  constructor(private readonly diameterOf: (tool: number) => number) {}

  refuse(line: string, why: string): void {
    if (this.refused.length < REFUSED_LIMIT) this.refused.push({ line, why })
  }

  /** Books a finished move of a tool with its filament and the height above the bed at which it ended, mm. */
  move(deMm: number, zMm: number, tool: number): void {
    this.movesExecuted++
    const retractedMm = this.retractedMm[tool] ?? 0
    if (deMm < 0) this.retractedMm[tool] = retractedMm - deMm
    if (deMm <= 0) return
    const back = Math.min(retractedMm, deMm)
    this.retractedMm[tool] = retractedMm - back
    const out = Math.min(deMm - back, this.filamentMm)
    this.filamentMm -= out
    this.extrudedMm += out
    this.byToolMm[tool] = (this.byToolMm[tool] ?? 0) + out
    const height = Math.round(zMm * 1000) / 1000
    this.atHeight.set(height, (this.atHeight.get(height) ?? 0) + out)
  }

  /** A multi-material unit takes one filament out of the nozzle and brings the other up to its tip. */
  exchange(from: number, to: number): void {
    this.retractedMm[from] = 0
    this.retractedMm[to] = 0
  }

  account(linesReceived: number, finalPositionMm: FirmwareAccount['finalPositionMm']): FirmwareAccount {
    const { linesInOrder, checksumErrors, resendsRequested, movesExecuted, extrudedMm } = this
    const extrudedByToolMm = Array.from(this.byToolMm, (mm: number | undefined) => mm ?? 0)
    const depositedMm3 = extrudedByToolMm.reduce((sum, mm, tool) => sum + mm * Math.PI * (this.diameterOf(tool) / 2) ** 2, 0)
    return { linesReceived, linesInOrder, checksumErrors, resendsRequested, refused: [...this.refused], extrudedMm, depositedCm3: depositedMm3 / 1000, extrudedByToolMm, movesExecuted, finalPositionMm, extrudedAtHeight: this.atHeight }
  }
}
