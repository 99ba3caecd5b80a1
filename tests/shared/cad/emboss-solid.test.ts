import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../../build/bootstrap.mjs'
import { type Drawing, centredDrawing, drawingBox } from '../../../shared/cad/drawing'
import { type EmbossRequest, embossSolid, reliefMesh } from '../../../shared/cad/emboss-solid'
import { flattenCubic, flattenQuadratic } from '../../../shared/cad/flatten-curve'
import { type Solids, loadSolids, meshOfSolid } from '../../../shared/cad/solids'
import { textDrawing } from '../../../shared/cad/text-drawing'
import { type Clipper, loadClipper } from '../../../shared/geometry/clipper'
import { regionArea } from '../../../shared/geometry/measure-contour'
import { diagnoseMesh } from '../../../shared/mesh/diagnose-mesh'
import { IDENTITY, invertMatrix, multiplyMatrices, translation } from '../../../shared/mesh/matrix'
import { measureMesh } from '../../../shared/mesh/measure-mesh'
import type { Mat4, Mesh } from '../../../shared/mesh/mesh'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { transformMesh } from '../../../shared/mesh/transform-mesh'
import { boxTriangles, meshOf } from '../mesh/meshes'

const block = meshOf(boxTriangles([0, 0, 0], [60, 40, 10]))
const FONTS = 'node_modules/pretendard/dist/public'
const font = new Uint8Array(readFileSync(join(root, FONTS, 'static/Pretendard-Bold.otf')))
const rectangle = (x: number, y: number) => Float64Array.from([-x, -y, x, -y, x, y, -x, y])
const filled = (...contours: Float64Array[]): Drawing => ({ fills: [{ contours, rule: 'evenodd' }], strokes: [] })
const expectClosed = (mesh: Mesh) => expect(diagnoseMesh(mesh)).toMatchObject({ isWatertight: true, flippedTriangles: 0 })
const volume = (mesh: Mesh) => measureMesh(mesh).volumeMm3
const textOf = (text: string, sizeMm = 10) => {
  const made = textDrawing(font, text, sizeMm)
  if (!made.ok) throw new Error(made.problems[0]?.message)
  return made.value
}

