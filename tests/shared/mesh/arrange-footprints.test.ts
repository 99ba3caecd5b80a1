import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangeFootprints, type ArrangeItem, type ArrangeVolume } from '../../../shared/mesh/arrange-footprints'
import { convexHull, type Footprint } from '../../../shared/mesh/footprint'

const bed: ArrangeVolume = { min: [0, 0, 0], max: [220, 220, 250], shape: 'rectangle' }
const round: ArrangeVolume = { min: [-90, -90, 0], max: [90, 90, 200], shape: 'circle' }

function rectangle(width: number, depth: number): Footprint {
  return Float64Array.of(0, 0, width, 0, width, depth, 0, depth)
}

function items(...footprints: Footprint[]): ArrangeItem[] {
  return footprints.map((footprint, i) => ({ id: String(i), name: `part ${i}`, footprint }))
}

/** Where the outlines are after arranging. */
function arranged(list: readonly ArrangeItem[], volume: ArrangeVolume, gapMm: number): Footprint[] | undefined {
  const result = arrangeFootprints(list, volume, { gapMm })
  if (!result.ok) return undefined
  return list.map(({ id, footprint }) => {
    const place = result.value.find((one) => one.id === id)!
    return footprint.map((value, i) => value + (i % 2 === 0 ? place.dxMm : place.dyMm))
  })
}

/** Distance of two convex outlines along the best separating direction of their edges; negative when they overlap. */
function separation(one: Footprint, two: Footprint): number {
  let best = -Infinity
  for (const outline of [one, two]) {
    for (let i = 0; i < outline.length; i += 2) {
      const j = (i + 2) % outline.length
      const [nx, ny] = [outline[j + 1]! - outline[i + 1]!, outline[i]! - outline[j]!]
      const length = Math.hypot(nx, ny)
      const reach = (of: Footprint, sign: number) => Math.max(...Array.from({ length: of.length / 2 }, (_, k) => (sign * (nx * of[2 * k]! + ny * of[2 * k + 1]!)) / length))
      best = Math.max(best, -reach(one, 1) - reach(two, -1), -reach(two, 1) - reach(one, -1))
    }
  }
  return best
}

function isOnBed(outline: Footprint, { min, max, shape }: ArrangeVolume): boolean {
  const [rx, ry] = [(max[0] - min[0]) / 2, (max[1] - min[1]) / 2]
  return Array.from({ length: outline.length / 2 }, (_, k) => [outline[2 * k]! - min[0] - rx, outline[2 * k + 1]! - min[1] - ry] as const).every(([x, y]) =>
    shape === 'circle' ? (x / rx) ** 2 + (y / ry) ** 2 <= 1 + 1e-6 : Math.abs(x) <= rx + 1e-5 && Math.abs(y) <= ry + 1e-5,
  )
}

describe('arranging', () => {
  it('puts one part in the middle', () => {
    expect(arranged(items(rectangle(20, 10)), bed, 5)).toEqual([Float64Array.of(100, 105, 120, 105, 120, 115, 100, 115)])
  })

  it('keeps the gap between parts, exactly where they are neighbours', () => {
    const [a, b] = arranged(items(rectangle(20, 20), rectangle(20, 20)), bed, 6) as [Footprint, Footprint]
    expect(separation(a, b)).toBeCloseTo(6, 5)
  })

  it('fills the bed in rows when rings around the middle are too few', () => {
    expect(arranged(items(...Array.from({ length: 64 }, () => rectangle(20, 20))), bed, 6)).toHaveLength(64)
  })

  it('names what is larger than the bed, with both sizes', () => {
    const result = arrangeFootprints(items(rectangle(230, 10), rectangle(10, 10)), bed, { gapMm: 5 })
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'arrange/too-large', values: { name: 'part 0', xMm: 230, bedXMm: 220 } }] })
  })

  it('names what finds no room', () => {
    const result = arrangeFootprints(items(rectangle(200, 200), rectangle(30, 30), rectangle(30, 30)), bed, { gapMm: 5 })
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'arrange/no-room', values: { names: 'part 1, part 2', count: 2 } }] })
  })

  it('refuses a square that fits the box of a round bed, not the bed', () => {
    expect(arrangeFootprints(items(rectangle(150, 150)), round, { gapMm: 5 }).ok).toBe(false)
    expect(arrangeFootprints(items(rectangle(120, 120)), round, { gapMm: 5 }).ok).toBe(true)
  })

  it('places two hundred parts in reasonable work', () => {
    expect(arranged(items(...Array.from({ length: 200 }, (_, i) => rectangle(8 + (i % 3), 8))), bed, 4)).toHaveLength(200)
  })

  const coordinate = fc.integer({ min: -300, max: 300 }).map((tenths) => tenths / 10)
  const outline = fc
    .array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 12 })
    .map((points) => convexHull(Float64Array.from(points.flat())))
    .filter((hull) => hull.length >= 6)

  it.each([['a rectangle', bed], ['a circle', round]] as const)('never lets parts overlap or leave %s', (_title, volume) => {
    fc.assert(
      fc.property(fc.array(outline, { minLength: 1, maxLength: 14 }), fc.double({ min: 0, max: 10, noNaN: true }), (outlines, gapMm) => {
        const placed = arranged(items(...outlines), volume, gapMm)
        fc.pre(placed !== undefined)
        expect(placed.every((one) => isOnBed(one, volume))).toBe(true)
        for (let i = 0; i < placed.length; i++) for (let j = 0; j < i; j++) expect(separation(placed[i]!, placed[j]!)).toBeGreaterThan(gapMm * 0.7 - 1e-4)
      }),
      { numRuns: 60, seed: 5 },
    )
  })

  it('keeps the room of a print head along each axis, and uses the bed to its edge', () => {
    const shapes = items(rectangle(30, 20), rectangle(20, 40), rectangle(25, 25), rectangle(10, 60))
    const result = arrangeFootprints(shapes, bed, { gapMm: 2, headMm: [40, 30] })
    const boxes = (result.ok ? result.value : []).map(({ dxMm, dyMm }, i) => [dxMm, dyMm, dxMm + shapes[i]!.footprint[2]!, dyMm + shapes[i]!.footprint[5]!] as const)
    expect(boxes).toHaveLength(4)
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) {
        const [apartX, apartY] = [Math.max(b[0] - a[2], a[0] - b[2]), Math.max(b[1] - a[3], a[1] - b[3])]
        expect(apartX >= 40 - 1e-6 || apartY >= 30 - 1e-6).toBe(true)
      }
    })
    const two = arrangeFootprints(items(rectangle(80, 80), rectangle(80, 80)), bed, { gapMm: 0, headMm: [60, 60] })
    expect(two.ok).toBe(true)
    expect(arrangeFootprints(items(rectangle(80, 80), rectangle(80, 80)), bed, { gapMm: 0, headMm: [61, 61] }).ok).toBe(false)
  })
})
