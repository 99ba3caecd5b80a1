import type { Contour, Polyline } from '../../geometry/region'

/** Ends this near are the same point: cracks, T-junctions, rounding. mm. */
const SAME_POINT_MM = 0.05
/** Up to so many open ends the nearest pairs of all are joined first; above, each takes the nearest that is left. */
const MAX_SORTED_ENDS = 1500

/** Open chains made into contours, and the widest gap that was bridged for it (0 when all were cracks). */
export interface ClosedChains {
  readonly contours: Contour[]
  readonly widestGapMm: number
}

/**
 * Closes chains with gaps between them by joining nearest ends: first those that are the same point but for rounding,
 * then whatever is left, nearest first. A chain that runs the wrong way round is turned when its neighbours agree.
 *
 * Ends are numbered 2 · chain for a chain's start, 2 · chain + 1 for its end.
 */
export function closeChains(chains: readonly Polyline[]): ClosedChains {
  const ends = new Float64Array(4 * chains.length)
  chains.forEach((chain, c) => ends.set([chain[0], chain[1], chain[chain.length - 2], chain[chain.length - 1]], 4 * c))
  const partner = new Int32Array(2 * chains.length).fill(-1)
  joinCracks(ends, partner)
  joinGaps(ends, partner)
  return assemble(chains, ends, partner)
}

function distance(ends: Float64Array, a: number, b: number): number {
  return Math.hypot(ends[2 * a] - ends[2 * b], ends[2 * a + 1] - ends[2 * b + 1])
}

/** What joining two ends costs: their distance, and more where it takes turning a chain round. */
function cost(ends: Float64Array, a: number, b: number): number {
  const isTurned = (a & 1) === (b & 1)
  return distance(ends, a, b) * (isTurned ? 2 : 1) + (isTurned ? 0.01 : 0)
}

/** Joins ends that lie within a crack of each other, by a grid. */
function joinCracks(ends: Float64Array, partner: Int32Array): void {
  const cells = new Map<string, number[]>()
  const cellOf = (mm: number) => Math.floor(mm / SAME_POINT_MM)
  for (let e = 0; e < partner.length; e++) {
    const key = `${cellOf(ends[2 * e])} ${cellOf(ends[2 * e + 1])}`
    const cell = cells.get(key)
    if (cell === undefined) cells.set(key, [e])
    else cell.push(e)
  }
  const pairs: [number, number, number][] = []
  for (let e = 0; e < partner.length; e++) {
    const cx = cellOf(ends[2 * e])
    const cy = cellOf(ends[2 * e + 1])
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const other of cells.get(`${cx + dx} ${cy + dy}`) ?? []) {
          if (other > e && distance(ends, e, other) <= SAME_POINT_MM) pairs.push([cost(ends, e, other), e, other])
        }
      }
    }
  }
  join(pairs, partner)
}

function joinGaps(ends: Float64Array, partner: Int32Array): void {
  const free = Array.from(partner.keys()).filter((e) => partner[e] === -1)
  if (free.length > MAX_SORTED_ENDS) {
    joinNearest(ends, partner, free)
    return
  }
  const pairs: [number, number, number][] = []
  free.forEach((a, i) => {
    for (const b of free.slice(i + 1)) pairs.push([cost(ends, a, b), a, b])
  })
  join(pairs, partner)
}

function joinNearest(ends: Float64Array, partner: Int32Array, free: readonly number[]): void {
  for (const a of free) {
    if (partner[a] !== -1) continue
    let best = -1
    let least = Infinity
    for (const b of free) {
      if (b === a || partner[b] !== -1) continue
      const c = cost(ends, a, b)
      if (c < least) {
        least = c
        best = b
      }
    }
    partner[a] = best
    partner[best] = a
  }
}

/** Joins the cheapest pairs first; equal ones in the order of their ends, so that the result is always the same. */
function join(pairs: [number, number, number][], partner: Int32Array): void {
  pairs.sort(([costA, a1, a2], [costB, b1, b2]) => costA - costB || a1 - b1 || a2 - b2)
  for (const [, a, b] of pairs) {
    if (partner[a] !== -1 || partner[b] !== -1) continue
    partner[a] = b
    partner[b] = a
  }
}

function assemble(chains: readonly Polyline[], ends: Float64Array, partner: Int32Array): ClosedChains {
  const contours: Contour[] = []
  const isUsed = new Uint8Array(chains.length)
  let widestGapMm = 0
  for (let first = 0; first < chains.length; first++) {
    if (isUsed[first] === 1) continue
    const points: number[] = []
    let widestMm = 0
    // Walks from chain to chain, entering each at one end and leaving at the other.
    let forwardLength = 0
    for (let enter = 2 * first; ; ) {
      const chain = enter >> 1
      if (isUsed[chain] === 1) break
      isUsed[chain] = 1
      const line = chains[chain]
      const isForward = (enter & 1) === 0
      for (let i = 0; i < line.length; i += 2) {
        const at = isForward ? i : line.length - 2 - i
        points.push(line[at], line[at + 1])
      }
      forwardLength += isForward ? line.length : -line.length
      const leave = enter ^ 1
      enter = partner[leave]
      widestMm = Math.max(widestMm, distance(ends, leave, enter))
    }
    if (points.length < 6) continue
    if (widestMm > SAME_POINT_MM) widestGapMm = Math.max(widestGapMm, widestMm)
    contours.push(forwardLength >= 0 ? Float64Array.from(points) : reversed(points))
  }
  return { contours, widestGapMm }
}

function reversed(points: readonly number[]): Contour {
  const n = points.length
  return Float64Array.from(points, (_, i) => points[n - 2 - (i & ~1) + (i & 1)])
}
