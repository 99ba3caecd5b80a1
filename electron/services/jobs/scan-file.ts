import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { setImmediate as later } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { wholeLines, type LineSource } from '../../../shared/machine/marlin/file-lines'
import { JobScan, type JobOutline, type ScanOptions } from '../../../shared/machine/marlin/scan-job'
import type { Problem } from '../../../shared/units/problem'

/** Which file is scanned, and what for. */
export interface ScanTask {
  readonly path: string
  readonly size: number
  readonly options: ScanOptions
}

/** What a scan tells on its way: times of lines since the last telling, then the whole, or what is wrong. */
export type ScanNews =
  | { readonly kind: 'read'; readonly lineCount: number; readonly bytes: number; readonly maxTool: number; readonly timesS: Float32Array<ArrayBuffer> }
  | { readonly kind: 'done'; readonly outline: JobOutline }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** The first piece is small, so that the job may start; the others are as large as memory should bear. */
const FIRST_BYTES = 1 << 19
const PIECE_BYTES = 1 << 20
/** What the pieces leave behind is cleared early: the studio stays small beside a long print. */
const WORKER_MB = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 } as const

/** A file's bytes, opened for each read: nothing is left open whatever ends the job. */
export function fileSource(path: string, size: number): LineSource {
  return {
    size,
    read(offset, length) {
      const bytes = new Uint8Array(Math.min(length, Math.max(0, size - offset)))
      const file = openSync(path, 'r')
      try {
        return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset))
      } finally {
        closeSync(file)
      }
    },
  }
}

/** Scans a file piece by piece; ends early when a line is refused. */
export function* scanPieces({ path, size, options }: ScanTask): Generator<ScanNews> {
  const source = fileSource(path, size)
  const scan = new JobScan(options)
  let told = 0
  for (let offset = 0; offset < size; ) {
    const bytes = source.read(offset, offset === 0 ? FIRST_BYTES : PIECE_BYTES)
    const piece = offset + bytes.length >= size ? bytes : bytes.subarray(0, wholeLines(bytes))
    if (piece.length === 0) break
    offset += piece.length
    const problems = scan.push(piece)
    if (problems.length > 0) return yield { kind: 'refused', problems }
    const timesS = scan.timesFrom(told)
    told += timesS.length
    yield { kind: 'read', lineCount: scan.lineCount, bytes: offset, maxTool: scan.maxToolSoFar, timesS }
  }
  yield { kind: 'done', outline: scan.finish() }
}

/**
 * Scans a file beside the main thread, in the built worker; running from source, on this thread between its other work.
 * @returns ends the scan
 */
export function scanFile(task: ScanTask, onNews: (news: ScanNews) => void, onError: (error: Error) => void): () => void {
  const file = new URL('./scan-file-worker.js', import.meta.url)
  if (!existsSync(fileURLToPath(file))) {
    let isStopped = false
    const run = async () => {
      for (const news of scanPieces(task)) {
        if (isStopped) return
        onNews(news)
        await later()
      }
    }
    run().catch(onError)
    return () => {
      isStopped = true
    }
  }
  const worker = new Worker(file, { workerData: task, resourceLimits: WORKER_MB })
  worker.on('message', onNews)
  worker.once('error', onError)
  return () => void worker.terminate()
}
