import type { Contour } from '../../geometry/region'
import { closeChains } from './close-chains'
import { edgeIds } from './edge-ids'

/** A mesh cut at one height. */
export interface CutLayer {
  /** Counter-clockwise around material, clockwise around holes; they may cross, overlap and lie double. */
  readonly contours: readonly Contour[]
  /** Widest gap in the surface that was bridged to close a contour, mm; 0 in a closed mesh. */
  readonly widestGapMm: number
}

/**
 * Cuts a mesh at ascending heights, one layer a step. A vertex at a plane counts as above it, so a plane never meets a
 * vertex, and a layer that only touches a face is the one below the face.
 *
 * `positions` are xyz triples, mm. The layers don't depend on which other planes are cut.
 */
export function* cutMesh(positions: Float64Array, indices: Uint32Array, planes: readonly number[]): Generator<CutLayer, void, undefined> {
  const { ids, vertices } = edgeIds(indices)
  const chainer = new SegmentChainer(positions, vertices)
  const sweep = new Sweep(positions, indices, planes)
  for (let plane = 0; plane < planes.length; plane++) {
    const z = planes[plane]
    chainer.begin(z)
    const { active } = sweep
    for (let i = 0, count = sweep.advance(plane); i < count; i++) {
      const t = 3 * active[i]
      const isAbove0 = positions[3 * indices[t] + 2] >= z
      const isAbove1 = positions[3 * indices[t + 1] + 2] >= z
      const isAbove2 = positions[3 * indices[t + 2] + 2] >= z
      // The corner that is alone on its side: its two edges are crossed, from the one that leaves it when it is above.
      const alone = isAbove0 === isAbove1 ? 2 : isAbove0 === isAbove2 ? 1 : 0
      const leaving = ids[t + alone]
      const arriving = ids[t + (alone === 0 ? 2 : alone - 1)]
      if (alone === 0 ? isAbove0 : alone === 1 ? isAbove1 : isAbove2) chainer.add(leaving, arriving)
      else chainer.add(arriving, leaving)
    }
    yield chainer.finish()
  }
}

/** The triangles that cross a plane, in an order that depends on the mesh alone. */
class Sweep {
  readonly active: Int32Array
  private count = 0
  private readonly lastPlane: Int32Array
  /** Triangles sorted by the first plane that they cross; where each plane's begin. */
  private readonly sorted: Int32Array
  private readonly begins: Int32Array

  constructor(positions: Float64Array, indices: Uint32Array, planes: readonly number[]) {
    const triangleCount = indices.length / 3
    this.lastPlane = new Int32Array(triangleCount)
    const firstPlane = new Int32Array(triangleCount)
    this.begins = new Int32Array(planes.length + 1)
    const heights = Float64Array.from(planes)
    for (let t = 0; t < triangleCount; t++) {
      const z0 = positions[3 * indices[3 * t] + 2]
      const z1 = positions[3 * indices[3 * t + 1] + 2]
      const z2 = positions[3 * indices[3 * t + 2] + 2]
      const first = countUpTo(heights, Math.min(z0, z1, z2))
      const last = countUpTo(heights, Math.max(z0, z1, z2)) - 1
      this.lastPlane[t] = last
      firstPlane[t] = last >= first ? first : -1
      if (last >= first) this.begins[first + 1] = this.begins[first + 1] + 1
    }
    for (let p = 1; p <= planes.length; p++) this.begins[p] = this.begins[p] + this.begins[p - 1]
    const next = this.begins.slice()
    this.sorted = new Int32Array(this.begins[planes.length])
    for (let t = 0; t < triangleCount; t++) {
      const first = firstPlane[t]
      if (first < 0) continue
      const at = next[first]
      this.sorted[at] = t
      next[first] = at + 1
    }
    this.active = new Int32Array(this.sorted.length)
  }

  /** Steps to the next plane. Returns how many triangles at the start of `active` cross it. */
  advance(plane: number): number {
    const { active, lastPlane, sorted } = this
    let kept = 0
    for (let i = 0; i < this.count; i++) {
      const t = active[i]
      if (lastPlane[t] >= plane) active[kept++] = t
    }
    for (let i = this.begins[plane], end = this.begins[plane + 1]; i < end; i++) active[kept++] = sorted[i]
    this.count = kept
    return kept
  }
}

