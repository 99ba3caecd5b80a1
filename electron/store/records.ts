import type Database from 'libsql'

/** Small values of the studio itself (machines, settings, jobs) by kind and id. Every write is durable when it returns. */
export interface Records {
  /** The value as it was put, or undefined. Its form is for the reader to check. */
  get(kind: string, id: string): unknown
  /** All of a kind, by id. */
  list(kind: string): readonly { readonly id: string; readonly value: unknown }[]
  /** @param value JSON */
  put(kind: string, id: string, value: unknown): void
  /** Several at once: all or none. */
  putAll(kind: string, items: readonly { readonly id: string; readonly value: unknown }[]): void
  remove(kind: string, id: string): void
}

interface RecordRow {
  readonly id: string
  readonly value: string
}

/** Records in a table of the store's database. */
export function createRecords(database: Database.Database): Records {
  database.exec('CREATE TABLE IF NOT EXISTS records (kind TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID')
  const getOne = database.prepare('SELECT id, value FROM records WHERE kind = ? AND id = ?')
  const getAll = database.prepare('SELECT id, value FROM records WHERE kind = ? ORDER BY id')
  const upsert = database.prepare('INSERT INTO records (kind, id, value) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value')
  const drop = database.prepare('DELETE FROM records WHERE kind = ? AND id = ?')
  const putAll = database.transaction((kind: string, items: readonly { readonly id: string; readonly value: unknown }[]) => {
    for (const { id, value } of items) upsert.run(kind, id, JSON.stringify(value))
  })
  return {
    get(kind, id) {
      const row = getOne.get(kind, id) as RecordRow | undefined
      return row === undefined ? undefined : (JSON.parse(row.value) as unknown)
    },
    list: (kind) => (getAll.all(kind) as RecordRow[]).map(({ id, value }) => ({ id, value: JSON.parse(value) as unknown })),
    put: (kind, id, value) => putAll.immediate(kind, [{ id, value }]),
    putAll: (kind, items) => putAll.immediate(kind, items),
    remove: (kind, id) => void drop.run(kind, id),
  }
}
