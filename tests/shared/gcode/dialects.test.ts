import { describe, expect, it } from 'vitest'
import { dialectOf, type DialectName } from '../../../shared/gcode/dialects/dialect-of'
import { parseGcode } from '../../../shared/gcode/parse-gcode'
import { writeGcode } from '../../../shared/gcode/write-gcode'
import type { Toolpath } from '../../../shared/toolpath/toolpath'
import { PLAIN, squareTower, text } from './toolpaths'

const NAMES: readonly DialectName[] = ['marlin', 'prusa', 'klipper', 'reprapfirmware', 'smoothie']
const OBJECTS = [{ id: 'a', index: 0, name: 'cube_1', boxMm: [90, 90, 120, 120] }] as const

/** The square tower with everything that dialects say differently. */
function everything(): Toolpath {
  const tower = squareTower()
  const second = tower.layers[1]!.firstMove
  return {
    ...tower,
    events: [
      { kind: 'pressure-advance', atMove: 0, advanceS: 0.04 },
      { kind: 'object', atMove: 0, objectId: 'a' },
      { kind: 'acceleration', atMove: 2, printMmPerS2: 800, travelMmPerS2: 2000 },
      { kind: 'jerk', atMove: 2, xyMmPerS: 7 },
      { kind: 'colour-change', atMove: second },
      ...tower.events,
      { kind: 'pause', atMove: second + 2 },
    ],
  }
}

const write = (dialect: DialectName) =>
  writeGcode(everything(), { ...PLAIN, dialect, objects: OBJECTS, layerLines: [[], ['; second']], estimate: { timeS: 100, filamentMm: 10, filamentCm3: 0.1, massG: 0.1, layerEndS: Float64Array.of(50, 100) } })

describe('a dialect', () => {
  it.each(NAMES)('of %s is its golden file', async (dialect) => {
    await expect(text(write(dialect))).toMatchFileSnapshot(`../../golden/dialects/${dialect}.gcode`)
  })

  it.each(NAMES)('of %s says the same moves, and what it says is read again', (dialect) => {
    const read = parseGcode(write(dialect))
    if (!read.ok) throw new Error('unreadable')
    const plain = parseGcode(writeGcode(squareTower(), PLAIN))
    if (!plain.ok) throw new Error('unreadable')
    expect(read.value.toolpath.points).toEqual(plain.value.toolpath.points)
    expect(read.value.toolpath.volumeMm3).toEqual(plain.value.toolpath.volumeMm3)
    const found = read.value.toolpath.events
    const { flavour } = dialectOf(dialect)
    expect(read.value.metadata.flavor).toBe(flavour)
    const advance = found.find(({ kind }) => kind === 'pressure-advance')
    expect(advance).toEqual(dialect === 'smoothie' ? undefined : { kind: 'pressure-advance', atMove: 0, advanceS: 0.04 })
    const acceleration = found.find(({ kind }) => kind === 'acceleration')
    expect(acceleration).toMatchObject({ printMmPerS2: 800 })
    expect(found.filter(({ kind }) => kind === 'pause' || kind === 'colour-change')).toHaveLength(2)
  })

  it('lets templates take the place of its own pause and colour change', () => {
    const gcode = text(writeGcode(everything(), { ...PLAIN, pauseLines: ['PARK'], colourChangeLines: ['SWAP'] }))
    expect(gcode).toContain(';PAUSE\nPARK\n')
    expect(gcode).toContain(';COLOR_CHANGE\nSWAP\n')
    expect(gcode).not.toMatch(/^M0$|^M600$/m)
  })
})
