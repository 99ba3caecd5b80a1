import { failure, type Problem, type Result } from '../units/problem'
import type { OnProgress } from '../units/progress'
import { detectFormat } from './detect-format'
import type { ParsedModel } from './model'
import { parseObj } from './obj/parse-obj'
import { parsePly } from './ply/parse-ply'
import { parseStl } from './stl/parse-stl'
import { parse3mf } from './threemf/parse-3mf'

/** Larger files are refused before memory is taken. */
const MAX_BYTES = 2 ** 31

/**
 * Reads a model file of any known format: by what the bytes are, and by the name's ending only where they leave it open. Never throws for any bytes
 * (only what `onProgress` throws passes through); sizes and counts in the file are checked against its length before memory is taken.
 */
export function parseModel(bytes: Uint8Array, fileName: string, { onProgress }: { onProgress?: OnProgress } = {}): Result<ParsedModel> {
  if (bytes.length === 0) return failure({ code: 'model/empty-file', severity: 'error', message: 'The file is empty: it has 0 bytes. Copy or download it again.' })
  if (bytes.length > MAX_BYTES) return failure(tooLarge(bytes.length))
  const name = fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '') || fileName
  const detected = detectFormat(bytes, fileName)
  if (detected.kind === 'other') return failure(detected.problem)
  switch (detected.format) {
    case 'stl':
      return parseStl(bytes, name, onProgress)
    case 'obj':
      return parseObj(bytes, name, onProgress)
    case 'ply':
      return parsePly(bytes, name, onProgress)
    case '3mf':
      return parse3mf(bytes, name, onProgress)
    default:
      return detected.format satisfies never
  }
}

function tooLarge(bytes: number): Problem {
  return { code: 'model/too-large', severity: 'error', values: { bytes }, message: 'The file is larger than 2 GB. Reduce the number of triangles before exporting it.' }
}
