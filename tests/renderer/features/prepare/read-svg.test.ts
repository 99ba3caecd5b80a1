// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { readSvg } from '../../../../renderer/features/prepare/read-svg'
import { drawingBox } from '../../../../shared/cad/drawing'
import { regionArea } from '../../../../shared/geometry/measure-contour'

const svg = (content: string) => `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${content}</svg>`
const read = (content: string, heightMm = 10) => {
  const made = readSvg(svg(content), heightMm)
  if (!made.ok) throw new Error(made.problems[0]?.code)
  return made.value
}

/** Of the shapes below, in the units of their file. */
const FILE_HEIGHTS: Readonly<Record<string, number>> = { rectangles: 10, circles: 10, ellipses: 10, polygons: 10, curves: 20, transforms: 10 }

describe('an SVG', () => {
  it('becomes a drawing of the height asked for, around the origin, the right way up', () => {
    const { fills } = read('<path d="M0 0 H40 L20 20 Z"/>')
    expect(drawingBox({ fills, strokes: [] })).toEqual({ min: [-10, -5], max: [10, 5] })
    const tip = fills[0]!.contours[0]!
    expect(Array.from(tip).map((value) => Math.round(value * 1e6) / 1e6)).toEqual([-10, 5, 10, 5, 0, -5])
  })

  it.each([
    ['rectangles', '<rect x="5" y="5" width="20" height="10"/>', 200],
    ['circles', '<circle cx="50" cy="50" r="5"/>', 78.54],
    ['ellipses', '<ellipse cx="50" cy="50" rx="10" ry="5"/>', 157.08],
    ['polygons', '<polygon points="0,0 20,0 20,10 0,10"/>', 200],
    ['curves', '<path d="M0 10 C0 4.477 4.477 0 10 0 S20 4.477 20 10 S15.523 20 10 20 S0 15.523 0 10Z"/>', 314.16],
    ['transforms', '<g transform="translate(50 0) rotate(90)"><rect width="10" height="30"/></g>', 300],
  ])('may have %s', (name, content, area) => {
    const { fills } = read(content)
    const { min, max } = drawingBox({ fills, strokes: [] })!
    // The file's units a millimetre of the drawing: it was made 10 mm high.
    const factor = FILE_HEIGHTS[name]! / (max[1] - min[1])
    expect(Math.abs(regionArea(fills[0]!.contours)) * factor ** 2).toBeGreaterThan(0.994 * area)
    expect(Math.abs(regionArea(fills[0]!.contours)) * factor ** 2).toBeLessThan(1.003 * area)
  })

  it('keeps its fill rules', () => {
    const ring = 'd="M0 0H20V20H0Z M5 5H15V15H5Z"'
    expect(read(`<path fill-rule="evenodd" ${ring}/>`).fills[0]!.rule).toBe('evenodd')
    expect(read(`<path ${ring}/>`).fills[0]).toMatchObject({ rule: 'nonzero' })
  })

  it('has lines where it is drawn and not filled', () => {
    const { fills, strokes } = read('<path d="M0 0 H50" fill="none" stroke="#000" stroke-width="10"/>')
    expect(fills).toEqual([])
    expect(strokes[0]!.widthMm).toBeCloseTo(10, 9)
    expect(Array.from(strokes[0]!.lines[0]!)).toEqual([-25, 0, 25, 0])
  })

  it('makes lines thicker with what they are drawn in', () => {
    const { strokes } = read('<g transform="scale(3) rotate(30)"><path d="M0 0 H10" fill="none" stroke="#000" stroke-width="2"/></g><rect width="60" height="60"/>', 60)
    const [x1, y1, x2, y2] = strokes[0]!.lines[0]!
    expect(strokes[0]!.widthMm / Math.hypot(x2! - x1!, y2! - y1!)).toBeCloseTo(0.2, 6)
  })

  it('is refused when it is none, has nothing, or is too large', () => {
    expect(readSvg('solid cube', 10)).toMatchObject({ ok: false, problems: [{ code: 'svg/unreadable' }] })
    expect(readSvg(svg('<text x="0" y="0">abc</text>'), 10)).toMatchObject({ ok: false, problems: [{ code: 'svg/empty' }] })
    expect(readSvg(svg('<path d="M0 0H1"/>').padEnd(4_000_001), 10)).toMatchObject({ ok: false, problems: [{ code: 'svg/too-large' }] })
  })
})
