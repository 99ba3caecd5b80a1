const WORD = /[\p{L}\p{N}]+/gu
/** Scripts that are written without spaces, or (Hangul) with endings grown on to the word: a search may begin anywhere in them. */
const UNSPACED = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
/** Where a name changes: `3DBenchy`, `gearBox`, `part12`. */
const INNER_START = /(?<=\p{N})(?=\p{L})|(?<=\p{L})(?=\p{N})|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u
/** Longer runs are no words; their suffixes would fill the memory. */
const MAX_SUFFIXES = 24

/** The words of a text, folded so that case, width and composition don't matter. */
export function wordsOf(text: string): readonly string[] {
  return (text.normalize('NFKC').match(WORD) ?? []).map((word) => word.toLowerCase())
}

/**
 * The terms under which a text is found: each word, and each place in it where a search may begin.
 *
 * With a search by beginnings over these, Korean is found by any part of a word, Latin names by their parts.
 */
export function searchTerms(text: string): string[] {
  const terms = new Set<string>()
  for (const word of text.normalize('NFKC').match(WORD) ?? []) {
    terms.add(word.toLowerCase())
    for (const suffix of suffixesOf(word)) terms.add(suffix.toLowerCase())
  }
  return [...terms]
}

function suffixesOf(word: string): readonly string[] {
  if (UNSPACED.test(word)) return [...word].slice(0, MAX_SUFFIXES).map((_, start, letters) => letters.slice(start).join(''))
  const parts = word.split(INNER_START)
  return parts.slice(0, MAX_SUFFIXES).map((_, start) => parts.slice(start).join(''))
}
