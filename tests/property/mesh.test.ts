import fc from 'fast-check'
import Module, { type Manifold, type ManifoldToplevel } from 'manifold-3d'
import { beforeAll, describe, expect, it } from 'vitest'
import { diagnoseMesh } from '../../shared/mesh/diagnose-mesh'
import type { Mesh } from '../../shared/mesh/mesh'
import { repairMesh } from '../../shared/mesh/repair-mesh'
import { weldMesh } from '../../shared/mesh/weld-mesh'

let manifold: ManifoldToplevel
beforeAll(async () => {
  manifold = await Module()
  manifold.setup()
})

const RUNS = { numRuns: 40, seed: 20_261_125 }

interface Shape {
  readonly kind: 'box' | 'ball' | 'cylinder'
  readonly size: number
  readonly at: readonly [number, number, number]
  readonly turnDeg: number
  readonly isAdded: boolean
}

const coordinate = fc.integer({ min: -80, max: 80 }).map((tenths) => tenths / 10)
const shape: fc.Arbitrary<Shape> = fc.record({
  kind: fc.constantFrom('box' as const, 'ball' as const, 'cylinder' as const),
  size: fc.integer({ min: 20, max: 120 }).map((tenths) => tenths / 10),
  at: fc.tuple(coordinate, coordinate, coordinate),
  turnDeg: fc.integer({ min: 0, max: 359 }),
  isAdded: fc.boolean(),
})

function solidOf({ kind, size, at, turnDeg }: Shape): Manifold {
  const { Manifold: make } = manifold
  const solid = kind === 'box' ? make.cube([size, size, size], true) : kind === 'ball' ? make.sphere(size / 2, 24) : make.cylinder(size, size / 2, size / 3, 20, true)
  return solid.rotate([turnDeg, turnDeg / 2, turnDeg / 3]).translate([...at])
}

/** The shapes added and cut one after the other, as triangles of float32, and the volume that manifold-3d finds. */
function build(shapes: readonly Shape[]): { mesh: Mesh; volume: number } {
  const solid = shapes.map((one) => ({ one, solid: solidOf(one) })).reduce((all, { one, solid: next }) => (one.isAdded ? all.add(next) : all.subtract(next)), manifold.Manifold.cube([10, 10, 10], true))
  const { vertProperties, triVerts, numProp } = solid.getMesh()
  const positions = Float32Array.from({ length: (3 * vertProperties.length) / numProp }, (_, i) => vertProperties[Math.floor(i / 3) * numProp + (i % 3)]!)
  return { mesh: weldMesh({ positions, indices: triVerts }), volume: solid.volume() }
}

describe('meshes of random booleans', () => {
  const shapes = fc.array(shape, { minLength: 1, maxLength: 5 })

  it('are measured as manifold-3d measures them', () => {
    fc.assert(
      fc.property(shapes, (list) => {
        const { mesh, volume } = build(list)
        fc.pre(volume > 1)
        const { after } = repairMesh(mesh)
        expect(after.isWatertight).toBe(true)
        expect(Math.abs(after.volumeMm3 - volume)).toBeLessThan(0.002 * volume + 0.01)
      }),
      RUNS,
    )
  })

  it('are whole again after triangles were lost or turned', () => {
    fc.assert(
      fc.property(shapes, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), fc.array(fc.nat(), { maxLength: 5 }), (list, lost, turned) => {
        const { mesh, volume } = build(list)
        fc.pre(volume > 100 && mesh.indices.length > 300 && diagnoseMesh(mesh).shells === 1)
        const count = mesh.indices.length / 3
        const gone = new Set(lost.map((n) => n % count))
        const around = new Set(turned.map((n) => n % count))
        const triangles = Array.from({ length: count }, (_, t) => [...mesh.indices.subarray(3 * t, 3 * t + 3)]).flatMap(([a, b, c], t) => (gone.has(t) ? [] : around.has(t) ? [[a!, c!, b!]] : [[a!, b!, c!]]))
        const { after } = repairMesh({ positions: mesh.positions, indices: Uint32Array.from(triangles.flat()) })
        expect(after).toMatchObject({ isWatertight: true, flippedTriangles: 0 })
        expect(Math.abs(after.volumeMm3 - volume)).toBeLessThan(0.1 * volume)
      }),
      RUNS,
    )
  })
})

describe('meshes of any triangles', () => {
  const vertex = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
  const soup = fc.array(fc.tuple(vertex, vertex, vertex), { minLength: 1, maxLength: 60 })

  it('are repaired once: the second repair does nothing, and says so', () => {
    fc.assert(
      fc.property(soup, (triangles) => {
        const mesh = weldMesh({ positions: Float32Array.from(triangles.flat(2)), indices: Uint32Array.from({ length: 3 * triangles.length }, (_, i) => i) })
        const { mesh: repaired, after } = repairMesh(mesh)
        expect(repaired.indices.every((index) => index < repaired.positions.length / 3)).toBe(true)
        expect(Number.isFinite(after.volumeMm3)).toBe(true)
        // What stays open after a repair may offer more holes to a second one; what is closed may not change.
        const again = repairMesh(repaired)
        expect(after.isWatertight ? again.steps : []).toEqual([])
      }),
      { numRuns: 300, seed: 11 },
    )
  })
})
