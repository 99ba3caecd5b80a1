import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ConnectorStyle, connectorApart, connectorDepth, connectorReach } from '../../../shared/cad/connector'
import { type CutRequest, cutSolid } from '../../../shared/cad/cut-solid'
import { placeConnectors, roomAt, sectionsAround } from '../../../shared/cad/place-connectors'
import { type Solids, loadSolids } from '../../../shared/cad/solids'
import { parseModel } from '../../../shared/formats/parse-model'
import { diagnoseMesh } from '../../../shared/mesh/diagnose-mesh'
import { IDENTITY, invertRigid, multiplyMatrices, translation } from '../../../shared/mesh/matrix'
import { measureMesh } from '../../../shared/mesh/measure-mesh'
import type { Mat4, Mesh } from '../../../shared/mesh/mesh'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { sectionLines } from '../../../shared/mesh/section-lines'
import { transformMesh } from '../../../shared/mesh/transform-mesh'
import { workshopPath } from '../../workshop-folder'
import { boxTriangles, meshOf, reversed } from '../mesh/meshes'

const cube = meshOf(boxTriangles([0, 0, 0], [20, 20, 20]))
/** A box of 20 mm with a cavity of 6 mm around its middle. */
const hollow = meshOf([...boxTriangles([0, 0, 0], [20, 20, 20]), ...reversed(boxTriangles([7, 7, 7], [13, 13, 13]))])
const STYLE: ConnectorStyle = { kind: 'dowel', shape: 'round', widthMm: 4, depthMm: 5, clearanceMm: 0.1, marginMm: 1 }
const ring64 = (widthMm: number) => 32 * (widthMm / 2) ** 2 * Math.sin(Math.PI / 32)

