import type { Mesh } from '../../../shared/mesh/mesh'
import { weldTriangles } from '../../../shared/mesh/weld-mesh'

export type Triangle = readonly [readonly [number, number, number], readonly [number, number, number], readonly [number, number, number]]

/** The twelve triangles of a box, facing outward. */
export function boxTriangles([x0, y0, z0]: readonly [number, number, number], [x1, y1, z1]: readonly [number, number, number]): Triangle[] {
  const corner = (i: number) => [i & 1 ? x1 : x0, i & 2 ? y1 : y0, i & 4 ? z1 : z0] as const
  const order = [[0, 2, 1], [1, 2, 3], [4, 5, 6], [5, 7, 6], [0, 1, 4], [1, 5, 4], [2, 6, 3], [3, 6, 7], [0, 4, 2], [2, 4, 6], [1, 3, 5], [3, 7, 5]] as const
  return order.map(([a, b, c]) => [corner(a), corner(b), corner(c)])
}

/** The triangles seen from their other side. */
export function reversed(triangles: readonly Triangle[]): Triangle[] {
  return triangles.map(([a, b, c]) => [a, c, b])
}

export function meshOf(triangles: readonly Triangle[]): Mesh {
  return weldTriangles(cornersOf(triangles))
}

export function cornersOf(triangles: readonly Triangle[]): Float32Array {
  return Float32Array.from(triangles.flat(2))
}

export const cube = boxTriangles([0, 0, 0], [20, 20, 20])
