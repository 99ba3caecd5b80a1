import { type DesignRecord, readDesign } from '../../shared/library/design'
import { type Cell, cellName, mergeOps } from '../../shared/library/merge-ops'
import type { HashText, Op } from '../../shared/library/op'
import { isValidVersionOp, isVersionOp, readManifest } from '../../shared/library/version'
import { validateProfile } from '../../shared/machine/validate-profile'
import type { DesignRow, LibraryDb, VersionRow } from './library-db'

/** Merges ops into the fields and redraws what the window shows of them. Inside a transaction over all tables. */
export async function applyOps(db: LibraryDb, ops: readonly Op[], hashText: HashText): Promise<void> {
  const fields = new Map(ops.map((op) => [cellName(op), [op.entity, op.key] as [string, string]]))
  const standing = await db.cells.bulkGet([...fields.values()])
  const current = new Map(standing.filter((cell) => cell !== undefined).map((cell) => [cellName(cell), cell]))
  const { changed, lost } = mergeOps(ops, (entity, key) => current.get(cellName({ entity, key })))
  if (lost.length > 0) await db.history.bulkPut(lost)
  if (changed.length === 0) return
  await db.cells.bulkPut(changed)
  await showCells(db, changed, hashText)
}

/** Redraws designs, versions and profiles whose fields changed. */
async function showCells(db: LibraryDb, changed: readonly Cell[], hashText: HashText): Promise<void> {
  const versions = changed.filter((cell) => isVersionOp(cell)).map((cell) => toVersionRow(cell, hashText)).filter((row) => row !== undefined)
  await db.versions.bulkPut(versions)
  await showProfiles(db, changed)
  const designIds = new Set(changed.filter(({ entity }) => entity.startsWith('design/')).map(({ entity }) => entity.slice('design/'.length)))
  if (versions.length > 0) {
    const linked = await db.designs.where('versionIds').anyOf(versions.map(({ id }) => id)).primaryKeys()
    for (const id of linked) designIds.add(id)
  }
  await showDesigns(db, [...designIds])
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

async function showDesigns(db: LibraryDb, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const cells = await db.cells.where('entity').anyOf(ids.map((id) => `design/${id}`)).toArray()
  const cellsOf = new Map<string, Cell[]>()
  for (const cell of cells) {
    const siblings = cellsOf.get(cell.entity)
    if (siblings === undefined) cellsOf.set(cell.entity, [cell])
    else siblings.push(cell)
  }
  const linked = cells.flatMap(({ key }) => (key.startsWith('version/') ? [key.slice('version/'.length)] : []))
  const versions = new Map((await db.versions.bulkGet([...new Set(linked)])).filter((row) => row !== undefined).map((row) => [row.id, row]))
  let viewRev = ((await db.meta.get('viewRev'))?.value as number | undefined) ?? 0
  const rows: DesignRow[] = []
  for (const id of ids) {
    const design = readDesign(id, cellsOf.get(`design/${id}`) ?? [], (versionId) => versions.get(versionId))
    if (design !== undefined) rows.push(toDesignRow(id, design, ++viewRev))
  }
  await db.designs.bulkPut(rows)
  await db.meta.put({ key: 'viewRev', value: viewRev })
}

function toDesignRow(id: string, design: DesignRecord | 'gone', viewRev: number): DesignRow {
  if (design !== 'gone') return { ...design, state: design.binnedAt === undefined ? 'kept' : 'bin', viewRev }
  return { id, title: '', tags: [], notes: '', heads: [], createdAt: 0, updatedAt: 0, bytes: 0, fileNames: [], versionIds: [], state: 'gone', viewRev }
}
