import { describe, expect, it } from 'vitest'
import { diagnoseMesh } from '../../../shared/mesh/diagnose-mesh'
import type { Mesh } from '../../../shared/mesh/mesh'
import { repairMesh, type Repaired } from '../../../shared/mesh/repair-mesh'
import { boxTriangles, cube, meshOf, reversed, type Triangle } from './meshes'

function steps({ steps: done }: Repaired): string[] {
  return done.map(({ kind, count }) => `${kind} ${count}`)
}

/** Repairs, and checks what holds for every repair: the second one finds nothing to do. */
function repair(mesh: Mesh): Repaired {
  const repaired = repairMesh(mesh)
  const again = repairMesh(repaired.mesh)
  expect(again.steps).toEqual([])
  expect(again.mesh).toBe(repaired.mesh)
  expect(repaired.after).toEqual(diagnoseMesh(repaired.mesh))
  return repaired
}

const watertight = (volumeMm3: number) => ({ isWatertight: true, volumeMm3: expect.closeTo(volumeMm3, 0), holeCount: 0, flippedTriangles: 0, duplicateTriangles: 0, nonManifoldEdges: 0, isSheet: false })

describe('a diagnosis', () => {
  it('finds nothing wrong with a box', () => {
    expect(diagnoseMesh(meshOf(cube))).toEqual({
      triangleCount: 12, vertexCount: 8, box: { min: [0, 0, 0], max: [20, 20, 20] }, volumeMm3: 8000, areaMm2: 2400, isWatertight: true, holes: [], holeCount: 0,
      flippedTriangles: 0, duplicateTriangles: 0, degenerateTriangles: 0, collapsedTriangles: 0, nonManifoldEdges: 0, shells: 1, isSheet: false, problems: [],
    })
  })

  it('measures a hole', () => {
    const report = diagnoseMesh(meshOf(cube.filter((_, i) => i !== 2 && i !== 3)))
    expect(report.holes).toEqual([{ edgeCount: 4, box: { min: [0, 0, 20], max: [20, 20, 20] }, perimeterMm: 80 }])
    expect(report.problems.map(({ code }) => code)).toEqual(['mesh/open'])
  })

  it('counts what overlaps once', () => {
    expect(diagnoseMesh(meshOf([...cube, ...boxTriangles([10, 10, 0], [30, 30, 20])])).volumeMm3).toBeCloseTo(14_000, -2)
    expect(diagnoseMesh(meshOf([...cube, ...boxTriangles([5, 5, 5], [15, 15, 15])])).volumeMm3).toBeCloseTo(8000, 6)
  })

  it('keeps its digits far from the origin', () => {
    expect(diagnoseMesh(meshOf(boxTriangles([100_000, 100_000, 0], [100_020, 100_020, 20]))).volumeMm3).toBeCloseTo(8000, 3)
  })

  it('says of a mesh without triangles that it is empty', () => {
    const report = diagnoseMesh({ positions: new Float32Array(), indices: new Uint32Array() })
    expect(report).toMatchObject({ isWatertight: false, isSheet: true, problems: [{ code: 'mesh/empty' }] })
  })
})

