import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { scanPieces, type ScanTask } from './scan-file'

// Pieces leave buffers behind that V8 is in no hurry to free; the studio is to stay small beside a long print.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const COLLECT_BYTES = 16 << 20
let collectedAt = 0

// Reads one long file and ends; the machine is fed meanwhile by the main thread.
for (const news of scanPieces(workerData as ScanTask)) {
  const outline = news.kind === 'done' ? [news.outline.timesS.buffer, news.outline.placeBytes.buffer, news.outline.placeLines.buffer, news.outline.layerLines.buffer] : []
  parentPort?.postMessage(news, news.kind === 'read' ? [news.timesS.buffer] : outline)
  if (news.kind !== 'read' || news.bytes - collectedAt < COLLECT_BYTES) continue
  collectedAt = news.bytes
  collect()
}
