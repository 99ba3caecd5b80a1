import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderTools } from '../../../../shared/slicing/tools/order-tools'

function changes(order: readonly (readonly number[])[]): number {
  const all = order.flat()
  return all.filter((tool, i) => i > 0 && all[i - 1] !== tool).length
}

/** Fewest changes of any order, by trying for each layer every tool that it may begin and end with. */
function fewest(used: readonly (readonly number[])[]): number {
  let costs = new Map<number, number>()
  for (const tools of used.filter(({ length }) => length > 0)) {
    const next = new Map<number, number>()
    for (const first of tools) {
      const before = costs.size === 0 ? 0 : Math.min(...[...costs].map(([last, cost]) => cost + (last === first ? 0 : 1)))
      for (const last of tools) {
        if (tools.length > 1 && first === last) continue
        next.set(last, Math.min(next.get(last) ?? Infinity, before + tools.length - 1))
      }
    }
    costs = next
  }
  return costs.size === 0 ? 0 : Math.min(...costs.values())
}

describe('the order of tools', () => {
  it('has each tool of each layer once', () => {
    expect(orderTools([[0, 1], [0, 1, 2], [], [2]])).toEqual([[0, 1], [1, 0, 2], [], [2]])
  })

  it('needs no more than one change a layer with two tools', () => {
    const ordered = orderTools(Array.from({ length: 50 }, () => [0, 1]))
    expect(changes(ordered)).toBe(50)
  })

  it('needs hardly more changes than the best order there is', () => {
    const layers = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(layers, (used) => {
        const ordered = orderTools(used)
        expect(ordered.map((tools) => tools.toSorted())).toEqual(used.map((tools) => tools.toSorted()))
        expect(changes(ordered)).toBeLessThanOrEqual(fewest(used) + Math.ceil(used.length / 6))
      }),
      { numRuns: 500, seed: 7 },
    )
  })
})
