import type { Mesh } from '../../shared/mesh/mesh'

/** Triangles count as one plane up to this angle between their normals. */
const SAME_DIRECTION = Math.cos((1 * Math.PI) / 180)
/** ... and this distance from it, as a part of the mesh's size. */
const SAME_PLANE = 1e-4

type Triple = readonly [number, number, number]

function corner({ positions, indices }: Mesh, at: number): Triple {
  const p = 3 * (indices[at] as number)
  return [positions[p] as number, positions[p + 1] as number, positions[p + 2] as number]
}

function normalOf(a: Triple, b: Triple, c: Triple): Triple {
  const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
  const [vx, vy, vz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]]
  const n: Triple = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
  const length = Math.hypot(...n)
  return length === 0 ? [0, 0, 0] : [n[0] / length, n[1] / length, n[2] / length]
}

function sizeOf({ positions }: Mesh): number {
  let largest = 0
  for (const value of positions) largest = Math.max(largest, Math.abs(value))
  return largest
}

/**
 * Finds every triangle that lies in the plane of one: what would touch the bed together if the part lay on that face.
 * In the mesh's own frame; tolerance 1° and a ten-thousandth of the mesh's reach from its origin.
 * @returns xyz triples of the triangles' corners, length 9 · triangles; empty for a triangle without area.
 */
export function flatFace(mesh: Mesh, triangle: number): Float32Array {
  const [a, b, c] = [corner(mesh, 3 * triangle), corner(mesh, 3 * triangle + 1), corner(mesh, 3 * triangle + 2)]
  const [nx, ny, nz] = normalOf(a, b, c)
  if (nx === 0 && ny === 0 && nz === 0) return new Float32Array()
  const tolerance = Math.max(1e-4, SAME_PLANE * sizeOf(mesh))
  const level = nx * a[0] + ny * a[1] + nz * a[2]
  const { positions, indices } = mesh
  const isOff = (at: number) => {
    const p = 3 * (indices[at] as number)
    return Math.abs(nx * (positions[p] as number) + ny * (positions[p + 1] as number) + nz * (positions[p + 2] as number) - level) > tolerance
  }
  const found: number[] = []
  for (let at = 0; at < indices.length; at += 3) {
    if (isOff(at) || isOff(at + 1) || isOff(at + 2)) continue
    const corners = [corner(mesh, at), corner(mesh, at + 1), corner(mesh, at + 2)] as const
    const other = normalOf(...corners)
    if (nx * other[0] + ny * other[1] + nz * other[2] >= SAME_DIRECTION) found.push(...corners[0], ...corners[1], ...corners[2])
  }
  return new Float32Array(found)
}
