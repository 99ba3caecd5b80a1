import { determinant } from './matrix'
import type { Mat4, Mesh } from './mesh'

/** Moves every vertex by a matrix; a mirroring matrix turns the triangles too, so that they still face outward. */
export function transformMesh({ positions, indices }: Mesh, matrix: Mat4): Mesh {
  const moved = new Float32Array(positions.length)
  const [a, b, c, , d, e, f, , g, h, i, , tx, ty, tz] = matrix
  for (let p = 0; p < positions.length; p += 3) {
    const x = positions[p]
    const y = positions[p + 1]
    const z = positions[p + 2]
    moved[p] = a * x + d * y + g * z + tx
    moved[p + 1] = b * x + e * y + h * z + ty
    moved[p + 2] = c * x + f * y + i * z + tz
  }
  return { positions: moved, indices: determinant(matrix) < 0 ? turnTriangles(indices) : indices }
}

/** The same triangles seen from their other side. */
function turnTriangles(indices: Uint32Array): Uint32Array {
  const turned = indices.slice()
  for (let i = 0; i < turned.length; i += 3) {
    turned[i + 1] = indices[i + 2]
    turned[i + 2] = indices[i + 1]
  }
  return turned
}
