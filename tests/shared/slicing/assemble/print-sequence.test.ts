import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convexHull } from '../../../../shared/mesh/footprint'
import { assembleToolpath } from '../../../../shared/slicing/assemble/assemble-toolpath'
import { withMachineEvents } from '../../../../shared/slicing/assemble/machine-events'
import { RangedSettings } from '../../../../shared/slicing/height-ranges'
import { convexOverlap, sweptByHead, type HeadClearance } from '../../../../shared/slicing/order/object-sequence'
import type { PlannedLayer } from '../../../../shared/slicing/planned-layer'
import type { SettingValues } from '../../../../shared/slicing/settings'
import type { MotionLimits } from '../../../../shared/toolpath/motion-limits'
import { NO_OBJECT, ROLE } from '../../../../shared/toolpath/toolpath'
import { polygon, rectangle } from '../regions'
import { VOLUME, clipper, island, isLine, layer, movesOf, settingsWith, type Move } from './planned'

const HEAD: HeadClearance = { leftMm: 18, rightMm: 24, frontMm: 20, backMm: 30, gantryHeightMm: 2.05 }
const NAMES = new Map([['a', 'Cube'], ['b', 'Ring'], ['c', 'Tower']])

function object(id: string, region: Parameters<typeof island>[0], layers: number): PlannedLayer[] {
  return Array.from({ length: layers }, (_, i) => layer(i, [island(region, { zMm: 0.2 * (i + 1) })], id))
}

/** A cube of ten layers, a ring of five, and a tower that is higher than the gantry. */
const PLATE = [
  ...object('c', [rectangle(20, 20, 40, 40)], 14),
  ...object('a', [rectangle(100, 30, 120, 50)], 10),
  ...object('b', [polygon({ x: 60, y: 120, radius: 14 }), polygon({ x: 60, y: 120, radius: 8, isHole: true })], 5),
].toSorted((one, two) => one.layerIndex - two.layerIndex)

function assembled(values: SettingValues = {}, head: HeadClearance | undefined = HEAD) {
  const settings = settingsWith({ printOrder: 'by-object', zHopMm: 0.4, ...values })
  return assembleToolpath(PLATE, { settings, volume: VOLUME, clipper, objectNames: NAMES, ...(head && { head }) })
}

