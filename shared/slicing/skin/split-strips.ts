import { contourArea, contourBox, isInContour } from '../../geometry/measure-contour'
import type { Contour, Region } from '../../geometry/region'
import type { Island } from '../islands'

/** Corners of a hole that are asked for the outer contour around it. */
const ASKED = 9

/**
 * Takes a region apart into its connected pieces, even where they are rings narrower than rounding: a hole belongs to the
 * smallest contour that most of its corners lie in. A hole that lies in none goes with the smallest whose box is around it.
 */
export function splitStrips(region: Region): Island[] {
  const pieces = region.filter((contour) => contourArea(contour) > 0).map((contour) => ({ outline: [contour], box: contourBox(contour), area: contourArea(contour) }))
  for (const hole of region) {
    if (contourArea(hole) > 0) continue
    const box = contourBox(hole)
    const around = pieces.filter((piece) => isBoxIn(box, piece.box)).sort((a, b) => a.area - b.area)
    const piece = around.length === 1 ? around[0] : (around.find(({ outline: [outer] }) => isMostlyIn(hole, outer)) ?? around[0])
    piece?.outline.push(hole)
  }
  return pieces
}

/** Boxes of rings this thin may differ by rounding. */
function isBoxIn(inner: Island['box'], outer: Island['box']): boolean {
  const slackMm = 1e-3
  return inner[0] >= outer[0] - slackMm && inner[1] >= outer[1] - slackMm && inner[2] <= outer[2] + slackMm && inner[3] <= outer[3] + slackMm
}

function isMostlyIn(hole: Contour, outer: Contour | undefined): boolean {
  if (outer === undefined) return false
  const count = hole.length / 2
  const step = Math.max(1, Math.floor(count / ASKED))
  let inside = 0
  let asked = 0
  for (let corner = 0; corner < count; corner += step) {
    asked++
    if (isInContour(outer, hole[2 * corner], hole[2 * corner + 1])) inside++
  }
  return 2 * inside >= asked
}
