import type { Contour, Polyline, Region } from '../../geometry/region'
import { ROLE } from '../../toolpath/toolpath'
import { createToolpathBuilder, type LineStyle, type ToolpathBuilder } from '../../toolpath/toolpath-builder'
import type { SlicingSettings } from '../settings'
import type { CombIsland } from '../travel/comb-island'
import { crossesRegion } from '../travel/crosses-region'
import { FanControl } from '../cooling/fan-control'
import type { HangingWalls, LinePiece } from './hanging-walls'
import { ringFrom, type Seam } from './place-seam'
import { skipShortPieces } from './skip-short-pieces'
import { wipe } from './wipe'

/** A travel inside an island longer than this oozes, mm: the filament is pulled back though no wall is crossed. */
const OOZE_MM = 50
/** Nearer than this is the same place, mm. */
const SAME_PLACE_MM = 1e-4

/** The end of a piece of line, its height and its share of the style's flow. */
export interface LaidPiece {
  readonly x: number
  readonly y: number
  readonly zMm: number
  readonly flow: number
}

/** Moves over the plate and lays lines, pulling the filament back where a travel asks for it. */
export class PrintHead {
  readonly builder: ToolpathBuilder
  readonly fan = new FanControl((duty) => this.builder.event({ kind: 'fan', duty }))
  /** Filament that is pulled back, mm³. */
  private retractedMm3 = 0
  /** That of tools that wait, mm³. */
  private readonly waitingMm3 = new Map<number, number>()
  private hasMoved = false
  private hanging: HangingWalls | undefined
  private isOverHang = false
  private style: LineStyle | undefined
  private inside: CombIsland | undefined
  /** What a travel must not cross without the filament pulled back; it is pulled back on each unless given. */
  private parts: Region | undefined
  private zMm = 0
  /** The line that was laid last: xy pairs, for wiping. */
  private lastLine: number[] = []

  /** @param maxZMm reach of the machine; a Z-hop ends there */
  constructor(private settings: SlicingSettings, private readonly maxZMm: number) {
    this.builder = createToolpathBuilder([0, 0, 0], 1 << 16)
  }

  /** Settings of what follows. The filament that is pulled back comes back as it went. */
  useSettings(settings: SlicingSettings): void {
    this.settings = settings
  }

  get x(): number {
    return this.builder.xMm
  }

  get y(): number {
    return this.builder.yMm
  }

  /** Sets the height of what follows; the nozzle goes there with the next travel. */
  setLayer(zMm: number): void {
    this.zMm = zMm
  }

  /** Sets where walls of the layer hang free, if anywhere. */
  setHanging(hanging: HangingWalls | undefined): void {
    this.hanging = hanging
  }

  /** Pulls the filament back and lifts the nozzle where it is, as far as the machine reaches, so that it leaves what it has printed. */
  leaveUpTo(zMm: number): void {
    const { builder } = this
    if (!this.hasMoved) return
    this.pullBack()
    const liftedMm = Math.min(zMm, this.maxZMm)
    if (liftedMm - builder.zMm > SAME_PLACE_MM) builder.travelTo(builder.xMm, builder.yMm, liftedMm, this.settings.travelFeedMmPerS)
  }

  /** Pulls the filament back where the nozzle is, to leave what is printed. */
  pullBack(): void {
    this.retract()
    this.inside = undefined
  }

  /** Goes on with another tool and its settings: filament that it had pulled back comes out again; in a shared nozzle the change has done so. */
  changeTool({ from, to }: { readonly from: number; readonly to: number }, settings: SlicingSettings, sharesNozzle: boolean): void {
    this.waitingMm3.set(from, sharesNozzle ? 0 : this.retractedMm3)
    this.retractedMm3 = this.waitingMm3.get(to) ?? 0
    this.settings = settings
    this.lastLine = []
  }

  /** Has travels that cross none of the parts go without pulling back, until it is told otherwise: between supports, where threads do no harm. */
  pullBackOver(parts: Region | undefined): void {
    this.parts = parts
  }

  /** Tells that the nozzle is inside an island, before the first travel in it. */
  enter(island: CombIsland): void {
    this.inside = island
  }

  /**
   * Goes to a point without extruding: inside the island when it is given, the nozzle is in it and there is a way that
   * crosses no wall; else straight, with the filament pulled back when it is far enough.
   */
  travelTo(x: number, y: number, island?: CombIsland): void {
    const { builder, settings } = this
    const isInside = island !== undefined && island === this.inside
    this.inside = island
    if (!this.hasMoved) {
      this.hasMoved = true
      builder.travelTo(x, y, this.zMm, settings.travelFeedMmPerS)
      return
    }
    const straightMm = Math.hypot(x - builder.xMm, y - builder.yMm)
    if (straightMm < SAME_PLACE_MM && Math.abs(builder.zMm - this.zMm) < SAME_PLACE_MM) return
    const way = isInside && settings.combing ? island.way(builder.xMm, builder.yMm, x, y) : undefined
    const isDry = way === undefined ? straightMm >= settings.retractionMinTravelMm : way.lengthMm > OOZE_MM
    if (isDry && (this.parts === undefined || crossesRegion(this.parts, [builder.xMm, builder.yMm], [x, y]))) this.retract()
    this.move(way?.corners ?? [], x, y)
  }

