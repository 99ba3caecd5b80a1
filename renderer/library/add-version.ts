import { versionChanges } from '../../shared/library/design'
import { type VersionManifest, versionId } from '../../shared/library/version'
import { StudioError } from '../../shared/units/studio-error'
import { putBlob } from './blobs'
import { type VersionRequest, toManifest } from './designs'
import { loadHashText } from './hash'
import { libraryDb } from './open-library'
import { AUTHOR, writeChanges } from './write-changes'
import { getVersion } from './versions'

async function headsOf(designId: string): Promise<readonly string[]> {
  const design = await libraryDb().designs.get(designId)
  if (design === undefined || design.state === 'gone') throw new StudioError('library/design-not-found', 'This design is not in the library any more. Import the file as a design of its own.', { designId })
  return design.heads
}

async function putVersion(designId: string, manifest: VersionManifest, picture?: string): Promise<string> {
  const id = versionId(manifest, await loadHashText())
  await writeChanges(libraryDb(), [
    ...versionChanges(designId, { ...manifest, id }),
    ...(picture === undefined ? [] : [{ entity: `design/${designId}`, key: 'thumbnail', value: picture }]),
  ])
  return id
}

/**
 * Makes a file the newest version of a design; it follows all of the design's heads, so that there is one afterwards.
 * @returns the version's id @throws StudioError 'library/design-not-found', those of `putBlob`; nothing is added then
 */
export async function addVersion(designId: string, request: VersionRequest): Promise<string> {
  const heads = await headsOf(designId)
  const sha256 = await putBlob(request.file.bytes)
  const picture = request.thumbnail === undefined ? undefined : await putBlob(request.thumbnail)
  return putVersion(designId, toManifest(request, sha256, Date.now(), heads), picture)
}

/** Settles two heads: the picked version's files become a version that follows all of them. @returns its id @throws StudioError 'library/design-not-found' | 'library/version-not-found' */
export async function pickHead(designId: string, pickedId: string): Promise<string> {
  const heads = await headsOf(designId)
  const { files, message, licence, tool, units, isRepaired, partCount, sizeMm, triangleCount, volumeMm3 } = await getVersion(pickedId)
  const parents = [pickedId, ...heads.filter((head) => head !== pickedId)]
  return putVersion(designId, { files, message, licence, tool, units, isRepaired, partCount, sizeMm, triangleCount, volumeMm3, parents, author: AUTHOR, createdAt: Date.now() })
}
