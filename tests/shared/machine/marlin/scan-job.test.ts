import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planJob } from '../../../../electron/services/jobs/job-plan'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'
import { FileLines, wholeLines, type LineTimes } from '../../../../shared/machine/marlin/file-lines'
import { indexJobLines, jobLines } from '../../../../shared/machine/marlin/job-lines'
import { ResumeReader } from '../../../../shared/machine/marlin/resume-job'
import { JobScan, PLACE_LINES, TIMED_LINES, type ScanOptions } from '../../../../shared/machine/marlin/scan-job'
import { machineVolume } from '../../../../shared/machine/machine-volume'
import { longPrint } from './small-print'

const PROFILE = BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!
const OPTIONS: ScanOptions = {
  check: { firmware: 'marlin', volume: machineVolume(PROFILE), maxHotendC: PROFILE.maxHotendC, maxBedC: PROFILE.maxBedC, filamentDiameterMm: 1.75 },
  motion: PROFILE.motion, filamentDiameterMm: 1.75, takesMacros: false,
}
const NO_TIMES: LineTimes = { totalS: 0, endS: () => 0, mostS: () => 0 }
const bytesOf = (text: string) => new TextEncoder().encode(text)
const sourceOf = (bytes: Uint8Array) => ({ size: bytes.length, read: (offset: number, length: number) => bytes.slice(offset, offset + length) })

/** Scans in pieces of about so many bytes. */
function scanned(bytes: Uint8Array, pieceBytes: number) {
  const scan = new JobScan(OPTIONS)
  const problems = []
  for (let offset = 0; offset < bytes.length; ) {
    const raw = bytes.subarray(offset, offset + pieceBytes)
    const piece = offset + raw.length >= bytes.length ? raw : raw.subarray(0, wholeLines(raw))
    problems.push(...scan.push(piece))
    offset += piece.length
  }
  return { outline: scan.finish(), problems }
}

describe('a file that is scanned in pieces', () => {
  it.each([500, 4000, 1 << 20])('is outlined as the whole is planned, in pieces of %d bytes', (pieceBytes) => {
    const bytes = bytesOf(longPrint(6, 60))
    const { outline, problems } = scanned(bytes, pieceBytes)
    const plan = planJob(bytes, PROFILE)
    if (!plan.ok) throw new Error(plan.problems[0]?.message)
    expect(problems).toEqual([])
    expect(outline.lineCount).toBe(plan.value.lineCount)
    expect(outline.sendCount).toBe(plan.value.index.count)
    expect([...outline.layerLines]).toEqual([...plan.value.layerLines])
    expect(outline.timesS).toHaveLength(Math.ceil(outline.lineCount / TIMED_LINES))
    // The machine stands at the end of each piece.
    expect(outline.timesS.at(-1)! - plan.value.totalS).toBeGreaterThanOrEqual(-0.01)
    expect(outline.timesS.at(-1)! - plan.value.totalS).toBeLessThan(0.3 * Math.ceil(bytes.length / pieceBytes))
    for (let k = 0; k < outline.placeLines.length; k++) expect(outline.placeLines[k]).toBe(plan.value.index.lines[k * PLACE_LINES])
    for (let k = 0; k < outline.placeLines.length; k++) expect(outline.placeBytes[k]).toBe(plan.value.index.starts[k * PLACE_LINES])
  })

  it('tells of a bad line with its number in the file', () => {
    const text = longPrint(4, 40)
    const bad = `${text}G1 X900 F3000\nM112\n`
    const line = text.split('\n').length
    const { problems } = scanned(bytesOf(bad), 700)
    expect(problems.map(({ code, place }) => [code, place?.['line'] ?? place?.['lineNumber']])).toEqual([['gcode/outside-volume', line], ['job/forbidden-command', line + 1]])
  })

  it('carries inches, relative moves and offsets over from piece to piece', () => {
    const lines = ['G28', 'G20', 'G91', ...Array.from({ length: 200 }, () => 'G1 X0.01 Y0.01 F100'), 'G90', 'G92 X0 Y0', ...Array.from({ length: 50 }, (_, i) => `G1 X${i * 0.01}`)]
    const bytes = bytesOf(`${lines.join('\n')}\n`)
    const whole = scanned(bytes, 1 << 20)
    const pieces = scanned(bytes, 300)
    expect(pieces.problems).toEqual([])
    // It stands at the end of every twelfth line.
    const ratio = pieces.outline.timesS.at(-1)! / whole.outline.timesS.at(-1)!
    expect(ratio).toBeGreaterThan(0.99)
    expect(ratio).toBeLessThan(1.3)
    // 25.4 mm times 0.01 times 200 is 50.8 mm: twelve times as much leaves the bed, seen from any piece.
    const far = scanned(bytesOf(`${[...lines.slice(0, 3), ...Array.from({ length: 2400 }, () => 'G1 X0.01 Y0.01 F100')].join('\n')}\n`), 300)
    expect(far.problems[0]).toMatchObject({ code: 'gcode/outside-volume' })
  })

  it('marks states from which a job goes on as if it were read from its first line', () => {
    const bytes = bytesOf(longPrint(60, 200))
    const { outline } = scanned(bytes, 50_000)
    const index = indexJobLines(bytes)
    if (!index.ok) throw new Error('no index')
    const lines = jobLines(bytes, index.value)
    expect(outline.marks.length).toBeGreaterThan(1)
    const mark = outline.marks.at(-1)!
    const [fresh, taken] = [new ResumeReader(lines), new ResumeReader(lines, mark)]
    const target = mark.read + 77
    fresh.readTo(target)
    taken.readTo(target)
    expect(taken.mark()).toEqual(fresh.mark())
    expect(taken.point()).toEqual(fresh.point())
  })
})

