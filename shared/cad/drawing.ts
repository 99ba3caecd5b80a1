import type { Contour, Polyline } from '../geometry/region'

/** Closed contours that are filled by one rule, whichever way round they run. */
export interface Fill {
  readonly contours: readonly Contour[]
  readonly rule: 'nonzero' | 'evenodd'
}

/** Lines of a width, with round ends and corners. */
export interface Stroke {
  readonly lines: readonly Polyline[]
  readonly widthMm: number
}

/** A flat drawing, mm, y up: everything that is filled or drawn in it, together. */
export interface Drawing {
  readonly fills: readonly Fill[]
  readonly strokes: readonly Stroke[]
}

/** Box of a drawing's points, mm; undefined when it has none. */
export function drawingBox({ fills, strokes }: Drawing): { readonly min: readonly [number, number]; readonly max: readonly [number, number] } | undefined {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  const take = (line: Float64Array, aroundMm: number) => {
    for (let i = 0; i < line.length; i += 2) {
      x0 = Math.min(x0, line[i] - aroundMm)
      x1 = Math.max(x1, line[i] + aroundMm)
      y0 = Math.min(y0, line[i + 1] - aroundMm)
      y1 = Math.max(y1, line[i + 1] + aroundMm)
    }
  }
  for (const { contours } of fills) for (const contour of contours) take(contour, 0)
  for (const { lines, widthMm } of strokes) for (const line of lines) take(line, widthMm / 2)
  return x0 <= x1 ? { min: [x0, y0], max: [x1, y1] } : undefined
}

/** The drawing with its middle at the origin, made larger by a factor. */
export function centredDrawing(drawing: Drawing, factor: number): Drawing {
  const box = drawingBox(drawing)
  if (box === undefined) return drawing
  const [x, y] = [(box.min[0] + box.max[0]) / 2, (box.min[1] + box.max[1]) / 2]
  const moved = (line: Float64Array) => line.map((value, index) => (value - (index % 2 === 0 ? x : y)) * factor)
  return {
    fills: drawing.fills.map(({ contours, rule }) => ({ contours: contours.map(moved), rule })),
    strokes: drawing.strokes.map(({ lines, widthMm }) => ({ lines: lines.map(moved), widthMm: widthMm * factor })),
  }
}