  private move(corners: readonly number[], x: number, y: number): void {
    const { builder, zMm } = this
    const { travelFeedMmPerS, zHopMm } = this.settings
    const low = Math.max(builder.zMm, zMm)
    const travelZ = this.retractedMm3 > 0 ? Math.max(low, Math.min(low + zHopMm, this.maxZMm)) : low
    if (travelZ - builder.zMm > SAME_PLACE_MM) builder.travelTo(builder.xMm, builder.yMm, travelZ, travelFeedMmPerS)
    for (let i = 0; i < corners.length; i += 2) builder.travelTo(corners[i], corners[i + 1], travelZ, travelFeedMmPerS)
    if (Math.hypot(x - builder.xMm, y - builder.yMm) > SAME_PLACE_MM) builder.travelTo(x, y, travelZ, travelFeedMmPerS)
    if (travelZ - zMm > SAME_PLACE_MM) builder.travelTo(x, y, zMm, travelFeedMmPerS)
  }

  /** Lays a closed line from its seam around. */
  layContour(contour: Contour, seam: Seam, style: LineStyle): void {
    this.layLine(ringFrom(contour, seam), style)
  }

  /** Lays an open line from its first point, or from its last when reversed. */
  layLine(line: Polyline, style: LineStyle, isReversed = false): void {
    this.begin(style)
    const kept = skipShortPieces(line)
    const n = kept.length / 2
    for (let k = 1; k < n; k++) {
      const i = 2 * (isReversed ? n - 1 - k : k)
      this.lay(kept[i], kept[i + 1])
    }
  }

  /** Lays an open line piece by piece, each with a style of its own (one fewer than points). */
  layVaryingLine(line: Polyline, styleOf: (piece: number) => LineStyle, isReversed: boolean): void {
    const n = line.length / 2
    for (let k = 1; k < n; k++) {
      const i = isReversed ? n - 1 - k : k
      this.begin(styleOf(isReversed ? i : i - 1))
      this.lay(line[2 * i], line[2 * i + 1])
    }
  }

  /** Lays an open line whose pieces have heights and flows of their own (over that of the style); it begins where the nozzle is. */
  layPieces(pieces: readonly LaidPiece[], style: LineStyle): void {
    this.begin(style)
    const { builder } = this
    for (const { x, y, zMm, flow } of pieces) {
      if (Math.hypot(x - builder.xMm, y - builder.yMm) < SAME_PLACE_MM) continue
      builder.useLine({ ...style, mm3PerMm: style.mm3PerMm * flow })
      builder.extrudeTo(x, y, zMm)
      if (this.settings.wipeMm > 0) this.lastLine.push(x, y)
    }
    builder.useLine(style)
  }

  /** Lowers the nozzle where it is, to begin below its layer's height. */
  lowerTo(zMm: number): void {
    const { builder } = this
    if (builder.zMm - zMm > SAME_PLACE_MM) builder.travelTo(builder.xMm, builder.yMm, zMm, this.settings.travelFeedMmPerS)
  }

  private lay(x: number, y: number): void {
    const { builder } = this
    if (Math.abs(x - builder.xMm) < SAME_PLACE_MM && Math.abs(y - builder.yMm) < SAME_PLACE_MM) return
    if (this.hanging !== undefined && this.style !== undefined && isWall(this.style)) this.layHanging(this.hanging.split(builder.xMm, builder.yMm, x, y), this.style)
    else builder.extrudeTo(x, y, this.zMm)
    this.lastLine.push(x, y)
  }

  private layHanging(pieces: readonly LinePiece[], style: LineStyle): void {
    const { overhangFeedMmPerS, overhangFanPercent } = this.settings
    const slow = { ...style, feedMmPerS: overhangFeedMmPerS > 0 ? Math.min(style.feedMmPerS, overhangFeedMmPerS) : style.feedMmPerS }
    for (const { x, y, isHanging } of pieces) {
      this.fan.atLeast(isHanging ? overhangFanPercent : 0)
      this.isOverHang = isHanging
      this.builder.useLine(isHanging ? slow : style)
      this.builder.extrudeTo(x, y, this.zMm)
    }
  }

  private begin(style: LineStyle): void {
    if (this.retractedMm3 > 0) {
      this.builder.unretract(this.retractedMm3, this.settings.retractionFeedMmPerS)
      this.retractedMm3 = 0
    }
    this.lastLine = [this.builder.xMm, this.builder.yMm]
    this.builder.useLine(style)
    if (this.isOverHang) this.fan.atLeast(0)
    this.isOverHang = false
    this.style = style
  }

  private retract(): void {
    const { builder, settings, lastLine } = this
    const volumeMm3 = settings.retractionMm * Math.PI * (settings.filamentDiameterMm / 2) ** 2
    if (this.retractedMm3 > 0 || volumeMm3 <= 0 || !this.hasExtruded()) return
    if (settings.wipeMm > 0 && lastLine.length >= 4) wipe(builder, lastLine, { volumeMm3, settings })
    else builder.retract(volumeMm3, settings.retractionFeedMmPerS)
    this.retractedMm3 = volumeMm3
  }

  /** Before the first line the machine's own start G-code has left the filament as it wants it. */
  private hasExtruded(): boolean {
    return this.builder.moveCount > 1
  }
}

function isWall({ role }: LineStyle): boolean {
  return role === ROLE['outer-wall'] || role === ROLE['inner-wall']
}
