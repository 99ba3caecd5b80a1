import { LineScanner } from '../../gcode/line-scanner'
import { failure, success, type Problem, type Result } from '../../units/problem'
import { MAX_LINE_LENGTH } from './checksum'

/** The lines of a job that are sent, by index from 0; the text is made when it is asked for, so a long job costs no memory. */
export interface JobLines {
  /** Of a file that is still being read: more than have been asked for, until its end is known. */
  readonly count: number
  /** Height of what stands on the bed already, mm: of a job that goes on. */
  readonly standsMm?: number
  /** What is sent: no comment, number or checksum, single spaces, upper case but for texts. */
  text(index: number): string
  /** Line of the file, from 1. */
  fileLine(index: number): number
  /** Seconds that the line is expected to take; 0 where that isn't known. */
  expectedS(index: number): number
  /** What the display is told before a line: percent done and minutes left; undefined where the time isn't known, or the file tells it itself. */
  progress(index: number): { readonly percent: number; readonly leftMin: number } | undefined
}

const G = 71
const M = 77
const T = 84
/** Room for a body beside `N1234567 ` and `*255`. */
export const MAX_BODY_LENGTH = MAX_LINE_LENGTH - 'N1234567 *255'.length
/** The studio asks for heat itself and keeps its own line numbers. */
const SKIPPED = new Set([105, 110, 155])
/** What would stop the machine, write its card, answer in the user's place, or replace its firmware. */
const FORBIDDEN = new Set([23, 24, 25, 26, 28, 29, 30, 32, 33, 108, 112, 410, 524, 876, 928, 997, 999])
/** Arguments are text: their case is kept. */
const TEXT_COMMANDS = new Set([0, 1, 117, 118])
const MAX_PROBLEMS = 20

/** Where the lines that are sent lie in a file: byte ranges and line numbers (from 1), of length `count` or more. */
export interface JobIndex {
  starts: Uint32Array<ArrayBuffer>
  ends: Uint32Array<ArrayBuffer>
  lines: Uint32Array<ArrayBuffer>
  count: number
  /** Highest tool that is chosen. */
  maxTool: number
  /** The file tells the display how far it is (M73). */
  tellsProgress: boolean
}

/**
 * Finds the lines of a G-code file that are sent, in one pass over its bytes.
 * @param takesMacros the firmware (Klipper) knows commands by name, too
 * @param firstLine lines of the file before these bytes
 * @param leavesOut lines that have no place in a job are left out instead of told
 * Codes: `job/forbidden-command`, `job/unreadable-line`, `job/nothing-to-send`.
 */
export function indexJobLines(bytes: Uint8Array, { takesMacros = false, firstLine = 0, leavesOut = false } = {}): Result<JobIndex> {
  const scanner = new LineScanner(bytes)
  scanner.lineNumber = firstLine
  const index: JobIndex = { starts: new Uint32Array(1024), ends: new Uint32Array(1024), lines: new Uint32Array(1024), count: 0, maxTool: 0, tellsProgress: false }
  const problems: Problem[] = []
  while (!scanner.isDone && problems.length < MAX_PROBLEMS) {
    const kind = scanner.next()
    if (kind === 'empty' || kind === 'comment') continue
    const problem = kind === 'name' ? (takesMacros ? undefined : unreadable(scanner)) : judge(scanner)
    if (problem) {
      if (!leavesOut) problems.push(problem)
    } else if (!(kind === 'command' && scanner.letter === M && SKIPPED.has(scanner.code))) append(index, scanner)
    if (kind === 'command') notice(index, scanner)
  }
  if (problems.length > 0) return failure(...problems)
  if (index.count === 0 && firstLine === 0 && !leavesOut) return failure({ code: 'job/nothing-to-send', severity: 'error', message: 'The file holds no line to send.' })
  return success(index)
}

/** What a command says about the whole file. */
function notice(index: JobIndex, { letter, code }: LineScanner): void {
  if (letter === T) index.maxTool = Math.max(index.maxTool, code)
  else if (letter === M && code === 73) index.tellsProgress = true
}

function judge(scanner: LineScanner): Problem | undefined {
  const line = scanner.lineNumber
  if (scanner.letter === M && FORBIDDEN.has(scanner.code)) {
    return { code: 'job/forbidden-command', severity: 'error', place: { lineNumber: line }, values: { line, word: `M${scanner.code}` }, message: `Line ${line}: M${scanner.code} has no place in a job. Take it out of the file.` }
  }
  const isText = scanner.letter === M && TEXT_COMMANDS.has(scanner.code)
  return !isText && scanner.commandEnd - scanner.lineStart > MAX_LINE_LENGTH ? unreadable(scanner) : undefined
}

function unreadable({ lineNumber: line }: LineScanner): Problem {
  return { code: 'job/unreadable-line', severity: 'error', place: { lineNumber: line }, values: { line }, message: `Line ${line} can't be sent to a machine as it is. Slice the model again for this machine.` }
}

