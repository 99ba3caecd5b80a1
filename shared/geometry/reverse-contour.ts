import type { Contour } from './region'

/** The same contour the other way around: a hole as a solid, a solid as a hole. */
export function reverseContour(contour: Contour): Contour {
  return contour.map((_, i) => contour[contour.length - 2 - i + 2 * (i % 2)])
}
