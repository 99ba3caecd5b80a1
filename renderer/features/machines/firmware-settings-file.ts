/** Settings as `$n=value` lines: what `$$` prints, so that any sender reads the file too. */
export function settingsFile(values: Readonly<Record<string, string>>): string {
  return Object.keys(values)
    .toSorted((a, b) => Number(a) - Number(b))
    .map((id) => `$${id}=${values[id]}\n`)
    .join('')
}

/** Reads such a file; comments in parentheses are passed over. Undefined when it holds no setting. */
export function parseSettingsFile(text: string): Record<string, string> | undefined {
  const values: Record<string, string> = {}
  for (const [, id, value] of text.matchAll(/^\s*\$(\d{1,4})\s*=\s*(-?\d+(?:\.\d+)?)\b/gm)) values[id as string] = value as string
  return Object.keys(values).length > 0 ? values : undefined
}
