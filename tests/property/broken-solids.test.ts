import fc from 'fast-check'
import Module, { type Manifold, type ManifoldToplevel } from 'manifold-3d'
import { beforeAll, describe, expect, it } from 'vitest'
import { regionArea } from '../../shared/geometry/measure-contour'
import type { Mesh } from '../../shared/mesh/mesh'
import { repairMesh } from '../../shared/mesh/repair-mesh'
import { weldMesh } from '../../shared/mesh/weld-mesh'
import { createLocalSlicePool } from '../../shared/slicing/pool/local-slice-pool'
import { planPlate } from '../../shared/slicing/slice-plate'
import { placed, plate } from '../shared/slicing/solids'

let manifold: ManifoldToplevel
beforeAll(async () => {
  manifold = await Module()
  manifold.setup()
})

type Triangle = [number[], number[], number[]]
type Base = { readonly kind: 'plate' | 'ring' | 'cone' | 'post'; readonly sides: number; readonly sizeMm: number }
const bases: fc.Arbitrary<Base> = fc.record({ kind: fc.constantFrom('plate', 'ring', 'cone', 'post'), sides: fc.integer({ min: 5, max: 40 }), sizeMm: fc.integer({ min: 8, max: 24 }) })

function solidOf({ kind, sides, sizeMm }: Base): Manifold {
  const { Manifold: make } = manifold
  if (kind === 'cone') return make.cylinder(sizeMm, sizeMm / 2, sizeMm / 4, sides)
  if (kind === 'post') return make.cylinder(sizeMm, sizeMm / 3, sizeMm / 3, sides).add(make.cube([sizeMm, sizeMm, 3], true).translate([0, 0, 1.5]))
  const block = make.cube([sizeMm, sizeMm, sizeMm / 2], true).translate([0, 0, sizeMm / 4])
  return kind === 'plate' ? block : block.subtract(make.cylinder(sizeMm, sizeMm / 4, sizeMm / 4, sides, true))
}

function trianglesOf(solid: Manifold): Triangle[] {
  const { vertProperties, triVerts, numProp } = solid.getMesh()
  const corner = (v: number) => [...vertProperties.subarray(numProp * v, numProp * v + 3)]
  return Array.from({ length: triVerts.length / 3 }, (_, t): Triangle => [corner(triVerts[3 * t]!), corner(triVerts[3 * t + 1]!), corner(triVerts[3 * t + 2]!)])
}

/** As a reader gives it: triangles of a file, equal corners joined. */
function meshOf(triangles: readonly Triangle[]): Mesh {
  return weldMesh({ positions: Float32Array.from(triangles.flat(2)), indices: Uint32Array.from({ length: 3 * triangles.length }, (_, i) => i) })
}

const middle = (a: readonly number[], b: readonly number[]) => a.map((value, i) => (value + b[i]!) / 2)

/** What can be wrong with a file whose solid is still plain; each keeps the volume. */
const DAMAGES = {
  'a missing triangle': (all: Triangle[], pick: number) => all.filter((_, t) => t !== pick % all.length),
  'flipped facets': (all: Triangle[], pick: number) => all.map(([a, b, c], t): Triangle => (t % 5 === pick % 5 && t % 2 === 0 ? [a, c, b] : [a, b, c])),
  'all facets turned inward': (all: Triangle[]) => all.map(([a, b, c]): Triangle => [a, c, b]),
  'doubled facets': (all: Triangle[], pick: number) => [...all, ...all.filter((_, t) => t % 3 === pick % 3)],
  'a doubled shell': (all: Triangle[]) => [...all, ...all],
  'cracks of 10 µm': (all: Triangle[], pick: number) => all.map(([a, b, c], t): Triangle => (t === pick % all.length ? [a.map((v, i) => v + (i === 0 ? 0.004 : -0.004)), b, c] : [a, b, c])),
  'T-junctions': (all: Triangle[], pick: number) => all.flatMap(([a, b, c], t): Triangle[] => (t === pick % all.length ? [[a, middle(a, b), c], [middle(a, b), b, c]] : [[a, b, c]])),
  'facets without area': (all: Triangle[], pick: number) => [...all, ...all.slice(pick % all.length, (pick % all.length) + 3).map(([a, b]): Triangle => [a, b, b])],
  'a loose scrap': (all: Triangle[]): Triangle[] => [...all, [[40, 40, 1], [40.5, 40, 1], [40, 40.5, 1.2]]],
} satisfies Record<string, (all: Triangle[], pick: number) => Triangle[]>

const pool = createLocalSlicePool()

/** Volume of what the outlines of all layers enclose, mm³. */
async function layeredVolume(mesh: Mesh): Promise<number> {
  const planned = await planPlate(plate([placed(mesh, [120, 120, 0])], { wallCount: 1, infillPercent: 0, topLayers: 0, bottomLayers: 0 }), pool)
  if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join(' '))
  return planned.value.reduce((sum, { islands, heightMm }) => sum + heightMm * islands.reduce((area, { outline }) => area + regionArea(outline), 0), 0)
}

describe('a solid whose file has', () => {
  it.each(Object.keys(DAMAGES) as (keyof typeof DAMAGES)[])('%s is mended, and its layers have its volume within 1 %', async (name) => {
    const damage: (all: Triangle[], pick: number) => Triangle[] = DAMAGES[name]
    await fc.assert(
      fc.asyncProperty(bases, fc.nat(), async (base, pick) => {
        const solid = solidOf(base)
        const all = trianglesOf(solid)
        const { mesh, after } = repairMesh(meshOf(damage(all, pick)))
        expect(after.isWatertight).toBe(true)
        expect(Math.abs(after.volumeMm3 / solid.volume() - 1)).toBeLessThan(0.01)
        const [mended, whole] = [await layeredVolume(mesh), await layeredVolume(meshOf(all))]
        expect(Math.abs(mended / whole - 1)).toBeLessThan(0.01)
      }),
      { numRuns: 12, seed: 20_261_126 },
    )
  }, 60_000)

  it('bodies that overlap, lie in each other, or share an edge is printed as what they cover together', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('overlapping', 'nested', 'edge'), fc.integer({ min: 6, max: 20 }), async (how, sizeMm) => {
        const { Manifold: make } = manifold
        const one = make.cube([sizeMm, sizeMm, sizeMm])
        const other = how === 'nested' ? make.cube([sizeMm / 3, sizeMm / 3, sizeMm / 3]).translate([2, 2, 2]) : make.cube([sizeMm, sizeMm, sizeMm / 2]).translate(how === 'edge' ? [sizeMm, sizeMm, 0] : [sizeMm / 2, sizeMm / 3, 0])
        const { mesh } = repairMesh(meshOf([...trianglesOf(one), ...trianglesOf(other)]))
        expect(Math.abs((await layeredVolume(mesh)) / one.add(other).volume() - 1)).toBeLessThan(0.01)
      }),
      { numRuns: 15, seed: 5 },
    )
  }, 60_000)
})
