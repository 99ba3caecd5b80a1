import { FULL_TRAITS, PLAIN_TRAITS, type FirmwareFaults } from '../../shared/machine/virtual/firmware-options'
import { Bench, firmwareOptions, linesOf } from '../shared/machine/marlin/bench'

/** One run over a faulty wire or machine, from a seed. */
export interface FaultyRun {
  readonly seed: number
  /** Names of the faults that it had. */
  readonly kinds: readonly string[]
  readonly isFull: boolean
  readonly faults: Partial<FirmwareFaults>
}

/**
 * What the protocol can't show. `lost-number`: a line whose N was lost runs unnumbered, its checksum unread, and perhaps once more. `altered-question`: an
 * M105 without number that arrives as another command. `checksum-collision`: two faults in one line whose XOR is the same.
 */
export type BlindSpot = 'lost-number' | 'altered-question' | 'checksum-collision'

/** What came of it. `wrong`: the machine did something else than the file says, up to where it stopped. */
export interface RunOutcome {
  readonly end: 'done' | 'stopped' | 'none'
  readonly reason: string
  readonly wrong: 'nothing' | BlindSpot | 'other'
  readonly resends: number
  /** The user was told that the cable is bad. */
  readonly isWarned: boolean
}

function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    let t = state ^ (state >>> 15)
    t = Math.imul(t, 0x2c1b3c6d)
    return ((t ^ (t >>> 12)) >>> 0) / 4_294_967_296
  }
}

const RATES = [1e-5, 3e-5, 1e-4, 2e-4, 4e-4] as const

/** The run of a seed: one to three kinds of fault, on a board with or without Marlin's options. `worst`: bytes lost at most, 0..1. */
export function faultyRun(seed: number, worst = 4e-4): FaultyRun {
  const next = random(seed * 7919 + 13)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!
  const rate = () => (pick(RATES) * worst) / 4e-4
  const makers: readonly (readonly [string, () => Partial<FirmwareFaults>])[] = [
    ['bytes lost', () => ({ dropByte: rate() })],
    ['bytes changed', () => ({ corruptByte: rate() })],
    ['lines doubled', () => ({ duplicateLine: pick([0.005, 0.02, 0.1]) })],
    ['answers lost', () => ({ loseOk: pick([0.005, 0.02, 0.1]) })],
    ['answers late', () => ({ delayMs: pick([3, 20, 200, 900]) })],
    ['board reset', () => ({ resetAtLine: 5 + Math.floor(next() * 70) })],
    ['cable pulled', () => ({ unplugAtLine: 5 + Math.floor(next() * 70) })],
    ['heater burns', () => ({ thermalRunaway: true })],
    ['heater dead', () => ({ brokenHeater: true })],
  ]
  const wire = makers.slice(0, 5)
  const faults: Partial<FirmwareFaults>[] = [{ seed: seed + 1 }]
  const kinds = new Set<string>()
  for (let count = 1 + Math.floor(next() * 3); count > 0; count--) {
    const [kind, make] = pick(next() < 0.9 ? wire : makers)
    if (kinds.has(kind)) continue
    kinds.add(kind)
    faults.push(make())
  }
  return { seed, kinds: [...kinds].sort(), isFull: next() < 0.5, faults: Object.assign({}, ...faults) as Partial<FirmwareFaults> }
}

/** What the host sends of its own accord, and what has no effect. */
const HOSTS_OWN = /^M(?:105|108|110|114|115|119|155|400|73|876)\b|^$|^[^GMT]|^[GMT](?!\d)/

/** Prints a text with a run's faults and compares, command for command, what the board carried out with what the file says. */
export function runFaulty({ isFull, faults }: FaultyRun, text: string): RunOutcome {
  const lines = linesOf(text)
  const file = Array.from({ length: lines.count }, (_, i) => lines.text(i))
  const carriedOut: { text: string; lineNumber: number }[] = []
  let isRecording = false
  const bench = new Bench({ ...firmwareOptions({}, isFull ? FULL_TRAITS : PLAIN_TRAITS), onCommand: (command, lineNumber) => void (isRecording && carriedOut.push({ text: command, lineNumber })) }).connect()
  isRecording = true
  bench.firmware.setFaults({ ...bench.options.faults, ...faults })
  bench.start(text)
  let isPulled = false
  let pressedMs = 0
  while (bench.ends.length === 0 && bench.step(40_000_000)) {
    // An M105 can arrive as M1, which waits for the user; this one presses the button.
    if (bench.state.busy === 'paused for user' && bench.nowMs - pressedMs > 5000) {
      pressedMs = bench.nowMs
      bench.dispatch({ kind: 'answer', atMs: bench.nowMs, button: 0 })
    }
    if (isPulled || !bench.firmware.isUnplugged) continue
    isPulled = true
    bench.dispatch({ kind: 'lost', atMs: bench.nowMs, detail: 'the cable is gone' })
  }
  const [end] = bench.ends
  const unknown = new Set(bench.firmware.account().refused.filter(({ why }) => why === 'unknown command').map(({ line }) => line))
  const done = carriedOut.filter((command) => !HOSTS_OWN.test(command.text) && !unknown.has(command.text))
  // After its end nothing of the job is sent; heaters are switched off where we lost trust.
  const ofFile = done.filter(({ text: command }, i) => !(i >= file.length || (end?.outcome === 'failed' && /^M1[04]0? S0$|^M104 S0$/.test(command) && file[i] !== command)))
  const reason = end === undefined ? 'none' : end.outcome === 'failed' ? end.reason.code : ''
  return { end: end === undefined ? 'none' : end.outcome === 'done' ? 'done' : 'stopped', reason, wrong: compare(ofFile, file, end?.outcome === 'done', done.length), resends: bench.state.stream.resends, isWarned: bench.notes.some(({ code }) => code === 'machine/bad-cable') }
}

function compare(done: readonly { text: string; lineNumber: number }[], file: readonly string[], isWhole: boolean, doneCount: number): RunOutcome['wrong'] {
  const at = done.findIndex(({ text }, i) => text !== file[i])
  if (at < 0 && (!isWhole || doneCount === file.length)) return 'nothing'
  const first = done[at]
  if (first === undefined) return 'other'
  const unnumbered = done.slice(0, at + 1).find(({ lineNumber }) => lineNumber < 0)
  if (unnumbered !== undefined) return unnumbered.text.startsWith('M1') && !file.includes(unnumbered.text) ? 'altered-question' : 'lost-number'
  return first.text !== file[at] ? 'checksum-collision' : 'other'
}
