import type { Contour } from './region'

/**
 * Leaves points out of a closed contour so that none of the old ones is farther than `toleranceMm` from the new line.
 * Undefined when nothing with an area is left. @see Douglas and Peucker 1973
 */
export function simplifyContour(contour: Contour, toleranceMm: number): Contour | undefined {
  const n = contour.length >> 1
  if (n < 3) return undefined
  // Points farthest from one another are corners for sure; the first one may lie in the middle of a straight side.
  const corner = farthestFrom(contour, 0)
  const far = farthestFrom(contour, corner)
  const keep = new Uint8Array(n)
  keep[corner] = 1
  keep[far] = 1
  const stack = [Math.min(corner, far), Math.max(corner, far), Math.max(corner, far), Math.min(corner, far) + n]
  const limit = toleranceMm * toleranceMm
  while (stack.length > 0) {
    const end = stack.pop() as number
    const start = stack.pop() as number
    const worst = farthestFromChord(contour, start, end, limit)
    if (worst < 0) continue
    keep[worst % n] = 1
    if (worst - start > 1) stack.push(start, worst)
    if (end - worst > 1) stack.push(worst, end)
  }
  return pick(contour, keep)
}

function farthestFrom(contour: Contour, from: number): number {
  const x = contour[2 * from]
  const y = contour[2 * from + 1]
  let far = from
  let best = -1
  for (let i = 0; i < contour.length; i += 2) {
    const dx = contour[i] - x
    const dy = contour[i + 1] - y
    const d = dx * dx + dy * dy
    if (d > best) {
      best = d
      far = i >> 1
    }
  }
  return far
}

/** The point between two others (numbered on beyond the last) that is farthest from the line between them, or -1 within the limit. */
function farthestFromChord(contour: Contour, start: number, end: number, limit: number): number {
  const n = contour.length >> 1
  const first = start % n
  const last = end % n
  const ax = contour[2 * first]
  const ay = contour[2 * first + 1]
  const bx = contour[2 * last] - ax
  const by = contour[2 * last + 1] - ay
  const length2 = bx * bx + by * by
  let worst = -1
  let most = limit
  for (let i = start + 1; i < end; i++) {
    const at = i < n ? 2 * i : 2 * (i - n)
    const px = contour[at] - ax
    const py = contour[at + 1] - ay
    const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * bx + py * by) / length2))
    const dx = px - along * bx
    const dy = py - along * by
    const d = dx * dx + dy * dy
    if (d > most) {
      most = d
      worst = i
    }
  }
  return worst
}

function pick(contour: Contour, keep: Uint8Array): Contour | undefined {
  let count = 0
  for (const isKept of keep) count += isKept
  if (count < 3) return undefined
  if (count === keep.length) return contour
  const picked = new Float64Array(2 * count)
  for (let i = 0, j = 0; i < keep.length; i++) {
    if (keep[i] === 0) continue
    picked[j++] = contour[2 * i]
    picked[j++] = contour[2 * i + 1]
  }
  return picked
}
