import type { MotionLimits } from '../../toolpath/motion-limits'
import type { Axes, Board, Task } from './board'
import type { CommandLine } from './command-line'
import { Moves } from './moves'
import { positionReport } from './reports'
import { inTurn, pass, waitForMotion } from './tasks'

/** Does a command; a task when that takes time. */
export type Handler = (command: CommandLine) => Task | undefined

const HOMING_MM_PER_S = { x: 50, y: 50, z: 10 }
/** Slow second touch and the way back, s an axis. */
const BUMP_S = 1
/** Z after homing, mm: the nozzle is lifted off the bed. */
const Z_AFTER_HOMING_MM = 5
/** A grid of 25 points. */
const PROBING_MS = 40_000
/** Firmware retraction (M207's defaults). */
const RETRACT_MM = 3
const AXES = ['x', 'y', 'z'] as const
const LETTERS = { x: 'X', y: 'Y', z: 'Z' } as const

/** G0 to G4, G10 and G11, G28 and G29, G90 to G92, M82 and M83, and what sets limits and factors of motion. */
export function motionCommands(board: Board): Readonly<Record<string, Handler>> {
  const moves = new Moves(board)
  const straight: Handler = (command) => moves.straight(command)
  const arc: Handler = (command) => moves.arc(command)
  const probe: Handler = () => inTurn(() => waitForMotion(board), () => (isHomed(board) ? pass(board, PROBING_MS) : void board.print('echo:Home XYZ First')))
  const motorsOff: Handler = (command) => inTurn(() => waitForMotion(board), () => releaseMotors(board, command))
  return {
    G0: straight, G1: straight, G2: arc, G3: arc,
    G4: (command) => dwell(board, command),
    G10: () => retract(board, -RETRACT_MM),
    G11: () => retract(board, RETRACT_MM),
    G28: (command) => home(board, command),
    G29: probe, G80: probe,
    G90: () => setRelative(board, false),
    G91: () => setRelative(board, true),
    G92: (command) => inTurn(() => waitForMotionOf(board, command), () => setPosition(board, command)),
    M17: nothing,
    M18: motorsOff, M84: motorsOff,
    M82: () => void (board.isRelativeE = false),
    M83: () => void (board.isRelativeE = true),
    M220: (command) => void (board.feedFactor = (command.number('S') ?? board.feedFactor * 100) / 100),
    M221: (command) => void (board.flowFactor = (command.number('S') ?? board.flowFactor * 100) / 100),
    M201: (command) => setLimits(board, { maxAccelerationMmPerS2: changeFour(command, board.planner.getLimits().maxAccelerationMmPerS2) }),
    M203: (command) => setLimits(board, { maxFeedMmPerS: changeFour(command, board.planner.getLimits().maxFeedMmPerS) }),
    M204: (command) => setAccelerations(board, command),
    M205: (command) => setCornering(board, command),
    M400: () => waitForMotion(board),
  }
}

/** For commands that are taken and change nothing that the machine has. */
export const nothing: Handler = () => undefined

function isHomed({ homed }: Board): boolean {
  return homed.x && homed.y && homed.z
}

function setRelative(board: Board, isRelative: boolean): undefined {
  board.isRelative = isRelative
  board.isRelativeE = isRelative
}

function dwell(board: Board, command: CommandLine): Task {
  const ms = command.number('P') ?? (command.number('S') ?? 0) * 1000
  return inTurn(
    () => waitForMotion(board),
    () => {
      board.action('notification Sleep...\r')
      return pass(board, ms)
    },
  )
}

function retract(board: Board, de: number): Task {
  let isAdded = false
  const { planner } = board
  return {
    wakeMs: Infinity,
    busy: 'processing',
    isMotion: true,
    isDone: () => {
      if (!isAdded && planner.free > 0) {
        planner.add(planner.target, de, 45, board.nowMs)
        isAdded = true
      }
      return isAdded
    },
  }
}

