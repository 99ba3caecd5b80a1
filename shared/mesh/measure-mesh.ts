import { meshBox } from './mesh-box'
import type { Box3, Mesh } from './mesh'

/** Size of a mesh. */
export interface MeshMeasures {
  readonly triangleCount: number
  readonly vertexCount: number
  readonly box: Box3
  /** Signed: what lies under the triangles that face outward. Exact for a watertight mesh without overlaps. */
  readonly volumeMm3: number
  readonly areaMm2: number
}

/** Counts and measures a mesh, in doubles and around the middle of its box so that a far origin costs no digits. */
export function measureMesh(mesh: Mesh): MeshMeasures {
  const { positions, indices } = mesh
  const box = meshBox(mesh)
  const ox = (box.min[0] + box.max[0]) / 2
  const oy = (box.min[1] + box.max[1]) / 2
  const oz = (box.min[2] + box.max[2]) / 2
  let volume = 0
  let area = 0
  for (let i = 0; i < indices.length; i += 3) {
    const a = 3 * indices[i]
    const b = 3 * indices[i + 1]
    const c = 3 * indices[i + 2]
    const ax = positions[a] - ox
    const ay = positions[a + 1] - oy
    const az = positions[a + 2] - oz
    const ux = positions[b] - ox - ax
    const uy = positions[b + 1] - oy - ay
    const uz = positions[b + 2] - oz - az
    const vx = positions[c] - ox - ax
    const vy = positions[c + 1] - oy - ay
    const vz = positions[c + 2] - oz - az
    const nx = uy * vz - uz * vy
    const ny = uz * vx - ux * vz
    const nz = ux * vy - uy * vx
    volume += ax * nx + ay * ny + az * nz
    area += Math.sqrt(nx * nx + ny * ny + nz * nz)
  }
  return { triangleCount: indices.length / 3, vertexCount: positions.length / 3, box, volumeMm3: volume / 6, areaMm2: area / 2 }
}
