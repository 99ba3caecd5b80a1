import type { Cell } from '../../shared/library/merge-ops'
import type { LibraryDb } from './library-db'

/** Fields of entities by entity and key, to be read, changed and put back inside one transaction. */
export type EntityFields = Map<string, Map<string, Cell>>

/** Reads the fields of entities; one that isn't there has none. */
export async function readFields(db: LibraryDb, entities: Iterable<string>): Promise<EntityFields> {
  const names = [...new Set(entities)]
  const rows = await db.entities.bulkGet(names)
  return new Map(names.map((entity, at) => [entity, new Map(rows[at]?.cells.map((cell) => [cell.key, cell]))]))
}

/** Puts the fields of entities back. */
export async function putFields(db: LibraryDb, fields: EntityFields): Promise<void> {
  await db.entities.bulkPut([...fields].map(([entity, cells]) => ({ entity, cells: [...cells.values()].sort((a, b) => (a.key < b.key ? -1 : 1)) })))
}
