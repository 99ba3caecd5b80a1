import type { DesignRecord } from '../../../shared/library/design'
import type { VersionRecord } from '../../../shared/library/version'
import { binDesign, deleteForever, restoreDesign, tagDesign } from '../../library/designs'
import { getBlob } from '../../library/blobs'
import { getVersion } from '../../library/versions'
import { navigate } from '../../ui/navigate'
import { notifySuccess } from '../../ui/notify'
import { saveFile } from '../../ui/save-file'
import { StudioError } from '../../../shared/units/studio-error'
import { useWorkspace } from '../../workspace/workspace-store'

type Named = Pick<DesignRecord, 'id' | 'title'>

/** Puts designs' newest versions (or the given one) onto the plate and goes there. @throws StudioError when a file can't be read */
export async function prepareDesigns(designs: readonly (Named & Pick<DesignRecord, 'heads'>)[], versionId?: string): Promise<void> {
  for (const { id, title, heads } of designs) {
    const wanted = versionId ?? heads[0]
    if (wanted === undefined) throw new StudioError('library/version-not-found', 'The design has no version here yet. Wait until the library is up to date.')
    await useWorkspace.getState().addToPlate({ designId: id, versionId: wanted, title })
  }
  navigate('/prepare')
}

/** Moves designs into the bin, and says so with a way back. */
export async function binDesigns(designs: readonly Named[]): Promise<void> {
  for (const { id } of designs) await binDesign(id)
  notifySuccess('library.binned', { count: designs.length, title: designs[0]?.title ?? '' })
}

/** Takes designs out of the bin. */
export async function restoreDesigns(designs: readonly Named[]): Promise<void> {
  for (const { id } of designs) await restoreDesign(id)
  notifySuccess('library.restored', { count: designs.length, title: designs[0]?.title ?? '' })
}

/** Removes designs for good. */
export async function deleteDesigns(designs: readonly Named[]): Promise<void> {
  for (const { id } of designs) await deleteForever(id)
}

/** Makes a design's tags the given ones. */
export async function setTags({ id, tags }: Pick<DesignRecord, 'id' | 'tags'>, wanted: readonly string[]): Promise<void> {
  const cleaned = [...new Set(wanted.map((tag) => tag.trim()).filter((tag) => tag !== ''))]
  for (const tag of tags) if (!cleaned.includes(tag)) await tagDesign(id, tag, false)
  for (const tag of cleaned) if (!tags.includes(tag)) await tagDesign(id, tag, true)
}

/** Gives tags to several designs; what they have stays. */
export async function addTags(designs: readonly Named[], tags: readonly string[]): Promise<void> {
  for (const { id } of designs) for (const tag of tags.map((name) => name.trim()).filter((name) => name !== '')) await tagDesign(id, tag, true)
}

/** Hands the original files of a version to the browser's downloads, byte for byte as they came. @throws StudioError when a file isn't there */
export async function downloadVersion(version: VersionRecord | string): Promise<void> {
  const { files } = typeof version === 'string' ? await getVersion(version) : version
  for (const { path, sha256 } of files) saveFile(path.split('/').at(-1) ?? path, await getBlob(sha256))
}
