import { type MeshEdges, nextHalf, previousHalf } from './mesh-edges'
import type { Mesh } from './mesh'

/** A mesh whose edges belong to two triangles each, and how many edges were divided for that. */
export interface Separated {
  readonly mesh: Mesh
  readonly count: number
  /** Vertices at the divided edges. */
  readonly places: readonly number[]
}

/**
 * Divides edges that more than two triangles use, by giving the solids that touch there vertices of their own: around such an edge, the two faces that bound
 * the same material stay together (sorted by angle). Triangles must face outward; `edges` are the mesh's. Edges whose faces don't add up are left open.
 */
export function separateSolids({ positions, indices }: Mesh, edges: MeshEdges): Separated {
  const crowded = crowdedEdges(edges)
  if (crowded.size === 0) return { mesh: { positions, indices }, count: 0, places: [] }
  const parent = Uint32Array.from({ length: indices.length }, (_, corner) => corner)
  const join = (half: number, other: number) => {
    unite(parent, half, nextHalf(other))
    unite(parent, nextHalf(half), other)
  }
  for (let edge = 0; edge < edges.edgeCount; edge++) if (edges.forward[edge] === 1 && edges.backward[edge] === 1) join(edges.first[edge], edges.last[edge])
  const places: number[] = []
  let count = 0
  for (const halves of crowded.values()) {
    const pairs = pairAround({ positions, indices }, halves)
    for (const [half, other] of pairs) join(half, other)
    if (pairs.length < 2) continue
    count++
    places.push(indices[halves[0]], indices[nextHalf(halves[0])])
  }
  return count === 0 ? { mesh: { positions, indices }, count, places } : { mesh: withOwnVertices({ positions, indices }, parent), count, places }
}

function crowdedEdges({ edgeOf, forward, backward }: MeshEdges): Map<number, number[]> {
  const crowded = new Map<number, number[]>()
  for (let half = 0; half < edgeOf.length; half++) {
    const edge = edgeOf[half]
    if (forward[edge] + backward[edge] <= 2) continue
    const halves = crowded.get(edge)
    if (halves === undefined) crowded.set(edge, [half])
    else halves.push(half)
  }
  return crowded
}

function find(parent: Uint32Array, corner: number): number {
  let at = corner
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]]
    at = parent[at]
  }
  return at
}

function unite(parent: Uint32Array, a: number, b: number): void {
  parent[find(parent, a)] = find(parent, b)
}

/** Around an edge seen from its end, material lies from a face that runs against the edge to the next one that runs along it. */
function pairAround({ positions, indices }: Mesh, halves: readonly number[]): [number, number][] {
  const first = halves[0]
  const low = Math.min(indices[first], indices[nextHalf(first)])
  const high = Math.max(indices[first], indices[nextHalf(first)])
  const angleOf = angleAround(positions, low, high)
  const faces = halves
    .map((half) => ({ half, closes: indices[half] === low, angle: angleOf(indices[previousHalf(half)]) }))
    .sort((a, b) => (Math.abs(a.angle - b.angle) > 1e-6 ? a.angle - b.angle : Number(b.closes) - Number(a.closes)))
  const open: number[] = []
  const paired = new Set<number>()
  const pairs: [number, number][] = []
  // Twice around, since what opens before the first angle's turn may close behind it.
  for (let i = 0; i < 2 * faces.length; i++) {
    const { half, closes } = faces[i % faces.length]
    if (paired.has(half)) continue
    if (!closes) {
      if (i < faces.length) open.push(half)
      continue
    }
    const other = open.pop()
    if (other === undefined) continue
    pairs.push([half, other])
    paired.add(half).add(other)
  }
  return pairs
}

/** Angle of a vertex around the axis from one vertex to another, right-handed. */
function angleAround(positions: Float32Array, low: number, high: number): (vertex: number) => number {
  const at = (vertex: number, axis: number) => positions[3 * vertex + axis]
  const d = [0, 1, 2].map((axis) => at(high, axis) - at(low, axis))
  const length = Math.hypot(...d) || 1
  const [dx, dy, dz] = [d[0] / length, d[1] / length, d[2] / length]
  const helper = Math.abs(dx) < 0.6 ? [1, 0, 0] : [0, 1, 0]
  const cross = ([ax, ay, az]: readonly number[], [bx, by, bz]: readonly number[]) => [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx]
  const u = cross(helper, [dx, dy, dz])
  const v = cross([dx, dy, dz], u)
  return (vertex) => {
    const r = [0, 1, 2].map((axis) => at(vertex, axis) - at(low, axis))
    return Math.atan2(r[0] * v[0] + r[1] * v[1] + r[2] * v[2], r[0] * u[0] + r[1] * u[1] + r[2] * u[2])
  }
}

/** Every set of corners that hang together gets one vertex. */
function withOwnVertices({ positions, indices }: Mesh, parent: Uint32Array): Mesh {
  const vertexOf = new Map<number, number>()
  const source: number[] = []
  const divided = indices.map((vertex, corner) => {
    const root = find(parent, corner)
    let own = vertexOf.get(root)
    if (own === undefined) {
      own = source.length
      vertexOf.set(root, own)
      source.push(vertex)
    }
    return own
  })
  const copied = new Float32Array(3 * source.length)
  source.forEach((vertex, own) => copied.set(positions.subarray(3 * vertex, 3 * vertex + 3), 3 * own))
  return { positions: copied, indices: divided }
}
