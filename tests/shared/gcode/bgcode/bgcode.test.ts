import { strFromU8, strToU8, zlibSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bgcodeToText } from '../../../../shared/gcode/bgcode/read-bgcode'
import { decodeHeatshrink, encodeHeatshrink } from '../../../../shared/gcode/bgcode/heatshrink'
import { textToBgcode } from '../../../../shared/gcode/bgcode/text-to-bgcode'
import { unpackText } from '../../../../shared/gcode/meatpack'
import { crc32 } from '../../../../shared/gcode/crc32'
import { parseGcode } from '../../../../shared/gcode/parse-gcode'
import { renderGcodeThumbnails } from '../../../../shared/gcode/render-thumbnail'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../../shared/machine/builtin-qualities'
import { makePrint } from '../../../../shared/machine/make-print'
import { packText, PACKING_ON } from '../../../../shared/gcode/meatpack'
import { thumbnailSpecs } from '../../../../shared/machine/thumbnail-specs'
import { createLocalSlicePool } from '../../../../shared/slicing/pool/local-slice-pool'
import { boxMesh, placed } from '../../slicing/solids'

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const lines = fc.array(fc.oneof(fc.constantFrom('G1 X10.5 Y20 E0.1234', 'M104 S210', '; a comment', 'G92 E0', '', 'M117 Hello, World'), fc.string({ maxLength: 12, unit: 'binary-ascii' }).map((text) => text.replace(/[\r\n]/g, ' '))), { maxLength: 60 }).map((all) => all.map((line) => `${line}\n`).join(''))

describe('heatshrink', () => {
  it('gives any bytes back, in both sizes', () => {
    fc.assert(
      fc.property(fc.oneof(lines.map((text) => strToU8(text)), fc.uint8Array({ maxLength: 600 })), fc.constantFrom(11, 12), (bytes, windowBits) => {
        const sizes = { windowBits, lengthBits: 4 }
        expect(decodeHeatshrink(encodeHeatshrink(bytes, sizes), sizes, bytes.length)).toEqual(bytes)
      }),
      { numRuns: 200, seed: 4 },
    )
  })

  it('reads the bits of its description: a byte after a 1, distance and length after a 0', () => {
    // 1 'a', then back 1 (000 0000 0000) and 4 bytes (0011) of window 11.
    const bits = `1${(97).toString(2).padStart(8, '0')}0${'0'.repeat(11)}0011`.padEnd(32, '0')
    const bytes = Uint8Array.from({ length: 4 }, (_, i) => Number.parseInt(bits.slice(8 * i, 8 * i + 8), 2))
    expect(strFromU8(decodeHeatshrink(bytes, { windowBits: 11, lengthBits: 4 }, 5)!)).toBe('aaaaa')
    expect(decodeHeatshrink(Uint8Array.of(0, 0, 0), { windowBits: 11, lengthBits: 4 }, 5)).toBeUndefined()
  })

  it('makes G-code much smaller', () => {
    const text = strToU8(Array.from({ length: 500 }, (_, i) => `G1 X${100 + (i % 20)}.${i % 7} Y${50 + (i % 13)} E${(i / 50).toFixed(3)}\n`).join(''))
    expect(encodeHeatshrink(text, { windowBits: 12, lengthBits: 4 }).length).toBeLessThan(0.6 * text.length)
  })
})

describe('packed text', () => {
  it('is unpacked as firmware unpacks it', () => {
    fc.assert(
      fc.property(lines, (text) => {
        expect(strFromU8(unpackText(latin(PACKING_ON + packText(text))))).toBe(text)
      }),
      { numRuns: 200, seed: 9 },
    )
  })

  it('may leave spaces out, whose place an E takes', () => {
    // Low nibble first: G 1, X 1, E 2 (11 stands for E), newline.
    expect(strFromU8(unpackText(Uint8Array.of(0xff, 0xff, 0xfb, 0xff, 0xff, 0xf7, 0x1d, 0x1e, 0x2b, 0x0c)))).toBe('G1X1E2\n')
  })
})

