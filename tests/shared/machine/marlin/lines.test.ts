import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberedLine } from '../../../../shared/machine/marlin/checksum'
import { checkTypedCommand, cleanCommand, expectedWaitS, indexJobLines, MAX_BODY_LENGTH } from '../../../../shared/machine/marlin/job-lines'
import { LineSplitter } from '../../../../shared/machine/marlin/line-splitter'
import { applyLine, UNKNOWN_MODAL, type ModalState } from '../../../../shared/machine/marlin/modal-state'
import { parkLines, resumeLines, stopLines } from '../../../../shared/machine/marlin/park'
import { parseReceived } from '../../../../shared/machine/marlin/received-line'
import { parseTemperatures } from '../../../../shared/machine/marlin/temperatures'
import { linesOf, PARK } from './bench'

const encode = (text: string) => new TextEncoder().encode(text)
const codesOf = (text: string) => {
  const result = indexJobLines(encode(text))
  return result.ok ? [] : result.problems.map(({ code }) => code)
}

describe('lines that are sent', () => {
  it('carry number and checksum', () => {
    expect(numberedLine(3, 'T0')).toBe('N3 T0*57\n')
    expect(numberedLine(1, 'M105')).toBe('N1 M105*38\n')
  })

  it('come from the file without comments, blanks and what the host does itself', () => {
    const lines = linesOf('; head\n\nN7 g1  x1.5   y2 ; note\nM105\nM110 N5\nM155 S1\nG1 E-2 (pull) F1800*99\nM117 Hello; World\nT0\n')
    expect(Array.from({ length: lines.count }, (_, i) => lines.text(i))).toEqual(['G1 X1.5 Y2', 'G1 E-2 F1800', 'M117 Hello', 'T0'])
    expect(Array.from({ length: lines.count }, (_, i) => lines.fileLine(i))).toEqual([3, 7, 8, 9])
  })

  it('leave out of messages what no display shows, and cut them', () => {
    expect(cleanCommand('m117 Schicht 3 Ø 5*')).toBe('M117 Schicht 3  5')
    expect(cleanCommand(`M117 ${'x'.repeat(200)}`)).toHaveLength(MAX_BODY_LENGTH)
    expect(cleanCommand('M117 see M110 N0')).not.toContain('M110')
  })

  it('are refused where they would stop the machine, write its card or can not be read', () => {
    expect(codesOf('G28\nM112\n')).toEqual(['job/forbidden-command'])
    expect(codesOf('M28 x.gco\n')).toEqual(['job/forbidden-command'])
    expect(codesOf('START_PRINT\n')).toEqual(['job/unreadable-line'])
    expect(codesOf('; nothing\n')).toEqual(['job/nothing-to-send'])
  })

  it('are macros only where the firmware has them, with the case of their values', () => {
    const result = indexJobLines(encode('START_PRINT BED=60 MATERIAL=Pla ; go\nG1 X5\n'), { takesMacros: true })
    expect(result.ok && result.value.count).toBe(2)
    expect(cleanCommand('START_PRINT BED=60 MATERIAL=Pla ; go')).toBe('START_PRINT BED=60 MATERIAL=Pla')
  })

  it('never hold a newline, a comment or a star, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('G1 X1', 'M117 ', 'T1', ';', '*', '\n', '\r', ' ', '(', ')', 'N5 ', 'é'), fc.string()), { maxLength: 40 }), (parts) => {
        const result = indexJobLines(encode(parts.join('')))
        if (!result.ok) return
        const lines = linesOf(parts.join(''))
        for (let i = 0; i < lines.count; i++) expect(lines.text(i)).not.toMatch(/[\n\r;*]/)
      }),
      { numRuns: 300, seed: 5 },
    )
  })

  it('are known for how long they may take', () => {
    expect(expectedWaitS('G1 X5')).toBe(0)
    expect(expectedWaitS('G4 P2500')).toBe(2.5)
    expect(expectedWaitS('G4 S3')).toBe(3)
    expect(expectedWaitS('M109 S200')).toBeGreaterThan(600)
    expect(expectedWaitS('G28')).toBeGreaterThan(60)
  })
})

describe('typed commands', () => {
  it('are cleaned, or refused with the reason', () => {
    expect(checkTypedCommand('  g28   x ; home')).toMatchObject({ ok: true, value: 'G28 X' })
    for (const line of ['', '; only a comment', 'M110 N0', 'M28 a.gco', `G1 ${'X1 '.repeat(60)}`, 'G1 X5 é']) {
      expect(checkTypedCommand(line)).toMatchObject({ ok: false, problems: [{ code: 'machine/line-refused' }] })
    }
  })
})

