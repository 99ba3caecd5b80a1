import fc from 'fast-check'
import Module, { type CrossSection, type Manifold, type ManifoldToplevel } from 'manifold-3d'
import { beforeAll, describe, expect, it } from 'vitest'
import { isInRegion } from '../../shared/geometry/measure-contour'
import type { Region } from '../../shared/geometry/region'
import type { Mesh } from '../../shared/mesh/mesh'
import { createLocalSlicePool } from '../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../shared/slicing/settings'
import { slicePlate } from '../../shared/slicing/slice-plate'
import { ROLE, type Toolpath } from '../../shared/toolpath/toolpath'
import { distanceToBoundary } from '../shared/slicing/regions'
import { placed, plate } from '../shared/slicing/solids'

let manifold: ManifoldToplevel
beforeAll(async () => {
  manifold = await Module()
  manifold.setup()
})

const pool = createLocalSlicePool()
const OUTSIDE = new Set<number>([ROLE.skirt, ROLE.brim, ROLE.support, ROLE['support-interface']])

/** A prism of a star or a polygon, with a hole when there is room. */
interface Prism {
  readonly corners: number
  readonly radiusMm: number
  /** 1 is a polygon, less a star. */
  readonly waist: number
  readonly holeMm: number
  readonly heightMm: number
}
const prisms: fc.Arbitrary<Prism> = fc.record({
  corners: fc.integer({ min: 3, max: 9 }), radiusMm: fc.integer({ min: 18, max: 30 }), waist: fc.constantFrom(1, 0.85, 0.75), holeMm: fc.constantFrom(0, 3, 5), heightMm: fc.constantFrom(4, 6),
})

function sectionOf({ corners, radiusMm, waist, holeMm }: Prism): CrossSection {
  const outline = Array.from({ length: 2 * corners }, (_, i): [number, number] => {
    const radius = i % 2 === 0 ? radiusMm : radiusMm * waist
    return [radius * Math.cos((Math.PI * i) / corners), radius * Math.sin((Math.PI * i) / corners)]
  })
  const section = new manifold.CrossSection([outline])
  return holeMm === 0 ? section : section.subtract(manifold.CrossSection.circle(holeMm, 32))
}

function meshOf(body: Manifold): Mesh {
  const { numProp, vertProperties, triVerts } = body.getMesh()
  const positions = new Float32Array((3 * vertProperties.length) / numProp)
  for (let v = 0; v < positions.length / 3; v++) positions.set(vertProperties.subarray(numProp * v, numProp * v + 3), 3 * v)
  return { positions, indices: Uint32Array.from(triVerts) }
}

async function printed(body: Manifold, values: SettingValues): Promise<Toolpath> {
  const sliced = await slicePlate(plate([placed(meshOf(body), [120, 120, 0])], values), pool)
  if (!sliced.ok) throw new Error(sliced.problems.map(({ message }) => message).join(' '))
  return sliced.value
}

/** What is laid with roles of the part, mm³. */
function partVolume({ volumeMm3, role, moveCount }: Toolpath): number {
  let sum = 0
  for (let i = 0; i < moveCount; i++) if (role[i]! > ROLE.unretract && !OUTSIDE.has(role[i]!)) sum += volumeMm3[i]!
  return sum
}

