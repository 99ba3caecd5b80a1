import type { Board, Task } from './board'
import type { CommandLine } from './command-line'
import { type Handler, nothing } from './motion-commands'
import { firmwareReport, positionReport, settingsReport } from './reports'
import type { SerialInput } from './serial-input'
import { inTurn, pass, waitForMotion, waitForUser } from './tasks'

const UNLOADING_MS = 20_000
const LOADING_MS = 16_000
const PURGING_MS = 12_000
const PARKING_MS = 1500

/** What talks with the host and the user: reports, prompts, line numbers, settings; and what is taken without effect. */
export function hostCommands(board: Board, input: SerialInput): Readonly<Record<string, Handler>> {
  const pause: Handler = (command) => pauseForUser(board, command)
  const report = (lines: () => readonly string[]): Handler => () => {
    for (const line of lines()) board.print(line)
    return undefined
  }
  return {
    M0: pause, M1: pause,
    M110: (command) => setLineNumber(board, input, command),
    M112: () => board.kill(['echo:M112 Shutdown']) as undefined,
    M113: (command) => void (board.keepaliveMs = 1000 * Math.min(60, command.number('S') ?? board.keepaliveMs / 1000)),
    M114: report(() => [positionReport(board)]),
    M115: report(() => firmwareReport(board)),
    M117: (command) => board.action(`notification ${command.argument()}\r`) as undefined,
    M118: (command) => echo(board, command),
    M119: report(() => ['Reporting endstop status', 'x_min: open', 'y_min: open', 'z_min: open', `filament: ${isFilamentOut(board) ? 'open' : 'TRIGGERED'}`]),
    M412: (command) => setSensor(board, command),
    M420: (command) => void (command.has('S') && board.print(`echo:Bed Leveling ${command.number('S') === 0 ? 'OFF' : 'ON'}`)),
    M500: report(() => ['echo:Settings Stored (621 bytes; crc 47133)']),
    M501: report(() => ['echo:V90 stored settings retrieved (621 bytes; crc 47133)', ...settingsReport(board)]),
    M502: report(() => ['echo:Hardcoded Default Settings Loaded']),
    M503: (command) => report(() => settingsReport(board).filter((line) => command.number('S') !== 0 || !line.startsWith(';')))(command),
    M600: () => changeFilament(board),
    T: (command) => chooseTool(board, command),
    ...Object.fromEntries(WITHOUT_EFFECT.map((name) => [name, nothing])),
  }
}

/** Taken by Marlin or Prusa's firmware; they change nothing that this machine has. M108, M410 and M876 work before the queue and only get their `ok` here. */
const WITHOUT_EFFECT = ['G17', 'G21', 'M73', 'M75', 'M76', 'M77', 'M108', 'M111', 'M120', 'M121', 'M145', 'M149', 'M200', 'M206', 'M207', 'M208', 'M211', 'M217', 'M218', 'M300', 'M301', 'M304', 'M410', 'M413', 'M486', 'M572', 'M593', 'M603', 'M862', 'M876', 'M900', 'M907', 'M914']

/** `M0 text`: waits for the user, with a prompt where the board has them. */
function pauseForUser(board: Board, command: CommandLine): Task {
  // Letters of the text are no words: only a number behind S or P makes a time of it.
  const seconds = command.number('S')
  const ms = command.number('P') ?? (seconds === undefined ? undefined : seconds * 1000)
  const text = ms === undefined ? command.argument() : ''
  return inTurn(
    () => waitForMotion(board),
    () => {
      if (text !== '') board.print(`echo:${text}`, '\r\n')
      board.prompt(text === '' ? 'M0/1 Break Called' : text, ['Continue'])
      return waitForUser(board, ms === undefined ? {} : { ms })
    },
  )
}

/** `M110 N11`; bare it says the number. */
function setLineNumber(board: Board, input: SerialInput, command: CommandLine): undefined {
  const number = command.number('N')
  if (number !== undefined) input.lastLineNumber = number
  else if (command.lineNumber < 0) board.print(`Line: ${input.lastLineNumber}`)
}

/** `M118 A1 P0 text`, `M118 E1 text`. */
function echo(board: Board, command: CommandLine): undefined {
  const [, flags = '', text = ''] = /^((?:[AEP]\d+ *)*)(.*)$/.exec(command.argument()) ?? []
  board.print(`${flags.includes('E1') ? 'echo:' : ''}${flags.includes('A1') ? '//' : ''}${text}`, '\r\n')
}

function isFilamentOut(board: Board): boolean {
  return board.book.filamentMm <= 0
}

/** Whether the sensor stops the next command for new filament. */
export function mustChangeFilament(board: Board): boolean {
  return isFilamentOut(board) && board.isSensorOn && board.options.traits.filamentSensor
}

function setSensor(board: Board, command: CommandLine): undefined {
  if (command.has('S')) board.isSensorOn = command.number('S') !== 0
  else board.print(`echo:Filament runout ${board.isSensorOn ? 'ON' : 'OFF'}`)
}

/** M600, and the sensor: park, unload, ask, load, ask for more purging until the user goes on. */
export function changeFilament(board: Board): Task {
  let isPurging = true
  const ask = (): Task => {
    board.prompt('Paused', ['PurgeMore', 'Continue'])
    return waitForUser(board, { onAnswer: (button) => (isPurging = button === 0 && board.answer !== undefined) })
  }
  const purge = (): Task | undefined => (isPurging ? inTurn(() => pass(board, PURGING_MS), ask, purge) : undefined)
  return inTurn(
    () => waitForMotion(board),
    () => {
      board.action('paused')
      board.prompt('Pause', ['Dismiss'])
      return pass(board, PARKING_MS + UNLOADING_MS)
    },
    () => {
      board.print('echo:Insert filament and send M108')
      board.prompt('Nozzle Parked', ['Continue'])
      return waitForUser(board)
    },
    () => {
      board.book.filamentMm = Infinity
      return pass(board, LOADING_MS)
    },
    ask,
    purge,
    () => {
      board.action('prompt_end')
      board.action('resumed')
      return pass(board, PARKING_MS)
    },
  )
}

/** A change begins when the moves before it are done. */
function chooseTool(board: Board, command: CommandLine): Task | undefined {
  const { hotends, tools = hotends, toolChangeMs = 0 } = board.options
  const { code } = command
  if (code >= tools) {
    board.print(`echo:T${code} Invalid extruder`)
    board.book.refuse(command.text(), 'no such tool')
    return undefined
  }
  const told = () => {
    if (tools > 1) board.print(`Active Extruder: ${code}`)
  }
  if (code === board.tool) return void told()
  return inTurn(
    () => waitForMotion(board),
    () => (toolChangeMs > 0 ? pass(board, toolChangeMs) : undefined),
    () => {
      if (hotends < tools) board.book.exchange(board.tool, code)
      board.tool = code
      return void told()
    },
  )
}