describe('what is received', () => {
  it('is cut into lines wherever the chunks end', () => {
    const bytes = encode('ok\nT:1\r\nwait\nrest')
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 8 }), (cuts) => {
        const splitter = new LineSplitter()
        const lines: string[] = []
        const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
        for (let i = 1; i < at.length; i++) splitter.push(bytes.subarray(at[i - 1], at[i]), (line) => lines.push(line))
        expect(lines).toEqual(['ok', 'T:1\r', 'wait'])
      }),
      { seed: 3 },
    )
  })

  it('is cut when no line ends for 4 KiB, and noise is counted', () => {
    const splitter = new LineSplitter()
    const lines: string[] = []
    splitter.push(new Uint8Array(5000).fill(0xff), (line) => lines.push(line))
    expect(lines).toHaveLength(1)
    expect(splitter).toMatchObject({ total: 5000, unprintable: 5000 })
  })

  it('never shows a figure of a heat line that was cut, at any place', () => {
    const whole = 'ok T:200.00 /215.00 B:60.50 /65.00 T0:200.00 /215.00 @:127 B@:30'
    for (let length = 0; length < whole.length; length++) {
      const heat = parseTemperatures(whole.slice(0, length))
      // A cut behind the point may cost digits behind it, never those before.
      const near = (is: number | undefined, of: number) => is === undefined || Math.abs(is - of) < 1
      expect([length, near(heat?.hotends[0]?.currentC, 200), near(heat?.hotends[0]?.targetC, 215), near(heat?.bed?.targetC, 65)]).toEqual([length, true, true, true])
    }
  })

  it('takes T: for the active tool only where no T0: stands', () => {
    expect(parseTemperatures('T:19.38 /0.00 B:19.38 /0.00 T0:64.02 /0.00 T1:19.38 /5.00')?.hotends).toEqual([{ currentC: 64.02, targetC: 0 }, { currentC: 19.38, targetC: 5 }])
    expect(parseTemperatures('T:20 /0 B:21 /0')).toEqual({ hotends: [{ currentC: 20, targetC: 0 }], bed: { currentC: 21, targetC: 0 }, isActiveTool: true })
    expect(parseTemperatures('T:-273.00 /0.00')).toBeUndefined()
  })

  it.each(['o', 'okay', 'Resent', 'X:1.00 Y:', 'Cap:', 'echo:something start'])('takes %j for nothing but a note', (line) => {
    expect(parseReceived(line)).toEqual({ kind: 'note', text: line })
  })

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (line) => void expect(parseReceived(line).kind).toBeTruthy()), { numRuns: 200, seed: 2 })
  })
})

describe('modal state', () => {
  const after = (...lines: string[]): ModalState => lines.reduce((state, line) => applyLine(state, line), UNKNOWN_MODAL)

  it('follows absolute and relative moves, and G92', () => {
    expect(after('G90', 'G1 X10 Y5 Z1 E2 F1200', 'G91', 'G1 X-3 E1', 'G90')).toMatchObject({ x: 7, y: 5, z: 1, e: 3, isRelative: false, isRelativeE: false, feedMmPerMin: 1200 })
    expect(after('G1 E5', 'M83', 'G1 E2', 'G92 E0', 'G1 E1.5')).toMatchObject({ e: 1.5, isRelativeE: true })
    expect(after('G20', 'G1 X1 F10')).toMatchObject({ x: 25.4, feedMmPerMin: 254, isInches: true })
  })

  it('does not know where homing ends, nor a relative move from nowhere', () => {
    expect(after('G1 X5 Y5', 'G28 X')).toMatchObject({ x: undefined, y: 5, isHomed: false })
    expect(after('G28')).toMatchObject({ x: undefined, isHomed: true })
    expect(after('G91', 'G1 X5')).toMatchObject({ x: undefined })
    expect(after('G28', 'M84 E')).toMatchObject({ isHomed: true })
    expect(after('G28', 'M84')).toMatchObject({ isHomed: false })
  })

  it('follows heat and fan', () => {
    expect(after('M104 S200', 'M190 R60', 'M106 S99', 'M106 P1 S5')).toMatchObject({ hotendC: 200, bedC: 60, fan: 99 })
    expect(after('M106', 'M107', 'T1', 'M104 T0 S5')).toMatchObject({ fan: 0, tool: 1, hotendC: 0 })
  })
})

describe('parking', () => {
  const at: ModalState = { ...UNKNOWN_MODAL, x: 50, y: 60, z: 198, e: 12.5, isHomed: true, hotendC: 200, bedC: 60, fan: 128, feedMmPerMin: 1500, isRelativeE: true }

  it('lifts no higher than the machine is', () => {
    expect(parkLines(at, PARK, 200)).toEqual(['M83', 'G1 E-2 F2400', 'G90', 'G1 Z200 F600', 'G1 X0 Y180 F6000', 'M400'])
    expect(stopLines(at, PARK)).toContain('G1 Z200 F600')
  })

  it('moves nothing while the place is not known, and pulls nothing back cold', () => {
    expect(parkLines({ ...at, isHomed: false }, PARK, 200)).toEqual([])
    expect(parkLines({ ...at, z: undefined }, PARK, 200)).toEqual([])
    expect(parkLines(at, PARK, 25)).not.toContain('M83')
    expect(stopLines({ ...at, isHomed: false }, PARK)).toEqual(['M104 S0', 'M140 S0', 'M107', 'M84'])
  })

  it('comes back over the place before it goes down, and leaves all as it was', () => {
    expect(resumeLines(at, { park: PARK, isParked: true, isRetracted: true })).toEqual([
      'M190 S60', 'M109 S200', 'G90', 'G1 X50 Y60 F6000', 'G1 Z198 F600', 'M83', 'G1 E2 F2400', 'G92 E12.5', 'G90', 'M83', 'G1 F1500', 'M106 S128',
    ])
  })
})
