import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../shared/library/canonical-json'
import { type Cell, cellName, mergeOps } from '../../../shared/library/merge-ops'
import type { Op } from '../../../shared/library/op'
import { Device, NOW } from './ops'

function mergeAll(batches: readonly (readonly Op[])[]) {
  const cells = new Map<string, Cell>()
  const history = new Map<string, Cell>()
  for (const batch of batches) {
    const { changed, lost } = mergeOps(batch, (entity, key) => cells.get(cellName({ entity, key })))
    for (const cell of changed) cells.set(cellName(cell), cell)
    for (const cell of lost) history.set(`${cellName(cell)}\n${cell.t}`, cell)
  }
  return { cells, history }
}

describe('merging', () => {
  it('keeps the later write of a field, whichever arrives first, and the other in the history', () => {
    const early = new Device('b').title('early', NOW)
    const late = new Device('a').title('late', NOW + 1)
    for (const batches of [[[early, late]], [[late], [early]], [[late, early, late]]]) {
      const { cells, history } = mergeAll(batches)
      expect([...cells.values()].map(({ value }) => value)).toEqual(['late'])
      expect([...history.values()].map(({ value }) => value)).toEqual(['early'])
    }
  })

  it('decides between writes of the same moment by the device, the same way everywhere', () => {
    const a = new Device('a').title('from a')
    const b = new Device('b').title('from b')
    expect(mergeAll([[a], [b]]).cells).toEqual(mergeAll([[b, a]]).cells)
  })

  it('keeps writes of different fields beside each other', () => {
    const [tag] = new Device('b').write([{ entity: 'design/1', key: 'tag/jig', value: true }])
    expect(mergeAll([[new Device('a').title('Clamp'), tag!]]).cells.size).toBe(2)
  })

  it('ends in the same fields and the same history from any order, repetition and grouping', () => {
    const write = fc.record({ device: fc.nat({ max: 2 }), field: fc.nat({ max: 2 }), value: fc.string(), ms: fc.nat({ max: 5 }) })
    fc.assert(
      fc.property(fc.array(write, { minLength: 1, maxLength: 30 }), fc.infiniteStream(fc.nat()), (writes, numbers) => {
        const devices = [new Device('a'), new Device('b'), new Device('c')]
        const ops = writes.flatMap(({ device, field, value, ms }) => devices[device]!.write([{ entity: 'design/1', key: `field${field}`, value }], NOW + ms))
        const random = () => numbers.next().value
        const shuffled = [...ops, ...ops.filter(() => random() % 3 === 0)].map((op) => ({ op, at: random() })).sort((x, y) => x.at - y.at)
        const batches: Op[][] = [[]]
        for (const { op } of shuffled) {
          if (random() % 3 === 0) batches.push([])
          batches.at(-1)!.push(op)
        }
        const straight = mergeAll([ops])
        const other = mergeAll(batches)
        expect(new Map([...other.cells].sort())).toEqual(new Map([...straight.cells].sort()))
        expect([...other.history.keys()].sort()).toEqual([...straight.history.keys()].sort())
        expect(other.cells.size + other.history.size).toBe(ops.length)
      }),
    )
  })
})

describe('canonical JSON', () => {
  it('has one text for one value, however its members were put', () => {
    expect(canonicalJson({ b: 1, a: [null, { d: undefined, c: '가' }] })).toBe('{"a":[null,{"c":"가"}],"b":1}')
  })

  it('is what a value gives after it went through JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(canonicalJson(value))))
  })

  it('reads back as the same value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))))
  })
})
