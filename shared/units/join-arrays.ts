/** Puts arrays of one kind behind each other into a new one that `make` gives for their length. */
export function joinArrays<T extends Uint8Array | Float64Array>(parts: readonly T[], make: (length: number) => T): T {
  const all = make(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
