import { movePoints } from '../grbl/arc-centre'
import { compactLine } from '../grbl/block'
import { executeBlock } from '../grbl/execute-block'
import type { Axes, BlockResult, ProgramMove, ProgramState } from '../grbl/program'
import type { Piece } from './follower'
import type { GrblBoard, GrblTask } from './grbl-board'
import { probeLine } from './reports'

/** Grbl's line buffer. */
const MAX_LINE = 80
/** What a write of the EEPROM takes, ms. */
const EEPROM_MS = 5

/** Begins a task: the line is answered when it is done. */
export function begin(board: GrblBoard, task: GrblTask): void {
  board.task = task
}

/** The EEPROM is written with interrupts off: what comes meanwhile is lost, and the answer comes behind it. */
export function writeEeprom(board: GrblBoard): undefined {
  board.deafUntilMs = board.nowMs + EEPROM_MS
  begin(board, { kind: 'dwell', dueMs: board.deafUntilMs, isDone: () => true, finish: () => 'ok' })
  return undefined
}

/** Raises an alarm that ends all motion. */
export function raise(board: GrblBoard, code: number): void {
  board.print(`ALARM:${code}`)
  board.isLocked = true
}

/** A line of G-code: answered now, or by a task. Undefined: a task answers. */
export function runGcode(board: GrblBoard, raw: string): string | undefined {
  const line = compactLine(raw)
  if (line === '') return 'ok'
  if (line.length > MAX_LINE) return board.refuse(raw, 11)
  if (line === '%' && board.isHal) return 'ok'
  if (board.isLocked || board.isAsleep) return board.refuse(raw, 9)
  const done = executeBlock(board.program, line, { takesToolChange: board.isHal })
  if (!done.ok) return board.refuse(raw, done.error)
  if (board.isChecking) {
    board.program = done.value.state
    return 'ok'
  }
  return carryOut(board, done.value, line)
}

/** True when spindle or coolant change: all motion ends first. In laser mode a new S goes with the moves. */
function mustWait(board: GrblBoard, before: ProgramState, { state, moves, dwellS, flow, writesEeprom }: BlockResult): boolean {
  if (dwellS > 0 || flow !== undefined || writesEeprom || moves.some(({ kind }) => kind === 'probe')) return true
  if (before.spindle !== state.spindle || before.isFlood !== state.isFlood || before.isMist !== state.isMist) return true
  if (before.power === state.power || state.spindle === 5) return false
  return board.number('32') !== 1 || moves.length === 0
}

function carryOut(board: GrblBoard, result: BlockResult, line: string): string | undefined {
  const before = board.program
  if (!staysInside(board, result)) {
    // Grbl holds, then stops for good: it hears nothing but a reset.
    board.clearMotion()
    raise(board, 2)
    board.isMute = true
    board.print('[MSG:Reset to continue]')
    return undefined
  }
  const waits = mustWait(board, before, result)
  if (waits && !board.isAtRest) {
    begin(board, { kind: 'sync', dueMs: Infinity, isDone: () => board.isAtRest, finish: () => perform(board, result, line) })
    return undefined
  }
  return perform(board, result, line)
}

function staysInside(board: GrblBoard, { moves }: BlockResult): boolean {
  if (board.number('20') !== 1) return true
  return moves.every(({ to }) => to.every((value, i) => value <= 0.0005 && value >= -board.number(String(130 + i)) - 0.0005))
}

function perform(board: GrblBoard, result: BlockResult, line: string): string | undefined {
  const before = board.program
  board.program = result.state
  if (before.wcs !== result.state.wcs || before.offsets !== result.state.offsets || before.g92 !== result.state.g92) board.wcoIn = 0
  const probe = result.moves.find(({ kind }) => kind === 'probe')
  if (probe?.kind === 'probe') return startProbe(board, probe, line)
  addMoves(board, before.position, result, line)
  if (result.writesEeprom) return writeEeprom(board)
  if (result.dwellS > 0) {
    begin(board, { kind: 'dwell', dueMs: board.nowMs + 1000 * result.dwellS, isDone: () => true, finish: () => 'ok' })
    return undefined
  }
  if (result.flow === 'pause') {
    begin(board, { kind: 'pause', dueMs: Infinity, isDone: () => false, finish: () => 'ok' })
    return undefined
  }
  if (result.flow === 'end') {
    board.print('[MSG:Pgm End]')
    return 'ok'
  }
  if (board.pieces.length > 0) {
    begin(board, { kind: 'pieces', dueMs: Infinity, isDone: () => board.pieces.length === 0, finish: () => 'ok' })
    return undefined
  }
  return 'ok'
}

function addMoves(board: GrblBoard, from: Axes, { moves, state }: BlockResult, line: string): void {
  let at = from
  let isFirst = true
  for (const move of moves) {
    for (const to of movePoints(at, move, Math.max(board.number('12'), 0.002))) {
      board.pieces.push(pieceOf(board, state, { at, to, move, line: isFirst ? line : undefined }))
      isFirst = false
      at = to
    }
  }
  board.feedPlanner()
}

interface Step {
  readonly at: Axes
  readonly to: Axes
  readonly move: ProgramMove
  readonly line: string | undefined
}

function pieceOf(board: GrblBoard, { spindle, power }: ProgramState, { at, to, move, line }: Step): Piece {
  const isRapid = move.kind === 'line' && move.isRapid
  const isLaser = board.number('32') === 1
  const beam = spindle === 5 || (isLaser && isRapid) ? 'off' : isLaser && spindle === 4 ? 'dynamic' : 'constant'
  return { to, feedMmPerS: speedOf(board, at, to, isRapid ? Infinity : move.kind === 'line' || move.kind === 'arc' ? move.feed : move.feed), isRapid, isJog: false, power, beam, line }
}

/** mm/s of a straight piece within the limits of each axis. */
export function speedOf(board: GrblBoard, at: Axes, to: Axes, feedMmPerMin: number): number {
  const length = Math.hypot(to[0] - at[0], to[1] - at[1], to[2] - at[2])
  let feed = feedMmPerMin
  for (let i = 0; i < 3; i++) {
    const share = Math.abs((to[i] as number) - (at[i] as number)) / Math.max(length, 1e-9)
    if (share > 1e-6) feed = Math.min(feed, board.number(String(110 + i)) / share)
  }
  return feed / 60
}

/** Down to the surface; without one on the way an alarm. */
function startProbe(board: GrblBoard, move: Extract<ProgramMove, { kind: 'probe' }>, line: string): undefined {
  const { at } = board.follower
  const surface = board.options.surfaceZMm
  const touches = move.to[2] < at[2] && move.to[2] <= surface && at[2] > surface
  const share = touches ? (at[2] - surface) / (at[2] - move.to[2]) : 1
  const end: Axes = [at[0] + (move.to[0] - at[0]) * share, at[1] + (move.to[1] - at[1]) * share, touches ? surface : move.to[2]]
  board.pieces.push({ to: end, feedMmPerS: speedOf(board, at, end, move.feed), isRapid: false, isJog: false, power: 0, beam: 'off', line })
  board.feedPlanner()
  begin(board, {
    kind: 'probe', dueMs: Infinity, isDone: () => board.isAtRest,
    finish: () => {
      board.program = { ...board.program, position: end }
      board.probe = { at: touches ? end : board.probe.at, hasTouched: touches }
      if (!touches && move.mustTouch) raise(board, 5)
      board.print(probeLine(board.probe))
      return 'ok'
    },
  })
  return undefined
}
