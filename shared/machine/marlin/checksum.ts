/** Longest line that Marlin takes, number and checksum included, without the newline: what is longer is cut (MAX_CMD_SIZE 96). */
export const MAX_LINE_LENGTH = 95

/** XOR of the bytes of a Latin-1 text, as Marlin counts the checksum. */
function checksum(text: string): number {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum ^= text.charCodeAt(i)
  return sum & 0xff
}

/** `N5 G1 X10*97`, with its newline: a line that the firmware can ask for again. The body holds no comment and no `*`. */
export function numberedLine(n: number, body: string): string {
  const text = `N${n} ${body}`
  return `${text}*${checksum(text)}\n`
}
