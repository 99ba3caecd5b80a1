import { describe, expect, it } from 'vitest'
import { checkGcode, type GcodeCheckOptions } from '../../../shared/gcode/check-gcode'
import { writeGcode } from '../../../shared/gcode/write-gcode'
import { bytes, PLAIN, squareTower } from './toolpaths'

const MACHINE: GcodeCheckOptions = { firmware: 'marlin', volume: { min: [0, 0, 0], max: [220, 220, 250], shape: 'rectangle' }, maxHotendC: 260, maxBedC: 110 }
const found = (content: string | Uint8Array, options = MACHINE) => checkGcode(typeof content === 'string' ? bytes(content) : content, options).problems.map((problem) => [problem.code, problem.place?.['line'] ?? '', problem.severity])
const HOT = 'M109 S200\nM83\n'

describe('the check before a job', () => {
  it('takes what our writer writes', () => {
    expect(found(writeGcode(squareTower(), PLAIN))).toEqual([])
    expect(checkGcode(writeGcode(squareTower(), PLAIN), MACHINE)).toMatchObject({ ok: true, value: { toolpath: { layers: [{}, {}] } } })
  })

  it('refuses bytes that are no text, at their line', () => {
    expect(found('G28\nG1 X1\0')).toEqual([['gcode/binary', 2, 'error']])
    expect(found('G28\nG1 X\u{7f}1 E1\nM104 S0')).toContainEqual(['gcode/not-ascii', 2, 'error'])
    expect(found(`${HOT}G1 X1 E1 ; 안녕\nM104 S0`)).toEqual([])
    expect(found(`${HOT}M117 안녕\nG1 X1 E1\nM104 S0`)).toEqual([['gcode/not-ascii', 3, 'warning']])
  })

  it('refuses lines that firmware would cut, line number and checksum counted, comment not', () => {
    const long = `G1 X1${' '.repeat(84)}E1`
    expect(long.length).toBe(91)
    expect(found(`${HOT}${long}\nM104 S0`)).toContainEqual(['gcode/line-too-long', 3, 'error'])
    expect(found(`${HOT}G1 X1 E1 ;${'x'.repeat(300)}\nM104 S0`)).toEqual([])
  })

  it('refuses files for another firmware', () => {
    expect(found(`;FLAVOR:Griffin\n${HOT}G1 X1 E1\nM104 S0`)).toEqual([['gcode/other-firmware', 1, 'error']])
    expect(found(`; gcode_flavor = klipper\n${HOT}G1 X1 E1\nM104 S0`)).toEqual([['gcode/other-firmware', 1, 'error']])
    expect(found(`; gcode_flavor = klipper\n${HOT}G1 X1 E1\nM104 S0`, { ...MACHINE, firmware: 'klipper' })).toEqual([])
    expect(found(`; gcode_flavor = marlin2\n${HOT}G1 X1 E1\nM104 S0`)).toEqual([])
  })

  it('refuses words that no Marlin knows, at their first line', () => {
    expect(found(`START_PRINT BED=60\n${HOT}G1 X1 E1\nSTART_PRINT\nEND_PRINT\nM104 S0`)).toEqual([['gcode/unknown-command', 1, 'error'], ['gcode/unknown-command', 6, 'error']])
  })

  it('refuses moves outside the volume, at their lines', () => {
    expect(found(`${HOT}G1 X230 E1\nG1 X10 E1\nG1 Y-9 E1\nM104 S0`)).toEqual([['gcode/outside-volume', 3, 'error'], ['gcode/outside-volume', 5, 'error']])
    expect(found(`${HOT}G1 X-0.2 E1\nM104 S0`)).toEqual([])
  })

  it('measures a round bed as round', () => {
    const delta: GcodeCheckOptions = { ...MACHINE, volume: { min: [-90, -90, 0], max: [90, 90, 300], shape: 'circle' } }
    expect(found(`${HOT}G1 X60 Y60 E1\nG1 X80 Y80 E1\nM104 S0`, delta)).toEqual([['gcode/outside-volume', 4, 'error']])
  })

  it('refuses more heat than the machine takes', () => {
    expect(found('M109 S290\nM83\nG1 X1 E1\nM104 S0').map(([code]) => code)).toEqual(['gcode/too-hot'])
  })

  it('warns of files that extrude nothing, extrude cold, or stay hot', () => {
    expect(found('G28\nG1 X1')).toEqual([['gcode/no-extrusion', '', 'warning']])
    expect(found('G28\nM83\nG1 X1 E1')).toEqual([['gcode/cold-extrusion', '', 'warning']])
    expect(found(`${HOT}G1 X1 E1`)).toEqual([['gcode/heaters-stay-on', '', 'warning']])
  })
})
