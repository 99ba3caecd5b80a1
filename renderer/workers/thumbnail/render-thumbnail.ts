import type { PictureSize, PicturedMesh, ThumbnailReply, ThumbnailRequest } from './thumbnail-messages'

/** A graphics context is held for this long after the last picture. */
const IDLE_MS = 15_000

interface Painter {
  readonly worker: Worker
  readonly waiting: Map<number, { resolve(png: Uint8Array<ArrayBuffer>): void; reject(error: Error): void }>
}

let painter: Painter | undefined
let lastId = 0
let idle: ReturnType<typeof setTimeout> | undefined

function startPainter(): Painter {
  const worker = new Worker(new URL('./thumbnail-worker.ts', import.meta.url), { type: 'module', name: 'thumbnail' })
  const started: Painter = { worker, waiting: new Map() }
  worker.addEventListener('message', ({ data }: MessageEvent<ThumbnailReply>) => {
    const asked = started.waiting.get(data.id)
    started.waiting.delete(data.id)
    if (data.kind === 'drawn') asked?.resolve(data.png)
    else asked?.reject(new Error(data.message))
    if (started.waiting.size === 0) idle = setTimeout(() => stopPainter(started, 'idle'), IDLE_MS)
  })
  worker.addEventListener('error', (event) => stopPainter(started, event.message === '' ? 'the thumbnail worker could not be started' : event.message))
  return started
}

function stopPainter(stopped: Painter, why: string): void {
  stopped.worker.terminate()
  for (const { reject } of stopped.waiting.values()) reject(new Error(why))
  stopped.waiting.clear()
  if (painter === stopped) painter = undefined
}

/**
 * Draws meshes as a PNG with transparent ground, seen from the front right and above, in the viewer's colours. Off the
 * window's thread; without graphics by a slower program of our own. Calls wait for each other.
 * @throws when there is nothing to draw
 */
export function renderThumbnail(meshes: readonly PicturedMesh[], size: PictureSize): Promise<Uint8Array<ArrayBuffer>> {
  clearTimeout(idle)
  painter ??= startPainter()
  const { worker, waiting } = painter
  const request: ThumbnailRequest = { id: ++lastId, meshes, size }
  return new Promise((resolve, reject) => {
    waiting.set(request.id, { resolve, reject })
    worker.postMessage(request)
  })
}
