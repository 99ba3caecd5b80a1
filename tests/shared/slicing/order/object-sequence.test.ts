import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HeadClearance, type SequenceObject, convexOverlap, orderObjects, sweptByHead } from '../../../../shared/slicing/order/object-sequence'
import { rectangle } from '../regions'

const HEAD: HeadClearance = { leftMm: 20, rightMm: 30, frontMm: 15, backMm: 40, gantryHeightMm: 25 }

function box(id: string, [x, y, width, depth, topMm]: readonly [number, number, number, number, number]): SequenceObject {
  return { id, name: `part ${id}`, hull: rectangle(x, y, x + width, y + depth), topMm }
}

/** Whether the head, with its nozzle anywhere over one box, would touch another that stands: by intervals, the slow plain way. */
function touches(standing: SequenceObject, printed: SequenceObject, head: HeadClearance): boolean {
  const [s, p] = [standing.hull, printed.hull]
  const inX = p[0]! - head.leftMm < s[2]! - 0.01 && p[2]! + head.rightMm > s[0]! + 0.01
  const inY = p[1]! - head.frontMm < s[5]! - 0.01 && p[5]! + head.backMm > s[1]! + 0.01
  return (inX && inY) || standing.topMm > head.gantryHeightMm + 0.01
}

function isSafe(order: readonly number[], objects: readonly SequenceObject[]): boolean {
  return order.every((printed, place) => order.slice(0, place).every((standing) => !touches(objects[standing]!, objects[printed]!, HEAD)))
}

function permutations(indices: readonly number[]): number[][] {
  return indices.length <= 1 ? [[...indices]] : indices.flatMap((first) => permutations(indices.filter((i) => i !== first)).map((rest) => [first, ...rest]))
}

describe('the order of objects that are printed one after the other', () => {
  it('is one in which the head touches nothing; it is refused only where there is none', () => {
    const mm = (max: number) => fc.integer({ min: 0, max })
    const objects = fc.array(fc.tuple(mm(250), mm(250), fc.integer({ min: 5, max: 40 }), fc.integer({ min: 5, max: 40 }), fc.integer({ min: 2, max: 30 })), { minLength: 2, maxLength: 5 })
    let [found, refused] = [0, 0]
    fc.assert(
      fc.property(objects, (boxes) => {
        const placed = boxes.map((one, i) => box(String(i), one))
        const ordered = orderObjects(placed, HEAD)
        if (ordered.ok) found++
        else refused++
        const isRight = ordered.ok ? ordered.value.toSorted((a, b) => a - b).join() === [...placed.keys()].join() && isSafe(ordered.value, placed) : !permutations([...placed.keys()]).some((order) => isSafe(order, placed))
        expect(isRight).toBe(true)
      }),
      { numRuns: 400, seed: 11 },
    )
    expect(found).toBeGreaterThan(20)
    expect(refused).toBeGreaterThan(20)
  })

  it('puts what is higher than the gantry last', () => {
    const ordered = orderObjects([box('high', [10, 10, 20, 20, 60]), box('low', [150, 10, 20, 20, 10]), box('middle', [80, 150, 20, 20, 20])], HEAD)
    expect(ordered.ok && ordered.value.at(-1)).toBe(0)
  })

  it('uses the side on which the head is narrow', () => {
    // 25 mm apart in x: with the left one first the head (20 mm to the left) passes; the other way it doesn't.
    const ordered = orderObjects([box('right', [65, 10, 20, 20, 10]), box('left', [20, 10, 20, 20, 10])], HEAD)
    expect(ordered.ok && ordered.value).toEqual([1, 0])
  })

  it('names the two objects that are in each other’s way', () => {
    const near = orderObjects([box('a', [10, 10, 20, 20, 10]), box('b', [35, 10, 20, 20, 10]), box('c', [200, 200, 20, 20, 10])], HEAD)
    expect(near.problems).toMatchObject([{ code: 'slicing/head-hits', values: { name: 'part a', other: 'part b' } }])
    const high = orderObjects([box('a', [10, 10, 20, 20, 40]), box('b', [150, 150, 20, 20, 40])], HEAD)
    expect(high.problems).toMatchObject([{ code: 'slicing/gantry-hits', values: { name: 'part a', other: 'part b', gantryMm: 25 } }])
  })

  it('measures slanted outlines by their sides, not by their boxes', () => {
    const triangle = Float64Array.of(0, 0, 40, 0, 0, 40)
    const across = Float64Array.of(40, 40, 22, 25, 25, 22)
    expect(convexOverlap(triangle, across)).toBe(false)
    expect(convexOverlap(triangle, Float64Array.of(40, 40, 10, 25, 25, 10))).toBe(true)
    expect([...sweptByHead(Float64Array.of(5, 5), HEAD)]).toEqual([-15, -10, 35, -10, 35, 45, -15, 45])
  })
})
