import type { Hlc } from './hlc'
import type { Op } from './op'

/** The value that a field has now, and who set it when. */
export interface Cell {
  readonly entity: string
  readonly key: string
  readonly value: unknown
  readonly t: Hlc
  readonly author: string
}

/** What merging ops changes: fields with their new values, and values that lost. */
export interface MergeResult {
  readonly changed: readonly Cell[]
  /** Earlier and losing values, for the history. */
  readonly lost: readonly Cell[]
}

/** Names a field for lookup in a map. */
export function cellName(cell: Pick<Cell, 'entity' | 'key'>): string {
  return `${cell.entity}\n${cell.key}`
}

/**
 * Merges ops into fields: field by field, the latest write by hybrid logical clock stands; the others go into the history.
 *
 * The order of ops, repetition and grouping don't matter: every replica that has seen the same ops has the same fields and history.
 * @param current gives a field as it is now
 */
export function mergeOps(ops: readonly Op[], current: (entity: string, key: string) => Cell | undefined): MergeResult {
  const changed = new Map<string, Cell>()
  const lost: Cell[] = []
  for (const { entity, key, value, t, author } of ops) {
    const cell: Cell = { entity, key, value, t, author }
    const name = cellName(cell)
    const standing = changed.get(name) ?? current(entity, key)
    // The clock's text ends with the device: equal readings are the same op, seen before.
    if (standing?.t === t) continue
    if (standing !== undefined && standing.t > t) {
      lost.push(cell)
      continue
    }
    if (standing !== undefined) lost.push(standing)
    changed.set(name, cell)
  }
  return { changed: [...changed.values()], lost }
}
