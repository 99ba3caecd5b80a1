import { type Font, type PathCommand, parse } from 'opentype.js/dist/opentype.mjs'
import { type Problem, type Result, failure, success } from '../units/problem'
import { type Drawing, centredDrawing } from './drawing'
import { type Point2, flattenCubic, flattenQuadratic } from './flatten-curve'

/** More is not a text for a part; it would only keep the computer busy. */
const MOST_CHARACTERS = 500
/** From a line of text to the next, as a part of its size. */
const LINE_STEP = 1.25

/**
 * The outlines of a text in a font (TrueType or OpenType file), around the origin, lines centred below each other. `sizeMm` is the font's em: capitals are
 * about 0.7 of it. Codes: `emboss/unreadable-font`, `emboss/no-text`, `emboss/text-too-long`; warning `emboss/missing-glyphs`.
 */
export function textDrawing(fontFile: Uint8Array, text: string, sizeMm: number): Result<Drawing> {
  const lines = text.split('\n').map((line) => line.trim())
  if (lines.every((line) => line === '')) return failure({ code: 'emboss/no-text', severity: 'error', message: 'There is no text to emboss.' })
  if (text.length > MOST_CHARACTERS) return failure({ code: 'emboss/text-too-long', severity: 'error', values: { most: MOST_CHARACTERS }, message: `A text may have ${MOST_CHARACTERS} characters at most.` })
  const font = readFont(fontFile)
  if (font === undefined) return failure({ code: 'emboss/unreadable-font', severity: 'error', message: 'This font file can’t be read: a TrueType or OpenType font (.ttf, .otf) is needed.' })
  const contours = lines.flatMap((line, row) => lineContours(font, line, { sizeMm, yMm: row * LINE_STEP * sizeMm }))
  if (contours.length === 0) return failure(missing(font, text) ?? { code: 'emboss/no-text', severity: 'error', message: 'There is no text to emboss.' })
  const warning = missing(font, text)
  return success(centredDrawing({ fills: [{ contours, rule: 'nonzero' }], strokes: [] }, 1), warning === undefined ? [] : [{ ...warning, severity: 'warning' }])
}

function readFont(file: Uint8Array): Font | undefined {
  try {
    return parse(file.slice().buffer)
  } catch {
    // A font that isn't one, or is damaged: the library throws of many kinds.
    return undefined
  }
}

function missing(font: Font, text: string): Problem | undefined {
  const characters = [...new Set(text)].filter((character) => character.trim() !== '' && font.charToGlyphIndex(character) === 0)
  if (characters.length === 0) return undefined
  const values = { characters: characters.slice(0, 10).join(' ') }
  return { code: 'emboss/missing-glyphs', severity: 'error', values, message: `The font has no ${values.characters}; choose another font.` }
}

function lineContours(font: Font, line: string, { sizeMm, yMm }: { readonly sizeMm: number; readonly yMm: number }): Float64Array[] {
  const width = font.getAdvanceWidth(line, sizeMm)
  const { commands } = font.getPath(line, -width / 2, yMm, sizeMm)
  return contoursOf(commands)
}

/** Closes each contour; the font's y grows downward, ours upward. */
function contoursOf(commands: readonly PathCommand[]): Float64Array[] {
  const contours: Float64Array[] = []
  let points: Point2[] = []
  const end = () => {
    if (points.length > 2) contours.push(Float64Array.from(points.flatMap(([x, y]) => [x, -y])))
    points = []
  }
  for (const { type: kind, x, y, x1, y1, x2, y2 } of commands) {
    const last = points.at(-1) ?? [0, 0]
    switch (kind) {
      case 'M':
        end()
        points.push([x, y])
        break
      case 'L':
        points.push([x, y])
        break
      case 'C':
        points.push(...flattenCubic([last, [x1, y1], [x2, y2], [x, y]]))
        break
      case 'Q':
        points.push(...flattenQuadratic([last, [x1, y1], [x, y]]))
        break
      case 'Z':
        end()
        break
      default:
        kind satisfies never
    }
  }
  end()
  return contours
}
