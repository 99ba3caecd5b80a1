import { type Vector, cross, direction, distance, dot, minus, nearestOnLine, plus } from './vector'

/** What can be measured on a part; all of a pair in one frame, mm. */
export type Feature =
  | { readonly kind: 'point'; readonly atMm: Vector }
  | { readonly kind: 'edge'; readonly fromMm: Vector; readonly toMm: Vector }
  /** `arcMm`: points of it, in order; the first is repeated at the end of a whole circle. */
  | { readonly kind: 'circle'; readonly centreMm: Vector; readonly normal: Vector; readonly radiusMm: number; readonly arcMm: readonly Vector[] }
  /** Flat. `normal` is outward, of unit length. `cornersMm`: nine numbers for each of its triangles. */
  | { readonly kind: 'face'; readonly atMm: Vector; readonly normal: Vector; readonly areaMm2: number; readonly cornersMm: Float32Array }

/** What is known of two features. */
export interface FeatureMeasure {
  /** The shortest way between them; circles count by their centres, faces as far as their plane goes, edges between their ends. */
  readonly distanceMm: number
  /** Where that is; parts along the axes follow from it. */
  readonly fromMm: Vector
  readonly toMm: Vector
  /** Square to an edge's whole line, where that is less than the distance. */
  readonly squareMm?: number
  /** Between edges, faces and circles (by their axes), 0 to 90; for two faces the one inside of the part as at a common edge, 0 to 180, and 0 when they are parallel. */
  readonly angleDeg?: number
}

/** Directions count as parallel up to this angle: rounding of 32-bit meshes. */
const PARALLEL_DEG = 0.05

/** Measures from one feature to another. */
export function measureFeatures(a: Feature, b: Feature): FeatureMeasure {
  const [first, second] = [asPlain(a), asPlain(b)]
  const angle = angleBetween(a, b)
  const ways = shortestWay(first, second, angle)
  const square = squareWay(first, second)
  return { ...ways, ...(square !== undefined && square < ways.distanceMm - 1e-6 ? { squareMm: square } : {}), ...(angle === undefined ? {} : { angleDeg: angle }) }
}

/** Length of an edge, mm. */
export function edgeLength({ fromMm, toMm }: Extract<Feature, { kind: 'edge' }>): number {
  return distance(fromMm, toMm)
}

type Plain = Exclude<Feature, { kind: 'circle' }>

function asPlain(feature: Feature): Plain {
  return feature.kind === 'circle' ? { kind: 'point', atMm: feature.centreMm } : feature
}

/** The direction that a feature has: along an edge, out of a face, along a circle's axis. */
function axisOf(feature: Feature): Vector | undefined {
  switch (feature.kind) {
    case 'point': return undefined
    case 'edge': return direction(minus(feature.toMm, feature.fromMm))
    case 'circle':
    case 'face': return feature.normal
    default: return feature satisfies never
  }
}

function angleBetween(a: Feature, b: Feature): number | undefined {
  const [first, second] = [axisOf(a), axisOf(b)]
  if (first === undefined || second === undefined) return undefined
  const cosine = dot(first, second)
  const apart = (Math.atan2(Math.hypot(...cross(first, second)), cosine) * 180) / Math.PI
  if (a.kind === 'face' && b.kind === 'face') return apart <= PARALLEL_DEG ? 0 : 180 - apart
  const acute = Math.min(apart, 180 - apart)
  // An edge lies in what its direction is square to.
  const isLying = (a.kind === 'edge') !== (b.kind === 'edge')
  return isLying ? 90 - acute : acute
}

function way(fromMm: Vector, toMm: Vector): FeatureMeasure {
  return { distanceMm: distance(fromMm, toMm), fromMm, toMm }
}

function turned({ distanceMm, fromMm, toMm }: FeatureMeasure): FeatureMeasure {
  return { distanceMm, fromMm: toMm, toMm: fromMm }
}

function shortest(ways: readonly FeatureMeasure[]): FeatureMeasure {
  return ways.reduce((best, one) => (one.distanceMm < best.distanceMm ? one : best))
}

function shortestWay(a: Plain, b: Plain, angleDeg: number | undefined): FeatureMeasure {
  if (b.kind === 'face') return toFace(a, b, angleDeg)
  if (a.kind === 'face') return turned(toFace(b, a, angleDeg))
  if (a.kind === 'point') return b.kind === 'point' ? way(a.atMm, b.atMm) : way(a.atMm, nearestOnLine(a.atMm, b.fromMm, b.toMm, true))
  if (b.kind === 'point') return way(nearestOnLine(b.atMm, a.fromMm, a.toMm, true), b.atMm)
  return betweenEdges(a, b)
}

