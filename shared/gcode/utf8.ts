/** Text of a range of UTF-8 bytes, at most 4096 of them; bytes that are no UTF-8 are read as Latin-1. */
export function decodeUtf8(bytes: Uint8Array, from: number, to: number): string {
  const end = Math.min(to, from + 4096)
  let text = ''
  let isAscii = true
  for (let i = from; i < end; i++) {
    const byte = bytes[i] as number
    if (byte >= 0x80) isAscii = false
    text += String.fromCharCode(byte)
  }
  if (isAscii) return text
  try {
    return decodeURIComponent(text.replace(/[%\u0080-\u00ff]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`))
  } catch {
    return text
  }
}
