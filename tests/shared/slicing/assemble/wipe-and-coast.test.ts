import { describe, expect, it } from 'vitest'
import type { SettingValues } from '../../../../shared/slicing/settings'
import { distanceToBoundary, rectangle } from '../regions'
import { assemble, island, isLine, layer, movesOf } from './planned'

const squares = [0, 1, 2, 3].map((i) => [rectangle(20 + 20 * i, 20, 30 + 20 * i, 30)])
const moves = (values: SettingValues) => movesOf(assemble([0, 1].map((index) => layer(index, squares.map((region) => island(region)))), values).toolpath)
const volumeOf = (all: ReturnType<typeof moves>) => all.reduce((sum, { volumeMm3 }) => sum + volumeMm3, 0)

/** Runs of retracting moves. */
function retractions(all: ReturnType<typeof moves>) {
  const runs: ReturnType<typeof moves>[] = []
  all.forEach((move, i) => {
    if (move.role !== 'retract') return
    if (all[i - 1]?.role === 'retract') runs.at(-1)!.push(move)
    else runs.push([move])
  })
  return runs
}

describe('wiping', () => {
  it('pulls back the same volume along the line that was laid, no faster than a retraction', () => {
    const [plain, wiped] = [moves({}), moves({ wipeMm: 3 })]
    expect(retractions(wiped)).toHaveLength(retractions(plain).length)
    for (const run of retractions(wiped)) {
      expect(run.reduce((sum, { volumeMm3 }) => sum - volumeMm3, 0)).toBeCloseTo(0.8 * Math.PI * 0.875 ** 2, 4)
      expect(run.reduce((sum, { lengthMm }) => sum + lengthMm, 0)).toBeCloseTo(3, 3)
      for (const { volumeMm3, lengthMm, feedMmPerS } of run) expect(-volumeMm3 / (Math.PI * 0.875 ** 2) / (lengthMm / feedMmPerS)).toBeLessThanOrEqual(35 + 1e-3)
    }
    expect(volumeOf(wiped)).toBeCloseTo(volumeOf(plain), 2)
    // It never leaves the part.
    for (const { to } of retractions(wiped).flat()) expect(Math.min(...squares.map((region) => distanceToBoundary(region, to[0], to[1])))).toBeLessThan(5)
    expect(wiped.filter(isLine).length).toBe(plain.filter(isLine).length)
  })
})

describe('coasting', () => {
  it('leaves out its volume before each retraction and nothing else; the nozzle goes the same way', () => {
    const coastMm3 = 0.05
    const [plain, coasted] = [moves({}), moves({ coastMm3 })]
    const count = retractions(plain).length
    expect(volumeOf(plain) - volumeOf(coasted)).toBeCloseTo(count * coastMm3, 3)
    const way = (all: ReturnType<typeof moves>) => all.reduce((sum, { lengthMm }) => sum + lengthMm, 0)
    expect(way(coasted)).toBeCloseTo(way(plain), 2)
    coasted.forEach((move, i) => {
      const before = coasted[i - 1]
      const isDry = move.role !== 'retract' || before === undefined || (before.role === 'travel' && before.volumeMm3 === 0)
      expect(isDry).toBe(true)
    })
  })

  it('keeps layers and events at their moves', () => {
    const { toolpath } = assemble([0, 1, 2].map((index) => layer(index, squares.map((region) => island(region)))), { coastMm3: 0.1 })
    for (const { firstMove, zMm } of toolpath.layers) expect(movesOf(toolpath).slice(firstMove).find(isLine)!.to[2]).toBeCloseTo(zMm, 5)
  })
})
