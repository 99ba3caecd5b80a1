import { determinant } from './matrix'
import type { Mat4, Mesh } from './mesh'

/**
 * Where a mesh crosses the plane z = 0 of a frame: a line for each triangle that does, x y to x y, mm in that frame, four numbers a line, in no order.
 * Material lies left of each line. `toPlane` leads from the mesh's frame to the plane's. Vertices on the plane count as above it.
 */
export function sectionLines({ positions, indices }: Mesh, toPlane: Mat4): Float64Array {
  const [a, b, c, , d, e, f, , g, h, i, , tx, ty, tz] = toPlane
  const height = new Float64Array(positions.length / 3)
  for (let v = 0; v < height.length; v++) height[v] = c * positions[3 * v] + f * positions[3 * v + 1] + i * positions[3 * v + 2] + tz
  const lines: number[] = []
  const isMirrored = determinant(toPlane) < 0
  const put = (from: number, to: number) => {
    const t = height[from] / (height[from] - height[to])
    const [x, y, z] = [0, 1, 2].map((axis) => positions[3 * from + axis] + t * (positions[3 * to + axis] - positions[3 * from + axis])) as [number, number, number]
    lines.push(a * x + d * y + g * z + tx, b * x + e * y + h * z + ty)
  }
  for (let t = 0; t < indices.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      // The corner that stands alone on its side of the plane; the line runs from the edge after it or before it.
      const [alone, next, last] = [indices[t + k], indices[t + ((k + 1) % 3)], indices[t + ((k + 2) % 3)]]
      const isAbove = height[alone] >= 0
      if (height[next] >= 0 === isAbove || height[last] >= 0 === isAbove) continue
      if (isAbove === isMirrored) {
        put(alone, last)
        put(alone, next)
      } else {
        put(alone, next)
        put(alone, last)
      }
    }
  }
  return Float64Array.from(lines)
}
