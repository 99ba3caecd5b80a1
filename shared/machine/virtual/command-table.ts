import type { Board, Task } from './board'
import type { CommandLine } from './command-line'
import { heatCommands } from './heat-commands'
import { hostCommands } from './host-commands'
import { type Handler, motionCommands } from './motion-commands'
import { cardCommands } from './sd-card'
import type { SerialInput } from './serial-input'

const G = 71
const M = 77
const T = 84
const M_FROM = 10_000

/** Runs a command that the table knows; undefined when it is done at once. */
export type RunCommand = (command: CommandLine) => Task | undefined

/** Makes the table of everything the board can do. An unknown command is echoed, as Marlin does, and booked as refused. */
export function createCommandTable(board: Board, input: SerialInput): RunCommand {
  const handlers = new Map<number, Handler>()
  const { T: chooseTool, ...numbered } = { ...motionCommands(board), ...heatCommands(board), ...hostCommands(board, input), ...(board.options.traits.sdCard === true ? cardCommands(board) : {}) }
  for (const [name, handler] of Object.entries(numbered)) handlers.set((name.startsWith('M') ? M_FROM : 0) + Number(name.slice(1)), handler)
  const straight = handlers.get(1)
  const unknown: Handler = (command) => {
    board.print(`echo:Unknown command: "${command.text()}"`)
    board.book.refuse(command.text(), 'unknown command')
    return undefined
  }
  return (command) => {
    const { letter, code } = command
    if (letter === G && code <= 1 && straight !== undefined) return straight(command)
    if (letter === T) return (chooseTool ?? unknown)(command)
    const handler = letter === G ? handlers.get(code) : letter === M ? handlers.get(M_FROM + code) : undefined
    return (handler ?? unknown)(command)
  }
}