function turn(xDeg: number, zDeg: number): Mat4 {
  const [a, b] = [(xDeg * Math.PI) / 180, (zDeg * Math.PI) / 180]
  const aboutX = [1, 0, 0, 0, 0, Math.cos(a), Math.sin(a), 0, 0, -Math.sin(a), Math.cos(a), 0, 0, 0, 0, 1]
  const aboutZ = [Math.cos(b), Math.sin(b), 0, 0, -Math.sin(b), Math.cos(b), 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
  return multiplyMatrices(aboutZ, aboutX)
}

describe('a cut', () => {
  let solids: Solids
  beforeAll(async () => {
    solids = await loadSolids()
  })

  const cutOf = (change: Partial<CutRequest>) => cutSolid(solids, { name: 'part', mesh: cube, placement: IDENTITY, plane: translation(10, 10, 8), keep: 'both', connectors: [], style: STYLE, ...change })
  const pieces = (change: Partial<CutRequest>) => {
    const made = cutOf(change)
    if (!made.ok) throw new Error(made.problems.map(({ message }) => message).join(' '))
    return made.value
  }
  const volume = (mesh: Mesh | undefined) => (mesh === undefined ? 0 : measureMesh(mesh).volumeMm3)
  const expectWatertight = (...meshes: readonly (Mesh | undefined)[]) => meshes.forEach((mesh) => expect(diagnoseMesh(mesh!)).toMatchObject({ isWatertight: true, flippedTriangles: 0 }))

  it('by a level plane gives two closed boxes where they were in the part', () => {
    const { upper, lower, dowel } = pieces({ placement: translation(100, 50, 0), plane: translation(0, 0, 8) })
    expectWatertight(upper, lower)
    expect(meshBox(lower!)).toEqual({ min: [0, 0, 0], max: [20, 20, 8] })
    expect(meshBox(upper!)).toEqual({ min: [0, 0, 8], max: [20, 20, 20] })
    expect(volume(lower)).toBeCloseTo(3200, 2)
    expect(volume(upper)).toBeCloseTo(4800, 2)
    expect(dowel).toBeUndefined()
  })

  it('loses nothing of the part, however the plane and the part are turned and scaled', () => {
    fc.assert(
      fc.property(fc.double({ min: -80, max: 80, noNaN: true }), fc.double({ min: 0, max: 360, noNaN: true }), fc.double({ min: -4, max: 4, noNaN: true }), fc.constantFrom(1, -1.5, 3), (xDeg, zDeg, offMm, factor) => {
        const placement = multiplyMatrices(turn(zDeg / 3, xDeg), [factor, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, -10 * factor, -20, -10, 1])
        const plane = multiplyMatrices(turn(xDeg, zDeg), translation(3, -2, offMm))
        const made = pieces({ mesh: hollow, placement, plane })
        expectWatertight(made.upper, made.lower)
        const [upper, lower] = [made.upper!, made.lower!].map((piece) => transformMesh(piece, placement)) as [Mesh, Mesh]
        const whole = (8000 - 216) * 2 * Math.abs(factor)
        expect(Math.abs(volume(upper) + volume(lower) - whole)).toBeLessThan(whole * 1e-5)
        const toPlane = invertRigid(plane)
        expect(meshBox(transformMesh(upper, toPlane)).min[2]).toBeGreaterThan(-1e-3)
        expect(meshBox(transformMesh(lower, toPlane)).max[2]).toBeLessThan(1e-3)
      }),
      { numRuns: 60, seed: 11 },
    )
  }, 60_000)

  it('keeps one piece when only one is wanted', () => {
    expect(Object.keys(pieces({ keep: 'upper' }))).toEqual(['upper'])
    expect(Object.keys(pieces({ keep: 'lower' }))).toEqual(['lower'])
  })

  it.each([
    ['round', ring64(4.2), ring64(4)],
    ['square', 4.2 ** 2, 16],
    ['hexagon', (Math.sqrt(3) / 2) * 4.2 ** 2, (Math.sqrt(3) / 2) * 16],
  ] as const)('with %s dowels has holes for them in both pieces, and a pin that is smaller by the clearance', (shape, holeArea, pinArea) => {
    const { upper, lower, dowel } = pieces({ plane: translation(10, 10, 10), connectors: [{ xMm: -4, yMm: 0 }, { xMm: 4, yMm: 1 }], style: { ...STYLE, shape } })
    expectWatertight(upper, lower, dowel)
    expect(volume(upper)).toBeCloseTo(4000 - 2 * 5 * holeArea, 1)
    expect(volume(lower)).toBeCloseTo(4000 - 2 * 5 * holeArea, 1)
    expect(volume(dowel)).toBeCloseTo(9.8 * pinArea, 1)
    const { min, max } = meshBox(dowel!)
    expect([min[2], max[2]]).toEqual([0, expect.closeTo(9.8, 5)])
  })

  it('with plugs has pins on the lower piece and wider, deeper holes in the upper one', () => {
    const { upper, lower, dowel } = pieces({ plane: translation(10, 10, 10), connectors: [{ xMm: 0, yMm: 0 }], style: { ...STYLE, kind: 'plug', clearanceMm: 0.2 } })
    expectWatertight(upper, lower)
    expect(dowel).toBeUndefined()
    expect(volume(lower)).toBeCloseTo(4000 + 5 * ring64(4), 1)
    expect(volume(upper)).toBeCloseTo(4000 - 5.2 * ring64(4.4), 1)
    expect(meshBox(lower!).max[2]).toBeCloseTo(15, 5)
  })

  it('is refused where the plane passes the part by', () => {
    expect(cutOf({ plane: translation(0, 0, 25) })).toMatchObject({ ok: false, problems: [{ code: 'cut/misses' }] })
  })

  it('is refused with the numbers of connectors that would break through or stand in each other', () => {
    const outside = { xMm: 8, yMm: 0 }
    const inside = { xMm: 0, yMm: 0 }
    expect(cutOf({ connectors: [inside, outside] })).toMatchObject({ ok: false, problems: [{ code: 'cut/connector-room', values: { number: 2 } }] })
    expect(cutOf({ connectors: [inside], style: { ...STYLE, depthMm: 7.5 } })).toMatchObject({ ok: false, problems: [{ code: 'cut/connector-room', values: { number: 1 } }] })
    expect(cutOf({ mesh: hollow, plane: translation(10, 10, 4), connectors: [inside], style: { ...STYLE, depthMm: 2.5 } })).toMatchObject({ ok: false, problems: [{ code: 'cut/connector-room' }] })
    expect(cutOf({ connectors: [{ xMm: -2, yMm: 0 }, { xMm: 2, yMm: 0 }] })).toMatchObject({ ok: false, problems: [{ code: 'cut/connectors-overlap', values: { first: 1, second: 2 } }] })
  })

  it('repairs a mesh with a missing triangle first and says so', () => {
    const open = meshOf(boxTriangles([0, 0, 0], [20, 20, 20]).slice(1))
    const made = cutOf({ mesh: open })
    expect(made.problems).toMatchObject([{ code: 'solid/repaired', severity: 'warning' }])
    if (!made.ok) throw new Error('refused')
    expectWatertight(made.value.upper, made.value.lower)
    expect(volume(made.value.upper) + volume(made.value.lower)).toBeCloseTo(8000, 1)
  })

  it('counts bodies that overlap once', () => {
    const overlapping = meshOf([...boxTriangles([0, 0, 0], [20, 20, 20]), ...boxTriangles([10, 5, 2], [30, 15, 18])])
    const { upper, lower } = pieces({ mesh: overlapping })
    expectWatertight(upper, lower)
    expect(volume(upper) + volume(lower)).toBeCloseTo(8000 + 10 * 10 * 16, 1)
  })

  it('refuses an open sheet', () => {
    const sheet = meshOf(boxTriangles([0, 0, 0], [20, 20, 20]).slice(0, 2))
    expect(cutOf({ mesh: sheet })).toMatchObject({ ok: false, problems: [{ code: 'solid/not-closed', values: { name: 'part' } }] })
  })

  const benchy = workshopPath('models', '3DBenchy.stl')
  it.skipIf(!existsSync(benchy))('takes a real model of 225,000 triangles with connectors', () => {
    const parsed = parseModel(new Uint8Array(readFileSync(benchy)), '3DBenchy.stl')
    if (!parsed.ok) throw new Error('unreadable')
    const mesh = parsed.value.parts[0]!.mesh
    const { min, max } = meshBox(mesh)
    const plane = translation((min[0] + max[0]) / 2, (min[1] + max[1]) / 2, min[2] + 10)
    const style = { ...STYLE, widthMm: 3, depthMm: 3 }
    const connectors = placeConnectors(sectionsAround(mesh, invertRigid(plane), connectorDepth(style)), { count: 2, reachMm: connectorReach(style), apartMm: connectorApart(style) })
    expect(connectors).toHaveLength(2)
    const { upper, lower } = pieces({ mesh, plane, connectors, style })
    expectWatertight(upper, lower)
    const whole = volume(mesh) - 4 * 3 * ring64(3.2)
    expect(Math.abs(volume(upper) + volume(lower) - whole)).toBeLessThan(0.001 * whole)
  }, 60_000)
})

describe('the face of a cut', () => {
  const lines = sectionLines(hollow, translation(-10, -10, -10))

  it('has the outline of the material, with material on the left of each line', () => {
    expect(roomAt(lines, 8, 0)).toBeCloseTo(2, 6)
    expect(roomAt(lines, 0, 5)).toBeCloseTo(2, 6)
    expect(roomAt(lines, 0, 1)).toBeCloseTo(-2, 6)
    expect(roomAt(lines, 13, 0)).toBeCloseTo(-3, 6)
    const signedArea = Array.from({ length: lines.length / 4 }, (_, i) => lines[4 * i]! * lines[4 * i + 3]! - lines[4 * i + 2]! * lines[4 * i + 1]!).reduce((sum, one) => sum + one, 0) / 2
    expect(signedArea).toBeCloseTo(400 - 36, 6)
  })

  it('is the same for a mirrored part', () => {
    const mirrored = sectionLines(hollow, multiplyMatrices(translation(10, -10, -10), [-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]))
    expect(roomAt(mirrored, 8, 0)).toBeCloseTo(2, 6)
    expect(roomAt(mirrored, 0, 1)).toBeCloseTo(-2, 6)
  })

  it('takes connectors as far apart as they can be, off its edges, and no more than there is room for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0.5, max: 3.4, noNaN: true }), fc.double({ min: 1, max: 9, noNaN: true }), (count, reachMm, apartMm) => {
        const places = placeConnectors([lines], { count, reachMm, apartMm })
        expect(places.length).toBeGreaterThan(0)
        expect(places.length).toBeLessThanOrEqual(count)
        places.forEach(({ xMm, yMm }, i) => {
          expect(roomAt(lines, xMm, yMm)).toBeGreaterThan(reachMm - 1e-5)
          for (const other of places.slice(i + 1)) expect(Math.hypot(xMm - other.xMm, yMm - other.yMm)).toBeGreaterThanOrEqual(apartMm)
        })
      }),
      { numRuns: 100, seed: 5 },
    )
    const two = placeConnectors([lines], { count: 2, reachMm: 3, apartMm: 5 })
    expect(Math.hypot(two[0]!.xMm - two[1]!.xMm, two[0]!.yMm - two[1]!.yMm)).toBeCloseTo(14 * Math.SQRT2, 5)
    expect(placeConnectors([lines], { count: 2, reachMm: 4.2, apartMm: 5 })).toEqual([])
    expect(placeConnectors([new Float64Array()], { count: 2, reachMm: 1, apartMm: 5 })).toEqual([])
  })
})
