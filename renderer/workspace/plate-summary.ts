import type { PlateDocument } from './plate'
import type { PrintSource } from './ready-print'

/** A name for what is on the plate: its only object's, or the first one's with how many more. */
export function plateTitle({ objects }: PlateDocument): string {
  const names = [...new Set(objects.map(({ name }) => name))]
  const [first] = names
  if (first === undefined) return 'plate'
  if (names.length > 1) return `${first} + ${names.length - 1}`
  return objects.length > 1 ? `${first} × ${objects.length}` : first
}

/** Which versions are on the plate, and how often. A version of several parts counts as often as its most frequent part. */
export function printSources({ objects }: PlateDocument): readonly PrintSource[] {
  const byVersion = new Map<string, { readonly source: Omit<PrintSource, 'copies'>; readonly parts: Map<number, number> }>()
  for (const { designId, versionId, name, partIndex } of objects) {
    const entry = byVersion.get(versionId) ?? { source: { designId, versionId, title: name }, parts: new Map<number, number>() }
    entry.parts.set(partIndex, (entry.parts.get(partIndex) ?? 0) + 1)
    byVersion.set(versionId, entry)
  }
  return [...byVersion.values()].map(({ source, parts }) => ({ ...source, copies: Math.max(...parts.values()) }))
}
