import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitArcs } from '../../../shared/gcode/fit-arcs'
import { followArcs } from '../../../shared/gcode/follow-arcs'
import { parseGcode } from '../../../shared/gcode/parse-gcode'
import { writeGcode } from '../../../shared/gcode/write-gcode'
import { createToolpathBuilder } from '../../../shared/toolpath/toolpath-builder'
import { ROLE, type Toolpath } from '../../../shared/toolpath/toolpath'
import { PLAIN, someToolpath, text } from './toolpaths'

const STYLE = { role: ROLE['outer-wall'], widthMm: 0.4, mm3PerMm: 0.08, feedMmPerS: 40 }

/** Lines through points, in one layer. */
function along(points: readonly (readonly [number, number])[]): Toolpath {
  const builder = createToolpathBuilder()
  builder.startLayer(0.2, 0.2)
  builder.travelTo(points[0]![0], points[0]![1], 0.2, 100)
  builder.useLine(STYLE)
  for (const [x, y] of points.slice(1)) builder.extrudeTo(x, y, 0.2)
  return builder.finish()
}

const onCircle = (radius: number, fromRad: number, sweepRad: number, count: number) =>
  Array.from({ length: count + 1 }, (_, i) => [100 + radius * Math.cos(fromRad + (sweepRad * i) / count), 100 + radius * Math.sin(fromRad + (sweepRad * i) / count)] as const)

/** Lines of a toolpath that extrude: ends and volume. */
function linesOf({ points, role, volumeMm3, moveCount }: Toolpath) {
  return Array.from({ length: moveCount }, (_, i) => ({ a: [points[3 * i]!, points[3 * i + 1]!] as const, b: [points[3 * i + 3]!, points[3 * i + 4]!] as const, role: role[i]!, volumeMm3: volumeMm3[i]! })).filter(({ role: one }) => one > ROLE.unretract)
}
type Line = ReturnType<typeof linesOf>[number]

function distance([x, y]: readonly [number, number], { a, b }: Line): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy)
}
const nearest = (point: readonly [number, number], lines: readonly Line[]) => Math.min(...lines.map((line) => distance(point, line)))
const samples = (lines: readonly Line[]) => lines.flatMap(({ a, b }) => [a, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const, b])

function roundTrip(toolpath: Toolpath, arcToleranceMm: number): Toolpath {
  const result = parseGcode(writeGcode(toolpath, { ...PLAIN, startLines: [], endLines: [], arcToleranceMm }))
  if (!result.ok) throw new Error(result.problems[0]!.message)
  return result.value.toolpath
}

/** The reader's own chords miss an arc by 0.02 mm, rounding by 1 µm. */
const READER_MM = 0.021

