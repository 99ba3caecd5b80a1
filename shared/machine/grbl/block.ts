/** One word of a block: a letter with its number. */
export interface Word {
  readonly letter: string
  readonly value: number
}

/** Words of a block, or the number of Grbl's error. */
export type BlockWords = { readonly ok: true; readonly words: readonly Word[] } | { readonly ok: false; readonly error: number }

const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)/y
/** Nothing to take out of it. */
const COMPACT = /^[A-Z0-9.+-]*$/

/** A line as Grbl keeps it: without comments, spaces and controls, upper case. */
export function compactLine(raw: string): string {
  if (COMPACT.test(raw)) return raw
  return raw.replace(/\([^)]*\)?/g, '').replace(/;.*$/, '').replace(/[^\x21-\x7e]/g, '').toUpperCase()
}

/**
 * Cuts a compact line into words, as Grbl 1.1 does.
 * @returns error 1 where a letter is missing, 2 where a number is
 */
export function readBlock(line: string): BlockWords {
  const words: Word[] = []
  let i = 0
  while (i < line.length) {
    const letter = line.charAt(i)
    if (letter < 'A' || letter > 'Z') return { ok: false, error: 1 }
    NUMBER.lastIndex = i + 1
    const number = NUMBER.exec(line)?.[0]
    if (number === undefined) return { ok: false, error: 2 }
    words.push({ letter, value: Number(number) })
    i += 1 + number.length
  }
  return { ok: true, words }
}
