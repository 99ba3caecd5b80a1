/** A section of an ini file; the one before the first heading has no name. */
export interface IniSection {
  readonly name: string
  readonly values: ReadonlyMap<string, string>
}

const MAX_LINES = 200_000

/** Reads `key = value` lines by section. Lines that are neither, and comments (`#`, `;` at the start), are passed over; an indented line goes on with the value before it. */
export function parseIni(text: string): readonly IniSection[] {
  let values = new Map<string, string>()
  let last: string | undefined
  const sections: IniSection[] = [{ name: '', values }]
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/, MAX_LINES)) {
    const heading = /^\s*\[(.+)\]\s*$/.exec(line)
    if (heading && !line.includes('=')) {
      values = new Map()
      last = undefined
      sections.push({ name: (heading[1] ?? '').trim(), values })
      continue
    }
    if (/^[ \t]+\S/.test(line) && last !== undefined) {
      values.set(last, `${values.get(last) ?? ''}\n${line.trim()}`)
      continue
    }
    const at = line.indexOf('=')
    // PrusaSlicer's 3MF writes its configuration as comments.
    const key = line.slice(0, Math.max(0, at)).replace(/^\s*;\s*/, '').trim()
    if (at < 1 || !/^[\w.-]+$/.test(key)) continue
    values.set(key, line.slice(at + 1).trim())
    last = key
  }
  return sections.filter((section) => section.values.size > 0)
}
