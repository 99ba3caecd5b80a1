import { movePoints } from './arc-centre'
import { compactLine } from './block'
import { executeBlock } from './execute-block'
import type { Box, GrblRun, SentLine } from './grbl-state'
import type { Axes, ProgramState } from './program'
import { changeRun, type Turn, write } from './turn'

/** Lines whose answer comes only when nothing else is under way: EEPROM writes lose bytes that come meanwhile, M0 waits for a person. */
const ALONE = /^\$(\d+=|N\d|RST|H|C$)|G10|G28\.1|G30\.1|^M0*[01]$|M0*[01](?!\d)/
/** Moves that may still be in the planner of the largest boards, and so on the machine's way. */
const PLANNED = 140
/** Short moves share a box: there are never more than a few. */
const MAX_BOXES = PLANNED + 40
const PLUNGE_MM_PER_MIN = 300

/** True for a line after which nothing is sent until it is answered. */
export function isAlone(body: string): boolean {
  return ALONE.test(body)
}

/** Sends the host's own lines, then the job's, as far as the firmware's receive buffer takes them. */
export function fillBuffer(turn: Turn): void {
  const { state, stream } = turn
  if (state.phase !== 'ready' || state.resetUntilMs > 0 || state.isMute) return
  while (state.script.length > 0) {
    const body = state.script[0] as string
    if (!fits(turn, body)) return
    state.script = state.script.slice(1)
    sendLine(turn, body, -1)
  }
  const { run } = state
  if (!run || (run.state !== 'running' && run.state !== 'checking')) return
  while (state.run && state.run.nextIndex < state.run.lines.count) {
    const index = state.run.nextIndex
    const body = state.run.lines.text(index)
    if (isToolChange(body) && run.stage === 'run') return
    if (!fits(turn, body)) return
    changeRun(turn, { nextIndex: index + 1 })
    sendLine(turn, isToolChange(body) ? withoutToolChange(body) : body, index)
    if (stream.sent.length > 2000) return
  }
}

/** M6 is the host's affair: Grbl 1.1 answers it with an error. */
export function isToolChange(body: string): boolean {
  return /M0*6(?!\d)/.test(body)
}

/** The rest of a line with M6. */
export function withoutToolChange(body: string): string {
  return body.replace(/M0*6(?!\d)/, '')
}

function fits({ stream }: Turn, body: string): boolean {
  if (stream.sent.length === 0) return true
  if (isAlone(body) || stream.sent.some((line) => line.isAlone)) return false
  let bytes = body.length + 1
  for (const line of stream.sent) bytes += line.bytes
  return bytes <= stream.budget
}

/** Hands a line over and counts its bytes; what it does to the program is followed. */
export function sendLine(turn: Turn, body: string, jobIndex: number): void {
  const { state, stream } = turn
  if (stream.sent.length === 0) stream.sinceMs = turn.nowMs
  const sent: SentLine = { body, bytes: body.length + 1, jobIndex, isAlone: isAlone(body) }
  stream.sent = [...stream.sent, sent]
  write(turn, `${body}\n`)
  if (state.run && !body.startsWith('$')) follow(turn, state.run, body)
}

function follow(turn: Turn, run: GrblRun, body: string): void {
  const done = executeBlock(run.program, compactLine(body), { takesToolChange: true })
  if (!done.ok) return
  const { moves, state: program } = done.value
  if (moves.length === 0) return changeRun(turn, { program })
  const points: Axes[] = [run.program.position]
  let from = run.program.position
  for (const move of moves) {
    points.push(...movePoints(from, move, 0.2))
    from = move.to
  }
  changeRun(turn, { program, trail: [...run.trail, boxOf(points)].slice(-MAX_BOXES) })
}

function boxOf(points: readonly Axes[]): Box {
  const along = (i: 0 | 1 | 2, pick: (...values: number[]) => number) => points.reduce((most, point) => pick(most, point[i]), points[0]?.[i] ?? 0)
  return { min: [along(0, Math.min), along(1, Math.min), along(2, Math.min)], max: [along(0, Math.max), along(1, Math.max), along(2, Math.max)] }
}

/** How far a place may be from the program's moves, mm: steps and rounding. */
const STRAY_MM = 0.6

/** False when the machine is where none of the moves under way go. */
export function isOnTheWay({ trail }: Pick<GrblRun, 'trail'>, at: Axes): boolean {
  if (trail.length === 0) return true
  return trail.some(({ min, max }) => at.every((value, i) => value >= (min[i] as number) - STRAY_MM && value <= (max[i] as number) + STRAY_MM))
}

/** Lines that bring back modes and place after a pause in which both were changed; from above, the depth last. */
export function restoreLines(program: ProgramState, topMm: number | undefined): string[] {
  const at = (value: number) => Number(value.toFixed(3))
  const [x, y, z] = program.position
  const lines = ['G21G90G94']
  if (topMm !== undefined) lines.push(`G53G0Z${at(topMm)}`)
  lines.push(`G53G0X${at(x)}Y${at(y)}`, ...spindleLines(program))
  if (topMm !== undefined) lines.push(`G53G1Z${at(z)}F${PLUNGE_MM_PER_MIN}`)
  return [...lines, modeLine(program)]
}

/** Spindle or laser and coolant as a program has them; a spindle is given time to turn. */
export function spindleLines({ spindle, power, isMist, isFlood }: ProgramState): string[] {
  const coolant = [...(isMist ? ['M7'] : []), ...(isFlood ? ['M8'] : [])]
  return spindle === 5 ? coolant : [`M${spindle}S${Number(power.toFixed(3))}`, 'G4P2', ...coolant]
}

/** The modes of a program in one line; a motion mode that needs axis words is left out. */
export function modeLine(program: ProgramState): string {
  const feed = program.feed > 0 && !program.isInverseTime ? `F${Number((program.isInches ? program.feed / 25.4 : program.feed).toFixed(3))}` : ''
  const motion = program.motion <= 1 ? `G${program.motion}` : ''
  return `${motion}G${54 + program.wcs}G${program.plane}G${program.isInches ? 20 : 21}G${program.isRelative ? 91 : 90}G${program.isInverseTime ? 93 : 94}${feed}`
}
