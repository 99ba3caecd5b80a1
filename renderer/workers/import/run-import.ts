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

/** A worker that has nothing to do, for the next file of a folder: starting one takes longer than reading a small model. */
let idle: Worker | undefined
let idleEnd: ReturnType<typeof setTimeout> | undefined
const IDLE_MS = 5000

function takeWorker(): Worker {
  clearTimeout(idleEnd)
  const worker = idle ?? new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module', name: 'import' })
  idle = undefined
  return worker
}

function keepWorker(worker: Worker): void {
  idle?.terminate()
  clearTimeout(idleEnd)
  idle = worker
  idleEnd = setTimeout(() => {
    idle?.terminate()
    idle = undefined
  }, IDLE_MS)
}

/**
 * Reads a model off the window's thread: parses, diagnoses and repairs it, and hashes its bytes. A cancel ends the worker, so that nothing of a file is
 * left behind. @throws AbortError when cancelled.
 */
export function runImport(request: ImportRequest, { onProgress, signal }: ImportOptions = {}): Promise<Result<ImportedModel>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const worker = takeWorker()
    const listening = new AbortController()
    const end = (isHealthy: boolean) => {
      listening.abort()
      if (isHealthy) keepWorker(worker)
      else worker.terminate()
    }
    const abort = () => {
      end(false)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { signal: listening.signal })
    const onMessage = ({ data }: MessageEvent<ImportReply>) => {
      if (data.kind === 'progress') {
        onProgress?.(data.progress)
        return
      }
      end(data.kind === 'read')
      if (data.kind === 'crashed') reject(new Error(data.message))
      else resolve(data.result)
    }
    worker.addEventListener('message', onMessage, { signal: listening.signal })
    worker.addEventListener(
      'error',
      (event) => {
        end(false)
        reject(new Error(event.message === '' ? 'the import worker could not be started' : event.message))
      },
      { signal: listening.signal },
    )
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
  return result.value.parts.map(({ name: partName, mesh, transform, paint, own }) => ({ name: partName, mesh, ...(transform === undefined ? {} : { transform }), ...(paint && { paint }), ...(own && { own }) }))
}
