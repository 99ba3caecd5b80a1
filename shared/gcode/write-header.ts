import type { Toolpath } from '../toolpath/toolpath'
import { encodeBase64 } from './base64'
import type { ByteWriter } from './byte-writer'
import { dialectOf } from './dialects/dialect-of'
import type { GcodeOptions, GcodeThumbnail } from './gcode-options'

/** PrusaSlicer's width of a thumbnail line. */
const THUMBNAIL_LINE = 78

/** Comments at the head of the file: what viewers, hosts and printer screens look for. */
export function writeHeader(out: ByteWriter, toolpath: Toolpath, options: GcodeOptions): void {
  const { estimate } = options
  out.line(`;FLAVOR:${dialectOf(options.dialect ?? 'marlin').flavour}`)
  if (estimate) {
    out.line(`;TIME:${Math.round(estimate.timeS)}`)
    out.line(`;Filament used: ${(estimate.filamentMm / 1000).toFixed(5)}m`)
  }
  const [first] = toolpath.layers
  if (first) out.line(`;Layer height: ${round3(toolpath.layers[1]?.heightMm ?? first.heightMm)}`)
  writeBounds(out, toolpath)
  out.line(`;Generated with ${oneLine(options.generator)}`)
  out.line(`;Title: ${oneLine(options.title)}`)
  for (const thumbnail of options.thumbnails ?? []) writeThumbnail(out, thumbnail)
  out.line(`;LAYER_COUNT:${toolpath.layers.length}`)
}

/** Cura's box of the printed lines. */
function writeBounds(out: ByteWriter, toolpath: Toolpath): void {
  const { points, volumeMm3, moveCount } = toolpath
  const min = [Infinity, Infinity, Infinity]
  const max = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < moveCount; i++) {
    if ((volumeMm3[i] as number) <= 0) continue
    for (let axis = 0; axis < 3; axis++) {
      const end = points[3 * i + 3 + axis] as number
      if (end < (min[axis] as number)) min[axis] = end
      if (end > (max[axis] as number)) max[axis] = end
    }
  }
  if ((min[0] as number) > (max[0] as number)) return
  Array.from('XYZ').forEach((axis, i) => out.line(`;MIN${axis}:${round3(min[i] as number)}`))
  Array.from('XYZ').forEach((axis, i) => out.line(`;MAX${axis}:${round3(max[i] as number)}`))
}

function writeThumbnail(out: ByteWriter, { width, height, bytes, format = 'png' }: GcodeThumbnail): void {
  const text = encodeBase64(bytes)
  out.line(';')
  // PrusaSlicer's names: readers that know PNG only pass over the others.
  const name = format === 'png' ? 'thumbnail' : `thumbnail_${format.toUpperCase()}`
  out.line(`; ${name} begin ${width}x${height} ${text.length}`)
  for (let i = 0; i < text.length; i += THUMBNAIL_LINE) out.line(`; ${text.slice(i, i + THUMBNAIL_LINE)}`)
  out.line(`; ${name} end`)
  out.line(';')
}

/** Filament totals and settings at the end of the file, as PrusaSlicer writes them. */
export function writeSettings(out: ByteWriter, options: GcodeOptions): void {
  const { estimate, settings } = options
  if (estimate) {
    out.line(`; filament used [mm] = ${estimate.filamentMm.toFixed(2)}`)
    out.line(`; filament used [cm3] = ${estimate.filamentCm3.toFixed(3)}`)
    out.line(`; filament used [g] = ${estimate.massG.toFixed(2)}`)
    out.line(`; estimated printing time (normal mode) = ${spelled(estimate.timeS)}`)
  }
  if (!settings) return
  out.line('; gongbang_config = begin')
  // PrusaSlicer's word, with the filament of each extruder.
  if (options.tools && options.tools.length > 1) out.line(`; filament_diameter = ${options.tools.map(({ filamentDiameterMm }) => filamentDiameterMm).join(',')}`)
  for (const [key, value] of Object.entries(settings)) out.line(`; ${key} = ${oneLine(String(value))}`)
  out.line('; gongbang_config = end')
}

/** `1d 2h 3m 4s`, leading zeros left out. */
function spelled(timeS: number): string {
  const s = Math.round(timeS)
  const parts: [number, string][] = [[Math.floor(s / 86_400), 'd'], [Math.floor(s / 3600) % 24, 'h'], [Math.floor(s / 60) % 60, 'm'], [s % 60, 's']]
  const first = parts.findIndex(([n]) => n > 0)
  return parts.slice(first < 0 ? 3 : first).map(([n, unit]) => `${n}${unit}`).join(' ')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function round3(mm: number): number {
  return Math.round(mm * 1000) / 1000
}
