import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hlcMs, isHlc, recvHlc, tickHlc } from '../../../shared/library/hlc'

describe('the hybrid logical clock', () => {
  it('follows the wall clock', () => {
    expect(hlcMs(tickHlc(undefined, 1_700_000_000_000, 'a'))).toBe(1_700_000_000_000)
  })

  it('counts within one moment, and when the wall clock goes back', () => {
    const first = tickHlc(undefined, 5000, 'a')
    const second = tickHlc(first, 5000, 'a')
    const third = tickHlc(second, 1000, 'a')
    expect([first, second, third].toSorted()).toEqual([first, second, third])
    expect(hlcMs(third)).toBe(5000)
  })

  it('goes to the next millisecond when a moment has no more counts', () => {
    expect(tickHlc('000000001388-ffff-a', 5000, 'a')).toBe('000000001389-0000-a')
  })

  it('stamps later than what it has seen of a faster clock', () => {
    const seen = tickHlc(undefined, 3_600_000, 'fast')
    expect(tickHlc(recvHlc(tickHlc(undefined, 10, 'slow'), seen), 20, 'slow') > seen).toBe(true)
  })

  it('is sorted as text like its times, and never stands still', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 ** 42 }), { minLength: 1, maxLength: 50 }), (walls) => {
        let last: string | undefined
        for (const wall of walls) {
          const next = tickHlc(last, wall, 'dev-1')
          expect(isHlc(next)).toBe(true)
          expect(last === undefined || next > last).toBe(true)
          expect(hlcMs(next)).toBeGreaterThanOrEqual(wall)
          last = next
        }
      }),
    )
  })

  it.each(['', 'now', '000000001388', '000000001388-0000-', '00000000138-0000-a'])('does not take %j for a reading', (text) => {
    expect(isHlc(text)).toBe(false)
  })
})
