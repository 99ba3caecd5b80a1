import { parentPort, workerData } from 'node:worker_threads'
import { scanPieces, type ScanTask } from './scan-file'

// Reads one long file and ends; the machine is fed meanwhile by the main thread.
for (const news of scanPieces(workerData as ScanTask)) {
  const outline = news.kind === 'done' ? [news.outline.timesS.buffer, news.outline.placeBytes.buffer, news.outline.placeLines.buffer, news.outline.layerLines.buffer] : []
  parentPort?.postMessage(news, news.kind === 'read' ? [news.timesS.buffer] : outline)
}
