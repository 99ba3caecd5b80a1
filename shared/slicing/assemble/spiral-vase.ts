import { contourArea, contourLength } from '../../geometry/measure-contour'
import type { Contour } from '../../geometry/region'
import type { PlannedLayer, PlannedWall } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import { lineStyle } from './line-styles'
import { nearestOnContour, ringFrom } from './place-seam'
import type { LaidPiece, PrintHead } from './print-head'
import { skipShortPieces } from './skip-short-pieces'

/** Settings as vase mode needs them: one wall, nothing inside, no top. */
export function spiralSettings(settings: SlicingSettings): SlicingSettings {
  return settings.spiralVase ? { ...settings, wallCount: 1, infillPercent: 0, topLayers: 0, thinWalls: false, supportKind: 'none', raftLayers: 0 } : settings
}

/** Layers that lie flat before the spiral begins. */
export function flatLayers({ bottomLayers }: Pick<SlicingSettings, 'bottomLayers'>): number {
  return Math.max(1, bottomLayers)
}

/** Lays a vase's wall as one line that rises all the time: `layRound` for each layer, then `finish`. */
export class SpiralVase {
  private isBegun = false
  private last: { readonly wall: PlannedWall; readonly layer: PlannedLayer } | undefined
  /** Layers in which there were more outlines than the one that is followed. */
  leftOut = 0

  constructor(
    private readonly head: PrintHead,
    private readonly settings: SlicingSettings,
  ) {}

  /** Lays the greatest outline of a layer, from the height of the layer below to its own. In the first round the flow grows from nothing. */
  layRound(layer: PlannedLayer): void {
    const walls = layer.islands.flatMap(({ walls: all }) => all.filter(({ depth }) => depth === 0))
    if (walls.length > 1) this.leftOut++
    const wall = walls.toSorted((a, b) => contourArea(b.contour) - contourArea(a.contour))[0]
    if (wall === undefined) return
    const isFirst = !this.isBegun
    if (isFirst) this.approach(wall.contour, layer)
    this.isBegun = true
    this.lay({ wall, layer }, (share) => ({ zMm: layer.zMm - layer.heightMm * (1 - share), flow: isFirst ? share : 1 }))
    this.last = { wall, layer }
  }

  /** Closes the top: once more around at the last height, with a flow that fades. */
  finish(): void {
    const { last } = this
    if (last !== undefined) this.lay(last, (share) => ({ zMm: last.layer.zMm, flow: 1 - share }))
    this.last = undefined
  }

  private approach(contour: Contour, { zMm, heightMm }: PlannedLayer): void {
    const start = nearestOnContour(contour, this.head.x, this.head.y)
    this.head.setLayer(zMm - heightMm)
    this.head.travelTo(start.x, start.y)
  }

  private lay({ wall, layer }: { readonly wall: PlannedWall; readonly layer: PlannedLayer }, at: (share: number) => { zMm: number; flow: number }): void {
    const { head } = this
    const start = nearestOnContour(wall.contour, head.x, head.y)
    const ring = skipShortPieces(ringFrom(wall.contour, start))
    const aroundMm = contourLength(wall.contour)
    const pieces: LaidPiece[] = [{ x: start.x, y: start.y, zMm: at(0).zMm, flow: at(0).flow }]
    let doneMm = 0
    for (let i = 2; i < ring.length; i += 2) {
      const length = Math.hypot(ring[i] - ring[i - 2], ring[i + 1] - ring[i - 1])
      const middle = Math.min(1, (doneMm + length / 2) / aroundMm)
      doneMm += length
      const isLast = i === ring.length - 2
      pieces.push({ x: ring[i], y: ring[i + 1], zMm: at(isLast ? 1 : Math.min(1, doneMm / aroundMm)).zMm, flow: at(middle).flow })
    }
    head.layPieces(pieces, lineStyle({ role: wall.role, widthMm: wall.widthMm, heightMm: layer.heightMm }, this.settings, false))
  }
}
