import { failure, success, type Problem, type Result } from '../../units/problem'
import { latin1 } from '../ascii-scanner'

/** Types of numbers in a PLY file. */
export type PlyType = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32' | 'float64'

/** Bytes of a number of each type. */
export const PLY_BYTES: Readonly<Record<PlyType, number>> = { int8: 1, uint8: 1, int16: 2, uint16: 2, int32: 4, uint32: 4, float32: 4, float64: 8 }
const ALIASES: Readonly<Record<string, PlyType>> = { char: 'int8', uchar: 'uint8', short: 'int16', ushort: 'uint16', int: 'int32', uint: 'uint32', float: 'float32', double: 'float64' }
const MAX_HEADER_BYTES = 1 << 20

/** One number of each row, or a list of them after its length. */
export interface PlyProperty {
  readonly name: string
  readonly type: PlyType
  /** Type of a list's length; undefined for a single number. */
  readonly countType?: PlyType
}

/** `count` rows of the same properties. */
export interface PlyElement {
  readonly name: string
  readonly count: number
  readonly properties: readonly PlyProperty[]
}

/** What the text before the data says. */
export interface PlyHeader {
  readonly encoding: 'ascii' | 'little' | 'big'
  readonly elements: readonly PlyElement[]
  readonly comments: readonly string[]
  /** Where the data begins. */
  readonly dataStart: number
}

/** Reads a PLY header up to `end_header`. Counts are as stated: whoever reads the rows checks them against the file's length. */
export function parsePlyHeader(bytes: Uint8Array): Result<PlyHeader> {
  const text = latin1(bytes, 0, Math.min(bytes.length, MAX_HEADER_BYTES))
  const end = /(^|[\r\n])end_header[ \t]*(\r\n|\n|\r)/.exec(text)
  if (end === null) return failure(badHeader('it has no end_header'))
  let encoding: PlyHeader['encoding'] | undefined
  const elements: { name: string; count: number; properties: PlyProperty[] }[] = []
  const comments: string[] = []
  for (const line of text.slice(0, end.index).split(/\r\n|\n|\r/)) {
    const [word, ...rest] = line.trim().split(/\s+/)
    if (word === 'format') encoding = rest[0] === 'ascii' ? 'ascii' : rest[0] === 'binary_little_endian' ? 'little' : rest[0] === 'binary_big_endian' ? 'big' : undefined
    else if (word === 'comment') comments.push(rest.join(' '))
    else if (word === 'element') elements.push({ name: rest[0] ?? '', count: Number(rest[1]), properties: [] })
    else if (word === 'property') {
      const property = propertyOf(rest)
      if (property === undefined || elements.length === 0) return failure(badHeader(`“${line.trim().slice(0, 80)}” is no property`))
      elements[elements.length - 1]?.properties.push(property)
    }
  }
  if (encoding === undefined) return failure(badHeader('its format is none of ascii, binary_little_endian, binary_big_endian'))
  if (elements.some(({ count }) => !Number.isSafeInteger(count) || count < 0)) return failure(badHeader('an element has no count'))
  return success({ encoding, elements, comments, dataStart: end.index + end[0].length })
}

function propertyOf([first = '', ...rest]: readonly string[]): PlyProperty | undefined {
  if (first !== 'list') {
    const type = typeOf(first)
    return type === undefined ? undefined : { name: rest[0] ?? '', type }
  }
  const [countType, type] = [typeOf(rest[0] ?? ''), typeOf(rest[1] ?? '')]
  return type === undefined || countType === undefined ? undefined : { name: rest[2] ?? '', type, countType }
}

function typeOf(name: string): PlyType | undefined {
  if (Object.hasOwn(ALIASES, name)) return ALIASES[name]
  return Object.hasOwn(PLY_BYTES, name) ? (name as PlyType) : undefined
}

function badHeader(reason: string): Problem {
  return { code: 'ply/bad-header', severity: 'error', values: { reason }, message: `The PLY header can't be read: ${reason}. Export the model again.` }
}
