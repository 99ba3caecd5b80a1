import type { Axes, ProgramMove, ProgramState } from './program'

const INCH_MM = 25.4
/** The two axes of a plane and the one across, as indices. */
const PLANES = { 17: [0, 1, 2], 18: [2, 0, 1], 19: [1, 2, 0] } as const
const OFFSET_WORDS = ['I', 'J', 'K'] as const
const AXIS_WORDS = ['X', 'Y', 'Z'] as const
/** Radii at start and end may differ by this, mm, or by a thousandth; as in Grbl. */
const RADIUS_MM = 0.005

/** The centre of an arc to a target, or the number of Grbl's error. */
export function arcCentre(state: ProgramState, to: Axes, values: ReadonlyMap<string, number>): Axes | number {
  const [a, b] = PLANES[state.plane]
  const scale = state.isInches ? INCH_MM : 1
  const from = state.position
  if (!values.has(AXIS_WORDS[a]) && !values.has(AXIS_WORDS[b])) return 32
  const radius = values.get('R')
  const centre: [number, number, number] = [from[0], from[1], from[2]]
  if (radius !== undefined) {
    const [da, db] = [to[a] - from[a], to[b] - from[b]]
    const chord = Math.hypot(da, db)
    const r = radius * scale
    if (chord === 0) return 33
    const rest = 4 * r * r - chord * chord
    if (rest < 0) return 34
    // The short way for a positive radius, the long way for a negative one.
    let h = -Math.sqrt(rest) / chord
    if (state.motion === 3) h = -h
    if (r < 0) h = -h
    centre[a] = from[a] + (da - db * h) / 2
    centre[b] = from[b] + (db + da * h) / 2
    return centre
  }
  if (!values.has(OFFSET_WORDS[a]) && !values.has(OFFSET_WORDS[b])) return 35
  centre[a] += (values.get(OFFSET_WORDS[a]) ?? 0) * scale
  centre[b] += (values.get(OFFSET_WORDS[b]) ?? 0) * scale
  const startR = Math.hypot(from[a] - centre[a], from[b] - centre[b])
  const endR = Math.hypot(to[a] - centre[a], to[b] - centre[b])
  const difference = Math.abs(startR - endR)
  return difference > RADIUS_MM && (difference > 0.5 || difference > 0.001 * startR) ? 33 : centre
}

/** Points along a move, its end among them and its beginning not; an arc keeps to the curve within the tolerance, mm. */
export function movePoints(from: Axes, move: ProgramMove, toleranceMm = 0.01): Axes[] {
  if (move.kind !== 'arc') return [move.to]
  const [a, b, c] = PLANES[move.plane]
  const { centre, to } = move
  const start = Math.atan2(from[b] - centre[b], from[a] - centre[a])
  let sweep = Math.atan2(to[b] - centre[b], to[a] - centre[a]) - start
  if (move.isClockwise && sweep >= -5e-7) sweep -= 2 * Math.PI
  if (!move.isClockwise && sweep <= 5e-7) sweep += 2 * Math.PI
  const radius = Math.hypot(from[a] - centre[a], from[b] - centre[b])
  const step = 2 * Math.acos(Math.max(0, 1 - toleranceMm / Math.max(radius, toleranceMm)))
  const count = Math.max(1, Math.ceil(Math.abs(sweep) / Math.max(step, 1e-3)))
  const points: Axes[] = []
  for (let i = 1; i < count; i++) {
    const angle = start + (sweep * i) / count
    const point: [number, number, number] = [0, 0, 0]
    point[a] = centre[a] + radius * Math.cos(angle)
    point[b] = centre[b] + radius * Math.sin(angle)
    point[c] = from[c] + ((to[c] - from[c]) * i) / count
    points.push(point)
  }
  points.push(to)
  return points
}
