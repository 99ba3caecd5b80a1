/** Start lines of a file with heating where they don't wait for it themselves; 0 °C is off. */
export function heatedStart(startLines: readonly string[], { hotendC, bedC }: { readonly hotendC: number; readonly bedC: number }): string[] {
  const heatsBed = hasCommand(startLines, /^M190\b/) || bedC <= 0
  const heatsHotend = hasCommand(startLines, /^M109\b/) || hotendC <= 0
  // Both heat at once: the second wait begins when the first is over.
  const early = [...(heatsBed ? [] : [`M140 S${bedC}`]), ...(heatsHotend ? [] : [`M104 S${hotendC}`])]
  const waits = [...(heatsBed ? [] : [`M190 S${bedC}`]), ...(heatsHotend ? [] : [`M109 S${hotendC}`])]
  return [...early, ...waits, ...startLines]
}

/** End lines of a file, with heaters and fan off where they leave them on. */
export function cooledEnd(endLines: readonly string[]): string[] {
  const lines = [...endLines]
  if (!hasCommand(endLines, /^M10[49]\b.*\bS0\b/)) lines.push('M104 S0')
  if (!hasCommand(endLines, /^M1[49]0\b.*\bS0\b/)) lines.push('M140 S0')
  if (!hasCommand(endLines, /^(M107\b|M106\b.*\bS0\b)/)) lines.push('M107')
  return lines
}

function hasCommand(lines: readonly string[], pattern: RegExp): boolean {
  return lines.some((line) => pattern.test(line.trim().toUpperCase()))
}