/** How many of the ascending heights are at or below z. */
function countUpTo(heights: Float64Array, z: number): number {
  let low = 0
  let high = heights.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (heights[middle] <= z) low = middle + 1
    else high = middle
  }
  return low
}

/** Links the segments of a layer at the mesh edges they share. */
class SegmentChainer {
  private z = 0
  private count = 0
  private from = new Int32Array(1024)
  private to = new Int32Array(1024)
  /** The next segment that begins at the same edge. */
  private sibling = new Int32Array(1024)
  private isUsed = new Uint8Array(1024)
  /** First segment that begins at an edge. */
  private readonly head: Int32Array
  private points = new Float64Array(4096)

  constructor(private readonly positions: Float64Array, private readonly edges: Int32Array) {
    this.head = new Int32Array(edges.length / 2).fill(-1)
  }

  begin(z: number): void {
    this.z = z
    this.count = 0
  }

  add(from: number, to: number): void {
    const first = this.head[from]
    // Facets that lie double give the same segment twice.
    for (let s = first; s !== -1; s = this.sibling[s]) if (this.to[s] === to) return
    if (this.count === this.from.length) this.grow()
    const s = this.count++
    this.from[s] = from
    this.to[s] = to
    this.sibling[s] = first
    this.isUsed[s] = 0
    this.head[from] = s
  }

  finish(): CutLayer {
    const closed: Contour[] = []
    const open: Contour[] = []
    for (let s = 0; s < this.count; s++) if (this.isUsed[s] === 0) this.walk(s, closed, open)
    for (let s = 0; s < this.count; s++) this.head[this.from[s]] = -1
    if (open.length === 0) return { contours: closed, widestGapMm: 0 }
    const joined = closeChains(open)
    return { contours: [...closed, ...joined.contours], widestGapMm: joined.widestGapMm }
  }

  private walk(first: number, closed: Contour[], open: Contour[]): void {
    const start = this.from[first]
    let length = 0
    for (let s = first; ; ) {
      this.isUsed[s] = 1
      length = this.put(length, this.from[s])
      const edge = this.to[s]
      if (edge === start) {
        closed.push(this.points.slice(0, length))
        return
      }
      const next = this.unusedFrom(edge, this.from[s])
      if (next === -1) {
        length = this.put(length, edge)
        open.push(this.points.slice(0, length))
        return
      }
      s = next
    }
  }

  /** A segment not yet walked that begins at an edge; one that turns straight back only when there is no other. */
  private unusedFrom(edge: number, cameFrom: number): number {
    let back = -1
    for (let s = this.head[edge]; s !== -1; s = this.sibling[s]) {
      if (this.isUsed[s] === 1) continue
      if (this.to[s] !== cameFrom) return s
      back = s
    }
    return back
  }

  private put(length: number, edge: number): number {
    if (length + 2 > this.points.length) this.points = copyInto(new Float64Array(2 * this.points.length), this.points)
    const a = 3 * this.edges[2 * edge]
    const b = 3 * this.edges[2 * edge + 1]
    const { positions } = this
    const za = positions[a + 2]
    const part = (this.z - za) / (positions[b + 2] - za)
    const xa = positions[a]
    const ya = positions[a + 1]
    this.points[length] = xa + part * (positions[b] - xa)
    this.points[length + 1] = ya + part * (positions[b + 1] - ya)
    return length + 2
  }

  private grow(): void {
    const size = 2 * this.from.length
    this.from = copyInto(new Int32Array(size), this.from)
    this.to = copyInto(new Int32Array(size), this.to)
    this.sibling = copyInto(new Int32Array(size), this.sibling)
    this.isUsed = copyInto(new Uint8Array(size), this.isUsed)
  }
}

function copyInto<A extends Float64Array | Int32Array | Uint8Array>(target: A, from: A): A {
  target.set(from)
  return target
}
