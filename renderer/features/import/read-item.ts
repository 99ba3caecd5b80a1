import { isCancel, readError } from '../../ui/read-error'
import type { OnProgress } from '../../../shared/units/progress'
import type { ImportedModel } from '../../workers/import/import-messages'
import { runImport } from '../../workers/import/run-import'
import { renderThumbnail } from '../../workers/thumbnail/render-thumbnail'
import { findDuplicate } from '../../library/designs'
import type { ImportItem, ImportPhase, Pictures } from './import-item'

/** How a reading ended. */
export type ReadItem = Extract<ImportPhase, { kind: 'ready' | 'failed' }>

/** Pixels a side of a design's picture. */
const PICTURE_SIZE = 320

/** Bytes that no model has; a bigger file would take the window's memory with it. */
const MOST_BYTES = 1_500_000_000

/** Draws what was read; undefined where that fails: a model is worth importing without its picture. */
export async function drawModel({ parts }: ImportedModel): Promise<Pictures | undefined> {
  const size = { width: PICTURE_SIZE, height: PICTURE_SIZE }
  const plain = parts.map(({ mesh, transform }) => ({ mesh, ...(transform === undefined ? {} : { transform }) }))
  const marked = plain.map((pictured, index) => ({ ...pictured, marked: parts[index]?.changed ?? [] }))
  try {
    const [first, second] = await Promise.all([renderThumbnail(plain, size), parts.some(({ changed }) => changed.length > 0) ? renderThumbnail(marked, size) : undefined])
    return { plain: first, marked: second ?? first }
  } catch {
    return undefined
  }
}

/** Reads an item's file in a worker and looks for the same bytes in the library. Undefined when it was cancelled. */
export async function readItem({ file, unit, isRepairing }: ImportItem, options: { readonly signal: AbortSignal; readonly onProgress: OnProgress }): Promise<ReadItem | undefined> {
  if (file.size > MOST_BYTES) return { kind: 'failed', problems: [{ code: 'import/too-large', severity: 'error', values: { name: file.name }, message: `${file.name} is larger than 1.5 GB.` }] }
  try {
    const result = await runImport({ name: file.name, bytes: file, isRepairing, ...(unit === undefined ? {} : { unit }) }, options)
    if (!result.ok) return { kind: 'failed', problems: result.problems.filter(({ severity }) => severity === 'error') }
    const model = result.value
    const duplicate = await findDuplicate(model.sha256)
    return { kind: 'ready', model, ...(duplicate === undefined ? {} : { duplicate }) }
  } catch (error) {
    return isCancel(error) ? undefined : { kind: 'failed', problems: [{ severity: 'error', ...readError(error) }] }
  }
}
