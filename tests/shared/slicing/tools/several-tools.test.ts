import { describe, expect, it } from 'vitest'
import { isInRegion } from '../../../../shared/geometry/measure-contour'
import { assembleToolpath, type AssembleContext } from '../../../../shared/slicing/assemble/assemble-toolpath'
import type { PlannedLayer } from '../../../../shared/slicing/planned-layer'
import type { SettingValues, SlicingSettings } from '../../../../shared/slicing/settings'
import { toolOfRole, type ToolSet } from '../../../../shared/slicing/tools/tool-set'
import type { Toolpath } from '../../../../shared/toolpath/toolpath'
import { rectangle } from '../regions'
import { VOLUME, clipper, island, isLine, layer, movesOf, settingsWith, type Move } from '../assemble/planned'

const LEFT = [rectangle(60, 80, 80, 100)]
const RIGHT = [rectangle(110, 80, 130, 100)]

function plate(layers = 8, rightLayers = layers): PlannedLayer[] {
  return Array.from({ length: layers }, (_, i) => [layer(i, [island(LEFT, { zMm: 0.2 * (i + 1) })], 'left'), ...(i < rightLayers ? [layer(i, [island(RIGHT, { zMm: 0.2 * (i + 1) })], 'right')] : [])]).flat()
}

interface Asked {
  readonly plate?: SettingValues
  readonly tools?: readonly SettingValues[]
  readonly objects?: Readonly<Record<string, SettingValues>>
  readonly set?: Partial<ToolSet>
  readonly layers?: readonly PlannedLayer[]
  readonly volume?: AssembleContext['volume']
}

function attempt({ plate: values = {}, tools = [{}, {}], objects = {}, set = {}, layers = plate(), volume = VOLUME }: Asked) {
  const settings = settingsWith(values)
  const objectSettings = new Map(Object.entries(objects).map(([id, own]) => [id, settingsWith({ ...values, ...own })]))
  return assembleToolpath(layers, { settings, objectSettings, volume, clipper, tools: { settings: tools.map((own) => settingsWith({ ...values, ...own })), changeS: 0, sharedNozzle: false, ...set } })
}