function toolpathOf(values: SettingValues = {}) {
  const result = assembled(values)
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

/** Moves by object, in the order they are printed. */
function byObject(toolpath: ReturnType<typeof toolpathOf>): { readonly id: string; readonly moves: readonly Move[] }[] {
  const starts = toolpath.events.flatMap((event) => (event.kind === 'object' && event.objectId !== NO_OBJECT ? [event] : []))
  const moves = movesOf(toolpath)
  return starts.map(({ objectId, atMove }, i) => ({ id: objectId, moves: moves.slice(i === 0 ? 0 : atMove, starts[i + 1]?.atMove ?? toolpath.moveCount) }))
}

/** Moves whose head, or the gantry above it, meets an object that is printed already. */
function hitsOf(toolpath: ReturnType<typeof toolpathOf>): string[] {
  const standing: { id: string; hull: Float64Array; topMm: number }[] = []
  const hits: string[] = []
  for (const { id, moves } of byObject(toolpath)) {
    for (const { index, from, to } of moves) {
      const lowest = Math.min(from[2], to[2])
      const swept = sweptByHead(convexHull(Float64Array.of(from[0], from[1], to[0], to[1])), HEAD)
      for (const { id: other, hull, topMm } of standing) if (lowest < topMm - 1e-4 && (convexOverlap(swept, hull) || topMm > lowest + HEAD.gantryHeightMm)) hits.push(`move ${index} of ${id} hits ${other}`)
    }
    const lines = moves.filter((move) => isLine(move) && move.role !== 'skirt')
    standing.push({ id, hull: convexHull(Float64Array.from(lines.flatMap(({ from, to }) => [from[0], from[1], to[0], to[1]]))), topMm: Math.max(...lines.map(({ to }) => to[2])) })
  }
  return hits
}

describe('objects that are printed one after the other', () => {
  it('are each begun once and finished before the next, the highest last', () => {
    const parts = byObject(toolpathOf())
    expect(parts.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c'])
    expect(parts.at(-1)?.id).toBe('c')
  })

  it('have layers from the bed up, each as many as it is high', () => {
    const { layers } = toolpathOf()
    const starts = layers.flatMap(({ zMm }, i) => (i === 0 || zMm < layers[i - 1]!.zMm ? [i] : []))
    expect(starts).toHaveLength(3)
    expect([...starts, layers.length].slice(1).map((end, i) => end - starts[i]!).toSorted((x, y) => x - y)).toEqual([5, 10, 14])
    expect(starts.every((i) => layers[i]?.zMm === 0.2)).toBe(true)
  })

  it.each<SettingValues>([{}, { brimWidthMm: 3 }, { skirtLines: 2, skirtDistanceMm: 4, brimWidthMm: 2 }, { wipeMm: 2 }, { zHopMm: 0, retractionMm: 0 }])('never bring the head into one that stands: %o', (values) => {
    const standing: { hull: Float64Array; topMm: number }[] = []
    let checked = 0
    for (const { moves } of byObject(toolpathOf(values))) {
      for (const { from, to } of moves) {
        // A nozzle at or above the top carries the whole head above it.
        const lowest = Math.min(from[2], to[2])
        const swept = sweptByHead(convexHull(Float64Array.of(from[0], from[1], to[0], to[1])), HEAD)
        for (const { hull, topMm } of standing) {
          if (lowest >= topMm - 1e-4) continue
          checked++
          expect(convexOverlap(swept, hull)).toBe(false)
          expect(topMm).toBeLessThanOrEqual(lowest + HEAD.gantryHeightMm)
        }
      }
      const lines = moves.filter((move) => isLine(move) && move.role !== 'skirt')
      standing.push({ hull: convexHull(Float64Array.from(lines.flatMap(({ from, to }) => [from[0], from[1], to[0], to[1]]))), topMm: Math.max(...lines.map(({ to }) => to[2])) })
    }
    expect(checked).toBeGreaterThan(100)
  })

  it('never bring the head into one that stands, wherever they are and however high', () => {
    const mm = (min: number, max: number) => fc.integer({ min, max })
    const boxes = fc.array(fc.record({ x: mm(5, 150), y: mm(5, 150), width: mm(6, 30), depth: mm(6, 30), layers: mm(1, 14) }), { minLength: 2, maxLength: 4 })
    let [printed, refused] = [0, 0]
    fc.assert(
      fc.property(boxes, mm(0, 3), (placed, brim) => {
        const plate = placed.flatMap(({ x, y, width, depth, layers }, i) => object(String(i), [rectangle(x, y, x + width, y + depth)], layers)).toSorted((one, two) => one.layerIndex - two.layerIndex)
        const result = assembleToolpath(plate, { settings: settingsWith({ printOrder: 'by-object', brimWidthMm: brim, skirtLines: 1 }), volume: VOLUME, clipper, head: HEAD })
        if (!result.ok) refused++
        else printed++
        expect(result.ok ? hitsOf(result.value) : []).toEqual([])
      }),
      { numRuns: 60, seed: 3 },
    )
    expect(printed).toBeGreaterThan(10)
    expect(refused).toBeGreaterThan(5)
  }, 60_000)

  it('are left upwards with the filament pulled back, and the way to the next is above all that stands', () => {
    const parts = byObject(toolpathOf())
    let topMm = 0
    parts.slice(0, -1).forEach(({ moves }, i) => {
      topMm = Math.max(topMm, ...moves.filter(isLine).map(({ to }) => to[2]))
      const way = [...moves, ...parts[i + 1]!.moves]
      const first = moves.findLastIndex(isLine) + 1
      const between = way.slice(first, way.findIndex((move, at) => at > first && isLine(move)))
      expect(between[0]?.role).toBe('retract')
      const across = between.filter(({ from, to }) => Math.hypot(to[0] - from[0], to[1] - from[1]) > 0.01)
      expect(across.length).toBeGreaterThan(0)
      for (const { from, to } of across) expect(Math.min(from[2], to[2])).toBeGreaterThan(topMm + 1.9)
    })
  })

  it('have brims of their own inside one skirt around all', () => {
    const moves = movesOf(toolpathOf({ skirtLines: 1, brimWidthMm: 2 }))
    const skirt = moves.filter(({ role }) => role === 'skirt')
    const [firstBrim, firstWall] = [moves.findIndex(({ role }) => role === 'brim'), moves.findIndex(({ role }) => role === 'outer-wall')]
    expect(skirt.at(-1)!.index).toBeLessThan(firstBrim)
    expect(firstBrim).toBeLessThan(firstWall)
    const brims = byObject(toolpathOf({ skirtLines: 1, brimWidthMm: 2 })).map(({ moves: own }) => own.filter(({ role }) => role === 'brim').length)
    expect(brims.every((count) => count > 0)).toBe(true)
    const xs = skirt.flatMap(({ to }) => to[0])
    expect(Math.min(...xs)).toBeLessThan(16)
    expect(Math.max(...xs)).toBeGreaterThan(124)
  })

  it('belong to no object on the way from one to the next, so that a firmware that leaves one out still lifts', () => {
    const { events } = toolpathOf()
    expect(events.flatMap((event) => (event.kind === 'object' ? [event.objectId] : []))).toEqual(['a', NO_OBJECT, 'b', NO_OBJECT, 'c'])
  })

  it('lay the same lines as layer by layer', () => {
    const volume = (order: 'by-layer' | 'by-object') => movesOf(toolpathOf({ printOrder: order })).filter(isLine).reduce((sum, { volumeMm3 }) => sum + volumeMm3, 0)
    expect(volume('by-object')).toBeCloseTo(volume('by-layer'), 3)
  })

  it('are refused by name when the head has no room', () => {
    const wide = assembled({}, { ...HEAD, leftMm: 70, rightMm: 70, frontMm: 70, backMm: 70 })
    expect(wide).toMatchObject({ ok: false, problems: [{ code: 'slicing/head-hits', values: { name: expect.stringMatching(/Cube|Ring|Tower/), other: expect.stringMatching(/Cube|Ring|Tower/) } }] })
    const low = assembled({}, { ...HEAD, gantryHeightMm: 1 })
    expect(low).toMatchObject({ ok: false, problems: [{ code: 'slicing/gantry-hits' }] })
  })

  it('count their brims as room that is taken', () => {
    const head = { ...HEAD, leftMm: 55, rightMm: 55, frontMm: 5, backMm: 5 }
    expect(assembled({}, head).ok).toBe(true)
    expect(assembled({ brimWidthMm: 6 }, head).ok).toBe(false)
  })

  it('begin with the heat and the fan of a first layer', () => {
    const settings = settingsWith({ printOrder: 'by-object', firstLayerHotendC: 215, hotendC: 205 })
    const motion: MotionLimits = { maxFeedMmPerS: [500, 500, 12, 120], maxAccelerationMmPerS2: [3000, 3000, 200, 10_000], printAccelerationMmPerS2: 1500, travelAccelerationMmPerS2: 1500, retractAccelerationMmPerS2: 1500, cornering: { kind: 'junction-deviation', junctionDeviationMm: 0.02 } }
    const toolpath = withMachineEvents(toolpathOf({ firstLayerHotendC: 215, hotendC: 205 }), { settings: new RangedSettings(settings), motion, layerEvents: [] })
    const heat = toolpath.events.flatMap((event) => (event.kind === 'hotend' ? [event.targetC] : []))
    expect(heat).toEqual([205, 215, 205, 215, 205])
    const starts = toolpath.layers.filter(({ zMm }) => zMm === 0.2).map(({ firstMove }) => firstMove)
    const dutyAt = (move: number) => toolpath.events.findLast((event) => event.kind === 'fan' && event.atMove <= move)
    expect(starts.slice(1).map((move) => dutyAt(move))).toMatchObject([{ duty: 0 }, { duty: 0 }])
    expect(toolpath.role[starts[1]!]).not.toBe(ROLE.unretract)
  })
})
