import { ROLE, type Toolpath } from '../../toolpath/toolpath'
import { createToolpathBuilder, type ToolpathBuilder } from '../../toolpath/toolpath-builder'

/** Coasting takes at most this part of the lines before a retraction. */
const MOST = 0.25

/**
 * Leaves out the last bit of volume of the lines before each retraction: the nozzle goes the same way, but the filament
 * stands still and what is in the nozzle flows out. The line in which it begins is cut in two.
 */
export function coastBeforeRetractions(toolpath: Toolpath, coastMm3: number): Toolpath {
  if (coastMm3 <= 0) return toolpath
  const { points, role, volumeMm3, feedMmPerS, widthMm, moveCount } = toolpath
  const leftOut = leftOutVolumes(toolpath, coastMm3)
  const builder = createToolpathBuilder([points[0] as number, points[1] as number, points[2] as number], moveCount + 1024)
  const newIndex = new Uint32Array(moveCount + 1)
  for (let i = 0; i < moveCount; i++) {
    newIndex[i] = builder.moveCount
    const volume = volumeMm3[i] as number
    const kept = volume === 0 ? 1 : 1 - (leftOut[i] as number) / volume
    const end = [points[3 * i + 3] as number, points[3 * i + 4] as number, points[3 * i + 5] as number] as const
    const line = { role: role[i] as number, volumeMm3: volume * kept, feedMmPerS: feedMmPerS[i] as number, widthMm: widthMm[i] as number }
    if (kept >= 1) builder.moveTo(...end, line)
    else {
      if (kept > 0) moveShare(builder, end, { share: kept, line })
      builder.moveTo(...end, { role: ROLE.travel, volumeMm3: 0, feedMmPerS: line.feedMmPerS, widthMm: 0 })
    }
  }
  newIndex[moveCount] = builder.moveCount
  const layers = toolpath.layers.map((layer) => ({ ...layer, firstMove: newIndex[layer.firstMove] ?? builder.moveCount }))
  const events = toolpath.events.map((event) => ({ ...event, atMove: newIndex[event.atMove] ?? builder.moveCount }))
  return { ...builder.finish(), layers, events }
}

function moveShare(builder: ToolpathBuilder, [x, y, z]: readonly [number, number, number], { share, line }: { readonly share: number; readonly line: Parameters<ToolpathBuilder['moveTo']>[3] }): void {
  builder.moveTo(builder.xMm + share * (x - builder.xMm), builder.yMm + share * (y - builder.yMm), builder.zMm + share * (z - builder.zMm), line)
}

/** Volume that each move leaves out, mm³. */
function leftOutVolumes({ role, volumeMm3, moveCount }: Toolpath, coastMm3: number): Float64Array {
  const leftOut = new Float64Array(moveCount)
  for (let i = 0; i < moveCount; i++) {
    if (role[i] !== ROLE.retract || (role[i - 1] as number) <= ROLE.unretract) continue
    let first = i
    let run = 0
    for (; first > 0 && (role[first - 1] as number) > ROLE.unretract; first--) run += volumeMm3[first - 1] as number
    let left = Math.min(coastMm3, MOST * run)
    for (let k = i - 1; k >= first && left > 0; k--) {
      leftOut[k] = Math.min(left, volumeMm3[k] as number)
      left -= leftOut[k] as number
    }
  }
  return leftOut
}
