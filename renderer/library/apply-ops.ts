import { type DesignRecord, readDesign } from '../../shared/library/design'
import { type Cell, mergeOps } from '../../shared/library/merge-ops'
import type { HashText, Op } from '../../shared/library/op'
import { isValidVersionOp, isVersionOp, readManifest } from '../../shared/library/version'
import { validateProfile } from '../../shared/machine/validate-profile'
import { type EntityFields, putFields, readFields } from './entity-fields'
import type { DesignRow, LibraryDb, VersionRow } from './library-db'

/** Merges ops into the fields and redraws what the window shows of them. Inside a transaction over all tables. */
export async function applyOps(db: LibraryDb, ops: readonly Op[], hashText: HashText): Promise<void> {
  const fields = await readFields(db, ops.map(({ entity }) => entity))
  const { changed, lost } = mergeOps(ops, (entity, key) => fields.get(entity)?.get(key))
  if (lost.length > 0) await db.history.bulkPut(lost)
  if (changed.length === 0) return
  for (const cell of changed) fields.get(cell.entity)?.set(cell.key, cell)
  await putFields(db, fields)
  await showCells(db, changed, { fields, hashText })
}

interface Shown {
  /** Of every entity that changed. */
  readonly fields: EntityFields
  readonly hashText: HashText
}

/** Redraws designs, versions and profiles whose fields changed. */
async function showCells(db: LibraryDb, changed: readonly Cell[], { fields, hashText }: Shown): Promise<void> {
  const versions = changed.filter(isVersionOp).map((cell) => toVersionRow(cell, hashText)).filter((row) => row !== undefined)
  await db.versions.bulkPut(versions)
  await showProfiles(db, changed)
  const designIds = new Set(changed.filter(({ entity }) => entity.startsWith('design/')).map(({ entity }) => entity.slice('design/'.length)))
  // A version that came after the design's link to it; most come with their design, and need no search.
  const linked = new Set([...designIds].flatMap((id) => linksOf(fields, id)))
  const late = versions.filter(({ id }) => !linked.has(id)).map(({ id }) => id)
  const others = late.length === 0 ? [] : await db.designs.where('versionIds').anyOf(late).primaryKeys()
  const all = others.length === 0 ? fields : new Map([...(await readFields(db, others.map((id) => `design/${id}`))), ...fields])
  await showDesigns(db, [...new Set([...designIds, ...others])], all)
}

/** A version whose id isn't its manifest's hash is nobody's version: it is kept as a field and not shown. */
function toVersionRow(cell: Cell, hashText: HashText): VersionRow | undefined {
  const manifest = readManifest(cell.value)
  if (manifest === undefined || !isValidVersionOp(cell, hashText)) return undefined
  return { ...manifest, id: cell.entity.slice('version/'.length), blobs: [...new Set(manifest.files.map(({ sha256 }) => sha256))] }
}

async function showProfiles(db: LibraryDb, changed: readonly Cell[]): Promise<void> {
  for (const { entity, key, value } of changed) {
    if (!entity.startsWith('profile/') || key !== 'stored') continue
    const name = entity.slice('profile/'.length)
    const checked = validateProfile(value)
    // Null is a removed profile; one that this version of the studio can't read stays in its field.
    if (checked.ok) await db.profiles.put({ name, stored: checked.value })
    else await db.profiles.delete(name)
  }
}

/** The versions that a design's fields link to. */
function linksOf(fields: EntityFields, designId: string): readonly string[] {
  return [...(fields.get(`design/${designId}`)?.keys() ?? [])].flatMap((key) => (key.startsWith('version/') ? [key.slice('version/'.length)] : []))
}

async function showDesigns(db: LibraryDb, ids: readonly string[], fields: EntityFields): Promise<void> {
  if (ids.length === 0) return
  const cellsOf = (id: string): readonly Cell[] => [...(fields.get(`design/${id}`)?.values() ?? [])]
  const linked = ids.flatMap((id) => linksOf(fields, id))
  const versions = new Map((await db.versions.bulkGet([...new Set(linked)])).filter((row) => row !== undefined).map((row) => [row.id, row]))
  let viewRev = ((await db.meta.get('viewRev'))?.value as number | undefined) ?? 0
  const rows: DesignRow[] = []
  for (const id of ids) {
    const design = readDesign(id, cellsOf(id), (versionId) => versions.get(versionId))
    if (design !== undefined) rows.push(toDesignRow(id, design, ++viewRev))
  }
  await db.designs.bulkPut(rows)
  await db.meta.put({ key: 'viewRev', value: viewRev })
}

function toDesignRow(id: string, design: DesignRecord | 'gone', viewRev: number): DesignRow {
  if (design !== 'gone') return { ...design, state: design.binnedAt === undefined ? 'kept' : 'bin', viewRev }
  return { id, title: '', tags: [], notes: '', heads: [], createdAt: 0, updatedAt: 0, bytes: 0, fileNames: [], versionIds: [], state: 'gone', viewRev }
}
