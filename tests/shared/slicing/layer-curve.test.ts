import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curveHeightAt, curveLimits, evenCurve, type LayerCurve, smoothCurve } from '../../../shared/slicing/layer-curve'
import { layerPlaces } from '../../../shared/slicing/layer-heights'
import { layerLadder } from '../../../shared/slicing/layer-ladder'
import { placeObject } from '../../../shared/slicing/place-object'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import { slicePlate } from '../../../shared/slicing/slice-plate'
import { boxMesh, joinMeshes, placed, plate, settingsWith } from './solids'

const TALL = boxMesh([0, 0, 0], [12, 12, 20])
const ladderOf = (curve: LayerCurve, values: Parameters<typeof settingsWith>[0] = {}) => layerLadder([placeObject(placed(TALL))], settingsWith(values), [], curve)

describe('a drawn curve of layer heights', () => {
  it('gives the layers of a plain plate when it is even', () => {
    const plain = layerPlaces(20, settingsWith())
    const drawn = ladderOf(evenCurve(20, 0.2, 11))
    expect(drawn.map(({ zMm }) => zMm)).toEqual(plain.map(({ zMm }) => zMm))
  })

  it('makes layers thin where it is low and thick where it is high', () => {
    const drawn = ladderOf([{ zMm: 0, heightMm: 0.1 }, { zMm: 8, heightMm: 0.1 }, { zMm: 12, heightMm: 0.3 }, { zMm: 20, heightMm: 0.3 }])
    const within = (from: number, to: number) => drawn.filter(({ zMm, heightMm }) => zMm - heightMm >= from && zMm <= to).map(({ heightMm }) => heightMm)
    expect(new Set(within(0.3, 7.9))).toEqual(new Set([0.1]))
    expect(new Set(within(12.2, 19))).toEqual(new Set([0.3]))
    const between = within(8, 12)
    expect(between).toEqual(between.toSorted((a, b) => a - b))
  })

  it('stays within what the nozzle lays, layer on layer up to the top, whatever is drawn', () => {
    const points = fc.array(fc.record({ zMm: fc.double({ min: 0, max: 25, noNaN: true }), heightMm: fc.double({ min: 0.001, max: 3, noNaN: true }) }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(points, fc.constantFrom(0.2, 0.4, 0.8), (drawn, nozzleDiameterMm) => {
        const limits = curveLimits({ nozzleDiameterMm })
        let topMm = 0
        ladderOf(drawn.toSorted((a, b) => a.zMm - b.zMm), { nozzleDiameterMm, firstLayerHeightMm: 0.15 }).forEach(({ zMm, heightMm, planeMm }, i) => {
          expect(zMm - heightMm).toBeCloseTo(topMm, 5)
          expect(planeMm).toBeCloseTo(zMm - heightMm / 2, 5)
          // The first layer is as thick as its own setting says.
          expect(i === 0 || (heightMm >= limits.minMm - 1e-9 && heightMm <= limits.maxMm + 1e-9)).toBe(true)
          topMm = zMm
        })
        expect(Math.abs(topMm - 20)).toBeLessThanOrEqual(limits.maxMm)
      }),
      { numRuns: 60 },
    )
  })

  it('ends a layer at the top of the part, and at each flat face', () => {
    const curve = [{ zMm: 0, heightMm: 0.13 }, { zMm: 20, heightMm: 0.29 }]
    expect(ladderOf(curve).at(-1)!.zMm).toBeCloseTo(20, 6)
    const step = layerLadder([placeObject(placed(joinMeshes(boxMesh([0, 0, 0], [12, 12, 7.77]), boxMesh([2, 2, 7.77], [8, 8, 15]))))], settingsWith(), [], curve)
    expect(step.some(({ zMm }) => Math.abs(zMm - 7.77) < 1e-6)).toBe(true)
  })

  it('counts before adaptive layers', () => {
    expect(ladderOf(evenCurve(20, 0.25, 5), { adaptiveLayers: true }).slice(1, -2).every(({ heightMm }) => heightMm === 0.25)).toBe(true)
  })

  it('prints the volume of the part and keeps the skin as thick as even layers have it', async () => {
    const pool = createLocalSlicePool()
    const values = { infillPercent: 100, skirtLines: 0 } as const
    const volumes = await Promise.all([[], [{ zMm: 0, heightMm: 0.08 }, { zMm: 20, heightMm: 0.3 }]].map(async (layerCurve) => {
      const sliced = await slicePlate({ ...plate([placed(TALL)], values), layerCurve }, pool)
      if (!sliced.ok) throw new Error(JSON.stringify(sliced.problems))
      return sliced.value.volumeMm3.reduce((sum, volume) => sum + Math.max(0, volume), 0)
    }))
    expect(Math.abs(volumes[1]! / volumes[0]! - 1)).toBeLessThan(0.02)
  }, 60_000)
})

describe('editing a curve', () => {
  it('goes evenly from point to point, and beyond the ends as at the ends', () => {
    const curve = [{ zMm: 2, heightMm: 0.1 }, { zMm: 4, heightMm: 0.3 }]
    expect([0, 2, 3, 4, 9].map((z) => Math.round(curveHeightAt(curve, z) * 1000) / 1000)).toEqual([0.1, 0.1, 0.2, 0.3, 0.3])
  })

  it('is smoothed to slopes that go no farther than it went', () => {
    const curve = evenCurve(10, 0.2, 5).map((point, i) => (i === 2 ? { ...point, heightMm: 0.3 } : point))
    const smooth = smoothCurve(curve)
    expect(smooth.map(({ heightMm }) => heightMm)).toEqual([0.2, 0.225, 0.25, 0.225, 0.2])
    expect(smooth.map(({ zMm }) => zMm)).toEqual(curve.map(({ zMm }) => zMm))
  })
})
