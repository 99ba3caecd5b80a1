import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meshEdges } from '../../../../shared/mesh/mesh-edges'
import { type PaintSurface, paintByAngle, paintWithBrush } from '../../../../shared/mesh/paint/paint-brush'
import { nearestOnTriangle } from '../../../../shared/mesh/paint/nearest-on-triangle'
import { eachLeaf, type PaintNode, readPaint, splitPaint, writePaint } from '../../../../shared/mesh/paint/paint-tree'
import { paintedFacets } from '../../../../shared/mesh/paint/painted-facets'
import { boxMesh } from '../../slicing/solids'

const cube = boxMesh([0, 0, 0], [20, 20, 20])
const surface: PaintSurface = { ...cube, edges: meshEdges(cube.indices) }
const area = (facets: ArrayLike<number>) => {
  let sum = 0
  for (let t = 0; t < facets.length; t += 9) {
    const at = (k: number) => [0, 1, 2].map((axis) => facets[t + 3 * k + axis]! - facets[t + axis]!)
    const [u, v] = [at(1), at(2)]
    sum += Math.hypot(u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!) / 2
  }
  return sum
}
const node: fc.Arbitrary<PaintNode> = fc.letrec<{ node: PaintNode }>((tie) => ({
  node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.constantFrom<PaintNode>(0, 1, 2), fc.integer({ min: 1, max: 3 }).chain((sides) => fc.record({ sides: fc.constant(sides), special: fc.integer({ min: 0, max: sides === 3 ? 0 : 2 }), children: fc.array(tie('node'), { minLength: sides + 1, maxLength: sides + 1 }) }))),
})).node

describe('the text of a painted triangle', () => {
  it('is what PrusaSlicer and OrcaSlicer write', () => {
    expect(readPaint('4')).toBe(1)
    expect(readPaint('8')).toBe(2)
    // Four pieces: the first enforced, the second blocked, the middle one bare.
    expect(readPaint('48003')).toEqual({ sides: 3, special: 0, children: [1, 2, 0, 0] })
    expect(readPaint('045')).toEqual({ sides: 1, special: 1, children: [0, 1] })
    expect(writePaint({ sides: 2, special: 2, children: [1, 0, 2] })).toBe('408A')
  })

  it('comes back as it was written', () => {
    fc.assert(fc.property(node, (tree) => { expect(readPaint(writePaint(tree))).toEqual(tree) }), { seed: 7 })
  })

  it.each(['', 'x', '3', '443', '00', 'C', `${'4'.repeat(9)}F`])('that is damaged is no paint: “%s”', (text) => {
    expect(readPaint(text)).toBeUndefined()
  })

  it('of several colours is no paint of support, and its pieces cover the triangle', () => {
    expect(readPaint('0C')).toBe(0)
    fc.assert(fc.property(node, (tree) => {
      let sum = 0
      eachLeaf(tree, [0, 0, 0, 7, 1, 0, 2, 9, 3], (_, corners) => { sum += area(corners) })
      expect(sum).toBeCloseTo(area([0, 0, 0, 7, 1, 0, 2, 9, 3]), 6)
    }), { seed: 11 })
  })

  it('is joined where all its pieces are alike', () => {
    expect(splitPaint([1, 1, 1, 1])).toBe(1)
    expect(splitPaint([1, 1, 2, 1])).not.toBe(1)
  })
})

describe('the brush', () => {
  // Triangles 2 and 3 are the top.
  const at = { triangle: 2, pointMm: [12, 8, 20], radiusMm: 3, state: 1 } as const

  it('paints a disc on triangles much larger than it, to 6 % of its area', () => {
    const { enforced, blocked } = paintedFacets(cube.positions, cube.indices, paintWithBrush(surface, {}, at))
    expect(Math.abs(area(enforced) / (Math.PI * 9) - 1)).toBeLessThan(0.06)
    expect(blocked).toHaveLength(0)
    for (let i = 2; i < enforced.length; i += 3) expect(enforced[i]).toBe(20)
  })

  it('paints around an edge', () => {
    const { enforced } = paintedFacets(cube.positions, cube.indices, paintWithBrush(surface, {}, { ...at, pointMm: [20, 10, 20] }))
    const onSide = Array.from({ length: enforced.length / 9 }, (_, t) => enforced.slice(9 * t, 9 * t + 9)).filter((facet) => [0, 3, 6].every((i) => facet[i]! === 20))
    expect(area(onSide.flatMap((facet) => [...facet]))).toBeGreaterThan(12)
  })

  it('takes away what it painted, and leaves nothing behind', () => {
    const paint = paintWithBrush(surface, {}, at)
    expect(Object.keys(paint).length).toBeGreaterThan(0)
    expect(paintWithBrush(surface, paint, { ...at, radiusMm: 4, state: 0 })).toEqual({})
  })

  it('paints over what is there, and again the same changes nothing', () => {
    const paint = paintWithBrush(surface, {}, at)
    expect(paintWithBrush(surface, paint, at)).toBe(paint)
    const facets = paintedFacets(cube.positions, cube.indices, paintWithBrush(surface, paint, { ...at, radiusMm: 2, state: 2 }))
    expect(area(facets.blocked)).toBeGreaterThan(11)
    expect(area(facets.enforced) + area(facets.blocked)).toBeCloseTo(area(paintedFacets(cube.positions, cube.indices, paint).enforced), 6)
  })

  it('doesn’t reach through to what it isn’t connected with', () => {
    const plate = boxMesh([0, 0, 0], [40, 40, 1])
    const { enforced } = paintedFacets(plate.positions, plate.indices, paintWithBrush({ ...plate, edges: meshEdges(plate.indices) }, {}, { triangle: 2, pointMm: [20, 20, 1], radiusMm: 3, state: 1 }))
    for (let i = 2; i < enforced.length; i += 3) expect(enforced[i]).toBe(1)
  })

  it('fills a face up to its edges by the angle', () => {
    const { enforced } = paintedFacets(cube.positions, cube.indices, paintByAngle(surface, {}, { triangle: 2, angleDeg: 30, state: 1 }))
    expect(area(enforced)).toBeCloseTo(400, 6)
    expect(area(paintedFacets(cube.positions, cube.indices, paintByAngle(surface, {}, { triangle: 2, angleDeg: 95, state: 1 })).enforced)).toBeCloseTo(2400, 6)
  })
})

it('the nearest point of a triangle is as near as any of its points', () => {
  const coordinate = fc.double({ min: -10, max: 10, noNaN: true })
  fc.assert(fc.property(fc.array(coordinate, { minLength: 9, maxLength: 9 }), fc.array(coordinate, { minLength: 3, maxLength: 3 }), (corners, point) => {
    const distance = (to: ArrayLike<number>) => Math.hypot(point[0]! - to[0]!, point[1]! - to[1]!, point[2]! - to[2]!)
    const nearest = distance(nearestOnTriangle(point, corners))
    for (let i = 0; i <= 10; i++) {
      for (let j = 0; i + j <= 10; j++) {
        const [u, v] = [i / 10, j / 10]
        expect(nearest).toBeLessThanOrEqual(distance([0, 1, 2].map((k) => corners[k]! * (1 - u - v) + corners[k + 3]! * u + corners[k + 6]! * v)) + 1e-6)
      }
    }
  }), { seed: 3 })
})