/** `G28`, `G28 X Y`: slow, with the position at its end. */
function home(board: Board, command: CommandLine): Task {
  const named = AXES.filter((axis) => command.has(LETTERS[axis]))
  const axes = named.length > 0 ? named : AXES
  return inTurn(
    () => waitForMotion(board),
    () => pass(board, 1000 * axes.map((axis) => homingSeconds(board, axis)).reduce((a, b) => a + b, 0)),
    () => {
      const place: Axes<number> = { ...board.planner.target }
      for (const axis of axes) {
        place[axis] = homeOf(board, axis)
        board.shift[axis] = 0
        board.homed[axis] = true
      }
      board.planner.place(place)
      board.print(positionReport(board))
      return undefined
    },
  )
}

function homingSeconds(board: Board, axis: 'x' | 'y' | 'z'): number {
  const distance = Math.abs(board.planner.target[axis] - homeOf(board, axis))
  return distance / HOMING_MM_PER_S[axis] + BUMP_S
}

/** Corner machines home to their smallest coordinates, round beds in the middle at the top. */
function homeOf(board: Board, axis: 'x' | 'y' | 'z'): number {
  const { min, max, shape } = board.options.volume
  const index = AXES.indexOf(axis)
  const low = min[index] as number
  if (shape === 'circle') return axis === 'z' ? (max[2] as number) : 0
  return axis === 'z' ? low + Z_AFTER_HOMING_MM : low
}

function releaseMotors(board: Board, command: CommandLine): undefined {
  const named = AXES.filter((axis) => command.has(LETTERS[axis]))
  if (named.length === 0 && command.has('E')) return
  for (const axis of named.length > 0 ? named : AXES) board.homed[axis] = board.placed[axis] = false
}

/** `G92 E0` needs no standstill; a shift of the axes does. */
function waitForMotionOf(board: Board, command: CommandLine): Task | undefined {
  return AXES.some((axis) => command.has(LETTERS[axis])) ? waitForMotion(board) : undefined
}

function setPosition(board: Board, command: CommandLine): undefined {
  const isAll = !command.has('E') && !AXES.some((axis) => command.has(LETTERS[axis]))
  for (const axis of AXES) {
    const wanted = isAll ? 0 : command.number(LETTERS[axis])
    if (wanted === undefined) continue
    board.shift[axis] = wanted - board.planner.target[axis]
    board.placed[axis] = true
  }
  const e = isAll ? 0 : command.number('E')
  if (e !== undefined) board.e = e
}

type Four = MotionLimits['maxFeedMmPerS']

function changeFour(command: CommandLine, [x, y, z, e]: Four): Four {
  return [command.number('X') ?? x, command.number('Y') ?? y, command.number('Z') ?? z, command.number('E') ?? e]
}

function setLimits(board: Board, change: Partial<MotionLimits>): undefined {
  board.planner.setLimits({ ...board.planner.getLimits(), ...change })
}

function setAccelerations(board: Board, command: CommandLine): undefined {
  const now = board.planner.getLimits()
  const both = command.number('S')
  setLimits(board, {
    printAccelerationMmPerS2: command.number('P') ?? both ?? now.printAccelerationMmPerS2,
    retractAccelerationMmPerS2: command.number('R') ?? now.retractAccelerationMmPerS2,
    travelAccelerationMmPerS2: command.number('T') ?? both ?? now.travelAccelerationMmPerS2,
  })
}

function setCornering(board: Board, command: CommandLine): undefined {
  const { cornering } = board.planner.getLimits()
  const j = command.number('J')
  if (cornering.kind === 'jerk') setLimits(board, { cornering: { kind: 'jerk', jerkMmPerS: changeFour(command, cornering.jerkMmPerS) } })
  else if (j !== undefined) setLimits(board, { cornering: { kind: 'junction-deviation', junctionDeviationMm: j } })
}
