/** The part of opentype.js that is used here. */
declare module 'opentype.js/dist/opentype.mjs' {
  export interface PathCommand {
    readonly type: 'M' | 'L' | 'C' | 'Q' | 'Z'
    readonly x: number
    readonly y: number
    readonly x1: number
    readonly y1: number
    readonly x2: number
    readonly y2: number
  }
  export interface Font {
    readonly unitsPerEm: number
    readonly ascender: number
    readonly descender: number
    charToGlyphIndex(character: string): number
    getAdvanceWidth(text: string, fontSize: number): number
    /** y grows downward. */
    getPath(text: string, x: number, y: number, fontSize: number): { readonly commands: readonly PathCommand[] }
  }
  export function parse(buffer: ArrayBuffer): Font
}
