import { grblLines, planGrblJob } from '../../../../shared/machine/grbl/plan-grbl-job'
import { GRBL_CLOSED, type GrblEvent, type GrblState } from '../../../../shared/machine/grbl/grbl-state'
import { type Axes, NEW_PROGRAM } from '../../../../shared/machine/grbl/program'
import { reduceGrbl } from '../../../../shared/machine/grbl/reduce-grbl'
import type { HostEffect } from '../../../../shared/machine/host-state'
import { LineSplitter } from '../../../../shared/machine/marlin/line-splitter'
import type { JobLines } from '../../../../shared/machine/marlin/job-lines'
import { NO_FAULTS } from '../../../../shared/machine/virtual/firmware-options'
import type { GrblOptions } from '../../../../shared/machine/virtual-grbl/options'
import { createVirtualGrbl } from '../../../../shared/machine/virtual-grbl/virtual-grbl'

export const OPTIONS: GrblOptions = {
  flavour: 'grbl', travelMm: [400, 300, 50], maxMmPerMin: [12_000, 12_000, 1000], accelerationMmPerS2: [1000, 1000, 100], junctionDeviationMm: 0.01, isLaser: true, canHome: false,
  standsAt: [0, 0, 0], surfaceZMm: -10, faults: NO_FAULTS, bootMs: 500,
}

type Happening = GrblEvent extends infer E ? (E extends { readonly atMs: number } ? Omit<E, 'atMs'> : never) : never

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const STEP_MS = 2

/** The reducer and the virtual board on one clock, with a wire of any kind between them. */
export class Rig {
  state: GrblState = GRBL_CLOSED
  nowMs = 0
  readonly effects: HostEffect[] = []
  readonly sent: string[] = []
  readonly received: string[] = []
  /** Lines whose moves the machine began, in order. */
  readonly blocks: string[] = []
  readonly firmware
  /** What the wire makes of the board's bytes. */
  toHost: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes
  /** What a byte takes on the wire, ms; 0: nothing. */
  byteMs = 0
  private readonly toBoard: { readonly atMs: number; readonly byte: number }[] = []
  private readonly fromBoard: { readonly atMs: number; readonly byte: number }[] = []
  private readonly splitter = new LineSplitter()

  constructor(options: Partial<GrblOptions> = {}) {
    this.firmware = createVirtualGrbl({ ...OPTIONS, onBlock: (line) => this.blocks.push(line), ...options })
  }

  dispatch(happening: Happening): void {
    const { state, effects } = reduceGrbl(this.state, { ...happening, atMs: this.nowMs } as GrblEvent)
    this.state = state
    for (const effect of effects) {
      this.effects.push(effect)
      if (effect.kind !== 'write') continue
      this.sent.push(effect.text)
      if (this.byteMs > 0) this.pace(this.toBoard, bytesOf(effect.text))
      else this.firmware.receive(bytesOf(effect.text), this.nowMs)
    }
  }

  /** Lets time pass until something holds; false when it didn't in time. */
  until(holds: () => boolean, withinMs = 600_000): boolean {
    const end = this.nowMs + withinMs
    while (this.nowMs < end) {
      if (holds()) return true
      this.step()
    }
    return holds()
  }

  pass(ms: number): void {
    this.until(() => false, ms)
  }

  private step(): void {
    const next = Math.min(this.firmware.nextWakeMs, this.state.wakeAtMs, this.toBoard[0]?.atMs ?? Infinity, this.fromBoard[0]?.atMs ?? Infinity)
    this.nowMs = Math.max(this.nowMs + (this.byteMs > 0 ? this.byteMs / 2 : STEP_MS), Math.min(next, this.nowMs + 50))
    if (this.byteMs > 0) this.firmware.receive(this.due(this.toBoard), this.nowMs)
    let out = this.firmware.advance(this.nowMs)
    if (this.byteMs > 0) {
      this.pace(this.fromBoard, out)
      out = this.due(this.fromBoard)
    }
    if (out.length > 0) {
      this.splitter.push(this.toHost(out), (line) => {
        this.received.push(line.replace(/\r$/, ''))
        this.dispatch({ kind: 'line', line })
      })
    }
    if (this.nowMs >= this.state.wakeAtMs) this.dispatch({ kind: 'time' })
  }

  private pace(wire: { readonly atMs: number; readonly byte: number }[], bytes: Uint8Array): void {
    let atMs = Math.max(this.nowMs, wire.at(-1)?.atMs ?? 0)
    for (const byte of bytes) wire.push({ atMs: (atMs += this.byteMs), byte })
  }

  private due(wire: { readonly atMs: number; readonly byte: number }[]): Uint8Array {
    const bytes: number[] = []
    while (wire[0] !== undefined && wire[0].atMs <= this.nowMs) bytes.push((wire.shift() as { readonly byte: number }).byte)
    return Uint8Array.from(bytes)
  }

  connect(): this {
    this.dispatch({ kind: 'opened', baudRate: 115_200 })
    if (!this.until(() => this.state.phase === 'ready' && this.state.machine.state !== undefined, 20_000)) throw new Error(`not connected: ${this.received.join(' | ')}`)
    this.pass(400)
    return this
  }

  get jobEnd() {
    return this.effects.findLast((effect) => effect.kind === 'job-ended')
  }

  /** Sends lines by hand and waits until they are answered. */
  command(...lines: string[]): string[] {
    const from = this.received.length
    this.dispatch({ kind: 'command', lines })
    this.until(() => this.state.stream.sent.length === 0 && this.state.script.length === 0, 60_000)
    return this.received.slice(from).filter((line) => !line.startsWith('<'))
  }
}

/** A job of a text, as the jobs service makes it. */
export function jobOf(text: string, start: Axes = [0, 0, 0]): JobLines {
  const bytes = bytesOf(text)
  const plan = planGrblJob(bytes, { start: { ...NEW_PROGRAM, position: start }, box: undefined, travelMm: [1000, 1000, 1000], rapidMmPerMin: 12_000, isLaser: true, hasLaserMode: true, fullPower: 1000 })
  if (!plan.ok) throw new Error(plan.problems.map(({ message }) => message).join('\n'))
  return grblLines(bytes, plan.value.index)
}

/** A raster as lasers burn it: short moves with changing power. */
export function raster(rows: number, columns = 20): string {
  const lines = ['; raster', 'G21 G90', 'M4 S0', 'G0 X1 Y1']
  for (let row = 0; row < rows; row++) {
    lines.push(`G1 Y${(1 + row * 0.2).toFixed(3)} F3000 S0`)
    for (let i = 1; i <= columns; i++) lines.push(`G1 X${(1 + (row % 2 === 0 ? i : columns - i) * 0.4).toFixed(3)} S${(i * 37 + row * 11) % 1000}`)
  }
  lines.push('M5', 'G0 X0 Y0')
  return `${lines.join('\n')}\n`
}
