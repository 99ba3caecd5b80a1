import fc from 'fast-check'
import Module, { type Manifold, type ManifoldToplevel } from 'manifold-3d'
import { beforeAll, describe, expect, it } from 'vitest'
import { isInRegion, regionArea } from '../../shared/geometry/measure-contour'
import type { Region } from '../../shared/geometry/region'
import type { Mesh } from '../../shared/mesh/mesh'
import type { PlannedLayer } from '../../shared/slicing/planned-layer'
import { createLocalSlicePool } from '../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../shared/slicing/settings'
import { planPlate } from '../../shared/slicing/slice-plate'
import { placed, plate } from '../shared/slicing/solids'
import { distanceToBoundary } from '../shared/slicing/regions'

/** Contours are simplified by up to 10 µm, so a section may be off by that along its outline. */
const SIMPLIFIED_MM = 0.011
const RUNS = { numRuns: 25, seed: 20261125 }

let manifold: ManifoldToplevel
beforeAll(async () => {
  manifold = await Module()
  manifold.setup()
})

/** A solid described by plain numbers, so that a failing one can be printed and run again. */
type Solid =
  | { kind: 'sphere'; radius: number; segments: number }
  | { kind: 'torus'; ring: number; radius: number; segments: number }
  | { kind: 'cylinder'; low: number; high: number; height: number; segments: number }
  | { kind: 'union' | 'difference' | 'intersection'; a: Solid; b: Solid; x: number; y: number; z: number; turn: number }

const length = (min: number, max: number) => fc.integer({ min: min * 100, max: max * 100 }).map((n) => n / 100)
const simple: fc.Arbitrary<Solid> = fc.oneof(
  fc.record({ kind: fc.constant('sphere' as const), radius: length(2, 8), segments: fc.integer({ min: 8, max: 48 }) }),
  fc.record({ kind: fc.constant('torus' as const), ring: length(5, 8), radius: length(1, 4), segments: fc.integer({ min: 8, max: 40 }) }),
  fc.record({ kind: fc.constant('cylinder' as const), low: length(1, 8), high: length(1, 8), height: length(1, 9), segments: fc.integer({ min: 3, max: 40 }) }),
)
const combined: fc.Arbitrary<Solid> = fc.record({ kind: fc.constantFrom('union' as const, 'difference' as const, 'intersection' as const), a: simple, b: simple, x: length(-5, 5), y: length(-5, 5), z: length(-3, 3), turn: fc.integer({ min: 0, max: 90 }) })
const solids: fc.Arbitrary<Solid> = fc.oneof(simple, combined)

function build(solid: Solid): Manifold {
  switch (solid.kind) {
    case 'sphere':
      return manifold.Manifold.sphere(solid.radius, solid.segments)
    case 'torus':
      return manifold.Manifold.revolve([Array.from({ length: 16 }, (_, i): [number, number] => [solid.ring + solid.radius * Math.cos((i * Math.PI) / 8), solid.radius * Math.sin((i * Math.PI) / 8)])], solid.segments)
    case 'cylinder':
      return manifold.Manifold.cylinder(solid.height, solid.low, solid.high, solid.segments, true)
    default:
      return manifold.Manifold[solid.kind](build(solid.a), build(solid.b).rotate([solid.turn, solid.turn, 0]).translate([solid.x, solid.y, solid.z]))
  }
}

function meshOf(body: Manifold): Mesh {
  const { numProp, vertProperties, triVerts } = body.getMesh()
  const positions = new Float32Array((3 * vertProperties.length) / numProp)
  for (let v = 0; v < positions.length / 3; v++) positions.set(vertProperties.subarray(numProp * v, numProp * v + 3), 3 * v)
  return { positions, indices: Uint32Array.from(triVerts) }
}

const pool = createLocalSlicePool()
async function plan(body: Manifold, values: SettingValues): Promise<PlannedLayer[]> {
  const { min } = body.boundingBox()
  const planned = await planPlate(plate([placed(meshOf(body), [120, 120, -min[2]])], values), pool)
  if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join(' '))
  return planned.value
}
const outlineOf = (layer: PlannedLayer): Region => layer.islands.flatMap(({ outline }) => outline)
const isSolid = (solid: Solid) => {
  const body = build(solid)
  const { min, max } = body.boundingBox()
  return body.volume() > 1 && max[2] - min[2] > 1
}

describe('sections', () => {
  it('have the area of manifold’s slices', async () => {
    await fc.assert(
      fc.asyncProperty(solids, async (solid) => {
        fc.pre(isSolid(solid))
        const body = build(solid)
        const bottomMm = body.boundingBox().min[2]
        for (const layer of await plan(body, { infillPercent: 0, topLayers: 0, bottomLayers: 0, wallCount: 0, layerHeightMm: 0.4, firstLayerHeightMm: 0.4 })) {
          const section = body.slice(bottomMm + layer.zMm - layer.heightMm / 2)
          const outline = section.toPolygons().reduce((sum, polygon) => sum + polygon.reduce((around, [x, y], i) => around + Math.hypot(x - polygon[(i + 1) % polygon.length]![0], y - polygon[(i + 1) % polygon.length]![1]), 0), 0)
          expect(Math.abs(regionArea(outlineOf(layer)) - section.area())).toBeLessThan(SIMPLIFIED_MM * outline + 0.01)
        }
      }),
      RUNS,
    )
  })

  it('keep every wall inside by half its width, less rounding', async () => {
    await fc.assert(
      fc.asyncProperty(solids, async (solid) => {
        fc.pre(isSolid(solid))
        for (const layer of await plan(build(solid), { infillPercent: 0, topLayers: 0, bottomLayers: 0, layerHeightMm: 0.5, firstLayerHeightMm: 0.5, outerWallLineWidthMm: 0.6, innerWallLineWidthMm: 0.6 })) {
          const outline = outlineOf(layer)
          for (const { contour, widthMm } of layer.islands.flatMap(({ walls }) => walls)) {
            for (let i = 0; i < contour.length; i += 2) {
              expect(isInRegion(outline, contour[i]!, contour[i + 1]!)).toBe(true)
              expect(distanceToBoundary(outline, contour[i]!, contour[i + 1]!)).toBeGreaterThan(widthMm / 2 - 0.005)
            }
          }
        }
      }),
      RUNS,
    )
  })

  it('keep every fill line inside, and cover what the next layers leave open with skin', async () => {
    await fc.assert(
      fc.asyncProperty(solids, async (solid) => {
        fc.pre(isSolid(solid))
        const layers = await plan(build(solid), { layerHeightMm: 0.4, firstLayerHeightMm: 0.4, topLayers: 2, bottomLayers: 2, skinLineWidthMm: 0.5 })
        for (const layer of layers) {
          const outline = outlineOf(layer)
          const isEdge = layer === layers[0] || layer === layers.at(-1)
          for (const { role, lines } of layer.islands.flatMap(({ fills }) => fills)) {
            expect(isEdge && role === 'infill').toBe(false)
            for (const line of lines) for (let i = 0; i < line.length; i += 2) expect(isInRegion(outline, line[i]!, line[i + 1]!)).toBe(true)
          }
        }
      }),
      RUNS,
    )
  })
})
