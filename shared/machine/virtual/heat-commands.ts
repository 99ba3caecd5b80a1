import type { Board, Task } from './board'
import type { CommandLine } from './command-line'
import type { Heater } from './heater'
import type { Handler } from './motion-commands'
import { temperatureReport } from './reports'
import { inTurn, waitForHeat, waitForMotion } from './tasks'

/** Heaters, fans, temperature reports, tools. */
export function heatCommands(board: Board): Readonly<Record<string, Handler>> {
  return {
    M104: (command) => void heatHotend(board, command),
    M109: (command) => {
      const heater = heatHotend(board, command)
      return heater === undefined ? undefined : settle(board, heater, command)
    },
    M105: () => {
      board.print(`ok ${temperatureReport(board)}`)
      board.isAnswered = true
      return undefined
    },
    M106: (command) => setFan(board, command.number('S') ?? 255),
    M107: () => setFan(board, 0),
    M140: (command) => void heatBed(board, command),
    M190: (command) => {
      const heater = heatBed(board, command)
      if (heater === undefined) return undefined
      board.action('notification Bed Heating...\r')
      return settle(board, heater, command)
    },
    M155: (command) => void (board.reportTemperaturesMs = 1000 * Math.min(60, command.number('S') ?? 0)),
    M302: (command) => allowCold(board, command),
  }
}

/** A wait for heat begins when the moves before it are done. */
function settle(board: Board, heater: Heater, command: CommandLine): Task {
  return inTurn(() => (board.planner.count > 0 ? waitForMotion(board) : undefined), () => waitForHeat(board, heater, command.has('R')))
}

function heatHotend(board: Board, command: CommandLine): Heater | undefined {
  const index = command.number('T') ?? board.tool
  // Filaments that share a nozzle share its heater.
  const heater = index < (board.options.tools ?? 0) ? (board.hotends[index] ?? board.hotends[0]) : board.hotends[index]
  if (heater === undefined) {
    board.print(`echo:M${command.code} Invalid extruder ${index}`)
    board.book.refuse(command.text(), 'no such hotend')
    return undefined
  }
  return setTarget(board, heater, command)
}

function heatBed(board: Board, command: CommandLine): Heater | undefined {
  if (board.bed !== undefined) return setTarget(board, board.bed, command)
  board.print(`echo:Unknown command: "${command.text()}"`)
  board.book.refuse(command.text(), 'no heated bed')
  return undefined
}

/** Undefined when the command names no temperature. */
function setTarget(board: Board, heater: Heater, command: CommandLine): Heater | undefined {
  const targetC = command.number('S') ?? command.number('R')
  if (targetC === undefined) return undefined
  heater.setTarget(targetC, board.nowMs)
  return heater
}

function setFan(board: Board, level: number): undefined {
  board.fan = Math.max(0, Math.min(255, level))
}

function allowCold(board: Board, command: CommandLine): undefined {
  board.minExtrudeC = command.number('S') ?? board.minExtrudeC
  if (command.has('P')) board.mayExtrudeCold = command.number('P') === 1
  else if (command.has('S')) board.mayExtrudeCold = board.minExtrudeC === 0
  else board.print(`echo:Cold extrudes are ${board.mayExtrudeCold ? 'en' : 'dis'}abled (min temp ${board.minExtrudeC}C)`)
}
