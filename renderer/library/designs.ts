import { useLiveQuery } from 'dexie-react-hooks'
import { type DesignRecord, binChange, newDesignChanges, purgeChanges, restoreChange, tagChange, versionChanges } from '../../shared/library/design'
import { type VersionManifest, versionId } from '../../shared/library/version'
import { type DesignIndex, type DesignQuery, createDesignIndex } from './design-index'
import { putBlob } from './blobs'
import { loadHashText } from './hash'
import type { LibraryDb } from './library-db'
import { libraryDb, useLibraryDb } from './open-library'
import { newDeviceId } from './replica-state'
import { AUTHOR, writeChanges } from './write-changes'

export type { DesignQuery, DesignSort } from './design-index'

/** What is known of a file when it was imported. */
export interface PartsSummary {
  readonly partCount: number
  /** Of the whole, mm. */
  readonly sizeMm: readonly [number, number, number]
  readonly triangleCount: number
  readonly volumeMm3: number
}

/** A file as a version of a design. */
export interface VersionRequest {
  readonly file: { readonly name: string; readonly bytes: Blob | Uint8Array<ArrayBuffer>; readonly type?: string }
  readonly parts: PartsSummary
  /** Unit of the file's numbers, as `LengthUnit` names it. */
  readonly unit: string
  readonly isRepaired: boolean
  /** PNG. */
  readonly thumbnail?: Blob | Uint8Array<ArrayBuffer>
}

export interface ImportRequest extends VersionRequest {
  readonly title: string
  readonly tags: readonly string[]
  /** Makes a second design of a file that is here already; otherwise the one that is here is given. */
  readonly isCopyWanted?: boolean
}

export interface Duplicate {
  readonly designId: string
  readonly versionId: string
  readonly title: string
  readonly isBinned: boolean
}

const indexes = new WeakMap<LibraryDb, DesignIndex>()

function indexOf(db: LibraryDb): DesignIndex {
  const index = indexes.get(db) ?? createDesignIndex(db)
  indexes.set(db, index)
  return index
}

/** Designs that match, in order; follows every change. Undefined while the library is read for the first time. */
export function useDesigns({ search, tag, sort, isBin }: DesignQuery): readonly DesignRecord[] | undefined {
  const db = useLibraryDb()
  return useLiveQuery(async () => {
    const index = indexOf(db)
    await index.refresh()
    return index.query({ search, tag, sort, isBin })
  }, [db, search, tag, sort, isBin])
}

/** A design; undefined while it is read, or when it isn't there. */
export function useDesign(designId: string | undefined): DesignRecord | undefined {
  const db = useLibraryDb()
  return useLiveQuery(async () => {
    const row = designId === undefined ? undefined : await db.designs.get(designId)
    return row?.state === 'gone' ? undefined : row
  }, [db, designId])
}

/** The design that holds a file with this very content already; one in the library rather than one in the bin. */
export async function findDuplicate(sha256: string): Promise<Duplicate | undefined> {
  const db = libraryDb()
  const versions = await db.versions.where('blobs').equals(sha256).primaryKeys()
  const designs = (await db.designs.where('versionIds').anyOf(versions).distinct().toArray()).filter(({ state }) => state !== 'gone')
  const design = designs.find(({ state }) => state === 'kept') ?? designs[0]
  const found = design?.versionIds.find((id) => versions.includes(id))
  return design === undefined || found === undefined ? undefined : { designId: design.id, versionId: found, title: design.title, isBinned: design.state === 'bin' }
}

/**
 * Brings a file into the library: its bytes into the studio first, then a design with its first version.
 * @throws StudioError of `putBlob`; nothing is added then
 */
export async function importDesign(request: ImportRequest): Promise<{ readonly designId: string; readonly versionId: string; readonly isDuplicate: boolean }> {
  const { file, thumbnail } = request
  const sha256 = await putBlob(file.bytes)
  const duplicate = await findDuplicate(sha256)
  if (duplicate !== undefined && request.isCopyWanted !== true) {
    if (duplicate.isBinned) await restoreDesign(duplicate.designId)
    return { designId: duplicate.designId, versionId: duplicate.versionId, isDuplicate: true }
  }
  const picture = thumbnail === undefined ? undefined : await putBlob(thumbnail)
  const createdAt = Date.now()
  const manifest = toManifest(request, sha256, createdAt)
  const id = versionId(manifest, await loadHashText())
  const designId = newDeviceId()
  await writeChanges(libraryDb(), [
    ...newDesignChanges({ id: designId, title: request.title, tags: request.tags, createdAt }),
    ...versionChanges(designId, { ...manifest, id }),
    ...(picture === undefined ? [] : [{ entity: `design/${designId}`, key: 'thumbnail', value: picture }]),
  ])
  return { designId, versionId: id, isDuplicate: duplicate !== undefined }
}

/** The manifest of a file that is imported now. `parents`: the versions that it follows. */
export function toManifest({ file, parts, unit, isRepaired }: VersionRequest, sha256: string, createdAt: number, parents: readonly string[] = []): VersionManifest {
  const bytes = file.bytes instanceof Blob ? file.bytes.size : file.bytes.byteLength
  const { partCount, sizeMm, triangleCount, volumeMm3 } = parts
  return {
    parents: [...parents],
    files: [{ path: file.name, sha256, bytes, type: file.type ?? 'application/octet-stream' }],
    author: AUTHOR,
    message: '',
    licence: '',
    tool: 'Gongbang Studio',
    units: unit,
    isRepaired,
    partCount,
    sizeMm: [...sizeMm],
    triangleCount,
    volumeMm3,
    createdAt,
  }
}

/** Gives a design another title. */
export async function renameDesign(designId: string, title: string): Promise<void> {
  await writeChanges(libraryDb(), [{ entity: `design/${designId}`, key: 'title', value: title }])
}

/** Sets or takes a tag of a design. */
export async function tagDesign(designId: string, tag: string, isSet: boolean): Promise<void> {
  await writeChanges(libraryDb(), [tagChange(designId, tag, isSet)])
}

/** Replaces a design's notes. */
export async function noteDesign(designId: string, notes: string): Promise<void> {
  await writeChanges(libraryDb(), [{ entity: `design/${designId}`, key: 'notes', value: notes }])
}

/** Moves a design into the bin; it can be restored for 30 days. */
export async function binDesign(designId: string): Promise<void> {
  await writeChanges(libraryDb(), [binChange(designId, Date.now())])
}

/** Takes a design out of the bin. */
export async function restoreDesign(designId: string): Promise<void> {
  await writeChanges(libraryDb(), [restoreChange(designId)])
}

/** Removes a design for good: it is shown nowhere any more. */
export async function deleteForever(designId: string): Promise<void> {
  const db = libraryDb()
  await writeChanges(db, async () => {
    const design = await db.designs.get(designId)
    return design === undefined || design.state === 'gone' ? [] : purgeChanges(designId, Date.now(), design.binnedAt)
  })
}

/** Gives a design another picture, a PNG. @throws StudioError of `putBlob` */
export async function setThumbnail(designId: string, picture: Blob | Uint8Array<ArrayBuffer>): Promise<void> {
  const sha256 = await putBlob(picture)
  await writeChanges(libraryDb(), [{ entity: `design/${designId}`, key: 'thumbnail', value: sha256 }])
}
