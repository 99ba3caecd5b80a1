import { describe, expect, it } from 'vitest'
import { loadClipper } from '../../../shared/geometry/clipper'
import { regionArea } from '../../../shared/geometry/measure-contour'
import type { Region } from '../../../shared/geometry/region'
import { crossSectionMm2 } from '../../../shared/slicing/infill/solid-spacing'
import type { PlannedLayer } from '../../../shared/slicing/planned-layer'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../shared/slicing/settings'
import type { SliceModifier } from '../../../shared/slicing/slice-input'
import { planPlate, slicePlate } from '../../../shared/slicing/slice-plate'
import { MOVE_ROLES } from '../../../shared/toolpath/toolpath'
import { planWalls } from '../../../shared/slicing/walls/plan-walls'
import { boxMesh, placed, plate, settingsWith } from './solids'

const pool = createLocalSlicePool()
const clipper = await loadClipper()
const block = boxMesh([0, 0, 0], [40, 40, 8])
/** The right half of the block and beyond it. */
const rightHalf: Region = [Float64Array.of(120, 90, 150, 90, 150, 150, 120, 150)]

function modifier(min: readonly [number, number, number], max: readonly [number, number, number], values: SettingValues, kind: SliceModifier['kind'] = 'settings'): SliceModifier {
  return { name: 'modifier', kind, mesh: boxMesh(min, max), transform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 100, 100, 0, 1], values }
}
const right = (values: SettingValues, kind?: SliceModifier['kind']) => modifier([20, -5, -1], [60, 45, 20], values, kind)

async function planned(modifiers: readonly SliceModifier[], values: SettingValues = {}): Promise<PlannedLayer[]> {
  const result = await planPlate(plate([{ ...placed(block), modifiers }], values), pool)
  if (!result.ok) throw new Error(result.problems[0]!.message)
  return result.value
}

/** Volume of sparse infill of a layer left and right of a line in x, mm³. */
function infillOf({ islands, heightMm }: PlannedLayer, borderMm = 120): { left: number; right: number } {
  const sums = { left: 0, right: 0 }
  for (const { lines, widthMm, role } of islands.flatMap(({ fills }) => fills)) {
    if (role !== 'infill') continue
    for (const line of lines) {
      for (let i = 2; i < line.length; i += 2) {
        const [x0, y0, x1, y1] = [line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!]
        const volume = Math.hypot(x1 - x0, y1 - y0) * crossSectionMm2(widthMm, heightMm)
        const [from, to] = [Math.min(x0, x1), Math.max(x0, x1)]
        const leftShare = to - from < 1e-9 ? Number(from < borderMm) : Math.min(1, Math.max(0, (borderMm - from) / (to - from)))
        sums.left += leftShare * volume
        sums.right += (1 - leftShare) * volume
      }
    }
  }
  return sums
}
const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
const outerWalls = ({ islands }: PlannedLayer) => islands.flatMap(({ walls }) => walls.filter(({ role }) => role === 'outer-wall'))

