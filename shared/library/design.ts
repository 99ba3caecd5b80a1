import { hlcMs } from './hlc'
import type { Change } from './prepare-ops'
import type { Cell } from './merge-ops'
import type { VersionRecord } from './version'

/** How long a binned design can be brought back, ms. */
export const BIN_MS = 30 * 24 * 3_600_000

/** A design as the library shows it: its mutable fields, and what follows from its versions. */
export interface DesignRecord {
  readonly id: string
  readonly title: string
  readonly tags: readonly string[]
  readonly notes: string
  /** Versions that no other version of this design came from. More than one: made apart, the user merges or picks. */
  readonly heads: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
  readonly thumbnailSha256?: string
  readonly binnedAt?: number
  /** Of the files of the newest head. */
  readonly bytes: number
  readonly fileNames: readonly string[]
  readonly versionIds: readonly string[]
}

const TAG = 'tag/'
const VERSION = 'version/'

/** The changes that begin a design. */
export function newDesignChanges(design: { readonly id: string; readonly title: string; readonly tags: readonly string[]; readonly createdAt: number }): readonly Change[] {
  const entity = `design/${design.id}`
  return [
    { entity, key: 'title', value: design.title },
    { entity, key: 'createdAt', value: design.createdAt },
    ...design.tags.map((tag) => tagChange(design.id, tag, true)),
  ]
}

/** Sets or takes a tag: one boolean a tag, so that two tags set apart are both kept. */
export function tagChange(designId: string, tag: string, isSet: boolean): Change {
  return { entity: `design/${designId}`, key: `${TAG}${tag}`, value: isSet }
}

/** Puts a version into a design: the version itself first, then the design's link to it. */
export function versionChanges(designId: string, version: VersionRecord): readonly Change[] {
  const { id, ...manifest } = version
  return [
    { entity: `version/${id}`, key: 'manifest', value: manifest },
    { entity: `design/${designId}`, key: `${VERSION}${id}`, value: true },
  ]
}

/** Moves a design into the bin. */
export function binChange(designId: string, nowMs: number): Change {
  return { entity: `design/${designId}`, key: 'binnedAt', value: nowMs }
}

/** Takes a design out of the bin. */
export function restoreChange(designId: string): Change {
  return { entity: `design/${designId}`, key: 'binnedAt', value: null }
}

/**
 * Removes a design for good (its ops stay in the log).
 *
 * The mark names the stay in the bin that it ends: someone who took the design out at the same time keeps it.
 */
export function purgeChanges(designId: string, nowMs: number, binnedAt?: number): readonly Change[] {
  const entity = `design/${designId}`
  const purged: Change = { entity, key: 'purged', value: binnedAt ?? nowMs }
  return binnedAt === undefined ? [binChange(designId, nowMs), purged] : [purged]
}

/** Whether a design's time in the bin is over. */
export function isBinOver(design: Pick<DesignRecord, 'binnedAt'>, nowMs: number): boolean {
  return design.binnedAt !== undefined && nowMs - design.binnedAt > BIN_MS
}

const textOf = (cell: Cell | undefined) => (typeof cell?.value === 'string' ? cell.value : undefined)
const numberOf = (cell: Cell | undefined) => (typeof cell?.value === 'number' ? cell.value : undefined)

function membersOf(cells: readonly Cell[], prefix: string): readonly string[] {
  return cells
    .filter((cell) => cell.key.startsWith(prefix) && cell.value === true)
    .map((cell) => cell.key.slice(prefix.length))
    .sort()
}

/** The versions that no other of them came from, newest first. */
export function findHeads(versions: readonly VersionRecord[]): readonly VersionRecord[] {
  const parents = new Set(versions.flatMap((version) => version.parents))
  return versions.filter((version) => !parents.has(version.id)).sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
}

/**
 * Reads a design from its fields. Undefined when it isn't begun (no title), `gone` when it was removed for good.
 * @param cells all the fields of `design/<id>`
 * @param versions gives those versions that are here; a link may arrive before its version
 */
export function readDesign(id: string, cells: readonly Cell[], versions: (versionId: string) => VersionRecord | undefined): DesignRecord | 'gone' | undefined {
  const field = new Map(cells.map((cell) => [cell.key, cell]))
  const title = textOf(field.get('title'))
  if (title === undefined) return undefined
  const binnedAt = numberOf(field.get('binnedAt'))
  if (binnedAt !== undefined && field.get('purged')?.value === binnedAt) return 'gone'
  const times = cells.map((cell) => hlcMs(cell.t))
  const versionIds = membersOf(cells, VERSION)
  const heads = findHeads(versionIds.map(versions).filter((version) => version !== undefined))
  const thumbnailSha256 = textOf(field.get('thumbnail'))
  return {
    id,
    title,
    tags: membersOf(cells, TAG),
    notes: textOf(field.get('notes')) ?? '',
    heads: heads.map((head) => head.id),
    createdAt: numberOf(field.get('createdAt')) ?? Math.min(...times),
    updatedAt: Math.max(...times),
    ...(thumbnailSha256 === undefined ? {} : { thumbnailSha256 }),
    ...(binnedAt === undefined ? {} : { binnedAt }),
    bytes: heads[0]?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0,
    fileNames: heads[0]?.files.map((file) => file.path) ?? [],
    versionIds,
  }
}
