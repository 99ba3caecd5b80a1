import { boxSize, meshBox } from './mesh-box'
import { meshEdges, nextHalf, type MeshEdges } from './mesh-edges'
import type { Mesh } from './mesh'
import { isOpen } from './orient-triangles'
import { withoutTriangles } from './mesh-cleaning'

/** Cracks up to this are exports' rounding, not gaps that somebody drew. */
const CRACK_MM = 0.02
/** Of a small model (or one in metres) only this part of its size. */
const CRACK_OF_SIZE = 1 / 1000
/** Comparisons of edges with vertices that are made at most. */
const MAX_TESTS = 50_000_000
const MAX_PASSES = 8

/** A mesh whose open edges were brought together, and how often. */
export interface Joined {
  readonly mesh: Mesh
  readonly joinedVertices: number
  readonly splitEdges: number
  /** Vertices where something was changed. */
  readonly places: readonly number[]
}

/**
 * Closes cracks without adding material: vertices of open edges that stand within 20 µm become one, and open edges are split at vertices that lie on them
 * (T-junctions). Only open edges are touched, and no edge is collapsed: closed details of any size stay. `edges` are the mesh's; a mesh without cracks comes back itself.
 */
export function joinCracks(mesh: Mesh, edges: MeshEdges): Joined {
  const toleranceMm = Math.min(CRACK_MM, CRACK_OF_SIZE * Math.max(...boxSize(meshBox(mesh))))
  const near = joinNear(mesh, edges, toleranceMm)
  let indices = near.indices
  let splitEdges = 0
  const places = [...near.places]
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const split = splitOpenEdges({ positions: mesh.positions, indices }, indices === mesh.indices ? edges : meshEdges(indices), toleranceMm)
    if (split.count === 0) break
    indices = split.indices
    splitEdges += split.count
    places.push(...split.places)
  }
  const isChanged = near.count > 0 || splitEdges > 0
  return { mesh: isChanged ? { positions: mesh.positions, indices } : mesh, joinedVertices: near.count, splitEdges, places }
}

function openVertices(indices: Uint32Array, edges: MeshEdges): number[] {
  const vertices = new Set<number>()
  for (let half = 0; half < indices.length; half++) {
    if (!isOpen(edges, half)) continue
    vertices.add(indices[half])
    vertices.add(indices[nextHalf(half)])
  }
  return [...vertices]
}

function joinNear({ positions, indices }: Mesh, edges: MeshEdges, toleranceMm: number): { indices: Uint32Array; count: number; places: number[] } {
  const open = openVertices(indices, edges)
  if (open.length === 0 || !(toleranceMm > 0)) return { indices, count: 0, places: [] }
  const short = shortEdges({ positions, indices }, new Set(open), toleranceMm)
  const cells = new Map<string, number[]>()
  const newVertex = new Map<number, number>()
  const cellOf = (vertex: number, axis: number) => Math.floor(positions[3 * vertex + axis] / toleranceMm)
  const apart = (a: number, b: number) => Math.hypot(positions[3 * a] - positions[3 * b], positions[3 * a + 1] - positions[3 * b + 1], positions[3 * a + 2] - positions[3 * b + 2])
  for (const vertex of open) {
    const [x, y, z] = [cellOf(vertex, 0), cellOf(vertex, 1), cellOf(vertex, 2)]
    let nearest: number | undefined
    let nearestMm = toleranceMm
    for (const key of cellsAround(x, y, z)) {
      for (const other of cells.get(key) ?? []) {
        const mm = apart(vertex, other)
        if (mm > nearestMm || short.has(pairKey(vertex, other))) continue
        nearest = other
        nearestMm = mm
      }
    }
    if (nearest !== undefined) newVertex.set(vertex, nearest)
    else {
      const key = `${x} ${y} ${z}`
      cells.set(key, [...(cells.get(key) ?? []), vertex])
    }
  }
  if (newVertex.size === 0) return { indices, count: 0, places: [] }
  const joined = indices.map((vertex) => newVertex.get(vertex) ?? vertex)
  const isCollapsed = (t: number) => joined[3 * t] === joined[3 * t + 1] || joined[3 * t + 1] === joined[3 * t + 2] || joined[3 * t + 2] === joined[3 * t]
  return { indices: withoutTriangles(joined, isCollapsed), count: newVertex.size, places: [...newVertex.values()] }
}

