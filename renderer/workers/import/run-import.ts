import type { LengthUnit } from '../../../shared/formats/model'
import type { Mat4, Mesh } from '../../../shared/mesh/mesh'
import type { Result } from '../../../shared/units/problem'
import type { OnProgress } from '../../../shared/units/progress'
import { StudioError } from '../../../shared/units/studio-error'
import type { ImportReply, ImportRequest, ImportedModel } from './import-messages'

export interface ImportOptions {
  readonly onProgress?: OnProgress
  /** Ends the worker at once. */
  readonly signal?: AbortSignal
}

/** A part as the workspace's `VersionPart` wants it. */
interface ReadPart {
  readonly name: string
  readonly mesh: Mesh
  readonly transform?: Mat4
}

/** What tells how a version's file is to be read. */
export interface FileReading {
  readonly name: string
  readonly bytes: Uint8Array | Blob
  readonly unit?: LengthUnit | undefined
  readonly isRepaired: boolean
}

/**
 * Reads a model off the window's thread: parses, diagnoses and repairs it, and hashes its bytes.
 * One worker a call: a cancel can't leave anything behind. @throws AbortError when cancelled.
 */
export function runImport(request: ImportRequest, { onProgress, signal }: ImportOptions = {}): Promise<Result<ImportedModel>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module', name: 'import' })
    const end = () => {
      worker.terminate()
      signal?.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort)
    worker.addEventListener('message', ({ data }: MessageEvent<ImportReply>) => {
      if (data.kind === 'progress') {
        onProgress?.(data.progress)
        return
      }
      end()
      if (data.kind === 'crashed') reject(new Error(data.message))
      else resolve(data.result)
    })
    worker.addEventListener('error', (event) => {
      end()
      reject(new Error(event.message === '' ? 'the import worker could not be started' : event.message))
    })
    worker.postMessage(request)
  })
}

/**
 * The parts of a file that was imported before, made the same way as then: same unit, repaired or not.
 * @throws StudioError with the first problem's code when the file can't be read.
 */
export async function parseFile({ name, bytes, unit, isRepaired }: FileReading, options: ImportOptions = {}): Promise<ReadPart[]> {
  const result = await runImport({ name, bytes, isRepairing: isRepaired, ...(unit === undefined ? {} : { unit }) }, options)
  if (!result.ok) {
    const problem = result.problems.find(({ severity }) => severity === 'error')
    throw new StudioError(problem?.code ?? 'import/unreadable', problem?.message ?? `${name} can't be read.`, problem?.values)
  }
  return result.value.parts.map(({ name: partName, mesh, transform }) => ({ name: partName, mesh, ...(transform === undefined ? {} : { transform }) }))
}
