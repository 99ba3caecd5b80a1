import { ROLE } from '../../toolpath/toolpath'
import type { LineStyle } from '../../toolpath/toolpath-builder'
import { crossSectionMm2, solidSpacing } from '../infill/solid-spacing'
import type { SlicingSettings } from '../settings'
import type { PrimeTower, TowerLayer } from '../tools/plan-tower'
import { lineStyle } from './line-styles'
import type { LaidPiece, PrintHead } from './print-head'

/** Between the ribs inside a tower where nothing is purged, mm. */
const RIB_MM = 5

/** Lays the prime tower: in each layer the purges of its changes, then ribs and the wall around. */
export class TowerLayout {
  /** Where the next row of the layer begins, y; and its side. */
  private yMm = 0
  private isRight = false

  constructor(
    private readonly head: PrintHead,
    private readonly tower: PrimeTower,
  ) {}

  startLayer(layer: TowerLayer): void {
    this.yMm = this.tower.minMm[1] + this.tower.lineWidthMm + solidSpacing(this.tower.lineWidthMm, layer.heightMm) / 2
    this.isRight = false
  }

  /** Goes to where the next purge begins, with the tool that is done. */
  approach(): void {
    this.head.travelTo(this.side(this.isRight), this.yMm)
  }

  /** Lays a volume in rows from side to side, exactly; it begins where `approach` went. */
  purge(volumeMm3: number, layer: TowerLayer, settings: SlicingSettings): void {
    const style = this.style(layer, settings)
    const spacingMm = solidSpacing(this.tower.lineWidthMm, layer.heightMm)
    let leftMm = volumeMm3 / crossSectionMm2(this.tower.lineWidthMm, layer.heightMm)
    const line = [this.side(this.isRight), this.yMm]
    while (leftMm > 1e-6) {
      const [x, y] = [line[line.length - 2], line[line.length - 1]]
      const isAcross = line.length % 4 === 2
      const fullMm = isAcross ? Math.abs(this.side(!this.isRight) - x) : spacingMm
      const part = Math.min(1, leftMm / fullMm)
      if (isAcross) line.push(x + part * (this.side(!this.isRight) - x), y)
      else line.push(x, y + part * spacingMm)
      if (isAcross) this.isRight = !this.isRight
      leftMm -= part * fullMm
    }
    const pieces: LaidPiece[] = []
    for (let i = 2; i < line.length; i += 2) pieces.push({ x: line[i], y: line[i + 1], zMm: layer.zMm, flow: 1 })
    this.head.layPieces(pieces, style)
    this.yMm = line[line.length - 1] + spacingMm
  }

  /** Fills what is left of the layer (whole on the bed, with ribs above) and closes the wall around it. */
  close(layer: TowerLayer, isFirst: boolean, settings: SlicingSettings): void {
    const { head, tower } = this
    const style = this.style(layer, settings)
    const inner = isFirst ? this.rows(layer) : this.ribs(layer)
    if (inner.length >= 4) {
      head.travelTo(inner[0], inner[1])
      head.layLine(inner, style)
    }
    const spacingMm = solidSpacing(tower.lineWidthMm, layer.heightMm)
    for (let brim = isFirst ? tower.brimLines : 0; brim >= 0; brim--) {
      const outMm = brim * spacingMm - tower.lineWidthMm / 2
      const [x0, y0, x1, y1] = [tower.minMm[0] - outMm, tower.minMm[1] - outMm, tower.maxMm[0] + outMm, tower.maxMm[1] + outMm]
      head.travelTo(x0, y0)
      head.layLine(Float64Array.of(x0, y0, x1, y0, x1, y1, x0, y1, x0, y0), style)
    }
  }

  /** Rows over the rest of the area. */
  private rows(layer: TowerLayer): Float64Array {
    const spacingMm = solidSpacing(this.tower.lineWidthMm, layer.heightMm)
    const line: number[] = []
    for (let y = this.yMm; y <= this.endMm(layer); y += spacingMm) {
      line.push(this.side(this.isRight), y, this.side(!this.isRight), y)
      this.isRight = !this.isRight
    }
    return Float64Array.from(line)
  }

  /** Lines along y, each above that of the layer below. */
  private ribs(layer: TowerLayer): Float64Array {
    const [from, to] = [this.yMm, this.endMm(layer)]
    if (to - from < this.tower.lineWidthMm) return new Float64Array(0)
    const line: number[] = []
    const [left, right] = [this.side(false), this.side(true)]
    const count = Math.max(2, Math.round((right - left) / RIB_MM))
    for (let i = 1; i < count; i++) {
      const x = left + ((right - left) * i) / count
      const [a, b] = i % 2 === 1 ? [from, to] : [to, from]
      line.push(x, a, x, b)
    }
    return Float64Array.from(line)
  }

  private endMm(layer: TowerLayer): number {
    return this.tower.maxMm[1] - this.tower.lineWidthMm - solidSpacing(this.tower.lineWidthMm, layer.heightMm) / 2
  }

  private side(isRight: boolean): number {
    const { minMm, maxMm, lineWidthMm } = this.tower
    return isRight ? maxMm[0] - 1.5 * lineWidthMm : minMm[0] + 1.5 * lineWidthMm
  }

  /** What is purged is a volume: the tower's lines have no flow factor. */
  private style(layer: TowerLayer, settings: SlicingSettings): LineStyle {
    const { heightMm } = layer
    const { lineWidthMm: widthMm } = this.tower
    const { feedMmPerS } = lineStyle({ role: 'infill', widthMm, heightMm }, settings, layer === this.tower.layers[0])
    const mm3PerMm = crossSectionMm2(widthMm, heightMm)
    return { role: ROLE['prime-tower'], widthMm, mm3PerMm, feedMmPerS: Math.min(feedMmPerS, settings.maxFlowMm3PerS / mm3PerMm) }
  }
}
