import type { Board, Task } from './board'
import type { Heater } from './heater'
import { temperatureReport } from './reports'

/** Waits until the planner is empty (M400, and first in many commands). */
export function waitForMotion(board: Board): Task {
  return { wakeMs: Infinity, busy: 'processing', isDone: () => board.planner.count === 0 }
}

/** Lets time pass. */
export function pass(board: Board, ms: number): Task {
  const wakeMs = board.nowMs + ms
  return { wakeMs, busy: 'processing', isDone: () => board.nowMs >= wakeMs }
}

/** Waits for the user: a button of the prompt, M108, or the end of a time. Says which button. */
export function waitForUser(board: Board, options: { readonly ms?: number; readonly onAnswer?: (button: number) => void } = {}): Task {
  board.isContinued = false
  board.answer = undefined
  const wakeMs = options.ms === undefined ? Infinity : board.nowMs + options.ms
  return {
    wakeMs,
    busy: 'paused for user',
    isDone: () => {
      if (!board.isContinued && board.nowMs < wakeMs) return false
      options.onAnswer?.(board.answer ?? 0)
      return true
    },
  }
}

/** One task after the other; each is made when the one before is done, and may make none. */
export function inTurn(...makers: readonly (() => Task | undefined)[]): Task {
  let index = 0
  let current: Task | undefined
  return {
    get wakeMs() {
      return current?.wakeMs ?? Infinity
    },
    get busy() {
      return current?.busy ?? 'processing'
    },
    isDone: () => {
      for (;;) {
        if (current !== undefined && !current.isDone()) return false
        const make = makers[index++]
        if (make === undefined) return true
        current = make()
      }
    },
  }
}

/** Marlin's TEMP_RESIDENCY_TIME, TEMP_WINDOW and TEMP_HYSTERESIS. */
const RESIDENCY_MS = 10_000
const WINDOW_C = 1
const HYSTERESIS_C = 3
const FIRST_REPORT_MS = 10
const REPORT_MS = 1000

/** M109 and M190: reports every second, `W:?` until the target is reached, then the seconds it must still hold. */
export function waitForHeat(board: Board, heater: Heater, mayCool: boolean): Task {
  board.isWaitCancelled = false
  let reportMs = board.nowMs + FIRST_REPORT_MS
  let steadyMs = Infinity
  const isSettled = () => board.isWaitCancelled || (!mayCool && heater.currentC > heater.targetC + WINDOW_C && steadyMs === Infinity) || board.nowMs >= steadyMs
  return {
    get wakeMs() {
      return Math.min(reportMs, steadyMs)
    },
    busy: 'processing',
    isDone: () => {
      const distance = Math.abs(heater.targetC - heater.currentC)
      if (steadyMs === Infinity && distance < WINDOW_C) steadyMs = board.nowMs + RESIDENCY_MS
      else if (steadyMs !== Infinity && distance > HYSTERESIS_C) steadyMs = board.nowMs + RESIDENCY_MS
      if (board.nowMs >= reportMs) {
        const left = steadyMs === Infinity ? '?' : String(Math.max(0, Math.floor((steadyMs - board.nowMs) / 1000)))
        board.print(` ${temperatureReport(board)} W:${left}`)
        reportMs = board.nowMs + Math.max(REPORT_MS, board.reportPaceMs)
      }
      return isSettled()
    },
  }
}
