import type { Toolpath } from '../../shared/toolpath/toolpath'
import { layOutToolpath } from './toolpath-data'

self.addEventListener('message', ({ data }: MessageEvent<Toolpath>) => {
  const laidOut = layOutToolpath(data)
  const { points, sizes, layerStarts, seams, retractions } = laidOut
  self.postMessage(laidOut, { transfer: [points, sizes, layerStarts, seams.points, seams.moves, retractions.points, retractions.moves].map(({ buffer }) => buffer) })
})
