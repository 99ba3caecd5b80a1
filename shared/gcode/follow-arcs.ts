import type { Toolpath } from '../toolpath/toolpath'
import { fitArcs, type FittedArc } from './fit-arcs'
import { flattenArc } from './flatten-arc'

/**
 * The toolpath as a machine runs it that is given arcs: where lines are written as an arc or as one line, the chords of that arc or that line. Layers and events
 * stay where they are; volume and feed are those of the lines.
 */
export function followArcs(toolpath: Toolpath, toleranceMm: number): Toolpath {
  const arcs = fitArcs(toolpath, toleranceMm)
  if (arcs.length === 0) return toolpath
  const chords = arcs.map((arc) => chordsOf(toolpath, arc))
  const moveCount = toolpath.moveCount + arcs.reduce((sum, { firstMove, endMove }, i) => sum + (chords[i] as Float64Array).length / 2 - (endMove - firstMove), 0)
  const made = new FollowedMoves(toolpath, moveCount)
  let move = 0
  arcs.forEach((arc, i) => {
    made.copy(move, arc.firstMove)
    made.follow(arc, chords[i] as Float64Array)
    move = arc.endMove
  })
  made.copy(move, toolpath.moveCount)
  return made.finish()
}

/** Ends of the moves that take the place of an arc's lines: xy pairs. */
function chordsOf({ points }: Toolpath, { firstMove, endMove, centreX, centreY, isClockwise, isStraight }: FittedArc): Float64Array {
  const [fromX, fromY, toX, toY] = [points[3 * firstMove] as number, points[3 * firstMove + 1] as number, points[3 * endMove] as number, points[3 * endMove + 1] as number]
  return isStraight ? Float64Array.of(toX, toY) : flattenArc({ fromX, fromY, toX, toY, centre: { i: centreX - fromX, j: centreY - fromY }, isClockwise })
}

/** Moves that are copied or replaced, with where each of the old ones begins. */
class FollowedMoves {
  private readonly points: Float32Array
  private readonly role: Uint8Array
  private readonly volumeMm3: Float32Array
  private readonly feedMmPerS: Float32Array
  private readonly widthMm: Float32Array
  /** New number of each old move; of one within an arc that of its first chord. */
  private readonly place: Uint32Array
  private count = 0

  constructor(
    private readonly from: Toolpath,
    private readonly moveCount: number,
  ) {
    this.points = new Float32Array(3 * (moveCount + 1))
    this.points.set(from.points.subarray(0, 3))
    this.role = new Uint8Array(moveCount)
    this.volumeMm3 = new Float32Array(moveCount)
    this.feedMmPerS = new Float32Array(moveCount)
    this.widthMm = new Float32Array(moveCount)
    this.place = new Uint32Array(from.moveCount + 1)
  }

  copy(first: number, end: number): void {
    const { from, count } = this
    this.points.set(from.points.subarray(3 * first + 3, 3 * end + 3), 3 * count + 3)
    this.role.set(from.role.subarray(first, end), count)
    this.volumeMm3.set(from.volumeMm3.subarray(first, end), count)
    this.feedMmPerS.set(from.feedMmPerS.subarray(first, end), count)
    this.widthMm.set(from.widthMm.subarray(first, end), count)
    for (let i = first; i < end; i++) this.place[i] = count + i - first
    this.count += end - first
  }

  follow({ firstMove, endMove }: FittedArc, chords: Float64Array): void {
    const { from, points } = this
    for (let i = firstMove; i < endMove; i++) this.place[i] = this.count
    let volume = 0
    for (let i = firstMove; i < endMove; i++) volume += from.volumeMm3[i] as number
    const pieces = chords.length / 2
    for (let k = 0; k < pieces; k++) {
      const to = 3 * (this.count + 1)
      points[to] = chords[2 * k] as number
      points[to + 1] = chords[2 * k + 1] as number
      points[to + 2] = from.points[3 * firstMove + 2] as number
      this.role[this.count] = from.role[firstMove] as number
      this.volumeMm3[this.count] = volume / pieces
      this.feedMmPerS[this.count] = from.feedMmPerS[firstMove] as number
      this.widthMm[this.count] = from.widthMm[firstMove] as number
      this.count++
    }
  }

  finish(): Toolpath {
    const { from, points, role, volumeMm3, feedMmPerS, widthMm, moveCount, place } = this
    place[from.moveCount] = this.count
    return {
      moveCount, points, role, volumeMm3, feedMmPerS, widthMm,
      layers: from.layers.map((layer) => ({ ...layer, firstMove: place[layer.firstMove] as number })),
      events: from.events.map((event) => ({ ...event, atMove: place[event.atMove] as number })),
    }
  }
}