describe('a repair', () => {
  it('leaves a good mesh as it is', () => {
    const mesh = meshOf(cube)
    expect(repair(mesh)).toMatchObject({ mesh, steps: [] })
  })

  it('closes a missing triangle and a missing side', () => {
    expect(repair(meshOf(cube.slice(1)))).toMatchObject({ steps: [{ kind: 'close-holes', count: 1 }], after: watertight(8000) })
    const open = repair(meshOf(cube.slice(2)))
    expect(open.steps).toEqual([{ kind: 'close-holes', count: 1, at: { min: [0, 0, 0], max: [20, 20, 0] } }])
    expect(open.after).toMatchObject(watertight(8000))
  })

  it('closes both ends of a tube of many corners', () => {
    const n = 400
    const at = (i: number, z: number) => [10 * Math.cos((2 * Math.PI * i) / n), 10 * Math.sin((2 * Math.PI * i) / n), z] as const
    const wall = Array.from({ length: n }, (_, i): Triangle[] => [[at(i, 0), at((i + 1) % n, 0), at((i + 1) % n, 20)], [at(i, 0), at((i + 1) % n, 20), at(i, 20)]]).flat()
    const repaired = repair(meshOf(wall))
    expect(steps(repaired)).toEqual(['close-holes 2'])
    expect(repaired.after).toMatchObject({ isWatertight: true, volumeMm3: expect.closeTo(Math.PI * 2000, -1) })
  })

  it('turns single triangles, and a shell that is inside out', () => {
    const single = cube.map((triangle, i) => (i === 4 ? reversed([triangle])[0]! : triangle))
    expect(repair(meshOf(single))).toMatchObject({ before: { flippedTriangles: 1 }, steps: [{ kind: 'turn-triangles', count: 1 }], after: watertight(8000) })
    expect(repair(meshOf(reversed(cube)))).toMatchObject({ before: { flippedTriangles: 12 }, after: watertight(8000) })
  })

  it('keeps a cavity a cavity, also in a mesh that is inside out', () => {
    const hollow = [...cube, ...reversed(boxTriangles([5, 5, 5], [15, 15, 15]))]
    expect(repair(meshOf(hollow))).toMatchObject({ steps: [], after: { volumeMm3: 7000 } })
    expect(repair(meshOf(reversed(hollow)))).toMatchObject({ before: { flippedTriangles: 24 }, after: { volumeMm3: 7000, isWatertight: true } })
  })

  it('keeps a solid within a cavity', () => {
    const nested = [...cube, ...reversed(boxTriangles([2, 2, 2], [18, 18, 18])), ...boxTriangles([5, 5, 5], [15, 15, 15])]
    expect(repair(meshOf(nested)).after).toMatchObject(watertight(8000 - 4096 + 1000))
  })

  it('drops doubled triangles', () => {
    expect(repair(meshOf([...cube, ...cube.slice(0, 4)]))).toMatchObject({ before: { duplicateTriangles: 4 }, steps: [{ kind: 'remove-duplicates', count: 4 }], after: watertight(8000) })
    expect(repair(meshOf([...cube, ...cube, ...cube])).after).toMatchObject({ triangleCount: 12, ...watertight(8000) })
  })

  it('keeps one side of a mesh whose every triangle is there from both sides', () => {
    expect(repair(meshOf([...cube, ...reversed(cube)])).after).toMatchObject({ triangleCount: 12, ...watertight(8000) })
  })

  it('takes out the wall between two boxes that share a side', () => {
    const left = boxTriangles([-20, 0, 0], [0, 20, 20])
    const shared = left.filter((triangle) => triangle.every(([x]) => x === 0))
    const right = [...cube.filter((triangle) => !triangle.every(([x]) => x === 0)), ...reversed(shared)]
    expect(repair(meshOf([...left, ...right]))).toMatchObject({ steps: [{ kind: 'remove-inner-walls', count: 4 }], after: { ...watertight(16_000), triangleCount: 20, shells: 1 } })
  })

  it('separates boxes that share a side with other diagonals, or an edge', () => {
    const mirrored = boxTriangles([0, 0, 0], [20, 20, 20]).map((triangle) => triangle.map(([x, y, z]) => [-x, y, z])) as unknown as Triangle[]
    expect(repair(meshOf([...cube, ...reversed(mirrored)])).after).toMatchObject(watertight(16_000))
    const byEdge = repair(meshOf([...cube, ...boxTriangles([20, 20, 0], [40, 40, 20])]))
    expect(steps(byEdge)).toEqual(['separate-solids 1'])
    expect(byEdge.after).toMatchObject({ ...watertight(16_000), shells: 2 })
  })

  it('joins cracks of 10 µm, and keeps a detail of 10 µm', () => {
    const cracked = cube.map((triangle, i) => (i % 2 === 0 ? triangle.map(([x, y, z]) => [x + 0.01, y, z]) : triangle)) as unknown as Triangle[]
    const joined = repair(meshOf(cracked))
    expect(joined.before.isSheet).toBe(false)
    expect(joined.after).toMatchObject({ isWatertight: true, volumeMm3: expect.closeTo(8000, -1) })
    const thin = meshOf(boxTriangles([0, 0, 0], [0.01, 20, 20]))
    expect(repair(thin).mesh).toBe(thin)
  })

  it('splits an edge on which a corner of its neighbour lies', () => {
    const [first, ...rest] = cube
    const [a, b, c] = first!
    const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2] as const
    const repaired = repair(meshOf([[a, middle, c], [middle, b, c], ...rest]))
    expect(steps(repaired)).toEqual(['split-edges 1'])
    expect(repaired.after).toMatchObject(watertight(8000))
  })

  it('leaves out a loose scrap beside a solid', () => {
    const scrap: Triangle[] = [[[30, 0, 0], [31, 0, 0], [30, 1, 0]], [[31, 0, 0], [31, 1, 0], [30, 1, 0]]]
    expect(repair(meshOf([...cube, ...scrap]))).toMatchObject({ steps: [{ kind: 'remove-fragments', count: 2 }], after: watertight(8000) })
  })

  it.each([
    ['a sheet of two triangles', cube.slice(0, 2)],
    ['three sides of a corner cut to a bowl', boxTriangles([0, 0, 0], [100, 100, 1]).slice(0, 2)],
    ['a single triangle', cube.slice(0, 1)],
    ['a flat sheet with two sides', [...cube.slice(0, 2), ...reversed(cube.slice(0, 2))]],
  ])('makes no nonsense of %s', (_title, triangles) => {
    const mesh = meshOf(triangles)
    const repaired = repair(mesh)
    expect(repaired).toMatchObject({ mesh, steps: [], after: { isSheet: true } })
    expect(repaired.after.problems.map(({ code }) => code)).toContain('mesh/sheet')
  })
})
