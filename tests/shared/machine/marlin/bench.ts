import { CLOSED, type JobEnd, type MarlinEffect, type MarlinEvent, type MarlinState, type ParkPlan, type Reason } from '../../../../shared/machine/marlin/marlin-state'
import { indexJobLines, jobLines, type JobLines } from '../../../../shared/machine/marlin/job-lines'
import { LineSplitter } from '../../../../shared/machine/marlin/line-splitter'
import { reduceMarlin } from '../../../../shared/machine/marlin/reduce-marlin'
import { FULL_TRAITS, NO_FAULTS, type FirmwareFaults, type FirmwareOptions, type FirmwareTraits, type VirtualFirmware } from '../../../../shared/machine/virtual/firmware-options'
import { createVirtualFirmware } from '../../../../shared/machine/virtual/virtual-firmware'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'

const PROFILE = BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!
const encoder = new TextEncoder()
export const PARK: ParkPlan = { maxZMm: 200, liftMm: 5, retractMm: 2, xMm: 0, yMm: 180 }

export function linesOf(text: string): JobLines {
  const bytes = encoder.encode(text)
  const result = indexJobLines(bytes)
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
  return jobLines(bytes, result.value)
}

export function firmwareOptions(faults: Partial<FirmwareFaults> = {}, traits: Partial<FirmwareTraits> = {}): FirmwareOptions {
  return {
    machineType: 'Bench', uuid: 'u', motion: PROFILE.motion, volume: { min: [0, 0, 0], max: [200, 200, 200], shape: 'rectangle' }, maxHotendC: 275, maxBedC: 120,
    heatedBed: true, hotends: 1, filamentDiameterMm: 1.75, ambientC: 21, traits: { ...FULL_TRAITS, ...traits }, faults: { ...NO_FAULTS, ...faults }, bootMs: 600,
  }
}

/** A host and a board at the two ends of a wire, in a time of their own. */
export class Bench {
  state: MarlinState = CLOSED
  readonly firmware: VirtualFirmware
  nowMs = 0
  readonly ends: (JobEnd & { readonly acknowledged: number; readonly line: number })[] = []
  readonly notes: Reason[] = []
  readonly effects: MarlinEffect[] = []
  readonly sent: string[] = []
  /** Bytes on the wire to the board. */
  wireBytes = 0
  readonly received: string[] = []
  private readonly splitter = new LineSplitter()
  private onWire: { readonly atMs: number; readonly bytes: Uint8Array }[] = []
  private wireFreeMs = 0

  constructor(readonly options: FirmwareOptions, readonly baudRate = 115_200) {
    this.firmware = createVirtualFirmware(options)
  }

  dispatch(event: MarlinEvent): void {
    const { state, effects } = reduceMarlin(this.state, event)
    this.state = state
    for (const effect of effects) this.perform(effect)
  }

  private perform(effect: MarlinEffect): void {
    this.effects.push(effect)
    if (effect.kind === 'job-ended') this.ends.push({ ...effect.end, acknowledged: effect.acknowledged, line: effect.line })
    if (effect.kind === 'note') this.notes.push(effect.reason)
    if (effect.kind !== 'write') return
    this.sent.push(effect.text)
    // Byte after byte, as a serial line carries them.
    this.wireFreeMs = Math.max(this.wireFreeMs, this.nowMs)
    for (const byte of Buffer.from(effect.wire ?? effect.text, 'latin1')) {
      this.wireBytes++
      this.wireFreeMs += 10_000 / this.baudRate
      this.onWire.push({ atMs: this.wireFreeMs, bytes: Uint8Array.of(byte) })
    }
  }

  /** Lets time pass to the next thing that happens; false when nothing ever will. */
  step(limitMs: number): boolean {
    const next = Math.min(this.onWire[0]?.atMs ?? Infinity, this.firmware.nextWakeMs, this.state.wakeAtMs)
    if (next > limitMs) {
      this.nowMs = limitMs
      return false
    }
    this.nowMs = Math.max(this.nowMs, next)
    while (this.onWire[0] !== undefined && this.onWire[0].atMs <= this.nowMs) this.firmware.receive(this.onWire.shift()!.bytes, this.nowMs)
    const bytes = this.firmware.advance(this.nowMs)
    this.splitter.push(bytes, (line) => {
      this.received.push(line)
      this.dispatch({ kind: 'line', atMs: this.nowMs, line })
    })
    if (this.state.wakeAtMs <= this.nowMs) this.dispatch({ kind: 'time', atMs: this.nowMs })
    return true
  }

  /** Runs until a condition holds; throws after a time of the bench's own. */
  until(isDone: () => boolean, limitS = 36_000): this {
    const limitMs = this.nowMs + 1000 * limitS
    while (!isDone()) if (!this.step(limitMs)) throw new Error(`Nothing came of it in ${limitS} s: ${this.state.phase}, ${JSON.stringify(this.state.run?.state)}, ${JSON.stringify(this.state.stream.sent.slice(0, 6))}\n${this.received.slice(-10).join('\n')}`)
    return this
  }

  connect(): this {
    this.dispatch({ kind: 'opened', atMs: this.nowMs, baudRate: this.baudRate })
    return this.until(() => this.state.phase !== 'greeting', 60)
  }

  start(text: string): this {
    this.dispatch({ kind: 'start-job', atMs: this.nowMs, lines: linesOf(text), park: PARK })
    return this
  }

  finish(limitS?: number): this {
    return this.until(() => this.ends.length > 0, limitS)
  }
}