async function made(): Promise<Uint8Array> {
  const machine = BUILTIN_MACHINES.find(({ id }) => id === 'prusa-mk3s')!
  const objects = [placed(boxMesh([0, 0, 0], [20, 20, 3]), [90, 90, 0])]
  const result = await makePrint({ objects, machine, material: BUILTIN_MATERIALS[0]!, quality: BUILTIN_QUALITIES[1]!, overrides: {}, title: 'box', thumbnails: renderGcodeThumbnails(objects, thumbnailSpecs(machine)) }, createLocalSlicePool())
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value.gcode
}

function parsed(bytes: Uint8Array) {
  const text = bgcodeToText(bytes)
  if (!text.ok) throw new Error(JSON.stringify(text.problems))
  const result = parseGcode(text.value)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

describe('binary G-code', () => {
  it('holds the moves, pictures and settings of its text, in less than half of the bytes', async () => {
    const text = await made()
    const binary = textToBgcode(text, { printer: { printer_model: 'MK3S' }, print: {} })
    const [before, after] = [parsed(text), parsed(binary)]
    expect(after.toolpath.points).toEqual(before.toolpath.points)
    expect(after.toolpath.volumeMm3).toEqual(before.toolpath.volumeMm3)
    expect(after.metadata.thumbnails).toEqual(before.metadata.thumbnails)
    expect(after.metadata.settings['layerHeightMm']).toBe(before.metadata.settings['layerHeightMm'])
    expect(binary.length).toBeLessThan(0.6 * text.length)
  }, 60_000)

  it('is read with deflated blocks and packed text, as other programs write it', () => {
    const gcode = 'G28\nG1 X10 Y10 E1 F1200\n'
    const block = (type: number, compression: number, [encoding, data, length]: readonly [number, Uint8Array, number]) => {
      const head = new Uint8Array(compression === 0 ? 10 : 14)
      const view = new DataView(head.buffer)
      view.setUint16(0, type, true)
      view.setUint16(2, compression, true)
      view.setUint32(4, length, true)
      if (compression !== 0) view.setUint32(8, data.length, true)
      view.setUint16(head.length - 2, encoding, true)
      const whole = Uint8Array.from([...head, ...data])
      const sum = new Uint8Array(4)
      new DataView(sum.buffer).setUint32(0, crc32(whole), true)
      return [...whole, ...sum]
    }
    const settings = strToU8('layer_height=0.2\n')
    const packed = latin(PACKING_ON + packText(gcode))
    const file = Uint8Array.from([0x47, 0x43, 0x44, 0x45, 1, 0, 0, 0, 1, 0, ...block(2, 1, [0, zlibSync(settings), settings.length]), ...block(1, 3, [1, encodeHeatshrink(packed, { windowBits: 12, lengthBits: 4 }), packed.length])])
    const text = bgcodeToText(file)
    expect(text.ok && strFromU8(text.value)).toBe(`${gcode}\n; layer_height = 0.2\n`)
  })

  it('says which block is damaged, wherever a byte is wrong or the file is cut', async () => {
    const binary = textToBgcode((await made()).slice(0, 40_000), { printer: {}, print: {} })
    fc.assert(
      fc.property(fc.integer({ min: 10, max: binary.length - 1 }), fc.boolean(), (at, isCut) => {
        const broken = isCut ? binary.slice(0, at) : binary.map((byte, i) => (i === at ? byte ^ 0x10 : byte))
        const result = bgcodeToText(broken)
        // A file that ends between two blocks is shorter, not damaged.
        expect(result.ok ? isCut : result.problems[0]!.code === 'gcode/bgcode-damaged').toBe(true)
      }),
      { numRuns: 150, seed: 2 },
    )
  }, 60_000)

  it('leaves text as it is, and refuses a form that is newer', () => {
    expect(bgcodeToText(strToU8('G28\n'))).toMatchObject({ ok: true, value: strToU8('G28\n') })
    expect(bgcodeToText(Uint8Array.of(0x47, 0x43, 0x44, 0x45, 9, 0, 0, 0, 1, 0))).toMatchObject({ ok: false, problems: [{ code: 'gcode/bgcode-newer' }] })
  })

  it('never throws, whatever follows its beginning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof bgcodeToText(Uint8Array.from([0x47, 0x43, 0x44, 0x45, 1, 0, 0, 0, 0, 0, ...bytes])).ok).toBe('boolean')
      }),
      { numRuns: 300, seed: 8 },
    )
  })
})
