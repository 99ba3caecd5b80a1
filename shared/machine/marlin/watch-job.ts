import type { Temperature } from './temperatures'
import { changeRun, reasonOf, type Turn } from './turn'
import type { Reason } from './marlin-state'

/** Resends that are told: so many, and more than this share of the lines. */
const RESENDS = { atLeast: 5, share: 0.01 } as const
/** Moves answered in a row after which a nearly empty planner is the host's or the wire's fault: twice the usual 16 blocks. */
const STREAK = 32
/** Blocks, the move just added among them, below which the planner slows down to be able to stop. */
const NEARLY_EMPTY = 3
/** Moves that found the planner so, so many and more than this share, are told. */
const STARVED = { atLeast: 20, share: 0.02 } as const
/** A heater this far below its target must gain `riseC` in `withinMs`. */
const WARMING = { belowC: 20, riseC: 2, withinMs: 90_000 } as const

/** Tells of something that is wrong while the job goes on; each kind once a job. */
function notice(turn: Turn, reason: Reason): void {
  if (turn.state.notice?.code !== reason.code) turn.effects.push({ kind: 'note', reason })
  turn.state.notice = reason
}

/** A line was asked for again: more than one in a hundred means a bad cable, even when nothing is lost by it. */
export function watchResends(turn: Turn): void {
  const { run } = turn.state
  if (!run) return
  const resends = turn.stream.resends - run.resendsBefore
  if (resends < RESENDS.atLeast || resends <= RESENDS.share * run.nextIndex) return
  const percent = Number(((100 * resends) / Math.max(1, run.nextIndex)).toFixed(1))
  notice(turn, reasonOf('machine/bad-cable', `${resends} lines (${percent} %) had to be sent again: the cable is bad or disturbed.`, { resends, percent }))
}

/** A line was answered, with the free places of the planner where the machine tells: a nearly empty planner is a nozzle that slows down and stands still. */
export function watchFeeding(turn: Turn, body: string, plannerFree: number | undefined): void {
  const { stream, state } = turn
  if (plannerFree === undefined) return
  stream.plannerSize = Math.max(stream.plannerSize, plannerFree)
  const { run } = state
  if (!run || run.state !== 'running') return
  const isMove = /^G[0-3] /.test(body)
  const { streak, moves, starved } = run.feeding
  const isJudged = isMove && streak >= STREAK
  const isStarved = isJudged && stream.plannerSize > 2 * NEARLY_EMPTY && plannerFree >= stream.plannerSize - NEARLY_EMPTY
  const feeding = { streak: isMove ? streak + 1 : 0, moves: moves + (isJudged ? 1 : 0), starved: starved + (isStarved ? 1 : 0) }
  changeRun(turn, { feeding })
  if (!isStarved || feeding.starved < STARVED.atLeast || feeding.starved <= STARVED.share * feeding.moves) return
  const percent = Math.round((100 * feeding.starved) / feeding.moves)
  notice(turn, reasonOf('machine/starved', `The machine waited for data at ${percent} % of its moves: short segments come faster than the link carries them.`, { percent, times: feeding.starved }))
}

/** A heater that stays cold although it is asked to heat: the board may be powered by USB alone, or the wire is broken. */
export function watchWarming(turn: Turn, heater: string, { currentC, targetC }: Temperature): void {
  const { state, nowMs } = turn
  const since = state.warming[heater]
  if (targetC - currentC <= WARMING.belowC) {
    if (since) state.warming = Object.fromEntries(Object.entries(state.warming).filter(([name]) => name !== heater))
    return
  }
  if (!since || currentC >= since.fromC + WARMING.riseC) state.warming = { ...state.warming, [heater]: { fromC: currentC, atMs: nowMs } }
  else if (nowMs - since.atMs >= WARMING.withinMs) {
    notice(turn, reasonOf('machine/not-warming', `The heater ${heater} stays at ${Math.round(currentC)} °C although it is asked for ${Math.round(targetC)} °C.`, { heater, currentC: Math.round(currentC), targetC: Math.round(targetC) }))
  }
}
