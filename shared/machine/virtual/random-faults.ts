import { seededNoise } from '../../geometry/seeded-noise'
import type { FirmwareFaults } from './firmware-options'

/** The wire between host and board: hands bytes on, with the faults that were asked for. The same seed and bytes give the same faults. */
export class FaultyWire {
  private random: () => number
  private isQuiet = false
  /** The line under way, kept only while lines may be doubled. */
  private line: number[] = []

  constructor(private faults: FirmwareFaults) {
    this.random = seededNoise(faults.seed)
    this.setFaults(faults)
  }

  setFaults(faults: FirmwareFaults): void {
    this.faults = faults
    this.random = seededNoise(faults.seed)
    this.isQuiet = faults.dropByte === 0 && faults.corruptByte === 0 && faults.duplicateLine === 0
    this.line = []
  }

  /** The bytes that arrive of the bytes sent: the same array on a good wire. */
  carry(bytes: Uint8Array): Uint8Array {
    if (this.isQuiet) return bytes
    const out: number[] = []
    for (const sent of bytes) {
      const byte = this.disturb(sent)
      if (byte === undefined) continue
      out.push(byte)
      if (this.faults.duplicateLine === 0) continue
      this.line.push(byte)
      if (byte !== 10) continue
      if (this.random() < this.faults.duplicateLine) out.push(...this.line)
      this.line = []
    }
    return Uint8Array.from(out)
  }

  private disturb(byte: number): number | undefined {
    const { dropByte, corruptByte } = this.faults
    if (dropByte > 0 && this.random() < dropByte) return undefined
    if (corruptByte > 0 && this.random() < corruptByte) return byte ^ (1 << Math.floor(this.random() * 8))
    return byte
  }

  /** Whether this `ok` gets lost. */
  losesOk(): boolean {
    return this.faults.loseOk > 0 && this.random() < this.faults.loseOk
  }
}