describe('lines that are read from the file', () => {
  const word = fc.constantFrom('G1 X1.5 Y2 E0.1', 'g0 x3   y4', '; a comment', '', 'M117 Hello World', 'G1 X1 ; note', 'N12 G1 X2*99', '  G1  Y9  ', 'M105', `G1 X1 ;${'long '.repeat(60)}`, 'T0', 'G92 E0', 'M106 S255')
  const ends = fc.constantFrom('\n', '\r\n')
  const text = fc.tuple(fc.array(word, { minLength: 1, maxLength: 3000 }), ends).map(([lines, end]) => ['G28', ...lines].join(end))

  it('are those of the whole, wherever they are asked for', () => {
    fc.assert(fc.property(text, fc.array(fc.nat(), { maxLength: 20 }), fc.boolean(), (content, asked, isAdopted) => {
      const bytes = bytesOf(content)
      const index = indexJobLines(bytes)
      if (!index.ok) return
      const whole = jobLines(bytes, index.value)
      const lines = new FileLines(sourceOf(bytes), NO_TIMES, false)
      if (isAdopted) lines.adopt(scanned(bytes, 5000).outline)
      for (const at of [...asked.map((n) => n % whole.count), 0, whole.count - 1]) {
        expect(lines.text(at)).toBe(whole.text(at))
        expect(lines.fileLine(at)).toBe(whole.fileLine(at))
        expect(lines.count).toBeGreaterThan(at)
      }
      expect(lines.count).toBe(whole.count)
    }), { numRuns: 60 })
  }, 60_000)

  it('are counted ahead of what was asked for, and known in the end', () => {
    const bytes = bytesOf(longPrint(200, 200))
    const lines = new FileLines(sourceOf(bytes), NO_TIMES, false)
    let sent = 0
    while (sent < lines.count) lines.text(sent++)
    const index = indexJobLines(bytes)
    expect(index.ok && index.value.count).toBe(sent)
  })

  it('leave out what has no place in a job', () => {
    const lines = new FileLines(sourceOf(bytesOf('G28\nM112\nG1 X1\n')), NO_TIMES, false)
    expect([lines.count, lines.text(0), lines.text(1)]).toEqual([2, 'G28', 'G1 X1'])
  })
})
