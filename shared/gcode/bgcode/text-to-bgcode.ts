import { strFromU8, strToU8 } from 'fflate'
import { CommentReader } from '../read-comments'
import { type BgcodeParts, writeBgcode } from './write-bgcode'

const QUIET = { layerStarts: nothing, layerZ: nothing, layerHeight: nothing, lineWidth: nothing, role: nothing, object: nothing }
function nothing(): void {}

/** G-code text of ours as a binary file: its pictures and its settings go from comments into blocks of their own. */
export function textToBgcode(gcode: Uint8Array, { printer, print }: Pick<BgcodeParts, 'printer' | 'print'>): Uint8Array<ArrayBuffer> {
  const comments = new CommentReader(QUIET)
  const kept: string[] = []
  let [isPicture, isConfig] = [false, false]
  for (const line of strFromU8(gcode).split('\n')) {
    if (line.startsWith(';')) comments.read(line.slice(1))
    isPicture ||= /^; thumbnail\w* begin/.test(line)
    isConfig ||= line === '; gongbang_config = begin'
    if (!isPicture && !isConfig) kept.push(line)
    if (/^; thumbnail\w* end/.test(line)) isPicture = false
  }
  const { thumbnails, settings, generator = 'Gongbang Studio' } = comments.metadata()
  return writeBgcode(strToU8(kept.join('\n')), { generator, thumbnails, printer, print, slicer: settings })
}
