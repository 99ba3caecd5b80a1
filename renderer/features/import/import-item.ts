import type { LengthUnit } from '../../../shared/formats/model'
import type { Problem } from '../../../shared/units/problem'
import type { Progress } from '../../../shared/units/progress'
import type { Duplicate } from '../../library/designs'
import type { ImportedModel } from '../../workers/import/import-messages'
import type { OfferedFile } from './read-dropped-files'
import { fileKind, tagsOfPath, titleOfFile } from './file-kind'

/** Two pictures of a model, PNG: as it is kept, and with what a repair has changed in colour; the same one when it has changed nothing. */
export interface Pictures {
  readonly plain: Uint8Array<ArrayBuffer>
  readonly marked: Uint8Array<ArrayBuffer>
}

export type ImportPhase =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'reading'; readonly progress?: Progress }
  | { readonly kind: 'ready'; readonly model: ImportedModel; readonly pictures?: Pictures; readonly duplicate?: Duplicate }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] }
  /** Toolpaths aren't kept in the library: they are opened. */
  | { readonly kind: 'gcode' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly designId: string; readonly versionId: string; readonly pictures?: Pictures }

/** One offered file on its way into the library. */
export interface ImportItem {
  readonly id: string
  readonly file: File
  readonly path: string
  readonly title: string
  readonly tags: readonly string[]
  /** As the user has said; undefined until asked. */
  readonly unit?: LengthUnit
  readonly isRepairing: boolean
  readonly phase: ImportPhase
}

function firstPhase(name: string): ImportPhase {
  switch (fileKind(name)) {
    case 'model':
      return { kind: 'waiting' }
    case 'gcode':
      return { kind: 'gcode' }
    case 'other':
      return { kind: 'failed', problems: [{ code: 'import/unknown-kind', severity: 'error', values: { name }, message: `${name} is not a model or a toolpath that can be read: STL, OBJ, 3MF, PLY or G-code.` }] }
  }
}

/** Whether a file came out of a folder: what can't be read there is left out in silence. */
function isFromFolder({ path }: OfferedFile): boolean {
  return path.includes('/')
}

/** Makes the list for offered files: of folders only what can be read, else everything, so that each file gets an answer. */
export function importItems(files: readonly OfferedFile[], newId: () => string): ImportItem[] {
  return files
    .filter((offered) => !isFromFolder(offered) || fileKind(offered.file.name) !== 'other')
    .map(({ file, path }) => ({ id: newId(), file, path, title: titleOfFile(file.name), tags: tagsOfPath(path), isRepairing: true, phase: firstPhase(file.name) }))
}

/** Whether the user must say a unit first: the size is unlikely and nobody has answered. */
export function asksForUnit({ phase, unit }: Pick<ImportItem, 'phase' | 'unit'>): boolean {
  return phase.kind === 'ready' && phase.model.suspicion !== undefined && unit === undefined
}

/** Whether "import all" takes an item: read, its unit known, and not in the library yet. */
export function isImportable(item: ImportItem): boolean {
  return item.phase.kind === 'ready' && item.phase.duplicate === undefined && !asksForUnit(item)
}

/** Whether a part of the model can't be printed as a solid, even after the repair. */
export function isSolid(model: ImportedModel): boolean {
  return model.parts.every(({ after }) => after.isWatertight)
}

/** How many items are in each state, for the line above the list. */
export interface ImportTally {
  readonly all: number
  readonly pending: number
  readonly importable: number
  readonly asking: number
  readonly duplicates: number
  readonly saved: number
  readonly failed: number
}

/** Counts the items by what they wait for. */
export function tallyItems(items: readonly ImportItem[]): ImportTally {
  const count = (test: (item: ImportItem) => boolean) => items.filter(test).length
  return {
    all: items.length,
    pending: count(({ phase }) => phase.kind === 'waiting' || phase.kind === 'reading' || phase.kind === 'saving'),
    importable: count(isImportable),
    asking: count(asksForUnit),
    duplicates: count(({ phase }) => phase.kind === 'ready' && phase.duplicate !== undefined),
    saved: count(({ phase }) => phase.kind === 'saved'),
    failed: count(({ phase }) => phase.kind === 'failed'),
  }
}
