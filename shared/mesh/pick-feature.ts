import { circleDistance, circleThrough } from '../geometry/fit-circle'
import type { Feature } from '../geometry/measure-features'
import { type Vector, cross, direction, distance, dot, minus, nearestOnLine } from '../geometry/vector'
import type { Mesh } from './mesh'
import { type MeshEdges, meshEdges, nextHalf } from './mesh-edges'

/** A mesh where it stands, with what is needed to find its features. */
export interface Surface {
  readonly mesh: Mesh
  readonly edges: MeshEdges
}

/** What is looked for: whatever is nearest, or only one kind. */
export type FeatureFilter = 'any' | 'point' | 'edge' | 'face'

export interface FeaturePick {
  /** The triangle that was clicked, and where, mm in the mesh's frame. */
  readonly triangle: number
  readonly pointMm: Vector
  /** Points and edges are taken within this distance, mm. */
  readonly reachMm: number
  readonly filter: FeatureFilter
}

/** Triangles belong to one flat face up to this angle to the clicked one. */
const FLAT_COSINE = Math.cos((0.5 * Math.PI) / 180)
/** Edges go on in a line, or around a circle, up to this angle at a corner. */
const STRAIGHT_COSINE = Math.cos((1 * Math.PI) / 180)
const ROUND_COSINE = Math.cos((41 * Math.PI) / 180)
/** A circle has at least so many edges in the mesh. */
const FEWEST_ARC_EDGES = 4
/** ... and bends by so much in all: a straight edge with rounding is no circle, rad. */
const LEAST_TURN = (20 * Math.PI) / 180
/** How far corners may be off a circle, as a part of its radius. */
const CIRCLE_PART = 0.004

/** The face that was met last, by mesh: a pointer stays on it for a while. */
const lastFaces = new WeakMap<Mesh, FlatFace>()

function faceAt({ mesh, edges }: Surface, triangle: number): FlatFace {
  const last = lastFaces.get(mesh)
  if (last?.has(triangle) === true) return last
  const face = new FlatFace(mesh, edges, triangle)
  lastFaces.set(mesh, face)
  return face
}

/** Prepares a mesh, in the frame in which it is to be measured, for `pickFeature`. */
export function surfaceOf(mesh: Mesh): Surface {
  return { mesh, edges: meshEdges(mesh.indices) }
}

/**
 * Finds what was meant by a click on a part: a corner or an edge of the flat face under it when one is near, a circle where the edge is part of one, else the face.
 * A click with the filter `point` that is near no corner is the clicked place itself.
 */
export function pickFeature(surface: Surface, { triangle, pointMm, reachMm, filter }: FeaturePick): Feature {
  const face = faceAt(surface, triangle)
  if (filter === 'face') return face.feature(pointMm)
  const near = face.nearestBorder(pointMm)
  if (near === undefined) return filter === 'any' ? face.feature(pointMm) : { kind: 'point', atMm: pointMm }
  if (filter === 'point') {
    const corner = face.nearestCorner(pointMm)
    return { kind: 'point', atMm: corner !== undefined && distance(corner, pointMm) <= reachMm ? corner : pointMm }
  }
  if (filter === 'any' && near.distanceMm > reachMm) return face.feature(pointMm)
  const line = face.lineAt(near.half)
  if (line.kind !== 'edge' || filter === 'edge') return line
  const end = [line.fromMm, line.toMm].find((one) => distance(one, pointMm) <= reachMm)
  return end === undefined ? line : { kind: 'point', atMm: end }
}

/** A flat face and its border. Half-edges of the border run with the face on their left. */
class FlatFace {
  private readonly triangles = new Set<number>()
  /** Half-edges of the border by the vertex that they begin at, and by the one they end at. */
  private readonly leaving = new Map<number, number>()
  private readonly arriving = new Map<number, number>()
  private readonly normal: Vector

  constructor(
    private readonly mesh: Mesh,
    private readonly edges: MeshEdges,
    seed: number,
  ) {
    this.normal = this.normalOf(seed)
    const open = [seed]
    this.triangles.add(seed)
    for (let triangle = open.pop(); triangle !== undefined; triangle = open.pop()) {
      for (let half = 3 * triangle; half < 3 * triangle + 3; half++) {
        const other = this.across(half)
        if (other !== undefined && this.triangles.has(other)) continue
        if (other !== undefined && this.isFlat(other)) {
          this.triangles.add(other)
          open.push(other)
        } else {
          this.leaving.set(this.from(half), half)
          this.arriving.set(this.to(half), half)
        }
      }
    }
  }

  has(triangle: number): boolean {
    return this.triangles.has(triangle)
  }

  feature(pointMm: Vector): Feature {
    const cornersMm = new Float32Array(9 * this.triangles.size)
    let areaMm2 = 0
    ;[...this.triangles].forEach((triangle, index) => {
      const [a, b, c] = this.corners(triangle)
      cornersMm.set([...a, ...b, ...c], 9 * index)
      areaMm2 += Math.hypot(...cross(minus(b, a), minus(c, a))) / 2
    })
    return { kind: 'face', atMm: pointMm, normal: this.normal, areaMm2, cornersMm }
  }