function ontoFace(point: Vector, { atMm, normal }: Extract<Plain, { kind: 'face' }>): FeatureMeasure {
  return way(point, plus(point, normal, -dot(minus(point, atMm), normal)))
}

function toFace(a: Plain, face: Extract<Plain, { kind: 'face' }>, angleDeg: number | undefined): FeatureMeasure {
  if (a.kind === 'point') return ontoFace(a.atMm, face)
  if (a.kind === 'edge') {
    const [from, to] = [ontoFace(a.fromMm, face), ontoFace(a.toMm, face)]
    const [low, high] = [a.fromMm, a.toMm].map((end) => dot(minus(end, face.atMm), face.normal)) as [number, number]
    // An edge that goes through the plane meets it.
    if (low * high < 0) return way(plus(a.fromMm, minus(a.toMm, a.fromMm), low / (low - high)), plus(a.fromMm, minus(a.toMm, a.fromMm), low / (low - high)))
    return shortest([from, to])
  }
  if (angleDeg !== undefined && angleDeg <= PARALLEL_DEG) return ontoFace(a.atMm, face)
  // Planes that aren't parallel meet: what is told is how far the clicked places are from each other.
  return way(a.atMm, face.atMm)
}

type Edge = Extract<Plain, { kind: 'edge' }>

/** Edges beside each other are as near all along: the way is shown in the middle of it. */
function middle(ways: readonly FeatureMeasure[]): FeatureMeasure {
  const { distanceMm } = shortest(ways)
  const equal = ways.filter((one) => one.distanceMm <= distanceMm + 1e-6)
  const mean = (of: (one: FeatureMeasure) => Vector): Vector => equal.reduce<Vector>((sum, one) => plus(sum, of(one), 1 / equal.length), [0, 0, 0])
  return way(mean(({ fromMm }) => fromMm), mean(({ toMm }) => toMm))
}

/** @see Ericson, Real-Time Collision Detection, 5.1.9: closest points of two segments, by the interior first and then the ends */
function betweenEdges(a: Edge, b: Edge): FeatureMeasure {
  const [u, v, w] = [minus(a.toMm, a.fromMm), minus(b.toMm, b.fromMm), minus(a.fromMm, b.fromMm)]
  const [uu, uv, vv, uw, vw] = [dot(u, u), dot(u, v), dot(v, v), dot(u, w), dot(v, w)]
  const determinant = uu * vv - uv * uv
  const ends = [
    way(a.fromMm, nearestOnLine(a.fromMm, b.fromMm, b.toMm, true)),
    way(a.toMm, nearestOnLine(a.toMm, b.fromMm, b.toMm, true)),
    turned(way(b.fromMm, nearestOnLine(b.fromMm, a.fromMm, a.toMm, true))),
    turned(way(b.toMm, nearestOnLine(b.toMm, a.fromMm, a.toMm, true))),
  ]
  if (determinant <= 1e-12 * uu * vv) return middle(ends)
  const [s, t] = [(uv * vw - vv * uw) / determinant, (uu * vw - uv * uw) / determinant]
  return s >= 0 && s <= 1 && t >= 0 && t <= 1 ? way(plus(a.fromMm, u, s), plus(b.fromMm, v, t)) : shortest(ends)
}

/** The distance square to whole lines, where that is another than between their ends. */
function squareWay(a: Plain, b: Plain): number | undefined {
  if (a.kind === 'edge' && b.kind === 'point') return distance(b.atMm, nearestOnLine(b.atMm, a.fromMm, a.toMm, false))
  if (a.kind === 'point' && b.kind === 'edge') return squareWay(b, a)
  if (a.kind !== 'edge' || b.kind !== 'edge') return undefined
  const [u, v] = [direction(minus(a.toMm, a.fromMm)), direction(minus(b.toMm, b.fromMm))]
  const normal = cross(u, v)
  const sine = Math.hypot(...normal)
  if ((Math.asin(Math.min(1, sine)) * 180) / Math.PI <= PARALLEL_DEG) return distance(b.fromMm, nearestOnLine(b.fromMm, a.fromMm, a.toMm, false))
  return Math.abs(dot(minus(b.fromMm, a.fromMm), normal)) / sine
}