describe('a modifier', () => {
  it('fills its part as densely as it says, to 2 %, and leaves the rest', async () => {
    const strip = { ...placed(boxMesh([0, 0, 0], [100, 100, 6]), [70, 100, 0]), modifiers: [{ ...right({ infillPercent: 40 }), mesh: boxMesh([20, -50, -1], [200, 200, 20]) }] }
    const result = await planPlate(plate([strip], { infillPercent: 20, infillJoined: false, topLayers: 2, bottomLayers: 2 }), pool)
    if (!result.ok) throw new Error(result.problems[0]!.message)
    const layers = result.value.slice(6, 26)
    const volumes = layers.map((layer) => infillOf(layer, 120))
    const area = planWalls([Float64Array.of(70, 100, 170, 100, 170, 200, 70, 200)], 0.2, settingsWith({}), clipper).fillArea
    const halfMm3 = (regionArea(area) / 2) * 0.2
    expect(Math.abs(mean(volumes.map(({ left }) => left)) / (0.2 * halfMm3) - 1)).toBeLessThan(0.02)
    expect(Math.abs(mean(volumes.map((one) => one.right)) / (0.4 * halfMm3) - 1)).toBeLessThan(0.02)
  })

  it('of the fill alone lets the walls go through', async () => {
    const [plain, modified] = [await planned([]), await planned([right({ infillPercent: 60, infillPattern: 'grid' })])]
    modified.forEach((layer, i) => {
      expect(layer.islands.flatMap(({ walls }) => walls.map(({ contour }) => Array.from(contour)))).toEqual(plain[i]!.islands.flatMap(({ walls }) => walls.map(({ contour }) => Array.from(contour))))
    })
  })

  it('with other walls parts them at its border', async () => {
    const layers = await planned([right({ wallCount: 5 })])
    const outers = outerWalls(layers[15]!)
    expect(outers).toHaveLength(2)
    const boxes = outers.map(({ contour }) => [Math.min(...contour.filter((_, i) => i % 2 === 0)), Math.max(...contour.filter((_, i) => i % 2 === 0))])
    expect(boxes.toSorted((a, b) => a[0]! - b[0]!).flat().map((mm) => Math.round(mm * 100) / 100)).toEqual([100.21, 119.79, 120.21, 139.79])
    expect(layers[15]!.islands.flatMap(({ walls }) => walls.filter(({ variant = 0 }) => variant === 1))).toHaveLength(5)
  })

  it('reaches as high as it is', async () => {
    const layers = await planned([modifier([-5, -5, 4], [45, 45, 6], { infillPercent: 100 })])
    const solid = layers.filter(({ islands }) => islands.some(({ fills }) => fills.some(({ role, variant }) => role !== 'infill' && variant === 1))).map(({ zMm }) => zMm)
    expect([Math.min(...solid), Math.max(...solid)].map((mm) => Math.round(mm * 10) / 10)).toEqual([4.2, 6])
  })

  it('that comes later counts more where two overlap', async () => {
    const layers = await planned([right({ infillPercent: 50 }), right({ infillPercent: 10 })], { infillPercent: 20, infillJoined: false })
    const { left, right: under } = infillOf(layers[20]!)
    expect(under / left).toBeGreaterThan(0.4)
    expect(under / left).toBeLessThan(0.6)
  })

  it('has skins of its own', async () => {
    const layers = await planned([right({ topLayers: 0 })], { bottomLayers: 0 })
    const tops = layers.at(-1)!.islands.flatMap(({ fills }) => fills.filter(({ role }) => role === 'top-skin'))
    const xs = tops.flatMap(({ lines }) => lines.flatMap((line) => Array.from(line.filter((_, i) => i % 2 === 0))))
    expect(Math.max(...xs)).toBeLessThan(120.1)
    expect(Math.min(...xs)).toBeLessThan(101.5)
  })

  it('gives its lines feeds of their own', async () => {
    const result = await slicePlate(plate([{ ...placed(block), modifiers: [right({ infillFeedMmPerS: 31 })] }], { minLayerTimeS: 0, infillPercent: 20 }), pool)
    if (!result.ok) throw new Error(result.problems[0]!.message)
    const { role, points, feedMmPerS, moveCount } = result.value
    const feeds = [new Set<number>(), new Set<number>()] as const
    for (let move = 0; move < moveCount; move++) {
      const middle = (points[3 * move]! + points[3 * move + 3]!) / 2
      if (MOVE_ROLES[role[move]!] === 'infill' && Math.abs(middle - 120) > 3 && move > result.value.layers[1]!.firstMove) feeds[middle < 120 ? 0 : 1].add(Math.round(feedMmPerS[move]!))
    }
    expect(feeds.map((set) => [...set])).toEqual([[80], [31]])
  })

  it('that doesn’t touch the object changes nothing', async () => {
    const away = modifier([60, 60, 0], [80, 80, 20], { wallCount: 5, infillPercent: 90 })
    expect(await planned([away])).toEqual(await planned([]))
  })

  it('gives the same however the layers are divided', async () => {
    const many = { ...pool, workerCount: 7 }
    const object = { ...placed(block), modifiers: [right({ topLayers: 9, infillPercent: 35 }), modifier([5, 5, 2], [15, 15, 7], { wallCount: 4 })] }
    const [one, seven] = [await planPlate(plate([object]), pool), await planPlate(plate([object]), many)]
    expect(seven).toEqual(one)
  })
})

describe('modifiers of support', () => {
  const table = boxMesh([0, 0, 6], [40, 40, 8])
  const heldMm2 = async (modifiers: readonly SliceModifier[], values: SettingValues) => {
    const result = await planPlate(plate([{ ...placed(table), modifiers }], values), pool)
    if (!result.ok) throw new Error(result.problems[0]!.message)
    const support = clipper.union(result.value.filter(({ layerIndex }) => layerIndex === 12).flatMap(({ supports = [] }) => supports.flatMap(({ outline }) => outline)))
    const inRight = regionArea(clipper.intersection(support, rightHalf))
    return { right: inRight, left: regionArea(support) - inRight }
  }

  it('enforce it in them alone where there would be none', async () => {
    const { left, right: held } = await heldMm2([right({}, 'support-enforcer')], {})
    expect(held).toBeGreaterThan(780)
    // A line beyond the border carries its edge.
    expect(left).toBeLessThan(40 * 0.6)
  })

  it('block it in them', async () => {
    const { left, right: held } = await heldMm2([right({}, 'support-blocker')], { supportKind: 'snug' })
    expect(left).toBeGreaterThan(780)
    expect(held).toBeLessThan(40 * 0.6)
  })

  it('enforce what the angle alone would let hang', async () => {
    // A wall that leans by 40° from the vertical, less than the angle of support.
    const leaning = { positions: Float32Array.from([0, 0, 0, 20, 0, 0, 20, 20, 0, 0, 20, 0, 10, 0, 12, 30, 0, 12, 30, 20, 12, 10, 20, 12]), indices: Uint32Array.from([0, 2, 1, 0, 3, 2, 4, 5, 6, 4, 6, 7, 0, 1, 5, 0, 5, 4, 1, 2, 6, 1, 6, 5, 2, 3, 7, 2, 7, 6, 3, 0, 4, 3, 4, 7]) }
    const supported = async (modifiers: readonly SliceModifier[]) => {
      const result = await planPlate(plate([{ ...placed(leaning), modifiers }], { supportKind: 'snug' }), pool)
      return result.ok ? result.value.filter(({ supports = [] }) => supports.length > 0).length : -1
    }
    expect(await supported([])).toBe(0)
    expect(await supported([modifier([15, -5, 0], [40, 25, 20], {}, 'support-enforcer')])).toBeGreaterThan(20)
  })
})
