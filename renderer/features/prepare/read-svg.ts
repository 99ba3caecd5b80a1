import { SVGLoader } from 'three/examples/jsm/loaders/SVGLoader.js'
import { type Drawing, type Fill, type Stroke, centredDrawing, drawingBox } from '../../../shared/cad/drawing'
import { type Problem, type Result, failure, success } from '../../../shared/units/problem'

/** A larger file is a map or a picture, not a relief. */
const MOST_BYTES = 4_000_000
const MOST_POINTS = 300_000
/** Straight pieces of each curve. */
const CURVE_STEPS = 24

interface SvgStyle {
  readonly fill?: string
  readonly fillRule?: string
  readonly stroke?: string
  readonly strokeWidth?: number | string
}

function refused(code: string, message: string): { ok: false; problems: readonly Problem[] } {
  return failure({ code, severity: 'error', message })
}

function isShown(paint: string | undefined): boolean {
  return paint !== undefined && paint !== '' && paint !== 'none' && paint !== 'transparent'
}

/** Points with y up, the last one not repeated. */
function lineOf(points: readonly { readonly x: number; readonly y: number }[]): Float64Array {
  return Float64Array.from(points.flatMap(({ x, y }) => [x, 0 - y]))
}

function closed(line: Float64Array): Float64Array {
  const n = line.length
  return n >= 4 && line[0] === line[n - 2] && line[1] === line[n - 1] ? line.slice(0, n - 2) : line
}

/**
 * Reads the paths and basic shapes of an SVG, with their transforms and fill rules, as a drawing around the origin that is `heightMm` high. Text in it must be
 * made paths before. Codes: `svg/too-large`, `svg/unreadable`, `svg/empty`.
 */
export function readSvg(text: string, heightMm: number): Result<Drawing> {
  if (text.length > MOST_BYTES) return refused('svg/too-large', 'The SVG is too large for a relief.')
  if (!/<svg[\s>]/i.test(text)) return refused('svg/unreadable', 'This file is no SVG.')
  const paths = parsed(text)
  if (paths === undefined) return refused('svg/unreadable', 'This SVG can’t be read.')
  const fills: Fill[] = []
  const strokes: Stroke[] = []
  let points = 0
  for (const { subPaths, style } of paths) {
    const lines = subPaths.map((subPath) => lineOf(subPath.getPoints(CURVE_STEPS)))
    points += lines.reduce((sum, { length }) => sum + length / 2, 0)
    if (points > MOST_POINTS) return refused('svg/too-large', 'The SVG is too large for a relief.')
    const contours = lines.map(closed).filter(({ length }) => length >= 6)
    if (isShown(style.fill) && contours.length > 0) fills.push({ contours, rule: style.fillRule === 'evenodd' ? 'evenodd' : 'nonzero' })
    const widthMm = Number(style.strokeWidth ?? 1)
    if (isShown(style.stroke) && widthMm > 0) strokes.push({ lines: lines.filter(({ length }) => length >= 4), widthMm })
  }
  const box = drawingBox({ fills, strokes })
  if (box === undefined || box.max[1] - box.min[1] <= 0) return refused('svg/empty', 'The SVG has no paths or shapes. Turn its texts into paths where it was drawn.')
  return success(centredDrawing({ fills, strokes }, heightMm / (box.max[1] - box.min[1])))
}

function parsed(text: string) {
  try {
    return new SVGLoader().parse(text).paths.map(({ subPaths, userData }) => ({ subPaths, style: ((userData ?? {}) as { readonly style?: SvgStyle }).style ?? {} }))
  } catch {
    // What isn't well-formed makes the loader throw of many kinds.
    return undefined
  }
}
