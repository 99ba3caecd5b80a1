import type { Clipper } from '../../geometry/clipper'
import type { Region } from '../../geometry/region'
import type { SlicingSettings } from '../settings'

/** Shorter pieces aren't worth a change of feed, mm. */
const SHORT_MM = 0.3
/** How far an outline may stand out over the one below without any line hanging, mm. */
const NEARLY_SAME_MM = 0.02

/** A piece of a straight line, to its end. */
export interface LinePiece {
  readonly x: number
  readonly y: number
  readonly isHanging: boolean
}

/** Tells which parts of a layer's walls hang free. */
export class HangingWalls {
  /** Edges of what carries walls, four numbers each. */
  private readonly edges: Float64Array

  private constructor(carried: Region) {
    this.edges = Float64Array.from(carried.flatMap((contour) => Array.from({ length: contour.length / 2 }, (_, k) => {
      const next = (2 * k + 2) % contour.length
      return [contour[2 * k], contour[2 * k + 1], contour[next], contour[next + 1]]
    }).flat()))
  }

  /** Undefined when no wall of the layer hangs, or nothing is to be done about it. */
  static over(below: Region, outline: Region, settings: SlicingSettings, clipper: Clipper): HangingWalls | undefined {
    if (settings.overhangFeedMmPerS === 0 && settings.overhangFanPercent === 0) return undefined
    if (below.length === 0 || clipper.difference(outline, clipper.offset(below, NEARLY_SAME_MM)).length === 0) return undefined
    // The middle of a line stands out by so much when the set part of its width hangs free.
    const beyondMm = (settings.overhangHangingPercent / 100 - 0.5) * settings.outerWallLineWidthMm
    return new HangingWalls(clipper.offset(below, beyondMm, { join: 'round', arcToleranceMm: 0.01 }))
  }

  /** Takes a straight line apart where it begins and ends to hang. */
  split(fromX: number, fromY: number, x: number, y: number): LinePiece[] {
    const lengthMm = Math.hypot(x - fromX, y - fromY)
    const { shares, isInside } = this.crossings(fromX, fromY, x, y)
    const pieces: LinePiece[] = []
    let isHanging = !isInside
    let begin = 0
    for (const end of [...shares, 1]) {
      const isShort = (end - begin) * lengthMm < SHORT_MM && shares.length > 0
      const last = pieces.at(-1)
      const piece = { x: fromX + end * (x - fromX), y: fromY + end * (y - fromY), isHanging }
      if (last !== undefined && (isShort || last.isHanging === isHanging)) pieces[pieces.length - 1] = { ...piece, isHanging: last.isHanging }
      else pieces.push(piece)
      isHanging = !isHanging
      begin = end
    }
    return pieces
  }

  /** Where a line crosses the edge of what carries (0..1 along it), and whether it begins inside. */
  private crossings(ax: number, ay: number, bx: number, by: number): { shares: number[]; isInside: boolean } {
    const { edges } = this
    const shares: number[] = []
    let isInside = false
    const [dx, dy] = [bx - ax, by - ay]
    for (let i = 0; i < edges.length; i += 4) {
      const px = edges[i] - ax
      const py = edges[i + 1] - ay
      const ex = edges[i + 2] - edges[i]
      const ey = edges[i + 3] - edges[i + 1]
      if (py > 0 !== py + ey > 0 && px - (py / ey) * ex > 0) isInside = !isInside
      const turn = dx * ey - dy * ex
      if (turn === 0) continue
      const t = (px * ey - py * ex) / turn
      const u = (px * dy - py * dx) / turn
      if (t > 0 && t < 1 && u >= 0 && u < 1) shares.push(t)
    }
    return { shares: shares.sort((a, b) => a - b), isInside }
  }
}
