import { describe, expect, it } from 'vitest'
import { decimateMesh } from '../../../shared/mesh/decimate-mesh'
import { diagnoseMesh } from '../../../shared/mesh/diagnose-mesh'
import { fillHole } from '../../../shared/mesh/fill-hole'
import { footprintArea, meshFootprint } from '../../../shared/mesh/footprint'
import { measureMesh } from '../../../shared/mesh/measure-mesh'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { suspectUnit, unitToMm } from '../../../shared/mesh/suspect-unit'
import { transformMesh } from '../../../shared/mesh/transform-mesh'
import { boxTriangles, cube, meshOf, type Triangle } from './meshes'

const box = (largest: number) => ({ min: [0, 0, 0], max: [largest, largest / 2, largest / 3] }) as const

describe('a suspicion about the unit', () => {
  it.each([
    [0.787, 'inch'],
    [0.02, 'meter'],
    [1.9, 'inch'],
    [20_000, 'micron'],
  ] as const)('finds that %d was meant in %s', (largest, unit) => {
    expect(suspectUnit(box(largest))).toEqual({ suspicion: unit, suggestedUnit: unit, largest, largestMm: largest * unitToMm(unit) })
  })

  it.each([2, 20, 256, 1000, 0])('is not raised by %d mm', (largest) => {
    expect(suspectUnit(box(largest))).toBeUndefined()
  })
})

describe('transforming a mesh', () => {
  it('moves it, and keeps a mirror image facing outward', () => {
    const mirrored = transformMesh(meshOf(cube), [-1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 5, 0, 0, 1])
    expect(meshBox(mirrored)).toEqual({ min: [-15, 0, 0], max: [5, 40, 20] })
    expect(measureMesh(mirrored).volumeMm3).toBe(16_000)
  })
})

describe('a footprint', () => {
  it('is the convex outline seen from above, after the matrix', () => {
    const outline = meshFootprint(meshOf(cube), [0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1, 0, 3, 0, 0, 1])
    expect(footprintArea(outline)).toBe(400)
    expect([...outline].filter((_, i) => i % 2 === 0).toSorted((a, b) => a - b)).toEqual([-17, -17, 3, 3])
  })

  it('of very many vertices covers all of them and little more', () => {
    const positions = Float32Array.from({ length: 3 * 60_000 }, (_, i) => (i % 3 === 0 ? 50 * Math.cos(i) : i % 3 === 1 ? 30 * Math.sin(i - 1) : 0))
    const area = footprintArea(meshFootprint({ positions }))
    expect(area).toBeGreaterThan(Math.PI * 1500)
    expect(area).toBeLessThan(Math.PI * 1500 * 1.01)
  })
})

describe('filling a loop', () => {
  it.each([7, 60, 200, 1000])('of %d corners that is not convex covers just its inside', (n) => {
    // A star in a slanted plane: x runs along (1, 0, 1).
    const points = Array.from({ length: n }, (_, i) => {
      const radius = i % 2 === 0 ? 10 : 6
      const angle = (2 * Math.PI * i) / n
      return [radius * Math.cos(angle), radius * Math.sin(angle)] as const
    })
    const positions = Float32Array.from(points.flatMap(([x, y]) => [x, y, x]))
    const triangles = fillHole(positions, points.map((_, i) => i))!
    expect(triangles).toHaveLength(3 * (n - 2))
    const outline = points.reduce((sum, [x, y], i) => sum + (x * points[(i + 1) % n]![1] - y * points[(i + 1) % n]![0]) / 2, 0)
    expect(measureMesh({ positions, indices: Uint32Array.from(triangles) }).areaMm2).toBeCloseTo(outline * Math.SQRT2, 3)
  })
})

describe('decimating', () => {
  /** A ball of about 2 n² triangles. */
  function ball(n: number): Triangle[] {
    const at = (i: number, j: number) => {
      const [polar, around] = [(Math.PI * i) / n, (2 * Math.PI * (j % n)) / n]
      const ring = i === 0 || i === n ? 0 : Math.sin(polar)
      return [10 * ring * Math.cos(around), 10 * ring * Math.sin(around), 10 * Math.cos(polar)] as const
    }
    const quads = Array.from({ length: n * n }, (_, k): Triangle[] => {
      const [i, j] = [Math.floor(k / n), k % n]
      const first: Triangle = [at(i, j), at(i + 1, j), at(i + 1, j + 1)]
      const second: Triangle = [at(i, j), at(i + 1, j + 1), at(i, j + 1)]
      return i === 0 ? [first] : i === n - 1 ? [second] : [first, second]
    })
    return quads.flat()
  }

  it('keeps shape and closedness with a tenth of the triangles', async () => {
    const mesh = meshOf(ball(100))
    const { mesh: fewer, errorMm } = await decimateMesh(mesh, 2000)
    expect(fewer.indices.length / 3).toBeLessThanOrEqual(2100)
    expect(diagnoseMesh(fewer)).toMatchObject({ isWatertight: true })
    expect(measureMesh(fewer).volumeMm3 / measureMesh(mesh).volumeMm3).toBeCloseTo(1, 1)
    expect(errorMm).toBeLessThan(0.5)
  })

  it('leaves a mesh of few triangles as it is', async () => {
    const mesh = meshOf(boxTriangles([0, 0, 0], [1, 1, 1]))
    expect((await decimateMesh(mesh, 100)).mesh).toBe(mesh)
  })
})
