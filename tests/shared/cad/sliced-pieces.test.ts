import { beforeAll, describe, expect, it } from 'vitest'
import { cutSolid } from '../../../shared/cad/cut-solid'
import { embossSolid } from '../../../shared/cad/emboss-solid'
import { type Solids, loadSolids } from '../../../shared/cad/solids'
import { type Clipper, loadClipper } from '../../../shared/geometry/clipper'
import { regionArea } from '../../../shared/geometry/measure-contour'
import type { Region } from '../../../shared/geometry/region'
import { IDENTITY, translation } from '../../../shared/mesh/matrix'
import { measureMesh } from '../../../shared/mesh/measure-mesh'
import type { Mesh } from '../../../shared/mesh/mesh'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import { planPlate } from '../../../shared/slicing/slice-plate'
import { boxTriangles, meshOf } from '../mesh/meshes'
import { placed, plate } from '../slicing/solids'

const LAYER_MM = 0.2
const block = meshOf(boxTriangles([0, 0, 0], [40, 30, 6]))

describe('what was made on the plate', () => {
  let solids: Solids
  let clipper: Clipper
  beforeAll(async () => {
    solids = await loadSolids()
    clipper = await loadClipper()
  })

  /** Outlines of all meshes by height, standing where they were made; every layer is 0.2 mm. */
  async function sliced(meshes: readonly Mesh[]): Promise<readonly (readonly Region[])[]> {
    const planned = await planPlate(plate(meshes.map((mesh, i) => placed(mesh, [100, 100, 0], `piece ${i}`)), { infillPercent: 0, topLayers: 0, bottomLayers: 0 }), createLocalSlicePool())
    if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join(' '))
    const heights = [...new Set(planned.value.map(({ zMm }) => Math.round(zMm / LAYER_MM)))]
    return heights.map((height) => planned.value.filter(({ zMm }) => Math.round(zMm / LAYER_MM) === height).flatMap(({ islands }) => islands.map(({ outline }) => outline)))
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

  it('prints as one body with an inlay: each layer is whole, and no place is printed twice', async () => {
    const ring = { contours: [10, 6].map((half) => Float64Array.from([-half, -half, half, -half, half, half, -half, half])), rule: 'evenodd' } as const
    const made = embossSolid(solids, clipper, { name: 'part', mesh: block, placement: IDENTITY, drawing: { fills: [ring], strokes: [] }, frame: translation(20, 15, 6), depthMm: 2, isRaised: false, isFollowing: false, isOwnPart: true })
    if (!made.ok) throw new Error('refused')
    const layers = await sliced([made.value.part!, made.value.relief!])
    expect(layers).toHaveLength(30)
    for (const outlines of layers) {
      expect(sum(outlines.map(regionArea))).toBeCloseTo(1200, 0)
      expect(regionArea(clipper.union(outlines.flat()))).toBeCloseTo(1200, 0)
    }
  }, 60_000)

  it('prints cut pieces with the volume of their meshes', async () => {
    const style = { kind: 'plug', shape: 'hexagon', widthMm: 2, depthMm: 3, clearanceMm: 0.1, marginMm: 0.5 } as const
    const upright = [0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 20, 15, 3, 1]
    const made = cutSolid(solids, { name: 'part', mesh: block, placement: IDENTITY, plane: upright, keep: 'both', connectors: [{ xMm: -8, yMm: 0 }, { xMm: 8, yMm: 0 }], style })
    if (!made.ok) throw new Error(made.problems[0]?.message)
    const meshes = [made.value.upper!, made.value.lower!]
    const layers = await sliced(meshes)
    const printed = sum(layers.map((outlines) => LAYER_MM * sum(outlines.map(regionArea))))
    const solid = sum(meshes.map((mesh) => measureMesh(mesh).volumeMm3))
    expect(Math.abs(printed - solid)).toBeLessThan(0.003 * solid)
  }, 60_000)
})
