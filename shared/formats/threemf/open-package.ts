import { unzipSync, type UnzipFileInfo } from 'fflate'
import { failure, success, type Problem, type Result } from '../../units/problem'
import { XmlScanner } from './xml-scanner'

const MAX_ENTRIES = 20_000
const MAX_UNPACKED_BYTES = 2 ** 31 - 1
/** XML of meshes packs to a twentieth; only bombs pack to less than a two-hundredth of many megabytes. */
const MAX_RATIO = 200
const RATIO_FROM_BYTES = 16_000_000

/** The parts of a 3MF package (a zip archive), unpacked when they are asked for. */
export interface ThreemfPackage {
  /** Path of the model part where reading begins. */
  readonly rootPath: string
  /** Bytes of a part; undefined when there is none at that path, or it is damaged. Paths begin with or without a slash, upper and lower case are one. */
  read(path: string): Uint8Array | undefined
}

/**
 * Opens a 3MF package. Before anything is unpacked, the number of entries, their sizes and how much they claim to shrink are bounded; paths are only looked
 * up, never written, and those that leave the package are refused.
 */
export function openPackage(bytes: Uint8Array): Result<ThreemfPackage> {
  const entries = listEntries(bytes)
  if (!entries.ok) return entries
  const paths = new Map(entries.value.map(({ name }) => [normalPath(name), name]))
  const read = (path: string): Uint8Array | undefined => {
    const name = paths.get(normalPath(path))
    if (name === undefined) return undefined
    try {
      return unzipSync(bytes, { filter: (entry) => entry.name === name })[name]
    } catch {
      // A damaged entry is as good as none; nothing of ours runs inside.
      return undefined
    }
  }
  const rootPath = rootModel(read, [...paths.keys()])
  if (rootPath === undefined) return failure({ code: 'threemf/no-model', severity: 'error', message: 'This is a zip archive without a 3MF model. Unpack it and open the model in it.' })
  return success({ rootPath, read })
}

function listEntries(bytes: Uint8Array): Result<readonly UnzipFileInfo[]> {
  const entries: UnzipFileInfo[] = []
  const problems: Problem[] = []
  let total = 0
  try {
    unzipSync(bytes, {
      filter: (entry) => {
        if (entries.length >= MAX_ENTRIES) throw new RangeError('too many entries')
        entries.push(entry)
        total += entry.originalSize
        if (entry.originalSize > RATIO_FROM_BYTES && entry.originalSize > MAX_RATIO * entry.size) problems.push(bomb(entry.name))
        if (normalPath(entry.name).split('/').includes('..')) problems.push({ code: 'threemf/unsafe-path', severity: 'error', values: { path: entry.name.slice(0, 200) }, message: 'The archive holds a path that leaves it. It was refused: get the file from a source that you trust.' })
        return false
      },
    })
  } catch (error) {
    if (error instanceof RangeError) return failure(bomb('…'))
    return failure(damaged())
  }
  if (total > MAX_UNPACKED_BYTES) problems.push(bomb('…'))
  return problems.length > 0 ? failure(...problems.slice(0, 3)) : success(entries)
}

/** The refusal of an archive that can't be unpacked. */
export function damaged(): Problem {
  return { code: 'threemf/damaged', severity: 'error', message: 'The 3MF file is damaged: it can’t be unpacked. Copy or download it again.' }
}

function bomb(path: string): Problem {
  return { code: 'threemf/too-large-unpacked', severity: 'error', values: { path: path.slice(0, 200) }, message: 'The file would unpack to far more than a model needs. It was refused: get it from a source that you trust.' }
}

function normalPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()
}

/** By the package's relationships, else where 3MF files have it, else the first model. */
function rootModel(read: ThreemfPackage['read'], paths: readonly string[]): string | undefined {
  const models = paths.filter((path) => path.endsWith('.model'))
  return relatedModel(read('_rels/.rels'), paths) ?? models.find((path) => path === '3d/3dmodel.model') ?? models[0]
}

function relatedModel(relationships: Uint8Array | undefined, paths: readonly string[]): string | undefined {
  if (relationships === undefined) return undefined
  const xml = new XmlScanner(asUtf8(relationships))
  for (let event = xml.next(); event !== 'end'; event = xml.next()) {
    if (event !== 'open' || !xml.isNamed('Relationship') || !(xml.attribute('Type') ?? '').endsWith('/3dmodel')) continue
    const target = normalPath(xml.attribute('Target') ?? '')
    if (paths.includes(target)) return target
  }
  return undefined
}

/** XML as UTF-8: 3MF allows UTF-16, which a byte order mark shows. */
export function asUtf8(bytes: Uint8Array): Uint8Array {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff
  if (!isLittle && !isBig) return bytes
  const narrow = new Uint8Array(Math.floor(bytes.length / 2) - 1)
  for (let i = 0; i < narrow.length; i++) {
    const unit = isLittle ? bytes[2 * i + 2] | (bytes[2 * i + 3] << 8) : (bytes[2 * i + 2] << 8) | bytes[2 * i + 3]
    // Everything but names is ASCII; other letters of names become a question mark.
    narrow[i] = unit < 128 ? unit : 63
  }
  return narrow
}
