import type { Clipper } from '../../geometry/clipper'
import { contourArea } from '../../geometry/measure-contour'
import type { Contour, Region } from '../../geometry/region'

/** Contours with less area than this come from rounding and simplifying, mm². */
const LEAST_AREA_MM2 = 0.01
/** Outlines that differ by less are the same, mm. */
const SAME_MM = 2e-4

/**
 * The part of a layer's outline that the next layer (above for top skin, below for bottom skin) doesn't cover. The whole
 * outline where there is no next layer.
 */
export function exposedArea(outline: Region, next: Region | undefined, clipper: Clipper): Region {
  if (next === undefined || next.length === 0) return outline
  if (isSameRegion(outline, next)) return []
  return clipper.difference(outline, next).filter((contour) => Math.abs(contourArea(contour)) > LEAST_AREA_MM2)
}

function isSameRegion(a: Region, b: Region): boolean {
  return a.length === b.length && a.every((contour, i) => isSameContour(contour, b[i]))
}

function isSameContour(a: Contour, b: Contour | undefined): boolean {
  if (b === undefined || a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (Math.abs(a[i] - b[i]) > SAME_MM) return false
  return true
}
