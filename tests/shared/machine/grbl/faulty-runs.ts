import { NO_FAULTS, type FirmwareFaults } from '../../../../shared/machine/virtual/firmware-options'
import { compactLine, readBlock } from '../../../../shared/machine/grbl/block'
import { jobText } from '../../../../shared/machine/grbl/plan-grbl-job'
import { jobOf, raster, Rig } from './rig'

export const KINDS = ['lost bytes', 'changed bytes', 'doubled lines', 'lost answers', 'changed answers', 'a reset', 'late answers'] as const
export type Kind = (typeof KINDS)[number]

/** How a run with faults ended. `blind`: a line arrived changed that Grbl took, and nothing could show it. */
export interface FaultyRun {
  readonly outcome: 'done' | 'stopped' | 'blind' | 'wrong'
  readonly detail: string
}

function random(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4_294_967_296
  }
}

function faultsOf(kind: Kind, seed: number): FirmwareFaults {
  const pick = random(seed)
  switch (kind) {
    case 'lost bytes':
      return { ...NO_FAULTS, seed, dropByte: 0.0002 + pick() * 0.002 }
    case 'changed bytes':
      return { ...NO_FAULTS, seed, corruptByte: 0.0002 + pick() * 0.002 }
    case 'doubled lines':
      return { ...NO_FAULTS, seed, duplicateLine: 0.002 + pick() * 0.02 }
    case 'lost answers':
      return { ...NO_FAULTS, seed, loseOk: 0.001 + pick() * 0.02 }
    case 'a reset':
      return { ...NO_FAULTS, seed, resetAtLine: 5 + Math.floor(pick() * 60) }
    case 'late answers':
      return { ...NO_FAULTS, seed, delayMs: 1 + Math.floor(pick() * 200) }
    case 'changed answers':
      return { ...NO_FAULTS, seed }
    default:
      return kind satisfies never
  }
}

/** Grbl has no checksum and no line numbers: these leave lines that it takes. */
const LOSES_DIGITS: ReadonlySet<Kind> = new Set(['changed bytes', 'lost bytes'])
const state = (rig: Rig) => rig.state.machine.state

/** Runs a raster over a wire with faults of one kind, and compares the moves that the machine did with the file, line by line. */
export function runFaulty(kind: Kind, seed: number): FaultyRun {
  const rig = new Rig().connect()
  const text = raster(3 + (seed % 3), 12)
  rig.dispatch({ kind: 'start-job', lines: jobOf(text) })
  rig.until(() => rig.state.run?.state === 'running', 5000)
  rig.firmware.setFaults(faultsOf(kind, seed))
  if (kind === 'changed answers') rig.toHost = noisy(seed)
  const isOver = () => rig.jobEnd !== undefined || rig.state.run?.state === 'held'
  rig.until(isOver, 120_000)
  // A feed that lost its digits on the wire: it moves, for hours.
  if (!isOver() && state(rig) === 'Run' && LOSES_DIGITS.has(kind)) return { outcome: 'blind', detail: 'slow' }
  if (!isOver()) return { outcome: 'wrong', detail: `no end: ${rig.state.run?.state} ${rig.state.phase} ${rig.state.machine.state} sent ${rig.state.stream.sent.length}` }
  if (rig.jobEnd?.end.outcome !== 'done') return { outcome: 'stopped', detail: rig.jobEnd?.end.outcome === 'failed' ? rig.jobEnd.end.reason.code : (rig.state.run?.holdReason?.code ?? '') }
  const wanted = text.split('\n').map(jobText).filter((line) => /^G[01]/.test(line) && line !== 'G1Y1.000F3000S0').map(meaning)
  const done = rig.blocks.map(meaning)
  const different = done.findIndex((line, i) => line !== wanted[i])
  if (done.length === wanted.length && different < 0) return { outcome: 'done', detail: '' }
  const detail = `${done.length} of ${wanted.length}; ${different}: ${done[different]} for ${wanted[different]}`
  return { outcome: LOSES_DIGITS.has(kind) ? 'blind' : 'wrong', detail }
}

/** A line by what it says: a lost zero behind the point changes nothing. */
function meaning(line: string): string {
  const read = readBlock(compactLine(line))
  return read.ok ? read.words.map(({ letter, value }) => `${letter}${value}`).join(' ') : line
}

function noisy(seed: number): (bytes: Uint8Array) => Uint8Array {
  const next = random(seed)
  const rate = 0.0001 + next() * 0.002
  return (bytes) => {
    const out: number[] = []
    for (const byte of bytes) {
      const chance = next()
      if (chance < rate / 2) continue
      out.push(chance < rate ? byte ^ (1 << Math.floor(next() * 7)) : byte)
    }
    return Uint8Array.from(out)
  }
}
