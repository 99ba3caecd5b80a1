const HANGUL_FIRST = 0xac00
const HANGUL_LAST = 0xd7a3
const FINALS = 28
const RIEUL = 8
/** Whether a digit's Korean reading ends in a consonant: 영 일 이 삼 사 오 육 칠 팔 구. */
const DIGIT_FINALS = [21, 8, 0, 16, 0, 0, 1, 8, 8, 0]

/** Each particle as written in texts, then the form after a consonant and after a vowel. */
const PARTICLES: readonly (readonly [string, string, string])[] = [
  ['을(를)', '을', '를'],
  ['은(는)', '은', '는'],
  ['이(가)', '이', '가'],
  ['과(와)', '과', '와'],
  ['와(과)', '과', '와'],
  ['(으)로', '으로', '로'],
]
const PATTERN = /(.)(["'”’)\]»]?)(을\(를\)|은\(는\)|이\(가\)|과\(와\)|와\(과\)|\(으\)로)/gu

/** Number of the final consonant in which a letter is read, 0 for none; undefined where it can't be told (Latin, symbols). */
function finalOf(letter: string): number | undefined {
  const code = letter.codePointAt(0) ?? 0
  if (code >= HANGUL_FIRST && code <= HANGUL_LAST) return (code - HANGUL_FIRST) % FINALS
  return /\d/.test(letter) ? DIGIT_FINALS[Number(letter)] : undefined
}

/** Picks the right form of each particle that follows a filled-in value: `베드을(를)` becomes `베드를`. */
export function settleParticles(text: string): string {
  return text.replace(PATTERN, (whole, letter: string, quote: string, written: string) => {
    const final = finalOf(letter)
    const forms = PARTICLES.find(([name]) => name === written)
    if (final === undefined || forms === undefined) return whole
    const isVowelForm = final === 0 || (written === '(으)로' && final === RIEUL)
    return `${letter}${quote}${isVowelForm ? forms[2] : forms[1]}`
  })
}
