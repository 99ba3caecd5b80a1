/** x, y. */
export type Point2 = readonly [number, number]

/** How far straight pieces may be off a curve, mm. */
const TOLERANCE_MM = 0.01

/**
 * The points of a cubic Bézier curve after its first one, close enough together that the straight lines between them are off by 0.01 mm at most.
 * `scaleMm`: mm a unit of the points. @see Sederberg, Computer Aided Geometric Design, the bound by second differences
 */
export function flattenCubic([p0, p1, p2, p3]: readonly [Point2, Point2, Point2, Point2], scaleMm = 1): Point2[] {
  const bend = Math.max(Math.hypot(p0[0] - 2 * p1[0] + p2[0], p0[1] - 2 * p1[1] + p2[1]), Math.hypot(p1[0] - 2 * p2[0] + p3[0], p1[1] - 2 * p2[1] + p3[1])) * scaleMm
  const steps = Math.min(200, Math.max(1, Math.ceil(Math.sqrt((6 * bend) / (8 * TOLERANCE_MM)))))
  return Array.from({ length: steps }, (_, index): Point2 => {
    if (index === steps - 1) return p3
    const t = (index + 1) / steps
    const s = 1 - t
    const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
    return [a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0], a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1]]
  })
}

/** The same for a quadratic curve. */
export function flattenQuadratic([p0, p1, p2]: readonly [Point2, Point2, Point2], scaleMm = 1): Point2[] {
  const towards = (from: Point2): Point2 => [from[0] + (2 / 3) * (p1[0] - from[0]), from[1] + (2 / 3) * (p1[1] - from[1])]
  return flattenCubic([p0, towards(p0), towards(p2), p2], scaleMm)
}
