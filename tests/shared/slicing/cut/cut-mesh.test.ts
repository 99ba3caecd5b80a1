import { describe, expect, it } from 'vitest'
import { regionArea } from '../../../../shared/geometry/measure-contour'
import type { Mesh } from '../../../../shared/mesh/mesh'
import { type CutLayer, cutMesh } from '../../../../shared/slicing/cut/cut-mesh'
import { boxMesh, joinMeshes, withoutTriangles } from '../solids'

const cut = (mesh: Mesh, planes: readonly number[]): CutLayer[] => [...cutMesh(Float64Array.from(mesh.positions), mesh.indices, planes)]
const cube = boxMesh([0, 0, 0], [20, 20, 20])

describe('cutting a mesh', () => {
  it('gives one counter-clockwise contour a layer of a cube', () => {
    for (const { contours, widestGapMm } of cut(cube, [0.1, 10, 19.9])) {
      expect(contours).toHaveLength(1)
      expect(regionArea(contours)).toBeCloseTo(400, 6)
      expect(widestGapMm).toBe(0)
    }
  })

  it('counts a vertex in the plane as above it', () => {
    expect(cut(cube, [0, 20, 20.1]).map(({ contours }) => regionArea(contours))).toEqual([0, 400, 0])
  })

  it('runs clockwise around a cavity', () => {
    const [layer] = cut(joinMeshes(cube, boxMesh([5, 5, 5], [15, 15, 15], true)), [10])
    expect(layer!.contours.map((contour) => Math.round(regionArea([contour]))).toSorted((a, b) => a - b)).toEqual([-100, 400])
  })

  it('takes facets that lie double once', () => {
    const [layer] = cut({ ...cube, indices: Uint32Array.from([...cube.indices, ...cube.indices.slice(12, 24)]) }, [10])
    expect(layer!.contours).toHaveLength(1)
    expect(layer!.widestGapMm).toBe(0)
  })

  it('keeps two cubes apart that share an edge', () => {
    const shared = joinMeshes(boxMesh([0, 0, 0], [10, 10, 10]), boxMesh([10, 10, 0], [20, 20, 10]))
    // Vertices of the common edge become the same, as welding makes them.
    const merged: Mesh = { ...shared, indices: shared.indices.map((i) => (i === 8 ? 3 : i === 12 ? 7 : i)) }
    const [layer] = cut(merged, [5])
    expect(regionArea(layer!.contours)).toBeCloseTo(200, 6)
  })

  it('closes the contour where a facet is missing, and says how wide the gap was', () => {
    for (const triangle of [4, 5, 6, 7, 8, 9, 10, 11]) {
      const [layer] = cut(withoutTriangles(cube, triangle), [5])
      expect(regionArea(layer!.contours)).toBeCloseTo(400, 6)
      expect(layer!.widestGapMm).toBeGreaterThan(1)
    }
  })

  it('closes cracks of 10 µm without a word', () => {
    const cracked: Mesh = { positions: Float32Array.from(Array.from(cube.indices).flatMap((v, i) => [0, 1, 2].map((k) => cube.positions[3 * v + k]! + (Math.floor(i / 3) % 2) * 0.01))), indices: Uint32Array.from(cube.indices.keys()) }
    const [layer] = cut(cracked, [10])
    expect(regionArea(layer!.contours)).toBeCloseTo(400, 0)
    expect(layer!.widestGapMm).toBe(0)
  })

  it('turns round a facet that faces the wrong way', () => {
    const indices = cube.indices.slice()
    indices.set([indices[13]!, indices[12]!, indices[14]!], 12)
    const [layer] = cut({ ...cube, indices }, [5])
    expect(regionArea(layer!.contours)).toBeCloseTo(400, 6)
  })

  it('gives the same layer whichever other planes are cut', () => {
    const [, , third] = cut(cube, [1, 2, 3, 4])
    expect(cut(cube, [3])).toEqual([third])
  })

  it('gives nothing of an open sheet', () => {
    const sheet: Mesh = { positions: Float32Array.of(0, 0, 0, 10, 0, 0, 10, 0, 10, 0, 0, 10), indices: Uint32Array.of(0, 1, 2, 0, 2, 3) }
    expect(Math.abs(cut(sheet, [5]).reduce((sum, { contours }) => sum + regionArea(contours), 0))).toBeLessThan(1e-9)
  })
})