describe('what is extruded', () => {
  it('is the solid’s volume within 2 % when it is filled', async () => {
    await fc.assert(
      fc.asyncProperty(prisms, fc.integer({ min: 1, max: 4 }), fc.constantFrom(0.1, 0.2, 0.28), async (prism, wallCount, layerHeightMm) => {
        const body = sectionOf(prism).extrude(prism.heightMm)
        const toolpath = await printed(body, { infillPercent: 100, wallCount, layerHeightMm, firstLayerHeightMm: 0.2, skirtLines: 1 })
        const layered = (body.volume() / prism.heightMm) * toolpath.layers.at(-1)!.zMm
        expect(Math.abs(partVolume(toolpath) / layered - 1)).toBeLessThan(0.02)
      }),
      { numRuns: 25, seed: 20_261_126 },
    )
  }, 120_000)

  it('is walls and skins whole and the rest by its density, within 2 % of the solid', async () => {
    await fc.assert(
      fc.asyncProperty(prisms, fc.constantFrom(10, 20, 40), fc.constantFrom('rectilinear' as const, 'grid' as const, 'triangles' as const, 'honeycomb' as const), fc.integer({ min: 1, max: 3 }), async (prism, infillPercent, infillPattern, wallCount) => {
        const section = sectionOf(prism)
        const [top, bottom] = [3, 4]
        const toolpath = await printed(section.extrude(prism.heightMm), { infillPercent, infillPattern, infillJoined: false, wallCount, topLayers: top, bottomLayers: bottom, layerHeightMm: 0.2, firstLayerHeightMm: 0.2, skirtLines: 0 })
        const layers = toolpath.layers.length
        // The ends of lines are not joined along the wall here: that is filament beyond the density. Lines beside each other lie nearer than they are wide, as their edges are round.
        const spacing = (widthMm: number) => widthMm - 0.2 * (1 - Math.PI / 4)
        const inner = section.offset(-(spacing(0.42) + (wallCount - 1) * spacing(0.45)), 'Miter', 2)
        const solid = section.area() * 0.2 * (top + bottom)
        const sparse = (section.area() - inner.area() + (inner.area() * infillPercent) / 100) * 0.2 * (layers - top - bottom)
        expect(Math.abs(partVolume(toolpath) - solid - sparse) / (section.area() * prism.heightMm)).toBeLessThan(0.02)
      }),
      { numRuns: 25, seed: 20_261_127 },
    )
  }, 120_000)

  it('lies inside the part, brim and skirt apart: the edge of no line is outside by more than rounding', async () => {
    await fc.assert(
      fc.asyncProperty(prisms, fc.integer({ min: 6, max: 12 }), async (prism, ballMm) => {
        const { Manifold: make } = manifold
        const base = sectionOf(prism).extrude(prism.heightMm)
        const body = base.add(make.sphere(ballMm, 24).translate([0, 0, prism.heightMm])).trimByPlane([0, 0, 1], 0)
        const toolpath = await printed(body, { brimWidthMm: 3, layerHeightMm: 0.4, firstLayerHeightMm: 0.4, outerWallLineWidthMm: 0.6, innerWallLineWidthMm: 0.6, skinLineWidthMm: 0.6, infillLineWidthMm: 0.6 })
        toolpath.layers.forEach(({ firstMove, zMm, heightMm }, index) => {
          const polygons = body.slice(zMm - heightMm / 2).toPolygons()
          const outline: Region = polygons.map((polygon) => Float64Array.from(polygon.flatMap(([x, y]) => [x + 120, y + 120])))
          const end = toolpath.layers[index + 1]?.firstMove ?? toolpath.moveCount
          for (let i = firstMove; i < end; i++) {
            const role = toolpath.role[i]!
            if (role <= ROLE.unretract || OUTSIDE.has(role)) continue
            for (const share of [0.25, 0.5, 1]) {
              const at = (axis: number) => toolpath.points[3 * i + axis]! + share * (toolpath.points[3 * i + 3 + axis]! - toolpath.points[3 * i + axis]!)
              const distance = distanceToBoundary(outline, at(0), at(1))
              // Contours are simplified by up to 10 µm, sections of two programs differ by rounding.
              const isInside = isInRegion(outline, at(0), at(1))
              expect(isInside || distance < 0.03).toBe(true)
              expect(role !== ROLE['outer-wall'] || distance > toolpath.widthMm[i]! / 2 - 0.04).toBe(true)
            }
          }
        })
      }),
      { numRuns: 12, seed: 20_261_128 },
    )
  }, 120_000)
})
