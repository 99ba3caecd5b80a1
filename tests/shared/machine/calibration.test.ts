import { describe, expect, it } from 'vitest'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { type Calibration, CALIBRATIONS, calibrationPrint } from '../../../shared/machine/calibration'
import { makePrint } from '../../../shared/machine/make-print'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import { ROLE } from '../../../shared/toolpath/toolpath'
import { placed, settingsWith } from '../slicing/solids'

const pool = createLocalSlicePool()
const machine = BUILTIN_MACHINES.find(({ id }) => id === 'virtual-printer')!
const settings = settingsWith({ hotendC: 210, retractionMm: 0.8 })
const CONTEXT = { settings, bedMm: [220, 220], maxHotendC: 300 } as const

async function sliced(kind: Calibration) {
  const { mesh, overrides, heightRanges } = calibrationPrint(kind, CONTEXT)
  const { min, max } = meshBox(mesh)
  const object = placed(mesh, [110 - (min[0] + max[0]) / 2, 110 - (min[1] + max[1]) / 2, 0])
  const made = await makePrint({ objects: [object], machine, material: BUILTIN_MATERIALS[0]!, quality: BUILTIN_QUALITIES[1]!, overrides, heightRanges, title: kind }, pool)
  if (!made.ok) throw new Error(made.problems[0]!.message)
  const { toolpath } = made.value
  const layerOf = (move: number) => toolpath.layers.findLastIndex(({ firstMove }) => firstMove <= move)
  return { toolpath, layerOf, heightRanges, problems: made.problems }
}

describe('calibration prints', () => {
  it.each(CALIBRATIONS)('%s: slices as it is, its floors on each other without a gap', async (kind) => {
    const { problems, heightRanges, toolpath } = await sliced(kind)
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(toolpath.layers.length).toBeGreaterThan(0)
    heightRanges.slice(1).forEach(({ fromMm }, i) => expect(fromMm).toBe(heightRanges[i]!.toMm))
  }, 60_000)

  it('the temperature tower gets colder by 5 °C a floor', async () => {
    const { toolpath, layerOf } = await sliced('temperature')
    const told = toolpath.events.filter((event) => event.kind === 'hotend').map(({ targetC, atMove }) => [targetC, toolpath.layers[layerOf(atMove)]!.zMm])
    // After the first layer first the material's own, until the base is done.
    expect(told.map(([targetC]) => targetC)).toEqual([210, 225, 220, 215, 210, 205, 200, 195])
    expect(told.slice(1).map(([, zMm]) => zMm)).toEqual([1.2, 9.2, 17.2, 25.2, 33.2, 41.2, 49.2])
  }, 60_000)

  it('the retraction tower pulls back more on each floor', async () => {
    const { toolpath, layerOf } = await sliced('retraction')
    const byFloor = Array.from({ length: 8 }, () => new Set<number>())
    toolpath.role.forEach((role, move) => {
      const zMm = toolpath.layers[layerOf(move)]!.zMm
      if (role === ROLE.retract && zMm > 1.1) byFloor[Math.floor((zMm - 0.1 - 1) / 5)]!.add(Math.round((-100 * toolpath.volumeMm3[move]!) / (Math.PI * 0.875 ** 2)) / 100)
    })
    expect(byFloor.map((found) => [...found])).toEqual([0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6].map((mm) => [mm]))
  }, 60_000)

  it('the pressure advance and flow towers change with each floor', async () => {
    const { toolpath } = await sliced('pressure-advance')
    expect(toolpath.events.filter((event) => event.kind === 'pressure-advance').map(({ advanceS }) => advanceS)).toEqual([0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1])
    const flow = await sliced('flow')
    const areas = flow.toolpath.layers.flatMap(({ firstMove }, layer) => {
      const end = flow.toolpath.layers[layer + 1]?.firstMove ?? flow.toolpath.moveCount
      const lines = Array.from({ length: end - firstMove }, (_, i) => firstMove + i).filter((move) => flow.toolpath.role[move] === ROLE['outer-wall'])
      return layer % 30 === 15 ? [lines.reduce((sum, move) => sum + flow.toolpath.volumeMm3[move]!, 0)] : []
    })
    expect(areas.map((volume) => Math.round((100 * volume) / areas[2]!))).toEqual([90, 95, 100, 105, 110])
  }, 60_000)

  it('the maximum flow tower lays as much a second as each floor says, and no floor more', async () => {
    const { toolpath, layerOf } = await sliced('max-flow')
    const most = Array.from({ length: 7 }, () => 0)
    toolpath.role.forEach((role, move) => {
      const { zMm, heightMm } = toolpath.layers[layerOf(move)]!
      const length = Math.hypot(toolpath.points[3 * move + 3]! - toolpath.points[3 * move]!, toolpath.points[3 * move + 4]! - toolpath.points[3 * move + 1]!)
      const floor = Math.floor((zMm - heightMm / 2 - 1) / 6)
      if (role === ROLE['outer-wall'] && floor >= 0 && length > 5) most[floor] = Math.max(most[floor]!, (toolpath.volumeMm3[move]! / length) * toolpath.feedMmPerS[move]!)
    })
    most.forEach((flow, floor) => expect(flow).toBeCloseTo(settings.maxFlowMm3PerS * (0.5 + 0.25 * floor), 1))
  }, 60_000)

  it('the speed tower goes 20 mm/s faster on each floor', async () => {
    const { toolpath, layerOf } = await sliced('vfa')
    const feeds = Array.from({ length: 9 }, () => new Set<number>())
    toolpath.role.forEach((role, move) => {
      const { zMm, heightMm } = toolpath.layers[layerOf(move)]!
      const floor = Math.floor((zMm - heightMm / 2 - 1) / 6)
      if (role === ROLE['outer-wall'] && floor >= 0) feeds[floor]!.add(Math.round(toolpath.feedMmPerS[move]!))
    })
    expect(feeds.map((found) => Math.max(...found))).toEqual([40, 60, 80, 100, 120, 140, 160, 180, 200])
  }, 60_000)

  it('the squares are one layer high and reach over the bed', async () => {
    const { toolpath } = await sliced('first-layer')
    expect(toolpath.layers).toHaveLength(1)
    const { min, max } = meshBox(calibrationPrint('first-layer', CONTEXT).mesh)
    expect(max[0] - min[0]).toBeCloseTo(0.8 * 220, 3)
  })
})