function cellsAround(x: number, y: number, z: number): string[] {
  const keys: string[] = []
  for (let i = x - 1; i <= x + 1; i++) for (let j = y - 1; j <= y + 1; j++) for (let k = z - 1; k <= z + 1; k++) keys.push(`${i} ${j} ${k}`)
  return keys
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}

/** Edges that joining their ends would collapse. */
function shortEdges({ positions, indices }: Mesh, open: ReadonlySet<number>, toleranceMm: number): Set<string> {
  const pairs = new Set<string>()
  for (let half = 0; half < indices.length; half++) {
    const [a, b] = [indices[half], indices[nextHalf(half)]]
    const dx = positions[3 * a] - positions[3 * b]
    const dy = positions[3 * a + 1] - positions[3 * b + 1]
    const dz = positions[3 * a + 2] - positions[3 * b + 2]
    if (dx * dx + dy * dy + dz * dz <= toleranceMm * toleranceMm && open.has(a) && open.has(b)) pairs.add(pairKey(a, b))
  }
  return pairs
}

/** Splits, in each triangle, its first open edge on which vertices of other open edges lie. */
function splitOpenEdges({ positions, indices }: Mesh, edges: MeshEdges, toleranceMm: number): { indices: Uint32Array; count: number; places: number[] } {
  const open = openVertices(indices, edges).sort((a, b) => positions[3 * a] - positions[3 * b])
  const xs = Float64Array.from(open, (vertex) => positions[3 * vertex])
  const replaced = new Map<number, number[]>()
  const places: number[] = []
  let tests = 0
  for (let half = 0; half < indices.length && tests < MAX_TESTS; half++) {
    const triangle = Math.floor(half / 3)
    if (replaced.has(triangle) || !isOpen(edges, half)) continue
    const [a, b] = [indices[half], indices[nextHalf(half)]]
    const [low, high] = [Math.min(positions[3 * a], positions[3 * b]) - toleranceMm, Math.max(positions[3 * a], positions[3 * b]) + toleranceMm]
    const on: { vertex: number; t: number }[] = []
    for (let at = lowerBound(xs, low); at < xs.length && xs[at] <= high; at++) {
      tests++
      const t = placeOnEdge(positions, [a, b], open[at], toleranceMm)
      if (!Number.isNaN(t)) on.push({ vertex: open[at], t })
    }
    const tip = indices[nextHalf(nextHalf(half))]
    const between = on.filter(({ vertex }) => vertex !== tip).sort((one, two) => one.t - two.t).map(({ vertex }) => vertex)
    if (between.length === 0) continue
    replaced.set(triangle, fan([a, ...between, b], tip))
    places.push(...between)
  }
  if (replaced.size === 0) return { indices, count: 0, places }
  const rest = withoutTriangles(indices, (triangle) => replaced.has(triangle))
  const added = [...replaced.values()].flat()
  const result = new Uint32Array(rest.length + added.length)
  result.set(rest)
  result.set(added, rest.length)
  return { indices: result, count: replaced.size, places }
}

function fan(chain: readonly number[], tip: number): number[] {
  return chain.slice(1).flatMap((vertex, i) => [chain[i], vertex, tip])
}

function lowerBound(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle] < value) from = middle + 1
    else to = middle
  }
  return from
}

/** Where between the ends of an edge a vertex lies on it, 0 to 1; NaN when it doesn't, or stands at an end. */
function placeOnEdge(positions: Float32Array, [a, b]: readonly [number, number], vertex: number, toleranceMm: number): number {
  if (vertex === a || vertex === b) return NaN
  const ux = positions[3 * b] - positions[3 * a]
  const uy = positions[3 * b + 1] - positions[3 * a + 1]
  const uz = positions[3 * b + 2] - positions[3 * a + 2]
  const px = positions[3 * vertex] - positions[3 * a]
  const py = positions[3 * vertex + 1] - positions[3 * a + 1]
  const pz = positions[3 * vertex + 2] - positions[3 * a + 2]
  const length2 = ux * ux + uy * uy + uz * uz
  const t = (ux * px + uy * py + uz * pz) / length2
  const end = toleranceMm / Math.sqrt(length2)
  if (!(t > end && t < 1 - end)) return NaN
  return Math.hypot(px - t * ux, py - t * uy, pz - t * uz) <= toleranceMm ? t : NaN
}
