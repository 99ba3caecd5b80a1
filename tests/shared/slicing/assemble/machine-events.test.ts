import { describe, expect, it } from 'vitest'
import { withMachineEvents } from '../../../../shared/slicing/assemble/machine-events'
import { type HeightRange, RangedSettings } from '../../../../shared/slicing/height-ranges'
import type { SettingValues } from '../../../../shared/slicing/settings'
import type { MotionLimits } from '../../../../shared/toolpath/motion-limits'
import { planMotion } from '../../../../shared/toolpath/plan-motion'
import { rectangle } from '../regions'
import { assemble, island, isLine, layer, movesOf, settingsWith } from './planned'

const MOTION: MotionLimits = {
  maxFeedMmPerS: [500, 500, 12, 120], maxAccelerationMmPerS2: [9000, 9000, 200, 10_000], printAccelerationMmPerS2: 1500, travelAccelerationMmPerS2: 2000, retractAccelerationMmPerS2: 1500,
  cornering: { kind: 'jerk', jerkMmPerS: [8, 8, 0.4, 5] },
}
const tower = (count: number) => Array.from({ length: count }, (_, i) => layer(i, [island([rectangle(50, 50, 70, 70)])]))

function told(values: SettingValues, { count = 4, heightRanges = [] as readonly HeightRange[], layerEvents = [] as Parameters<typeof withMachineEvents>[1]['layerEvents'] } = {}) {
  const { toolpath } = assemble(tower(count), values)
  return withMachineEvents(toolpath, { settings: new RangedSettings(settingsWith(values), heightRanges), motion: MOTION, layerEvents })
}

describe('what the machine is told besides lines', () => {
  it('is nothing when nothing is asked for', () => {
    const { toolpath } = assemble(tower(3))
    expect(told({}, { count: 3 })).toEqual(toolpath)
  })

  it('is the heat of the other layers after the first', () => {
    const toolpath = told({ hotendC: 205, firstLayerHotendC: 215, bedC: 55 })
    const second = toolpath.layers[1]!.firstMove
    expect(toolpath.events.filter(({ kind }) => kind === 'hotend' || kind === 'bed')).toEqual([
      { kind: 'hotend', atMove: second, targetC: 205, wait: false },
      { kind: 'bed', atMove: second, targetC: 55, wait: false },
    ])
  })

  it('is heat and pressure advance by height', () => {
    const heightRanges = [{ fromMm: 0.4, toMm: 0.6, values: { hotendC: 230, pressureAdvanceS: 0.1 } }, { fromMm: 0.6, toMm: 9, values: { hotendC: 240 } }]
    const toolpath = told({ pressureAdvanceS: 0.02 }, { heightRanges })
    const layerOf = (atMove: number) => toolpath.layers.findLastIndex(({ firstMove }) => firstMove <= atMove)
    expect(toolpath.events.filter(({ kind }) => kind === 'hotend').map((event) => [layerOf(event.atMove), event.kind === 'hotend' && event.targetC])).toEqual([[2, 230], [3, 240]])
    expect(toolpath.events.filter(({ kind }) => kind === 'pressure-advance').map((event) => [layerOf(event.atMove), event.kind === 'pressure-advance' && event.advanceS])).toEqual([[0, 0.02], [2, 0.1], [3, 0.02]])
  })

  it('is acceleration and jerk before the lines of each feature, and the machine’s own where a feature has none', () => {
    const values = { outerWallAccelerationMmPerS2: 500, outerWallJerkMmPerS: 5, firstLayerAccelerationMmPerS2: 300 }
    const toolpath = told(values)
    let [acceleration, jerk] = [MOTION.printAccelerationMmPerS2, 8]
    const events = [...toolpath.events]
    for (const move of movesOf(toolpath)) {
      while (events[0] !== undefined && events[0].atMove <= move.index) {
        const event = events.shift()!
        if (event.kind === 'acceleration') acceleration = event.printMmPerS2 ?? acceleration
        if (event.kind === 'jerk') jerk = event.xyMmPerS
      }
      const isFirst = move.index < toolpath.layers[1]!.firstMove
      const wanted = isFirst ? 300 : move.role === 'outer-wall' ? 500 : 1500
      expect(isLine(move) ? acceleration : wanted).toBe(wanted)
      expect(isLine(move) ? jerk : 8).toBe(isLine(move) && move.role === 'outer-wall' ? 5 : 8)
    }
  })

  it('counts in the time that the planner takes', () => {
    const sum = (values: SettingValues) => planMotion(told(values), MOTION, 2.4).reduce((total, s) => total + s, 0)
    expect(sum({ outerWallAccelerationMmPerS2: 100 })).toBeGreaterThan(1.05 * sum({}))
    expect(sum({ travelAccelerationMmPerS2: 100 })).toBeGreaterThan(sum({}))
    expect(sum({ outerWallJerkMmPerS: 1, innerWallJerkMmPerS: 1 })).toBeGreaterThan(sum({}))
  })

  it('is a pause or a colour change where the layer begins, once, and not below the first layer', () => {
    const toolpath = told({}, { layerEvents: [{ kind: 'pause', zMm: 0.6 }, { kind: 'colour-change', zMm: 0.75 }, { kind: 'pause', zMm: 0.1 }, { kind: 'pause', zMm: 99 }] })
    expect(toolpath.events.filter(({ kind }) => kind === 'pause' || kind === 'colour-change')).toEqual([
      { kind: 'pause', atMove: toolpath.layers[2]!.firstMove },
      { kind: 'colour-change', atMove: toolpath.layers[3]!.firstMove },
    ])
  })
})
