import { parentPort, workerData } from 'node:worker_threads'
import { StudioError } from '../../../shared/units/studio-error'
import type { EngineWorkerNews } from './run-engine-worker'
import { type ProjectTask, sliceProject } from './slice-project'

// One project, then the end: reading models and G-code takes seconds, in which machines must go on being fed.
const stop = new AbortController()
parentPort?.once('message', () => stop.abort())
const tell = (news: EngineWorkerNews, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(news, transfer)
sliceProject(workerData as ProjectTask, { signal: stop.signal, onProgress: (progress) => tell({ kind: 'progress', progress }) }).then(
  (result) => {
    tell(result.ok ? { kind: 'made', gcode: result.value.gcode, problems: result.value.problems } : { kind: 'failed', problems: result.problems }, result.ok ? [result.value.gcode.buffer] : [])
    parentPort?.close()
  },
  (error: unknown) => {
    if (error instanceof StudioError) tell({ kind: 'refused', code: error.code, message: error.message, values: error.values })
    else tell({ kind: 'crashed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    parentPort?.close()
  },
)
