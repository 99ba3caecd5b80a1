import { describe, expect, it } from 'vitest'
import { fanByLayerTime } from '../../../../shared/slicing/cooling/fan-by-layer-time'
import { ROLE, type Toolpath, type ToolpathEvent } from '../../../../shared/toolpath/toolpath'

const SETTINGS = { fanPercent: 80, fanLeastPercent: 20, fanLayerTimeS: 30, minLayerTimeS: 10, filamentDiameterMm: 1.75 }

/** A layer a duration: one line of that many seconds at 10 mm/s. */
function layersOf(timesS: readonly number[], events: readonly ToolpathEvent[]): Toolpath {
  const points = new Float32Array(3 * (timesS.length + 1))
  timesS.forEach((timeS, i) => {
    points[3 * (i + 1)] = points[3 * i]! + 10 * timeS
  })
  const all = (value: number) => new Float32Array(timesS.length).fill(value)
  return { moveCount: timesS.length, points, role: new Uint8Array(timesS.length).fill(ROLE['outer-wall']), volumeMm3: all(1), feedMmPerS: all(10), widthMm: all(0.4), layers: timesS.map((_, i) => ({ firstMove: i, zMm: 0.2 * (i + 1), heightMm: 0.2 })), events }
}
const fans = (toolpath: Toolpath) => toolpath.events.flatMap((event) => (event.kind === 'fan' ? [[event.atMove, Math.round(1000 * event.duty) / 1000]] : []))

describe('the fan by layer time', () => {
  it('is full in short layers, least in long ones, and between them along a line', () => {
    const made = fanByLayerTime(layersOf([5, 10, 20, 30, 90], [{ kind: 'fan', atMove: 0, duty: 0.8 }]), [0.8, 0.8, 0.8, 0.8, 0.8], SETTINGS)
    expect(fans(made)).toEqual([[0, 0.8], [2, 0.5], [3, 0.2]])
  })

  it('keeps the layers off that are off, and rises with the first ones', () => {
    const made = fanByLayerTime(layersOf([90, 90, 90], [{ kind: 'fan', atMove: 1, duty: 0.4 }, { kind: 'fan', atMove: 2, duty: 0.8 }]), [0, 0.4, 0.8], SETTINGS)
    expect(fans(made)).toEqual([[1, 0.1], [2, 0.2]])
  })

  it('leaves what was raised for a bridge, and goes back to the layer’s own', () => {
    const bridge: ToolpathEvent[] = [{ kind: 'fan', atMove: 0, duty: 0.8 }, { kind: 'fan', atMove: 1, duty: 1 }, { kind: 'fan', atMove: 2, duty: 0.8 }]
    const long = layersOf([40, 40, 40], bridge)
    const oneLayer = { ...long, layers: long.layers.slice(0, 1) }
    expect(fans(fanByLayerTime(oneLayer, [0.8], SETTINGS))).toEqual([[0, 0.2], [1, 1], [2, 0.2]])
  })

  it('keeps the other events in their places', () => {
    const made = fanByLayerTime(layersOf([5, 90], [{ kind: 'fan', atMove: 0, duty: 0.8 }, { kind: 'pause', atMove: 1 }, { kind: 'tool', atMove: 1, tool: 1 }]), [0.8, 0.8], SETTINGS)
    expect(made.events.map(({ kind, atMove }) => `${atMove} ${kind}`)).toEqual(['0 fan', '1 fan', '1 pause', '1 tool'])
  })

  it('changes nothing unless it is asked for', () => {
    const toolpath = layersOf([90], [{ kind: 'fan', atMove: 0, duty: 0.8 }])
    expect(fanByLayerTime(toolpath, [0.8], { ...SETTINGS, fanLayerTimeS: 0 })).toBe(toolpath)
  })
})
