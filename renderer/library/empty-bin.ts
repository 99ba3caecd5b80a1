import { isBinOver, purgeChanges } from '../../shared/library/design'
import type { LibraryDb } from './library-db'
import { writeChanges } from './write-changes'

/** Removes what has been in the bin for more than 30 days. */
export async function emptyBin(db: LibraryDb, nowMs: number): Promise<void> {
  await writeChanges(db, async () => {
    const over = await db.designs.filter((design) => design.state === 'bin' && isBinOver(design, nowMs)).toArray()
    return over.flatMap(({ id, binnedAt }) => purgeChanges(id, nowMs, binnedAt))
  })
}
