import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOTHING_SELECTED, gridStep, onlyShown, select } from '../../../../renderer/features/library/selection'

const order = ['a', 'b', 'c', 'd', 'e']

describe('selecting designs', () => {
  it('takes one in and out, the others as they are', () => {
    const two = select(select(NOTHING_SELECTED, 'a', 'toggle', order), 'c', 'toggle', order)
    expect([...two.ids]).toEqual(['a', 'c'])
    expect([...select(two, 'a', 'toggle', order).ids]).toEqual(['c'])
  })

  it('takes everything between the last one and here, in both directions', () => {
    const from = select(NOTHING_SELECTED, 'd', 'toggle', order)
    expect([...select(from, 'b', 'range', order).ids].sort()).toEqual(['b', 'c', 'd'])
    expect([...select(select(from, 'b', 'range', order), 'e', 'range', order).ids].sort()).toEqual(['b', 'c', 'd', 'e'])
  })

  it('begins a range where it is clicked when nothing was selected', () => {
    expect([...select(NOTHING_SELECTED, 'c', 'range', order).ids]).toEqual(['c'])
  })

  it('forgets what a search has hidden, and stays the same object when nothing was', () => {
    const two = { ids: new Set(['a', 'c']), anchor: 'a' }
    expect(onlyShown(two, order)).toBe(two)
    expect(onlyShown(two, ['c', 'd'])).toEqual({ ids: new Set(['c']), anchor: undefined })
  })
})

describe('arrow keys in the grid', () => {
  it('go along rows and columns and stop at the edges', () => {
    const grid = { count: 10, columns: 4 }
    expect(gridStep('ArrowRight', 3, grid)).toBe(4)
    expect(gridStep('ArrowDown', 3, grid)).toBe(7)
    expect(gridStep('ArrowDown', 7, grid)).toBeUndefined()
    expect(gridStep('ArrowUp', 2, grid)).toBeUndefined()
    expect(gridStep('End', 2, grid)).toBe(9)
    expect(gridStep('x', 2, grid)).toBeUndefined()
  })

  it('never lead outside of the list', () => {
    fc.assert(
      fc.property(fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 12 }), fc.nat(), (key, count, columns, seed) => {
        const next = gridStep(key, seed % count, { count, columns })
        expect(next === undefined || (next >= 0 && next < count && next !== seed % count)).toBe(true)
      }),
    )
  })
})
