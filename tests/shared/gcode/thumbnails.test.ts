import { decode } from 'fast-png'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeJpeg } from '../../../shared/gcode/encode-jpeg'
import { encodeQoi } from '../../../shared/gcode/encode-qoi'
import { parseGcode } from '../../../shared/gcode/parse-gcode'
import { renderGcodeThumbnails } from '../../../shared/gcode/render-thumbnail'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { makePrint } from '../../../shared/machine/make-print'
import type { MachineProfile } from '../../../shared/machine/profile'
import { thumbnailSpecs } from '../../../shared/machine/thumbnail-specs'
import { validateProfile } from '../../../shared/machine/validate-profile'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import { boxMesh, placed } from '../slicing/solids'
import { readJpeg, readQoi } from './read-pictures'

/** Pictures with runs, small steps and noise: every way that QOI writes a pixel. */
const pictures = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30 }), fc.infiniteStream(fc.tuple(fc.constantFrom('same', 'near', 'again', 'any'), fc.integer({ min: 0, max: 0x7fffffff })))).map(([width, height, stream]) => {
  const data = new Uint8Array(4 * width * height)
  for (let p = 0; p < data.length; p += 4) {
    const [how, number] = stream.next().value as [string, number]
    const before = p === 0 ? [0, 0, 0, 255] : Array.from(data.slice(p - 4, p))
    const step = (byte: number) => ((number >> (8 * byte)) & 15) - 8
    if (how === 'same') data.set(before, p)
    else if (how === 'near') data.set([before[0]! + step(0), before[1]! + step(1), before[2]! + step(2), before[3]!], p)
    else if (how === 'again' && p > 40) data.set(data.slice(p - 40, p - 36), p)
    else data.set([number & 255, (number >> 8) & 255, (number >> 16) & 255, number % 3 === 0 ? 255 : number >> 23], p)
  }
  return { width, height, data }
})

describe('QOI pictures', () => {
  it('give every pixel back', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        expect(readQoi(encodeQoi(picture))).toEqual(picture)
      }),
      { numRuns: 200, seed: 7 },
    )
  })

  it('write what the specification says for a known picture', () => {
    // Black opaque is where the format begins (a run), then one red pixel by difference of 255 (-1), then transparent black from the index.
    const data = Uint8Array.from([0, 0, 0, 255, 0, 0, 0, 255, 255, 0, 0, 255, 0, 0, 0, 0])
    expect([...encodeQoi({ width: 4, height: 1, data })].slice(14)).toEqual([0xc1, 0x5a, 0x00, 0, 0, 0, 0, 0, 0, 0, 1])
  })
})

describe('JPEG pictures', () => {
  it.each([[8, 8], [31, 17], [64, 40]])('of %i × %i look as they did, over a dark ground', (width, height) => {
    const data = Uint8Array.from({ length: 4 * width * height }, (_, i) => {
      const [x, y] = [Math.floor(i / 4) % width, Math.floor(i / 4 / width)]
      return [128 + 100 * Math.sin(x / 9), 128 + 90 * Math.cos(y / 7), (x * 4 + y * 2) & 255 && 60 + x, x < width / 2 ? 255 : 0][i % 4]!
    })
    const back = readJpeg(encodeJpeg({ width, height, data }))
    expect([back.width, back.height]).toEqual([width, height])
    let error = 0
    for (let p = 0; p < data.length; p += 4) for (let c = 0; c < 3; c++) error += (back.data[p + c]! - (data[p + 3] === 255 ? data[p + c]! : 40)) ** 2
    expect(Math.sqrt(error / ((data.length / 4) * 3))).toBeLessThan(9)
  })
})

describe('thumbnails of a machine', () => {
  const objects = [placed(boxMesh([0, 0, 0], [20, 20, 6]))]
  const machineOf = (id: string) => BUILTIN_MACHINES.find((machine) => machine.id === id)!

  it.each(['prusa-mk3s', 'generic-klipper', 'generic-marlin'])('stand in the G-code of %s in its sizes and formats, and show the part', async (id) => {
    const machine = BUILTIN_MACHINES.find((one) => one.id === id) ?? { ...machineOf('generic-marlin'), firmware: 'klipper' as const }
    const specs = thumbnailSpecs(machine)
    const made = await makePrint({ objects, machine, material: BUILTIN_MATERIALS[0]!, quality: BUILTIN_QUALITIES[1]!, overrides: {}, title: 'box', thumbnails: renderGcodeThumbnails(objects, specs) }, createLocalSlicePool())
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    const parsed = parseGcode(made.value.gcode)
    if (!parsed.ok) throw new Error('unreadable')
    const { thumbnails } = parsed.value.metadata
    expect(thumbnails.map(({ width, height, format }) => ({ width, height, format }))).toEqual(specs)
    for (const { format, bytes, width, height } of thumbnails) {
      const picture = format === 'qoi' ? readQoi(bytes) : decode(bytes)
      expect([picture.width, picture.height]).toEqual([width, height])
      const covered = Array.from({ length: width * height }, (_, i) => picture.data[4 * i + 3]!).filter((alpha) => alpha > 0).length / (width * height)
      expect(covered).toBeGreaterThan(0.1)
      expect(covered).toBeLessThan(0.95)
    }
  }, 60_000)

  it('are those of its profile, which is checked', () => {
    const thumbnails = [{ width: 200, height: 120, format: 'jpg' as const }]
    const own: MachineProfile = { ...machineOf('generic-marlin'), thumbnails }
    expect(thumbnailSpecs(own)).toEqual(thumbnails)
    expect(validateProfile({ kind: 'machine', profile: own }).ok).toBe(true)
    const [picture] = renderGcodeThumbnails(objects, thumbnails)
    expect(readJpeg(picture!.bytes)).toMatchObject({ width: 200, height: 120 })
    const wrong = validateProfile({ kind: 'machine', profile: { ...own, thumbnails: [{ width: 4, height: 9000, format: 'gif' }] } })
    expect(wrong.problems.map(({ code, place }) => `${code} ${place?.['key']}`)).toEqual(['profile/out-of-range profile.thumbnails[0].width', 'profile/out-of-range profile.thumbnails[0].height', 'profile/bad-choice profile.thumbnails[0].format'])
  })
})