function assembled(asked: Asked): Toolpath {
  const result = attempt(asked)
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

interface ToolMove extends Move {
  readonly tool: number
  readonly object: string
  /** How many changes came before. */
  readonly change: number
}

function withTools(toolpath: Toolpath): ToolMove[] {
  let [tool, object, change, next] = [0, '', 0, 0]
  return movesOf(toolpath).map((move) => {
    for (; (toolpath.events[next]?.atMove ?? Infinity) <= move.index; next++) {
      const event = toolpath.events[next]!
      if (event.kind === 'object') object = event.objectId
      if (event.kind !== 'tool') continue
      tool = event.tool
      change++
    }
    return { ...move, tool, object, change }
  })
}

/** What a change purges: a travel parts it from the ribs and the wall that close a layer. */
function purgeOf(moves: readonly ToolMove[], change: number): { readonly volumeMm3: number; readonly zMm: number } {
  const own = moves.filter((move) => move.change === change && move.role === 'prime-tower')
  const rest = own.findIndex((move, i) => i > 0 && own[i - 1]!.index !== move.index - 1)
  const purge = rest < 0 ? own : own.slice(0, rest)
  return { volumeMm3: purge.reduce((sum, move) => sum + move.volumeMm3, 0), zMm: purge[0]!.to[2] }
}

const INFILL_TWO = { plate: { infillExtruder: 2 } }
const RIGHT_TWO = { objects: { right: { extruder: 2 } } }

describe('a print with several extruders', () => {
  it('prints every line with the tool that its role has', () => {
    for (const asked of [INFILL_TWO, RIGHT_TWO, { plate: { infillExtruder: 2, extruder: 3 }, tools: [{}, {}, {}] }] satisfies Asked[]) {
      const own = (object: string): SlicingSettings => settingsWith({ ...('plate' in asked ? asked.plate : {}), ...('objects' in asked && object === 'right' ? asked.objects.right : {}) })
      const lines = withTools(assembled(asked)).filter((move) => isLine(move) && move.role !== 'prime-tower')
      expect(new Set(lines.map(({ tool }) => tool)).size).toBe(2)
      for (const { role, tool, object } of lines) expect(tool).toBe(toolOfRole(role, own(object)))
    }
  })

  it('lays the same lines as one extruder does', () => {
    const sum = (asked: Asked) => movesOf(assembled(asked)).filter((move) => isLine(move) && move.role !== 'prime-tower').reduce((total, { volumeMm3 }) => total + volumeMm3, 0)
    expect(sum(INFILL_TWO)).toBeCloseTo(sum({}), 2)
    expect(sum(RIGHT_TWO)).toBeCloseTo(sum({}), 2)
  })

  it('is what it was when the first extruder prints all', () => {
    const one = assembleToolpath(plate(), { settings: settingsWith(), volume: VOLUME, clipper })
    expect(one.ok && one.value).toEqual(assembled({}))
  })

  it('changes once a layer, each beginning with the tool that the one below ended with', () => {
    const { events } = assembled(INFILL_TWO)
    expect(events.flatMap((event) => (event.kind === 'tool' ? [event.tool] : []))).toEqual([1, 0, 1, 0, 1, 0, 1, 0])
  })

  it('begins with the tool that prints the first layer', () => {
    const { events } = assembled({ plate: { extruder: 2 } })
    expect(events.filter(({ kind }) => kind === 'tool')).toEqual([{ kind: 'tool', atMove: 0, tool: 1 }])
  })

  it('lays lines with the flow, feed and retraction of their filament', () => {
    const moves = withTools(assembled({ ...RIGHT_TWO, tools: [{}, { flowPercent: 90, maxFlowMm3PerS: 2, retractionMm: 3, filamentDiameterMm: 2.85 }] }))
    const flow = (tool: number) => moves.find((move) => move.tool === tool && move.role === 'outer-wall' && move.to[2] > 0.3)!
    expect(flow(1).volumeMm3 / flow(1).lengthMm / (flow(0).volumeMm3 / flow(0).lengthMm)).toBeCloseTo(0.9, 3)
    for (const move of moves.filter((one) => one.tool === 1 && isLine(one))) expect((move.feedMmPerS * move.volumeMm3) / Math.max(1e-9, move.lengthMm)).toBeLessThan(2.001)
    const retractions = (tool: number) => moves.filter((move) => move.tool === tool && move.role === 'retract').map(({ volumeMm3 }) => -volumeMm3)
    expect(retractions(0)[0]).toBeCloseTo(0.8 * Math.PI * 0.875 ** 2, 3)
    expect(retractions(1)[0]).toBeCloseTo(3 * Math.PI * 1.425 ** 2, 3)
  })

  it('pushes out with each tool what that tool had pulled back, also over changes', () => {
    const moves = withTools(assembled({ ...INFILL_TWO, tools: [{ retractionMm: 2 }, { retractionMm: 4 }] }))
    const back = [0, 0]
    const wrong = moves.filter((move) => {
      if (move.role === 'retract' || move.role === 'unretract') back[move.tool]! -= move.volumeMm3
      return isLine(move) && Math.abs(back[move.tool]!) > 1e-3
    })
    expect(moves.filter(({ role }) => role === 'retract').length).toBeGreaterThan(20)
    expect(wrong).toEqual([])
  })

  it('goes off a part with the filament pulled back before it changes, and pushes nothing out onto a part after it', () => {
    const { events } = assembled(RIGHT_TWO)
    const moves = withTools(assembled(RIGHT_TWO))
    for (const event of events.filter(({ kind }) => kind === 'tool')) {
      const before = moves.slice(0, event.atMove).findLast(({ role }) => role !== 'travel')!
      expect(before.role).toBe('retract')
      const first = moves.slice(event.atMove).find((move) => move.volumeMm3 > 0)!
      for (const outline of [LEFT, RIGHT]) expect(isInRegion(outline, first.from[0], first.from[1])).toBe(false)
      expect(moves.slice(event.atMove).find(isLine)!.role).toBe('prime-tower')
    }
  })

  it('heats a tool before it prints, lets it cool while it waits and switches it off when it is done', () => {
    const layers = plate(6, 3)
    const { events } = assembled({ ...RIGHT_TWO, layers, plate: { firstLayerHotendC: 215, hotendC: 210, idleDropC: 40 }, tools: [{}, { hotendC: 240, firstLayerHotendC: 245 }] })
    const heat = events.flatMap((event) => (event.kind === 'hotend' ? [`${event.tool === undefined ? '' : `T${event.tool} `}${event.targetC}${event.wait ? ' wait' : ''}`] : event.kind === 'tool' ? [`> ${event.tool}`] : []))
    expect(heat).toEqual([
      '> 1', 'T0 175', '245 wait',
      '240', '> 0', 'T1 200', '210 wait',
      '> 1', 'T0 170', '240 wait', '> 0', 'T1 0', '210 wait',
    ])
  })

  it('has one heater in a shared nozzle', () => {
    const { events } = assembled({ ...RIGHT_TWO, layers: plate(3), set: { sharedNozzle: true }, plate: { idleDropC: 40 }, tools: [{}, { hotendC: 240, firstLayerHotendC: 240 }] })
    const heat = events.flatMap((event) => (event.kind === 'hotend' ? [event] : []))
    expect(heat.every(({ tool, targetC }) => tool === undefined && targetC > 200)).toBe(true)
    expect(heat.map(({ targetC }) => targetC)).toEqual([240, 210, 240])
  })

  it('tells the pressure advance of each filament', () => {
    const { events } = assembled({ ...RIGHT_TWO, layers: plate(2), tools: [{ pressureAdvanceS: 0.05 }, { pressureAdvanceS: 0.4 }] })
    expect(events.flatMap((event) => (event.kind === 'pressure-advance' ? [event.advanceS] : []))).toEqual([0.05, 0.4, 0.05])
  })

  it('is refused where the machine has no such extruder, or a tower would stand beside objects that are printed one by one', () => {
    expect(attempt({ plate: { infillExtruder: 3 } }).problems).toMatchObject([{ code: 'slicing/no-such-extruder', values: { number: 3, count: 2 } }])
    expect(attempt({ ...RIGHT_TWO, plate: { printOrder: 'by-object' } }).problems).toMatchObject([{ code: 'slicing/tower-by-object' }])
    const withoutTower = withTools(assembled({ ...RIGHT_TWO, plate: { printOrder: 'by-object', primeTower: false } }))
    expect(withoutTower.filter(isLine).at(-1)).toMatchObject({ tool: 1, object: 'right' })
  })
})

describe('the prime tower', () => {
  it('takes at every change what is asked for, by the tool that comes and the one that goes', () => {
    const purgeMm3 = [[0, 60, 90], [150, 0, 45], [30, 120, 0]]
    const asked = { objects: { right: { extruder: 2, infillExtruder: 3 } }, tools: [{}, {}, {}], set: { purgeMm3 }, layers: plate(10) }
    const toolpath = assembled(asked)
    const moves = withTools(toolpath)
    const order = [0, ...toolpath.events.flatMap((event) => (event.kind === 'tool' ? [event.tool] : []))]
    let checked = 0
    for (let change = 1; change < order.length; change++) {
      const { volumeMm3 } = purgeOf(moves, change)
      const wanted = purgeMm3[order[change - 1]!]![order[change]!]!
      expect(Math.abs(volumeMm3 / wanted - 1)).toBeLessThan(0.02)
      checked++
    }
    expect(checked).toBeGreaterThan(15)
  })

  it('leaves to the infill after a change what that takes, but for what fills the nozzle', () => {
    for (const purgeMm3 of [60, 25]) {
      const asked = (purgeIntoInfill: boolean) => withTools(assembled({ plate: { infillExtruder: 2, purgeMm3, purgeIntoInfill } }))
      const moves = asked(true)
      // Every second change brings the infill's tool; its next layer begins without a change.
      for (const change of [3, 5, 7]) {
        const purge = purgeOf(moves, change)
        const infillMm3 = moves.filter((move) => move.change === change && move.role === 'infill' && move.to[2] === purge.zMm).reduce((sum, { volumeMm3 }) => sum + volumeMm3, 0)
        expect(infillMm3).toBeGreaterThan(5)
        expect(purge.volumeMm3 / Math.max(10, purgeMm3 - infillMm3)).toBeCloseTo(1, 1.7)
      }
      // A change to the walls' tool has no infill to give it to.
      for (const change of [2, 4, 6]) expect(purgeOf(moves, change).volumeMm3 / purgeMm3).toBeCloseTo(1, 1.7)
      const lines = (all: readonly ToolMove[]) => all.filter((move) => isLine(move) && move.role !== 'prime-tower').reduce((sum, { volumeMm3 }) => sum + volumeMm3, 0)
      expect(lines(moves)).toBeCloseTo(lines(asked(false)), 2)
    }
  })

  it('is followed by infill before walls then, when one tool prints both', () => {
    const moves = withTools(assembled({ objects: { right: { extruder: 2 } }, plate: { purgeIntoInfill: true } }))
    const { zMm } = purgeOf(moves, 3)
    const roles = moves.filter((move) => move.change === 3 && move.to[2] === zMm && isLine(move) && move.role !== 'prime-tower').map(({ role }) => role)
    expect(roles[0]).toBe('infill')
    expect(roles.findLastIndex((role) => role === 'infill')).toBeLessThan(roles.findIndex((role) => role === 'outer-wall' || role === 'inner-wall'))
  })

  it('takes the volume of the settings where no matrix is given, and nothing else than the wall where it is 0', () => {
    const volume = (purge: number) => movesOf(assembled({ ...INFILL_TWO, plate: { infillExtruder: 2, purgeMm3: purge, primeTowerBrimMm: 0 } })).filter(({ role }) => role === 'prime-tower').reduce((sum, { volumeMm3 }) => sum + volumeMm3, 0)
    // Ribs are left out where rows are.
    expect(volume(140) - volume(0)).toBeGreaterThan(8 * 100)
    expect(volume(140) - volume(0)).toBeLessThan(8 * 141)
  })

  it('stands free of parts and on the bed, and its layers lie on each other without a gap', () => {
    const toolpath = assembled({ ...RIGHT_TWO, plate: { brimWidthMm: 4 } })
    const tower = movesOf(toolpath).filter(({ role }) => role === 'prime-tower')
    const parts = movesOf(toolpath).filter((move) => isLine(move) && move.role !== 'prime-tower')
    const reach = (moves: readonly Move[], axis: 0 | 1) => [Math.min(...moves.map(({ to }) => to[axis])), Math.max(...moves.map(({ to }) => to[axis]))] as const
    const [x, y, px, py] = [reach(tower, 0), reach(tower, 1), reach(parts, 0), reach(parts, 1)]
    expect(x[0] > px[1] + 2 || x[1] < px[0] - 2 || y[0] > py[1] + 2 || y[1] < py[0] - 2).toBe(true)
    expect(Math.min(x[0], y[0])).toBeGreaterThan(0)
    expect(Math.max(x[1], y[1])).toBeLessThan(200)
    const heights = [...new Set(tower.map(({ to }) => Math.round(to[2] * 1000)))]
    expect(heights).toEqual(Array.from({ length: 8 }, (_, i) => 200 * (i + 1)))
  })

  it('grows through layers without a change, and ends with the last change', () => {
    const layers = [...plate(10, 0), ...[0, 1, 6].map((i) => layer(i, [island(RIGHT, { zMm: 0.2 * (i + 1) })], 'right'))].toSorted((a, b) => a.layerIndex - b.layerIndex)
    const heights = new Set(movesOf(assembled({ ...RIGHT_TWO, layers })).filter(({ role }) => role === 'prime-tower').map(({ to }) => Math.round(to[2] * 10)))
    // The second object ends in layer 7; back to the first it changes in layer 8.
    expect([...heights].toSorted((a, b) => a - b)).toEqual([2, 4, 6, 8, 10, 12, 14, 16])
  })

  it('stays within its own walls', () => {
    const moves = movesOf(assembled(INFILL_TWO)).filter(({ role, to }) => role === 'prime-tower' && to[2] > 0.3)
    const xs = moves.flatMap(({ from, to }) => [from[0], to[0]])
    const ys = moves.flatMap(({ from, to }) => [from[1], to[1]])
    expect(Math.max(...xs) - Math.min(...xs)).toBeCloseTo(35 - 0.42, 2)
    const wall = moves.filter((move) => move.lengthMm > 34)
    expect(Math.max(...ys)).toBeCloseTo(Math.max(...wall.map(({ to }) => to[1])), 3)
    expect(Math.min(...ys)).toBeCloseTo(Math.min(...wall.map(({ to }) => to[1])), 3)
  })

  it('is within the skirt', () => {
    const moves = movesOf(assembled({ ...RIGHT_TWO, plate: { skirtLines: 1 } }))
    const box = (role: Move['role']) => {
      const own = moves.filter((move) => move.role === role)
      return [Math.min(...own.map(({ to }) => to[0])), Math.min(...own.map(({ to }) => to[1])), -Math.max(...own.map(({ to }) => to[0])), -Math.max(...own.map(({ to }) => to[1]))]
    }
    const [skirt, tower] = [box('skirt'), box('prime-tower')]
    expect(skirt.every((mm, i) => mm < tower[i]!)).toBe(true)
    expect(moves.find(isLine)?.role).toBe('skirt')
  })

  it('is refused where the bed has no place for it', () => {
    const volume = { min: [55, 75, 0], max: [135, 105, 100], shape: 'rectangle' } as const
    expect(attempt({ ...RIGHT_TWO, volume }).problems).toMatchObject([{ code: 'slicing/no-room-for-tower', values: { widthMm: 42 } }])
    expect(attempt({ ...RIGHT_TWO, volume, plate: { primeTowerWidthMm: 10, primeTowerBrimMm: 0, purgeMm3: 30 } }).ok).toBe(true)
    expect(attempt({ ...RIGHT_TWO, volume: { min: [0, 0, 0], max: [140, 110, 100], shape: 'circle' }, plate: { primeTowerWidthMm: 60 } }).ok).toBe(true)
  })
})