describe('arcs', () => {
  it('take the place of the lines of a circle, with its centre and its direction', () => {
    for (const sweep of [1.5 * Math.PI, -1.5 * Math.PI]) {
      const [arc, ...others] = fitArcs(along(onCircle(10, 0.3, sweep, 60)), 0.02)
      expect(others).toEqual([])
      expect(arc).toMatchObject({ firstMove: 1, endMove: 61, isClockwise: sweep < 0 })
      expect(arc!.centreX).toBeCloseTo(100, 2)
      expect(arc!.centreY).toBeCloseTo(100, 2)
    }
  })

  it('are not made of a square, of a zigzag, or of corners that are meant', () => {
    expect(fitArcs(along([[0, 0], [20, 0], [20, 20], [0, 20], [0, 0]]), 0.05)).toEqual([])
    expect(fitArcs(along([[0, 0], [1, 1], [2, 0], [3, 1], [4, 0], [5, 1]]), 0.05)).toEqual([])
    expect(fitArcs(along(onCircle(10, 0, 1.9 * Math.PI, 8)), 0.05)).toEqual([])
  })

  it('make one line of lines that lie on one, within the tolerance and no farther', () => {
    const bent = (mm: number) => along([[0, 0], [5, mm], [9, 0], [14, -mm], [20, 0]])
    expect(fitArcs(bent(0.015), 0.02)).toMatchObject([{ firstMove: 1, endMove: 5, isStraight: true }])
    const written = text(writeGcode(bent(0.015), { ...PLAIN, startLines: [], endLines: [], arcToleranceMm: 0.02 }))
    expect(written.match(/^G[123] .*E.*$/gm)).toEqual([expect.stringMatching(/^G1 F\d+ X20\.? E[\d.]+$/)])
    expect(fitArcs(bent(0.1), 0.02).every(({ firstMove, endMove }) => endMove - firstMove < 4)).toBe(true)
  })

  it('never turn back to lie on a straight line', () => {
    expect(fitArcs(along([[0, 0], [10, 0], [4, 0], [12, 0]]), 0.02)).toEqual([])
  })

  it('end where the feed, the width or the flow changes, at a layer and at an event', () => {
    const builder = createToolpathBuilder()
    builder.startLayer(0.2, 0.2)
    builder.travelTo(110, 100, 0.2, 100)
    onCircle(10, 0, Math.PI, 40).slice(1).forEach(([x, y], i) => {
      builder.useLine({ ...STYLE, feedMmPerS: i < 10 ? 40 : 50, mm3PerMm: i < 20 ? 0.08 : 0.1 })
      if (i === 30) builder.event({ kind: 'fan', duty: 1 })
      builder.extrudeTo(x, y, 0.2)
    })
    expect(fitArcs(builder.finish(), 0.02).map(({ firstMove, endMove }) => [firstMove, endMove])).toEqual([[1, 11], [11, 21], [21, 31], [31, 41]])
  })

  it('stay within the tolerance both ways and keep the volume, on any wavy line', () => {
    const wave = fc.record({
      radii: fc.array(fc.double({ min: 0.5, max: 30, noNaN: true }), { minLength: 2, maxLength: 6 }),
      pieces: fc.integer({ min: 3, max: 40 }),
      noiseMm: fc.constantFrom(0, 0.005, 0.03),
      tolerance: fc.constantFrom(0.01, 0.03, 0.1),
    })
    fc.assert(
      fc.property(wave, ({ radii, pieces, noiseMm, tolerance }) => {
        let [x, y, heading] = [100, 100, 0]
        const points: [number, number][] = [[x, y]]
        radii.forEach((radius, r) => {
          for (let i = 0; i < pieces; i++) {
            const turn = ((r % 2 === 0 ? 1 : -1) * 2) / pieces
            x += Math.abs(radius * turn) * Math.cos(heading + turn / 2)
            y += Math.abs(radius * turn) * Math.sin(heading + turn / 2)
            heading += turn
            points.push([x + noiseMm * Math.sin(7 * i + r), y + noiseMm * Math.cos(5 * i)])
          }
        })
        const before = linesOf(along(points))
        const after = linesOf(roundTrip(along(points), tolerance))
        const worst = Math.max(...samples(before).map((point) => nearest(point, after)), ...samples(after).map((point) => nearest(point, before)))
        expect(worst).toBeLessThan(tolerance + READER_MM)
        const volume = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + line.volumeMm3, 0)
        expect(volume(after)).toBeCloseTo(volume(before), 2)
      }),
      { numRuns: 60 },
    )
  })

  it('are followed as their file is read: the same chords, volumes, layers and events', () => {
    const builder = createToolpathBuilder()
    for (const layer of [1, 2]) {
      builder.startLayer(0.2 * layer, 0.2)
      builder.travelTo(110, 100, 0.2 * layer, 100)
      builder.useLine(STYLE)
      onCircle(10, 0, 2.5, 60).slice(1).forEach(([x, y], i) => {
        if (i === 30) builder.event({ kind: 'fan', duty: layer / 2 })
        builder.extrudeTo(x, y, 0.2 * layer)
      })
      builder.extrudeTo(60, 60, 0.2 * layer)
    }
    const toolpath = builder.finish()
    const [followed, read] = [followArcs(toolpath, 0.02), roundTrip(toolpath, 0.02)]
    const [ours, theirs] = [linesOf(followed), linesOf(read)]
    expect(ours.length).toBe(theirs.length)
    ours.forEach((line, i) => {
      expect(Math.hypot(line.b[0] - theirs[i]!.b[0], line.b[1] - theirs[i]!.b[1])).toBeLessThan(0.003)
      expect(line.volumeMm3).toBeCloseTo(theirs[i]!.volumeMm3, 3)
    })
    expect(followed.layers.map(({ zMm }) => zMm)).toEqual(toolpath.layers.map(({ zMm }) => zMm))
    for (const [i, { atMove }] of followed.events.entries()) {
      const at = toolpath.events[i]!.atMove
      expect(followed.points.slice(3 * atMove, 3 * atMove + 2)).toEqual(toolpath.points.slice(3 * at, 3 * at + 2))
    }
    expect(followArcs(along([[0, 0], [20, 0], [20, 20]]), 0.02).moveCount).toBe(3)
  })

  it('leave a toolpath without arcs as it is, byte by byte', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 20, maxLength: 200 }), (numbers) => {
        const toolpath = someToolpath(numbers)
        fc.pre(fitArcs(toolpath, 0.02).length === 0)
        expect(text(writeGcode(toolpath, { ...PLAIN, arcToleranceMm: 0.02 }))).toBe(text(writeGcode(toolpath, PLAIN)))
      }),
      { numRuns: 30 },
    )
  })

  it('save bytes: fine round walls take less than 60 % of them', () => {
    const toolpath = along([...onCircle(20, 0, 6, 200), ...onCircle(15, 0, -6, 150)])
    const size = (arcToleranceMm: number) => writeGcode(toolpath, { ...PLAIN, arcToleranceMm }).length
    expect(size(0.02) / size(0)).toBeLessThan(0.6)
  })
})
