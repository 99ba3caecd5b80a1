import type { Polyline } from '../../geometry/region'
import { boundaryRing, ChainPoints, type BoundaryRing, type BoundedLines } from './bounded-lines'

/** How infill lines hold to the walls. */
export interface Joining {
  /** Neighbouring lines are joined along the boundary into zigzags. */
  readonly isJoined: boolean
  /** How far a line's free end goes on along the boundary, mm; at most half the way to the next end. */
  readonly anchorMm: number
}

export const JOINED: Joining = { isJoined: true, anchorMm: 0 }

/** Options of chaining where links may be so long. */
export function chainOptions({ isJoined, anchorMm }: Joining, maxLinkMm: number, minLengthMm: number): ChainOptions {
  return { maxLinkMm: isJoined ? maxLinkMm : 0, minLengthMm, anchorMm }
}

export interface ChainOptions {
  /** Longest stretch of boundary that joins two lines, mm. */
  readonly maxLinkMm: number
  /** Shorter polylines are left out, mm. */
  readonly minLengthMm: number
  /** How far a chain's ends go on along the boundary, mm. */
  readonly anchorMm: number
}

/** Joins lines along the region's boundary into long zigzags, each line once, in the order of their rows. */
export function chainLines(lines: BoundedLines, options: ChainOptions): Polyline[] {
  const ring = boundaryRing(lines)
  const isUsed = new Uint8Array(lines.count)
  const points = new ChainPoints(lines)
  const chains: Polyline[] = []
  const nextLink = (end: number) => nearestLink(end, { lines, ring, isUsed, maxLinkMm: options.maxLinkMm })
  for (let line = 0; line < lines.count; line++) {
    if (isUsed[line] === 1) continue
    isUsed[line] = 1
    const start = chainStart(line, nextLink)
    if (options.anchorMm > 0) points.addAnchor(start, anchorOf(start, ring, options.anchorMm), true)
    for (let enter = start; enter >= 0; ) {
      points.addLine(enter)
      isUsed[enter >> 1] = 1
      const leave = enter ^ 1
      const entered = nextLink(leave)
      if (entered >= 0) points.addBoundary(leave, entered, isForwardLink(leave, entered, ring))
      else if (options.anchorMm > 0) points.addAnchor(leave, anchorOf(leave, ring, options.anchorMm), false)
      enter = entered
    }
    const chain = points.take(options.minLengthMm)
    if (chain !== undefined) chains.push(chain)
  }
  return chains
}

/** Length of an end's anchor with the contour, negative against it: to the side with more room, and at most half of it. */
function anchorOf(end: number, { toNextMm, previous }: BoundaryRing, anchorMm: number): number {
  const ahead = toNextMm[end]
  const behind = toNextMm[previous[end]]
  return ahead >= behind ? Math.min(anchorMm, ahead / 2) : -Math.min(anchorMm, behind / 2)
}

/** The end to enter a chain's first line at: the one whose other end leads on. */
function chainStart(line: number, nextLink: (end: number) => number): number {
  return nextLink(2 * line + 1) >= 0 || nextLink(2 * line) < 0 ? 2 * line : 2 * line + 1
}

/** Of the two neighbours along the boundary, the nearer one whose line is still free and of the same or the next row; -1 if none is near. */
function nearestLink(end: number, context: { lines: BoundedLines; ring: BoundaryRing; isUsed: Uint8Array; maxLinkMm: number }): number {
  const { lines, ring, isUsed, maxLinkMm } = context
  const next = ring.next[end]
  const previous = ring.previous[end]
  const canLink = (other: number, lengthMm: number) => isUsed[other >> 1] === 0 && lengthMm <= maxLinkMm && Math.abs(lines.row[other >> 1] - lines.row[end >> 1]) <= 1
  const nextMm = ring.toNextMm[end]
  const previousMm = ring.toNextMm[previous]
  const canNext = canLink(next, nextMm)
  const canPrevious = canLink(previous, previousMm)
  if (canNext && canPrevious) return nextMm <= previousMm ? next : previous
  if (canNext) return next
  return canPrevious ? previous : -1
}

/** Says whether the stretch from one end to its neighbour runs with the contour; of two ends only, the shorter stretch counts. */
export function isForwardLink(from: number, to: number, ring: BoundaryRing): boolean {
  if (ring.next[from] !== to) return false
  return ring.previous[from] !== to || ring.toNextMm[from] <= ring.toNextMm[to]
}
