import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../../../shared/gcode/byte-writer'
import { writeGcode } from '../../../shared/gcode/write-gcode'
import { createToolpathBuilder } from '../../../shared/toolpath/toolpath-builder'
import { ROLE } from '../../../shared/toolpath/toolpath'
import { PLAIN, someToolpath, squareTower, text } from './toolpaths'

const commands = (gcode: string) => gcode.split('\n').filter((line) => line !== '' && !line.startsWith(';'))

describe('numbers', () => {
  it('are written shortest, with the decimals they have', () => {
    const writer = new ByteWriter(8)
    for (const [scaled, decimals] of [[0, 3], [1, 3], [-1, 3], [12_300, 3], [10_050, 3], [-250_000, 3], [123_456_789_012, 5]] as const) {
      writer.reserve(32)
      writer.fixed(scaled, decimals)
      writer.byte(32)
    }
    expect(text(writer.finish())).toBe('0 0.001 -0.001 12.3 10.05 -250 1234567.89012 ')
  })

  it('read back as the same value', () => {
    fc.assert(fc.property(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), fc.constantFrom(0, 1, 2, 3, 4, 5), (scaled, decimals) => {
      const writer = new ByteWriter()
      writer.fixed(scaled, decimals)
      expect(Math.round(Number(text(writer.finish())) * 10 ** decimals)).toBe(scaled)
    }))
  })

  it('and text beside them is UTF-8', () => {
    const writer = new ByteWriter(1)
    writer.text('공방 é 𝄞')
    expect(text(writer.finish())).toBe('공방 é 𝄞')
  })
})

describe('the G-code of a toolpath', () => {
  it('is the golden file', async () => {
    await expect(text(writeGcode(squareTower(), PLAIN))).toMatchFileSnapshot('../../golden/square-tower.gcode')
  })

  it('with relative extrusion is the golden file', async () => {
    await expect(text(writeGcode(squareTower(), { ...PLAIN, relativeExtrusion: true }))).toMatchFileSnapshot('../../golden/square-tower-relative.gcode')
  })

  it('heats before the start lines when they don’t, and waits', () => {
    const lines = commands(text(writeGcode(squareTower(), PLAIN)))
    expect(lines.slice(0, 5)).toEqual(['M140 S60', 'M104 S210', 'M190 S60', 'M109 S210', 'G28'])
  })

  it('leaves heating to start lines that do it themselves', () => {
    const gcode = text(writeGcode(squareTower(), { ...PLAIN, startLines: ['M190 S55', 'G28', 'M109 S200'] }))
    expect(commands(gcode).filter((line) => /^M1(09|90|40)/.test(line))).toEqual(['M190 S55', 'M109 S200', 'M140 S0'])
  })

  it('ends with heaters and fan off, once', () => {
    const after = (endLines: string[]) => commands(text(writeGcode(squareTower(), { ...PLAIN, endLines }))).slice(-5)
    expect(after(['M84'])).toEqual(expect.arrayContaining(['M104 S0', 'M140 S0', 'M107']))
    const full = text(writeGcode(squareTower(), { ...PLAIN, endLines: ['M104 S0 T0', 'M140 S0', 'M106 S0', 'M84'] }))
    expect(full.match(/M104 S0/g)).toHaveLength(1)
    expect(full.match(/M140 S0/g)).toHaveLength(1)
  })

  it('says a feed only when it changes', () => {
    const lines = commands(text(writeGcode(squareTower(), PLAIN))).filter((line) => /^G[01] /.test(line))
    let feed = ''
    for (const line of lines) {
      const [, now] = / F(\d+)/.exec(line) ?? []
      if (now === undefined) continue
      expect(now).not.toBe(feed)
      feed = now
    }
    expect(feed).not.toBe('')
  })

  it('has no command over 90 characters', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 300 }), fc.boolean(), (numbers, relativeExtrusion) => {
      for (const line of commands(text(writeGcode(someToolpath(numbers), { ...PLAIN, relativeExtrusion })))) expect(line.length).toBeLessThanOrEqual(90)
    }))
  })

  it('never lets E drift: relative steps sum to what the toolpath holds', () => {
    const builder = createToolpathBuilder()
    builder.useLine({ role: ROLE.infill, widthMm: 0.4, mm3PerMm: 0.0777777, feedMmPerS: 50 })
    for (let i = 1; i <= 20_000; i++) builder.extrudeTo(i % 2, i * 0.001, 0.2)
    const toolpath = builder.finish()
    const area = (Math.PI * 1.75 ** 2) / 4
    const expected = toolpath.volumeMm3.reduce((sum, volume) => sum + volume, 0) / area
    const sum = commands(text(writeGcode(toolpath, { ...PLAIN, relativeExtrusion: true }))).reduce((total, line) => total + Number(/ E(-?[\d.]+)/.exec(line)?.[1] ?? 0), 0)
    expect(sum).toBeCloseTo(expected, 3)
  })

  it('carries pictures, time, filament and settings where viewers look for them', () => {
    const gcode = text(writeGcode(squareTower(), {
      ...PLAIN,
      title: '공방\n컵',
      thumbnails: [{ width: 16, height: 16, bytes: Uint8Array.from({ length: 200 }, (_, i) => i) }],
      estimate: { timeS: 3725.4, filamentMm: 1234.5, filamentCm3: 2.969, massG: 3.68, layerEndS: Float64Array.of(1800, 3725.4) },
      settings: { layerHeightMm: 0.2, seam: 'aligned' },
    }))
    expect(gcode).toContain(';TIME:3725\n')
    expect(gcode).toContain(';Title: 공방 컵\n')
    expect(gcode).toMatch(/; thumbnail begin 16x16 268\n(; .{1,78}\n){4}; thumbnail end\n/)
    expect(gcode).toContain('M73 P0 R63\n')
    expect(gcode).toContain('M73 P48 R33\n')
    expect(gcode).toContain('M73 P100 R0\n')
    expect(gcode).toContain('; estimated printing time (normal mode) = 1h 2m 5s\n')
    expect(gcode).toContain('; layerHeightMm = 0.2\n; seam = aligned\n')
  })
})
