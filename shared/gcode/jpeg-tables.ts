/** Code of each symbol. */
export type HuffmanTable = ReadonlyMap<number, { readonly code: number; readonly bits: number }>

/** Where the frequencies of a block stand, the slowest first. */
export const ZIGZAG: readonly number[] = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
]
/** Of the standard's annex K, made finer. */
const FINER = 0.3
const LUMA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
  18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
]
const CHROMA = [17, 18, 24, 47, 18, 21, 26, 66, 24, 26, 56, 99, 47, 66, 99, 99]
const finer = (value: number) => Math.max(1, Math.round(value * FINER))

/** What each frequency is divided by, in zigzag order. */
export const QUANTA_LUMA: readonly number[] = ZIGZAG.map((place) => finer(LUMA[place] ?? 99))
export const QUANTA_CHROMA: readonly number[] = ZIGZAG.map((place) => finer(place % 8 < 4 && place < 32 ? (CHROMA[(place >> 3) * 4 + (place % 8)] ?? 99) : 99))

/** How many codes there are of each length, and their symbols in order: the standard's annex K.3. */
interface HuffmanSpec {
  readonly counts: readonly number[]
  readonly symbols: readonly number[]
}

const SMALL = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const DC_LUMA_SPEC: HuffmanSpec = { counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], symbols: SMALL }
const DC_CHROMA_SPEC: HuffmanSpec = { counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], symbols: SMALL }
const hex = (text: string) => Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
const AC_LUMA_SPEC: HuffmanSpec = {
  counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
  symbols: hex('01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa'),
}
const AC_CHROMA_SPEC: HuffmanSpec = {
  counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
  symbols: hex('000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa'),
}

export const DC_LUMA = tableOf(DC_LUMA_SPEC)
export const AC_LUMA = tableOf(AC_LUMA_SPEC)
export const DC_CHROMA = tableOf(DC_CHROMA_SPEC)
export const AC_CHROMA = tableOf(AC_CHROMA_SPEC)

function tableOf({ counts, symbols }: HuffmanSpec): HuffmanTable {
  const table = new Map<number, { code: number; bits: number }>()
  let code = 0
  let next = 0
  counts.forEach((count, i) => {
    for (let k = 0; k < count; k++) table.set(symbols[next++] as number, { code: code++, bits: i + 1 })
    code <<= 1
  })
  return table
}

/** Everything before the blocks of a picture of three channels. */
export function jpegHead(width: number, height: number): readonly number[] {
  const part = (marker: number, ...bytes: readonly number[]) => [0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff, ...bytes]
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff]
  const huffman = (place: number, { counts, symbols }: HuffmanSpec) => part(0xc4, place, ...counts, ...symbols)
  return [
    0xff, 0xd8,
    ...part(0xe0, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0),
    ...part(0xdb, 0, ...QUANTA_LUMA),
    ...part(0xdb, 1, ...QUANTA_CHROMA),
    ...part(0xc0, 8, ...size, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1),
    ...huffman(0x00, DC_LUMA_SPEC), ...huffman(0x10, AC_LUMA_SPEC), ...huffman(0x01, DC_CHROMA_SPEC), ...huffman(0x11, AC_CHROMA_SPEC),
    ...part(0xda, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0),
  ]
}
