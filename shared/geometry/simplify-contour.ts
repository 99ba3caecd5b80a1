import type { Contour } from './region'

/**
 * Leaves points out of a closed contour so that none of the old ones is farther than `toleranceMm` from the new line.
 * Undefined when nothing with an area is left. @see Douglas and Peucker 1973
 */
export function simplifyContour(contour: Contour, toleranceMm: number): Contour | undefined {
  const n = contour.length >> 1
  if (n < 3) return undefined
  const far = farthestFrom(contour, 0)
  const keep = new Uint8Array(n)
  keep[0] = 1
  keep[far] = 1
  const stack = [0, far, far, n]
  const limit = toleranceMm * toleranceMm
  while (stack.length > 0) {
    const end = stack.pop() as number
    const start = stack.pop() as number
    const worst = farthestFromChord(contour, start, end, limit)
    if (worst < 0) continue
    keep[worst] = 1
    if (worst - start > 1) stack.push(start, worst)
    if (end - worst > 1) stack.push(worst, end)
  }
  return pick(contour, keep)
}

function farthestFrom(contour: Contour, from: number): number {
  const x = contour[2 * from] as number
  const y = contour[2 * from + 1] as number
  let far = from
  let best = -1
  for (let i = 0; i < contour.length; i += 2) {
    const dx = (contour[i] as number) - x
    const dy = (contour[i + 1] as number) - y
    const d = dx * dx + dy * dy
    if (d > best) {
      best = d
      far = i >> 1
    }
  }
  return far
}

/** The point between two others (`end` may be n, the first again) that is farthest from the line between them, or -1 within the limit. */
function farthestFromChord(contour: Contour, start: number, end: number, limit: number): number {
  const n = contour.length >> 1
  const ax = contour[2 * start] as number
  const ay = contour[2 * start + 1] as number
  const last = end === n ? 0 : end
  const bx = (contour[2 * last] as number) - ax
  const by = (contour[2 * last + 1] as number) - ay
  const length2 = bx * bx + by * by
  let worst = -1
  let most = limit
  for (let i = start + 1; i < end; i++) {
    const px = (contour[2 * i] as number) - ax
    const py = (contour[2 * i + 1] as number) - ay
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
    picked[j++] = contour[2 * i] as number
    picked[j++] = contour[2 * i + 1] as number
  }
  return picked
}