function append(index: JobIndex, scanner: LineScanner): void {
  if (index.count === index.starts.length) {
    for (const key of ['starts', 'ends', 'lines'] as const) {
      const grown = new Uint32Array(2 * index.count)
      grown.set(index[key])
      index[key] = grown
    }
  }
  index.starts[index.count] = scanner.lineStart
  index.ends[index.count] = scanner.commandEnd
  index.lines[index.count] = scanner.lineNumber
  index.count++
}

/**
 * The lines of a file by its index.
 * @param lineEndS seconds from the start at the end of each line of the file (index: line - 1), where known
 */
export function jobLines(bytes: Uint8Array, { starts, ends, lines, count, tellsProgress }: JobIndex, lineEndS?: Float32Array): JobLines {
  const totalS = lineEndS?.at(-1) ?? 0
  const fileLine = (i: number) => lines[i] ?? 0
  return {
    count,
    text: (i) => cleanLine(bytes, starts[i] ?? 0, ends[i] ?? 0),
    fileLine,
    expectedS: (i) => (lineEndS ? Math.max(0, (lineEndS[fileLine(i) - 1] ?? 0) - (lineEndS[fileLine(i) - 2] ?? 0)) : 0),
    progress: (i) => {
      if (totalS <= 0 || tellsProgress) return undefined
      const doneS = lineEndS?.[fileLine(i) - 2] ?? 0
      return { percent: Math.floor((100 * doneS) / totalS), leftMin: Math.round((totalS - doneS) / 60) }
    },
  }
}

/** A range of bytes as `cleanCommand` makes it. */
export function cleanLine(bytes: Uint8Array, from: number, to: number): string {
  let raw = ''
  for (let i = from; i < to; i++) raw += String.fromCharCode(bytes[i] as number)
  return cleanCommand(raw)
}

const PLAIN = /^[GMT][0-9][A-Z0-9 .+-]*$/

/** A command as it is sent: no number, checksum or comment, single spaces, upper case; texts keep their case, without what can't be shown. */
export function cleanCommand(raw: string): string {
  // The usual line is clean already.
  if (PLAIN.test(raw) && !raw.includes('  ') && !raw.endsWith(' ')) return raw
  const bare = raw.replace(/;.*$/, '').replace(/^\s*N\d+\s*/i, '').replace(/\*\s*\d*\s*$/, '').replace(/\s+/g, ' ').trim()
  const text = /^M(\d+)\b ?(.*)$/i.exec(bare)
  if (text && TEXT_COMMANDS.has(Number(text[1]))) {
    const shown = (text[2] ?? '').replace(/[^\x20-\x7e]|\*/g, '').replace(/M110/gi, 'M 110').trim()
    return `M${text[1]} ${shown}`.trim().slice(0, MAX_BODY_LENGTH)
  }
  // A macro of Klipper: the values of its parameters may depend on their case.
  if (!/^[GMT]\d/i.test(bare)) return bare.replace(/\*.*$/, '').trim()
  return bare.replace(/\*.*$/, '').replace(/\([^)]*\)/g, '').replace(/\s+/g, ' ').trim().toUpperCase()
}

/**
 * Checks one command that a person typed.
 * Codes: `machine/line-refused` with `why`.
 */
export function checkTypedCommand(raw: string): Result<string> {
  const line = cleanCommand(raw)
  const refuse = (why: string) => failure({ code: 'machine/line-refused', severity: 'error', values: { line: raw.slice(0, 40), why }, message: `“${raw.slice(0, 40)}” is not sent: ${why}.` })
  if (line === '') return refuse('it is empty')
  if (/[^\x20-\x7e]/.test(line)) return refuse('it holds characters that the machine cannot read')
  if (line.length > MAX_BODY_LENGTH) return refuse(`it is longer than ${MAX_BODY_LENGTH} characters`)
  if (/^M0*(28|29|110|997)\b/.test(line)) return refuse('it would upset the transfer or the firmware')
  return success(line)
}

/** Longest that a command may reasonably take before its `ok`, s; 0 for what the firmware only puts into its queue. */
export function expectedWaitS(body: string): number {
  const letter = body.charCodeAt(0)
  if (letter !== G && letter !== M) return 0
  const code = Number(/^.(\d+)/.exec(body)?.[1] ?? -1)
  if (letter === M) return WAIT_M_S.get(code) ?? 0
  if (code !== 4) return WAIT_G_S.get(code) ?? 0
  const dwell = /([PS])(\d+(?:\.\d+)?)/.exec(body)
  return dwell ? Number(dwell[2]) / (dwell[1] === 'P' ? 1000 : 1) : 0
}

const WAIT_G_S = new Map([[28, 240], [29, 600], [30, 60], [33, 900], [34, 600], [76, 900], [80, 600]])
const WAIT_M_S = new Map([[0, 86_400], [1, 86_400], [48, 600], [109, 1200], [125, 86_400], [190, 2400], [191, 2400], [226, 86_400], [303, 1200], [400, 600], [600, 86_400], [701, 600], [702, 600]])