describe('a relief', () => {
  let solids: Solids
  let clipper: Clipper
  beforeAll(async () => {
    solids = await loadSolids()
    clipper = await loadClipper()
  })
  const request = (change: Partial<EmbossRequest>): EmbossRequest => ({ name: 'part', mesh: block, placement: IDENTITY, drawing: filled(rectangle(5, 5)), frame: translation(30, 20, 10), depthMm: 1, isRaised: true, isFollowing: false, isOwnPart: false, ...change })
  const emboss = (change: Partial<EmbossRequest>) => {
    const made = embossSolid(solids, clipper, request(change))
    if (!made.ok) throw new Error(made.problems.map(({ message }) => message).join(' '))
    expectClosed(made.value.part!)
    return { mesh: made.value.part!, problems: made.problems }
  }

  it('raised adds its area times its depth, engraved takes it away; holes of the drawing stay holes', () => {
    const frame = filled(rectangle(10, 8), rectangle(6, 4))
    const area = 20 * 16 - 12 * 8
    expect(volume(emboss({ drawing: frame }).mesh)).toBeCloseTo(24_000 + area, 1)
    expect(meshBox(emboss({ drawing: frame }).mesh).max[2]).toBeCloseTo(11, 5)
    const engraved = emboss({ drawing: frame, isRaised: false, depthMm: 0.6 })
    expect(volume(engraved.mesh)).toBeCloseTo(24_000 - 0.6 * area, 1)
    expect(meshBox(engraved.mesh).max[2]).toBeCloseTo(10, 5)
    expect(engraved.problems).toEqual([])
  })

  it('of a text, Korean and Latin, has the volume of its letters', () => {
    const drawing = textOf('공방 Gongbang &%\n2026', 5)
    const area = regionArea(clipper.union(drawing.fills[0]!.contours))
    expect(area).toBeGreaterThan(50)
    const { mesh, problems } = emboss({ drawing, depthMm: 0.8 })
    expect(problems).toEqual([])
    expect(Math.abs(volume(mesh) - 24_000 - 0.8 * area)).toBeLessThan(0.002 * area)
    const engraved = emboss({ drawing, depthMm: 0.8, isRaised: false })
    expect(Math.abs(24_000 - volume(engraved.mesh) - 0.8 * area)).toBeLessThan(0.002 * area)
  })

  it('of lines has their width, with round ends', () => {
    const drawing: Drawing = { fills: [], strokes: [{ lines: [Float64Array.from([-10, 0, 10, 0])], widthMm: 2 }] }
    expect(volume(emboss({ drawing }).mesh)).toBeCloseTo(24_000 + 20 * 2 + Math.PI, 0)
  })

  it('comes out in the frame of a part that is turned, mirrored and scaled on the plate, in true size there', () => {
    const side: Mat4 = [0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1]
    fc.assert(
      fc.property(fc.constantFrom(1, -1, 2), fc.constantFrom(1, 0.5, 3), fc.boolean(), (sx, sz, isRaised) => {
        const placement: Mat4 = [0, 2, 0, 0, sx, 0, 0, 0, 0, 0, sz, 0, 100, 50, 0, 1]
        const box = meshBox(block, placement)
        const frame = multiplyMatrices(translation(box.max[0], (box.min[1] + box.max[1]) / 2, (box.min[2] + box.max[2]) / 2), side)
        const { mesh } = emboss({ placement, frame, isRaised, drawing: filled(rectangle(5, 2)), depthMm: 1.5 })
        const placed = transformMesh(mesh, placement)
        const whole = 24_000 * 2 * Math.abs(sx) * sz
        expect(Math.abs(volume(placed) - whole - (isRaised ? 1 : -1) * 40 * 1.5)).toBeLessThan(whole * 1e-5)
      }),
      { numRuns: 24, seed: 4 },
    )
  })

  it('that follows a cylinder has the same depth everywhere along the look of it', () => {
    const cylinder = meshOfSolid(solids.Manifold.cylinder(40, 20, 20, 256).rotate(0, 90, 0))
    const drawing = filled(rectangle(10, 12))
    const frame = translation(20, 0, 20)
    const before = volume(cylinder)
    const raised = emboss({ mesh: cylinder, drawing, frame, depthMm: 1, isFollowing: true })
    expect(volume(raised.mesh) - before).toBeCloseTo(20 * 24, 0)
    const engraved = emboss({ mesh: cylinder, drawing, frame, depthMm: 1, isRaised: false, isFollowing: true })
    expect(before - volume(engraved.mesh)).toBeCloseTo(20 * 24, 0)
    const flat = emboss({ mesh: cylinder, drawing, frame, depthMm: 1 })
    expect(flat.problems).toMatchObject([{ code: 'emboss/over-edge', severity: 'warning' }])
  })

  it('that follows a face leaves the faces above and below it alone', () => {
    const box = (min: readonly [number, number, number], size: readonly [number, number, number]) => solids.Manifold.cube([...size]).translate([...min])
    // A floor, a roof 4 mm over it, and a groove under the floor that opens downward and another inside of it.
    const shelf = meshOfSolid(box([0, 0, 0], [60, 40, 10]).add(box([0, 0, 10], [5, 40, 6])).add(box([0, 0, 14], [60, 40, 2])).subtract(box([10, 5, 4], [40, 30, 2])))
    const drawing = filled(rectangle(12, 9))
    for (const isRaised of [true, false]) {
      const made = emboss({ mesh: shelf, drawing, isRaised, isFollowing: true, depthMm: 0.5 })
      expect(volume(made.mesh) - volume(shelf)).toBeCloseTo((isRaised ? 1 : -1) * 24 * 18 * 0.5, 1)
    }
  })

  it.each([false, true])('as a part of its own stands on the part, or fills its pocket, and adds nothing (following: %s)', (isFollowing) => {
    const own = (isRaised: boolean) => {
      const made = embossSolid(solids, clipper, request({ isRaised, isFollowing, isOwnPart: true, depthMm: 1.5 }))
      if (!made.ok) throw new Error('refused')
      return made.value
    }
    const raised = own(true)
    expect(raised.part).toBeUndefined()
    expectClosed(raised.relief!)
    expect(volume(raised.relief!)).toBeCloseTo(150, 2)
    expect(meshBox(raised.relief!)).toEqual({ min: [25, 15, 10], max: [35, 25, 11.5] })
    const inlay = own(false)
    expectClosed(inlay.part!)
    expectClosed(inlay.relief!)
    expect(volume(inlay.relief!)).toBeCloseTo(150, 2)
    expect(volume(inlay.part!) + volume(inlay.relief!)).toBeCloseTo(24_000, 1)
  })

  it('is refused beside the part, and without anything drawn', () => {
    expect(embossSolid(solids, clipper, request({ frame: translation(200, 0, 10) }))).toMatchObject({ ok: false, problems: [{ code: 'emboss/misses' }] })
    expect(embossSolid(solids, clipper, request({ drawing: filled(rectangle(5, 5), rectangle(5, 5)) }))).toMatchObject({ ok: false, problems: [{ code: 'emboss/empty' }] })
    expect(reliefMesh(solids, clipper, request({ drawing: { fills: [], strokes: [] } }))).toMatchObject({ ok: false, problems: [{ code: 'emboss/empty' }] })
  })

  it('warns where it stands over the edge of its face', () => {
    expect(emboss({ frame: translation(58, 20, 10) }).problems).toMatchObject([{ code: 'emboss/over-edge' }])
  })

  it('is shown alone before it is made', () => {
    const shown = reliefMesh(solids, clipper, request({ depthMm: 2 }))
    if (!shown.ok) throw new Error('refused')
    expect(meshBox(shown.value)).toEqual({ min: [25, 15, 10], max: [35, 25, 12] })
  })
})