  nearestBorder(pointMm: Vector): { readonly half: number; readonly distanceMm: number } | undefined {
    let best: { half: number; distanceMm: number } | undefined
    for (const half of this.leaving.values()) {
      const distanceMm = distance(pointMm, nearestOnLine(pointMm, this.at(this.from(half)), this.at(this.to(half)), true))
      if (best === undefined || distanceMm < best.distanceMm) best = { half, distanceMm }
    }
    return best
  }

  /** A vertex of the border. */
  nearestCorner(pointMm: Vector): Vector | undefined {
    let best: Vector | undefined
    for (const vertex of this.leaving.keys()) {
      const at = this.at(vertex)
      if (best === undefined || distance(at, pointMm) < distance(best, pointMm)) best = at
    }
    return best
  }

  /** The straight edge, or the circle, that a half-edge of the border is part of. */
  lineAt(half: number): Feature {
    const straight = this.chain(half, STRAIGHT_COSINE, () => true)
    const [fromMm, toMm] = [straight[0] as Vector, straight.at(-1) as Vector]
    return this.circleAt(half) ?? { kind: 'edge', fromMm, toMm }
  }

  private circleAt(half: number): Feature | undefined {
    const [before, after] = [this.arriving.get(this.from(half)), this.leaving.get(this.to(half))]
    if (before === undefined || after === undefined) return undefined
    const [a, b, c, d] = [this.from(before), this.from(half), this.to(half), this.to(after)].map((vertex) => this.at(vertex)) as [Vector, Vector, Vector, Vector]
    for (const circle of [circleThrough(a, b, c), circleThrough(b, c, d)]) {
      if (circle === undefined) continue
      const toleranceMm = Math.max(1e-3, CIRCLE_PART * circle.radiusMm)
      const arcMm = this.chain(half, ROUND_COSINE, (point) => circleDistance(circle, point) <= toleranceMm)
      if (arcMm.length > FEWEST_ARC_EDGES && turnOf(arcMm) >= LEAST_TURN) return { kind: 'circle', ...fitted(circle, arcMm), arcMm }
    }
    return undefined
  }

  /** Points of the border around a half-edge, as far as it turns less than an angle at each and the points fit; a closed one ends where it begins. */
  private chain(half: number, cosine: number, isFitting: (point: Vector) => boolean): Vector[] {
    const points = [this.at(this.from(half)), this.at(this.to(half))]
    let last = half
    for (let next = this.leaving.get(this.to(last)); next !== undefined && this.goesOn(last, next, cosine) && isFitting(this.at(this.to(next))); next = this.leaving.get(this.to(last))) {
      if (next === half) return points
      points.push(this.at(this.to(next)))
      last = next
    }
    let first = half
    for (let before = this.arriving.get(this.from(first)); before !== undefined && this.goesOn(before, first, cosine) && isFitting(this.at(this.from(before))); before = this.arriving.get(this.from(first))) {
      points.unshift(this.at(this.from(before)))
      first = before
    }
    return points
  }

  private goesOn(half: number, next: number, cosine: number): boolean {
    const along = (one: number) => direction(minus(this.at(this.to(one)), this.at(this.from(one))))
    return dot(along(half), along(next)) >= cosine
  }

  private across(half: number): number | undefined {
    const edge = this.edges.edgeOf[half]
    const [first, last] = [this.edges.first[edge], this.edges.last[edge]]
    if (this.edges.forward[edge] + this.edges.backward[edge] !== 2) return undefined
    return Math.floor((first === half ? last : first) / 3)
  }

  private isFlat(triangle: number): boolean {
    const normal = this.normalOf(triangle)
    // A triangle without area belongs to whatever is beside it.
    return (normal[0] === 0 && normal[1] === 0 && normal[2] === 0) || dot(normal, this.normal) >= FLAT_COSINE
  }

  private corners(triangle: number): [Vector, Vector, Vector] {
    const { indices } = this.mesh
    return [this.at(indices[3 * triangle]), this.at(indices[3 * triangle + 1]), this.at(indices[3 * triangle + 2])]
  }

  private normalOf(triangle: number): Vector {
    const [a, b, c] = this.corners(triangle)
    return direction(cross(minus(b, a), minus(c, a)))
  }

  private from(half: number): number {
    return this.mesh.indices[half]
  }

  private to(half: number): number {
    return this.mesh.indices[nextHalf(half)]
  }

  private at(vertex: number): Vector {
    const { positions } = this.mesh
    return [positions[3 * vertex], positions[3 * vertex + 1], positions[3 * vertex + 2]]
  }
}

/** How far a line turns from its first piece to its last, added up, rad. */
function turnOf(points: readonly Vector[]): number {
  let turn = 0
  for (let i = 2; i < points.length; i++) {
    const [a, b] = [minus(points[i - 1] as Vector, points[i - 2] as Vector), minus(points[i] as Vector, points[i - 1] as Vector)]
    turn += Math.atan2(Math.hypot(...cross(a, b)), dot(a, b))
  }
  return turn
}

/** The circle by points as far from each other as the arc has them: less rounding than by neighbours. */
function fitted(circle: { readonly centreMm: Vector; readonly normal: Vector; readonly radiusMm: number }, arcMm: readonly Vector[]) {
  const third = Math.floor((arcMm.length - 1) / 3)
  const wide = circleThrough(arcMm[0] as Vector, arcMm[third] as Vector, arcMm[2 * third] as Vector)
  return wide ?? circle
}
