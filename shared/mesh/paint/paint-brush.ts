import type { MeshEdges } from '../mesh-edges'
import { nearestOnTriangle } from './nearest-on-triangle'
import { childCorners, type Corners, type PaintNode, type PaintState, readPaint, splitPaint, type TrianglePaint, writePaint } from './paint-tree'
import { cornersOf } from './painted-facets'

/** A surface that is painted, where it stands. */
export interface PaintSurface {
  /** xyz triples, mm, in the frame of the brush. */
  readonly positions: ArrayLike<number>
  readonly indices: Uint32Array
  readonly edges: MeshEdges
}

/** A ball that paints what of the surface hangs together with the place where it touches. */
export interface Brush {
  readonly triangle: number
  readonly pointMm: Corners
  readonly radiusMm: number
  /** 0 takes paint away. */
  readonly state: PaintState
}

/** Edges of painted pieces follow the ball to this part of its radius, and no finer than this, mm. */
const FINE_PART = 0.2
const FINEST_MM = 0.15

/** Paints with a ball: whole triangles inside it, and pieces of those that it cuts. The paint as it was when nothing changes. */
export function paintWithBrush(surface: PaintSurface, paint: TrianglePaint, brush: Brush): TrianglePaint {
  const changed: Record<number, string> = {}
  const radius2 = brush.radiusMm * brush.radiusMm
  const leastMm = Math.max(FINEST_MM, FINE_PART * brush.radiusMm)
  for (const triangle of trianglesAround(surface, brush)) {
    const before = paint[triangle] ?? '0'
    const after = writePaint(painted(readPaint(before) ?? 0, cornersOf(surface.positions, surface.indices, triangle), { brush, radius2, leastMm }))
    if (after !== before) changed[triangle] = after
  }
  return withChanges(paint, changed)
}

/** Paints whole triangles that hang together with one and turn from neighbour to neighbour by no more than an angle. */
export function paintByAngle(surface: PaintSurface, paint: TrianglePaint, { triangle, angleDeg, state }: { readonly triangle: number; readonly angleDeg: number; readonly state: PaintState }): TrianglePaint {
  const least = Math.cos((angleDeg * Math.PI) / 180) - 1e-9
  const normals = new Map<number, Corners>()
  const normal = (one: number) => {
    const found = normals.get(one) ?? normalOf(cornersOf(surface.positions, surface.indices, one))
    normals.set(one, found)
    return found
  }
  const text = writePaint(state)
  const changed: Record<number, string> = {}
  for (const one of spread(surface, triangle, (next, from) => dot(normal(next), normal(from)) >= least)) if ((paint[one] ?? '0') !== text) changed[one] = text
  return withChanges(paint, changed)
}

function withChanges(paint: TrianglePaint, changed: Readonly<Record<number, string>>): TrianglePaint {
  if (Object.keys(changed).length === 0) return paint
  const next: Record<number, string> = { ...paint, ...changed }
  for (const [key, text] of Object.entries(changed)) if (text === '0') delete next[Number(key)]
  return next
}

/** Triangles that the ball touches, from neighbour to neighbour. */
function trianglesAround(surface: PaintSurface, { triangle, pointMm, radiusMm }: Brush): number[] {
  return spread(surface, triangle, (next) => distance2(pointMm, nearestOnTriangle(pointMm, cornersOf(surface.positions, surface.indices, next))) < radiusMm * radiusMm)
}

function spread({ indices, edges }: PaintSurface, start: number, isTaken: (next: number, from: number) => boolean): number[] {
  const taken = new Set([start])
  const queue = [start]
  for (let i = 0; i < queue.length; i++) {
    const from = queue[i] as number
    for (let half = 3 * from; half < 3 * from + 3 && half < indices.length; half++) {
      const edge = edges.edgeOf[half] as number
      for (const other of [edges.first[edge] as number, edges.last[edge] as number]) {
        const next = Math.floor(other / 3)
        if (taken.has(next) || !isTaken(next, from)) continue
        taken.add(next)
        queue.push(next)
      }
    }
  }
  return queue
}

interface Stroke {
  readonly brush: Brush
  readonly radius2: number
  readonly leastMm: number
}

function painted(node: PaintNode, corners: Corners, stroke: Stroke): PaintNode {
  const { brush: { pointMm, state }, radius2, leastMm } = stroke
  if (node === state) return node
  const inside = [0, 3, 6].filter((at) => distance2(pointMm, corners.slice(at, at + 3)) <= radius2).length
  if (inside === 3) return state
  if (inside === 0 && distance2(pointMm, nearestOnTriangle(pointMm, corners)) > radius2) return node
  if (typeof node === 'number' && longestMm(corners) <= leastMm) return distance2(pointMm, centreOf(corners)) <= radius2 ? state : node
  const split = typeof node === 'number' ? { sides: 3, special: 0, children: [node, node, node, node] } : node
  const inner = childCorners(split, corners)
  const children = split.children.map((child, i) => painted(child, inner[i] ?? corners, stroke))
  const joined = splitPaint(children)
  return typeof joined === 'number' ? joined : { ...split, children }
}

function centreOf(corners: Corners): Corners {
  return [0, 1, 2].map((axis) => ((corners[axis] ?? 0) + (corners[axis + 3] ?? 0) + (corners[axis + 6] ?? 0)) / 3)
}

function longestMm(corners: Corners): number {
  return Math.sqrt(Math.max(...[0, 3, 6].map((at) => distance2(corners.slice(at, at + 3), corners.slice((at + 3) % 9, ((at + 3) % 9) + 3)))))
}

function distance2(a: Corners, b: Corners): number {
  return ((a[0] ?? 0) - (b[0] ?? 0)) ** 2 + ((a[1] ?? 0) - (b[1] ?? 0)) ** 2 + ((a[2] ?? 0) - (b[2] ?? 0)) ** 2
}

function dot(a: Corners, b: Corners): number {
  return (a[0] ?? 0) * (b[0] ?? 0) + (a[1] ?? 0) * (b[1] ?? 0) + (a[2] ?? 0) * (b[2] ?? 0)
}

function normalOf([ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0, cx = 0, cy = 0, cz = 0]: Corners): Corners {
  const [ux, uy, uz, vx, vy, vz] = [bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az]
  const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
  const length = Math.hypot(...n)
  return length === 0 ? [0, 0, 0] : n.map((value) => value / length)
}
