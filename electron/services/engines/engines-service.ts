import type { Engine, EngineNews } from '../../../shared/contract/engines'
import { ENGINE_KINDS, ENGINE_NAMES, type EngineKind } from '../../../shared/machine/engines/engine'
import type { Problem } from '../../../shared/units/problem'
import { StudioError } from '../../../shared/units/studio-error'
import type { BlobStore } from '../../store/blob-store'
import type { Records } from '../../store/records'
import { askEngine, findEngines, type FoundEngine } from './find-engines'
import { NewsQueue } from './news-queue'
import { runEngineWorker } from './run-engine-worker'

export interface EnginesServiceParts {
  readonly records: Pick<Records, 'get' | 'put' | 'remove'>
  readonly blobs: Pick<BlobStore, 'readBytes' | 'putBytes'>
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Other slicers of this computer: which there are, and slicing with them. */
export interface EnginesService {
  list(): Promise<Engine[]>
  /** @throws StudioError 'engine/not-found' | 'engine/not-that-program' */
  choose(choice: { readonly kind: EngineKind; readonly path: string | null }): Promise<Engine[]>
  /** @throws as `sliceWithEngine`, and 'engine/not-found' */
  slice(task: { readonly kind: EngineKind; readonly projectSha256: string; readonly title: string }, signal?: AbortSignal): AsyncGenerator<EngineNews, void, void>
  /** Ends the engines that run. */
  dispose(): Promise<void>
}

const RECORD = 'engine-path'

/** Makes the service behind `engines.*`. */
export function createEnginesService({ records, blobs, platform, env }: EnginesServiceParts): EnginesService {
  const running = new Map<AbortController, Promise<unknown>>()
  const chosen = () => Object.fromEntries(ENGINE_KINDS.flatMap((kind) => {
    const path = records.get(RECORD, kind)
    return typeof path === 'string' ? [[kind, path]] : []
  }))
  const find = () => findEngines({ platform, env, chosen: chosen() })
  const list = async () => (await find()).map(({ kind, path, version, isChosen }) => ({ kind, name: ENGINE_NAMES[kind], path, version, isChosen }))

  async function* slice({ kind, projectSha256, title }: Parameters<EnginesService['slice']>[0], signal?: AbortSignal): AsyncGenerator<EngineNews, void, void> {
    const engine = (await find()).find((one) => one.kind === kind)
    if (engine === undefined) throw new StudioError('engine/not-found', `${ENGINE_NAMES[kind]} isn't installed here.`, { program: ENGINE_NAMES[kind], path: '' })
    const project = await blobs.readBytes(projectSha256)
    const stop = new AbortController()
    const cancel = () => stop.abort()
    signal?.addEventListener('abort', cancel, { once: true })
    if (signal?.aborted === true) cancel()
    const queue = new NewsQueue<EngineNews>()
    const run = runEngine(engine, { project, title, stop, queue })
    running.set(stop, run)
    try {
      yield* queue
    } finally {
      // Whoever stops listening ends the engine; it is gone when this returns.
      stop.abort()
      signal?.removeEventListener('abort', cancel)
      await run
      running.delete(stop)
    }
  }

  async function runEngine(engine: FoundEngine, { project, title, stop, queue }: { project: Uint8Array; title: string; stop: AbortController; queue: NewsQueue<EngineNews> }): Promise<void> {
    try {
      const { isChosen: _isChosen, ...plain } = engine
      const made = await runEngineWorker({ engine: plain, project, title, env: { ...env } }, { signal: stop.signal, onProgress: (progress) => queue.put({ kind: 'progress', ...progress }) })
      queue.put(made.kind === 'made' ? { kind: 'made', gcodeSha256: await blobs.putBytes(made.gcode), problems: made.problems.map(told) } : { kind: 'failed', problems: made.problems.map(told) })
      queue.end()
    } catch (error) {
      if (stop.signal.aborted) queue.end()
      else queue.fail(error)
    }
  }

  return {
    list,
    async choose({ kind, path }) {
      if (path === null) records.remove(RECORD, kind)
      else records.put(RECORD, kind, (await askEngine(kind, path, { env })).path)
      return list()
    },
    slice,
    async dispose() {
      for (const stop of running.keys()) stop.abort()
      await Promise.all(running.values())
    },
  }
}

/** A problem as the contract carries it: without what is absent. */
function told({ code, severity, message, place, values }: Problem) {
  return { code, severity, message, ...(place && { place: { ...place } }), ...(values && { values: { ...values } }) }
}
