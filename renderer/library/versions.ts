import { useLiveQuery } from 'dexie-react-hooks'
import type { VersionRecord } from '../../shared/library/version'
import { StudioError } from '../../shared/units/studio-error'
import { libraryDb, useLibraryDb } from './open-library'

/** A version. @throws StudioError 'library/version-not-found' */
export async function getVersion(versionId: string): Promise<VersionRecord> {
  const version = await libraryDb().versions.get(versionId)
  if (version === undefined) throw new StudioError('library/version-not-found', 'This version is not in the library (yet). Wait until the library is up to date, or import the file again.', { versionId })
  return version
}

/** A design's versions, newest first; undefined while they are read. */
export function useVersions(designId: string | undefined): readonly VersionRecord[] | undefined {
  const db = useLibraryDb()
  return useLiveQuery(async () => {
    if (designId === undefined) return []
    const ids = (await db.designs.get(designId))?.versionIds ?? []
    const versions = (await db.versions.bulkGet([...ids])).filter((version) => version !== undefined)
    return versions.sort((a, b) => b.createdAt - a.createdAt)
  }, [db, designId])
}
