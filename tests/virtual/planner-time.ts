import { MotionPlanner } from '../../shared/machine/virtual/motion-planner'
import type { MotionLimits } from '../../shared/toolpath/motion-limits'
import type { Toolpath } from '../../shared/toolpath/toolpath'

/**
 * Seconds that each move takes on the virtual printer's planner when the host never lets it run empty: block by block,
 * planned anew at each, with a ring as long as the firmware's. Dwells and heat aren't in it.
 */
export function plannerSeconds(toolpath: Toolpath, limits: MotionLimits, filamentAreaMm2: number): Float64Array {
  const planner = new MotionPlanner(limits)
  const { points, volumeMm3, feedMmPerS, moveCount, events } = toolpath
  planner.place({ x: points[0]!, y: points[1]!, z: points[2]! })
  const seconds = new Float64Array(moveCount)
  const queued: number[] = []
  let nowMs = 0
  const finishOne = () => {
    const due = planner.endMs
    if (planner.finish() === undefined) {
      nowMs = due
      return
    }
    seconds[queued.shift()!] = (due - nowMs) / 1000
    nowMs = due
  }
  let event = 0
  for (let i = 0; i < moveCount; i++) {
    for (; (events[event]?.atMove ?? Infinity) <= i; event++) {
      const one = events[event]!
      if (one.kind === 'acceleration') planner.setLimits({ ...planner.getLimits(), printAccelerationMmPerS2: one.printMmPerS2 ?? planner.getLimits().printAccelerationMmPerS2, travelAccelerationMmPerS2: one.travelMmPerS2 ?? planner.getLimits().travelAccelerationMmPerS2 })
    }
    while (planner.free === 0) finishOne()
    const point = { x: points[3 * i + 3]!, y: points[3 * i + 4]!, z: points[3 * i + 5]! }
    if (planner.add(point, volumeMm3[i]! / filamentAreaMm2, feedMmPerS[i]!, nowMs)) queued.push(i)
  }
  while (planner.count > 0) finishOne()
  return seconds
}
