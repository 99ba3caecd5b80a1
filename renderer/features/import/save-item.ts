import { boxSize } from '../../../shared/mesh/mesh-box'
import { addVersion } from '../../library/add-version'
import { type VersionRequest, importDesign } from '../../library/designs'
import type { ImportItem } from './import-item'
import type { ReadItem } from './read-item'

export interface SavedImport {
  readonly designId: string
  readonly versionId: string
}

/** How an item's file is kept: its bytes as they are, and what was chosen for reading them. */
function versionOf({ file, unit }: ImportItem, { model, pictures }: Extract<ReadItem, { kind: 'ready' }>): VersionRequest {
  return {
    file: { name: file.name, bytes: file, ...(file.type === '' ? {} : { type: file.type }) },
    parts: { partCount: model.parts.length, sizeMm: boxSize(model.box), triangleCount: model.triangleCount, volumeMm3: model.volumeMm3 },
    unit: model.statedUnit ?? unit ?? 'millimeter',
    isRepaired: model.parts.some(({ repairs }) => repairs.length > 0),
    ...(pictures === undefined ? {} : { thumbnail: pictures.plain }),
  }
}

/** Puts a file that was read into the library: as a design, or as a version of the target. @throws StudioError of the library, and of the studio when it can't be reached */
export async function saveItem(item: ImportItem, read: Extract<ReadItem, { kind: 'ready' }>, target: { readonly designId: string } | undefined): Promise<SavedImport> {
  const version = versionOf(item, read)
  if (target !== undefined) return { designId: target.designId, versionId: await addVersion(target.designId, version) }
  const title = item.title.trim() === '' ? item.file.name : item.title.trim()
  return importDesign({ ...version, title, tags: item.tags.map((tag) => tag.trim()).filter((tag) => tag !== '') })
}