describe('the outlines of a text', () => {
  it('stand around the origin, larger with the size, line below line', () => {
    const { min, max } = drawingBox(textOf('HH', 10))!
    expect(min[0] + max[0]).toBeCloseTo(0, 9)
    expect(max[1] - min[1]).toBeGreaterThan(6)
    expect(max[1] - min[1]).toBeLessThan(8)
    const double = drawingBox(textOf('HH\nHH', 20))!
    expect(double.max[1] - double.min[1]).toBeCloseTo(2 * (max[1] - min[1]) + 25, 6)
  })

  it('are the same from a TrueType font and an OpenType one', async () => {
    const clipper = await loadClipper()
    const trueType = textDrawing(new Uint8Array(readFileSync(join(root, FONTS, 'static/alternative/Pretendard-Bold.ttf'))), '공방 Rg', 10)
    if (!trueType.ok) throw new Error('refused')
    const area = (drawing: Drawing) => regionArea(clipper.union(drawing.fills[0]!.contours))
    expect(Math.abs(area(trueType.value) / area(textOf('공방 Rg')) - 1)).toBeLessThan(0.005)
  })

  it('tell what a font has not, what is no font, and what is no text', () => {
    expect(textDrawing(font, 'a\u{1F600}', 10)).toMatchObject({ ok: true, problems: [{ code: 'emboss/missing-glyphs', severity: 'warning', values: { characters: '\u{1F600}' } }] })
    expect(textDrawing(new Uint8Array(readFileSync(join(root, FONTS, '../web/static/woff2/Pretendard-Bold.woff2'))), 'a', 10)).toMatchObject({ ok: false, problems: [{ code: 'emboss/unreadable-font' }] })
    expect(textDrawing(new Uint8Array(200), 'a', 10)).toMatchObject({ ok: false, problems: [{ code: 'emboss/unreadable-font' }] })
    expect(textDrawing(font, ' \n ', 10)).toMatchObject({ ok: false, problems: [{ code: 'emboss/no-text' }] })
    expect(textDrawing(font, 'x'.repeat(501), 10)).toMatchObject({ ok: false, problems: [{ code: 'emboss/text-too-long' }] })
  })

  it('are within 0.01 mm of their curves', () => {
    const coordinate = fc.double({ min: -20, max: 20, noNaN: true })
    const place = fc.tuple(coordinate, coordinate)
    fc.assert(
      fc.property(fc.tuple(place, place, place, place), ([a, b, c, d]) => {
        const points = [a, ...flattenCubic([a, b, c, d])]
        const off = Array.from({ length: 101 }, (_, i) => {
          const t = i / 100
          const s = 1 - t
          const [x, y] = [0, 1].map((k) => s ** 3 * a[k]! + 3 * s * s * t * b[k]! + 3 * s * t * t * c[k]! + t ** 3 * d[k]!) as [number, number]
          return Math.min(...points.slice(1).map((to, k) => {
            const [from, along] = [points[k]!, [to[0] - points[k]![0], to[1] - points[k]![1]] as const]
            const length2 = along[0] ** 2 + along[1] ** 2
            const u = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - from[0]) * along[0] + (y - from[1]) * along[1]) / length2))
            return Math.hypot(x - from[0] - u * along[0], y - from[1] - u * along[1])
          }))
        })
        expect(Math.max(...off)).toBeLessThan(0.0101)
      }),
      { numRuns: 60, seed: 2 },
    )
    expect(flattenQuadratic([[0, 0], [5, 0], [10, 0]]).at(-1)).toEqual([10, 0])
  })

  it('and of any drawing are centred and enlarged with their lines', () => {
    const moved = centredDrawing({ fills: [], strokes: [{ lines: [Float64Array.from([10, 10, 20, 10])], widthMm: 2 }] }, 3)
    expect(moved.strokes[0]!.widthMm).toBe(6)
    expect(Array.from(moved.strokes[0]!.lines[0]!)).toEqual([-15, 0, 15, 0])
  })
})

describe('the inverse of a matrix', () => {
  it('leads back', () => {
    const number = fc.double({ min: -5, max: 5, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(number, number, number, number, number, number), ([a, b, c, x, y, z]) => {
        const m: Mat4 = [6, a, b, 0, c, 7, a, 0, b, c, 8, 0, x, y, z, 1]
        fc.pre(Math.abs(6 * (56 - a * c) - c * (8 * a - b * c) + b * (a * a - 7 * b)) > 1)
        multiplyMatrices(invertMatrix(m), m).forEach((value, i) => expect(value).toBeCloseTo(IDENTITY[i]!, 6))
      }),
      { numRuns: 100, seed: 8 },
    )
  })
})
