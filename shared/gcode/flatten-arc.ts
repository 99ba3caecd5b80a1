/** Deviation of the chords from the arc, mm. */
const TOLERANCE_MM = 0.02
const MAX_SEGMENTS = 2000

/** An arc in the XY plane as G2 (clockwise) or G3 gives it, mm. */
export interface Arc {
  readonly fromX: number
  readonly fromY: number
  readonly toX: number
  readonly toY: number
  /** Centre relative to the start (I, J), or the radius (R; negative: the longer way round). */
  readonly centre: { readonly i: number; readonly j: number } | { readonly r: number }
  readonly isClockwise: boolean
}

/**
 * Chords of an arc: xy pairs of their ends, the last the arc's own end. Equal ends mean a full circle with I and J, nothing with R.
 * An arc that doesn't exist (no radius, ends too far apart) becomes its straight line, as firmware does.
 */
export function flattenArc(arc: Arc): Float64Array {
  const centre = 'r' in arc.centre ? centreOfRadius(arc, arc.centre.r) : { x: arc.fromX + arc.centre.i, y: arc.fromY + arc.centre.j }
  const straight = Float64Array.of(arc.toX, arc.toY)
  if (!centre) return straight
  const radius = Math.hypot(arc.fromX - centre.x, arc.fromY - centre.y)
  if (!(radius > 1e-6) || !Number.isFinite(radius)) return straight
  const start = Math.atan2(arc.fromY - centre.y, arc.fromX - centre.x)
  let sweep = Math.atan2(arc.toY - centre.y, arc.toX - centre.x) - start
  if (arc.isClockwise && sweep >= -1e-9) sweep -= 2 * Math.PI
  if (!arc.isClockwise && sweep <= 1e-9) sweep += 2 * Math.PI
  const step = 2 * Math.acos(Math.max(0, 1 - TOLERANCE_MM / radius))
  const count = Math.min(MAX_SEGMENTS, Math.max(1, Math.ceil(Math.abs(sweep) / Math.max(step, 1e-3))))
  const points = new Float64Array(2 * count)
  for (let k = 1; k < count; k++) {
    const angle = start + (sweep * k) / count
    points[2 * k - 2] = centre.x + radius * Math.cos(angle)
    points[2 * k - 1] = centre.y + radius * Math.sin(angle)
  }
  points.set(straight, 2 * count - 2)
  return points
}

function centreOfRadius(arc: Arc, r: number): { x: number; y: number } | undefined {
  const dx = arc.toX - arc.fromX
  const dy = arc.toY - arc.fromY
  const chord = Math.hypot(dx, dy)
  if (chord < 1e-9 || r === 0) return undefined
  const height = Math.sqrt(Math.max(0, r * r - (chord * chord) / 4))
  // The centre lies left of the chord for a short counter-clockwise arc.
  const side = arc.isClockwise === r < 0 ? 1 : -1
  return { x: (arc.fromX + arc.toX) / 2 - (side * height * dy) / chord, y: (arc.fromY + arc.toY) / 2 + (side * height * dx) / chord }
}
