import { readBlock } from '../grbl/block'
import { type Axes, workOffset } from '../grbl/program'
import type { GrblBoard } from './grbl-board'
import { defaultSettings } from './options'
import { infoLines, modeLine, offsetLines, settingLines } from './reports'
import { begin, speedOf, writeEeprom } from './run-line'

const HELP = '[HLP:$$ $# $G $I $N $x=val $Nx=line $J=line $SLP $C $X $H ~ ! ? ctrl-x]'
const AXES = ['X', 'Y', 'Z'] as const
const INCH_MM = 25.4

/** A `$` line: answered now, or by a task. `restart` is asked for by check mode and defaults. */
export function runSystem(board: GrblBoard, raw: string, restart: () => void): string | undefined {
  const line = raw.replace(/\s/g, '').toUpperCase()
  const isFree = board.isAtRest && !board.isHeld && !board.isChecking && board.task === undefined
  if (line.startsWith('$J=')) return board.isLocked ? board.refuse(raw, 9) : jog(board, line.slice(3), raw)
  if (line === '$G') return told(board, [modeLine(board)])
  if (line === '$X') return unlock(board)
  if (line === '$C') return check(board, restart, raw, isFree)
  if (!isFree && !board.isLocked) return board.refuse(raw, 8)
  const shown: Readonly<Record<string, () => string[]>> = {
    $: () => [HELP], $$: () => settingLines(board), '$#': () => offsetLines(board), $I: () => infoLines(board), $N: () => board.startupLines.map((text, i) => `$N${i}=${text}`),
  }
  const show = Object.hasOwn(shown, line) ? shown[line] : undefined
  if (show) return told(board, show())
  if (line === '$H') return home(board, raw)
  if (line === '$SLP') {
    board.isAsleep = true
    return told(board, ['[MSG:Sleeping]'])
  }
  if (line.startsWith('$RST=')) return restore(board, line.slice(5), restart, raw)
  if (line.startsWith('$I=')) {
    board.buildInfo = line.slice(3)
    return writeEeprom(board)
  }
  const startup = /^\$N([01])=(.*)$/.exec(line)
  if (startup) {
    board.startupLines[Number(startup[1]) as 0 | 1] = startup[2] as string
    return writeEeprom(board)
  }
  return write(board, line, raw)
}

function told(board: GrblBoard, lines: readonly string[]): string {
  for (const text of lines) board.print(text)
  return 'ok'
}

function unlock(board: GrblBoard): string {
  if (!board.isLocked) return 'ok'
  board.isLocked = false
  return told(board, ['[MSG:Caution: Unlocked]'])
}

function check(board: GrblBoard, restart: () => void, raw: string, isFree: boolean): string {
  if (board.isChecking) {
    board.print('[MSG:Disabled]')
    restart()
    return 'ok'
  }
  if (!isFree || board.isLocked) return board.refuse(raw, 8)
  board.isChecking = true
  return told(board, ['[MSG:Enabled]'])
}

/** Homes all axes to their negative or positive ends, as `$23` says, and backs off. */
function home(board: GrblBoard, raw: string): string | undefined {
  if (board.number('22') !== 1) return board.refuse(raw, 5)
  const { follower } = board
  const pullOff = board.number('27')
  const mask = board.number('23')
  const ends = [0, 1, 2].map((i) => ((mask >> i) & 1 ? -board.number(String(130 + i)) + pullOff : -pullOff)) as unknown as Axes
  const way = Math.max(...ends.map((end, i) => Math.abs(end - (follower.at[i] as number))))
  board.isLocked = true
  begin(board, {
    kind: 'home', dueMs: board.nowMs + (way / board.number('25')) * 60_000 + (4 * pullOff * 60_000) / board.number('24') + 1000, isDone: () => true,
    finish: () => {
      follower.clear()
      follower.at = ends
      follower.clear()
      board.program = { ...board.program, position: ends }
      board.isLocked = false
      board.isHomed = true
      return 'ok'
    },
  })
  return undefined
}

function jog(board: GrblBoard, text: string, raw: string): string | undefined {
  if (board.isHeld || board.isDoorOpen || (!board.isAtRest && !board.follower.isJogging)) return board.refuse(raw, 8)
  const read = readBlock(text)
  if (!read.ok) return board.refuse(raw, read.error)
  const values = new Map(read.words.filter(({ letter }) => letter !== 'G').map(({ letter, value }) => [letter, value]))
  const codes = read.words.filter(({ letter }) => letter === 'G').map(({ value }) => value)
  if ([...values.keys()].some((letter) => !'XYZF'.includes(letter)) || codes.some((code) => ![20, 21, 53, 90, 91].includes(code))) return board.refuse(raw, 16)
  if (!values.has('F') || values.get('F') === 0) return board.refuse(raw, 22)
  const scale = (codes.includes(20) ? true : codes.includes(21) ? false : board.program.isInches) ? INCH_MM : 1
  const isRelative = codes.includes(91) || (!codes.includes(90) && board.program.isRelative)
  const from = board.program.position
  const offset = workOffset(board.program)
  const to = AXES.map((axis, i) => {
    const word = values.get(axis)
    const now = from[i] as number
    if (word === undefined) return now
    return codes.includes(53) ? word * scale : isRelative ? now + word * scale : word * scale + (offset[i] as number)
  }) as unknown as Axes
  if (board.number('20') === 1 && to.some((value, i) => value > 0.0005 || value < -board.number(String(130 + i)) - 0.0005)) return board.refuse(raw, 15)
  board.pieces.push({ to, feedMmPerS: speedOf(board, from, to, (values.get('F') as number) * scale), isRapid: false, isJog: true, power: 0, beam: 'off', line: undefined })
  board.program = { ...board.program, position: to }
  board.feedPlanner()
  if (board.pieces.length === 0) return 'ok'
  begin(board, { kind: 'pieces', dueMs: Infinity, isDone: () => board.pieces.length === 0, finish: () => 'ok' })
  return undefined
}

function restore(board: GrblBoard, what: string, restart: () => void, raw: string): string {
  if (!['$', '#', '*'].includes(what)) return board.refuse(raw, 3)
  if (what !== '#') for (const [id, value] of defaultSettings(board.options)) board.settings.set(id, value)
  if (what !== '$') board.program = { ...board.program, offsets: board.program.offsets.map(() => [0, 0, 0] as const), g28: [0, 0, 0], g30: [0, 0, 0] }
  board.print('[MSG:Restoring defaults]')
  board.print('ok')
  restart()
  return ''
}

function write(board: GrblBoard, line: string, raw: string): string | undefined {
  const match = /^\$(\d+)=(-?\d*\.?\d+)$/.exec(line)
  if (!match) return board.refuse(raw, 3)
  const [, id = '', text = ''] = match
  const before = board.settings.get(id)
  if (before === undefined) return board.refuse(raw, 3)
  const value = Number(text)
  if (value < 0) return board.refuse(raw, 4)
  if (id === '20' && value === 1 && board.number('22') !== 1) return board.refuse(raw, 10)
  board.settings.set(id, before.includes('.') ? value.toFixed(3) : String(Math.round(value)))
  if (id === '22' && value === 0) board.settings.set('20', '0')
  return writeEeprom(board)
}
