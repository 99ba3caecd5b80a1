import type { Clipper } from '../../geometry/clipper'
import { contourBox, isInRegion } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { NO_OBJECT, type Toolpath } from '../../toolpath/toolpath'
import { success, type Problem, type Result } from '../../units/problem'
import type { Adhesion } from '../adhesion/skirt-brim'
import { fanByLayerTime } from '../cooling/fan-by-layer-time'
import { fanDuty } from '../cooling/fan-duty'
import { slowSmallLayers } from '../cooling/slow-small-layers'
import type { HeadClearance } from '../order/object-sequence'
import { orderPoints } from '../order/order-points'
import type { HeightRange } from '../height-ranges'
import type { PlannedIsland, PlannedLayer } from '../planned-layer'
import type { SettingValues, SlicingSettings } from '../settings'
import type { SliceInput } from '../slice-input'
import { infillApart, partOfTool } from '../tools/split-by-tool'
import type { ToolSet } from '../tools/tool-set'
import { partsByVariant } from './parts-by-variant'
import { PaintedSeam } from '../paint/seam-stretches'
import { CombIsland } from '../travel/comb-island'
import { coastBeforeRetractions } from './coast'
import { HangingWalls } from './hanging-walls'
import { lineStyle } from './line-styles'
import { nearestOnContour, SeamPlacer } from './place-seam'
import { PrintHead } from './print-head'
import { printIsland } from './print-island'
import { printSequence, type PrintPart, type PrintPlan } from './print-sequence'
import { SettingsByUse } from './settings-by-use'
import { flatLayers, SpiralVase } from './spiral-vase'
import { ToolChanger, type ToolPlace } from './tool-changer'

/** What assembly needs besides the layers. */
export interface AssembleContext {
  readonly settings: SlicingSettings
  readonly volume: SliceInput['volume']
  readonly clipper: Clipper
  /** Objects with settings of their own, whole. */
  readonly objectSettings?: ReadonlyMap<string, SlicingSettings>
  /** Values of each object's modifiers, in their order. */
  readonly objectModifiers?: ReadonlyMap<string, readonly SettingValues[]>
  /** The extruders; one with the plate's settings unless given. */
  readonly tools?: ToolSet
  /** Settings of their own by height. */
  readonly heightRanges?: readonly HeightRange[]
  /** Room of the print head; objects that are printed one after the other are not checked unless given. */
  readonly head?: HeadClearance
  /** What the user calls the objects, by id. */
  readonly objectNames?: ReadonlyMap<string, string>
}

/** Above all that stands, where the nozzle goes from one object to the next, mm. */
const LIFT_MM = 2

/**
 * Puts planned layers (sorted by `zMm`, those of several objects beside each other) in the order they are printed in, with
 * seams, travels, retractions, skirt, brim, feeds and cooling. Layers of equal height become one toolpath layer; object
 * after object (`printOrder`), the layers of each follow those of the one before, with the nozzle lifted over all that stands.
 * Where several extruders print, each layer is printed tool by tool, and what a change purges goes to a tower.
 *
 * Problems: those of `printSequence`; warnings: `slicing/vase-left-out`.
 */
export function assembleToolpath(layers: readonly PlannedLayer[], context: AssembleContext): Result<Toolpath> {
  const uses = new SettingsByUse(context)
  const planned = printSequence(layers.filter(({ islands, supports = [] }) => islands.length > 0 || supports.length > 0), uses, context)
  if (!planned.ok) return planned
  const problems: Problem[] = [...planned.problems]
  const assembly = new Assembly(planned.value, uses, context)
  planned.value.parts.forEach((part, index) => {
    if (index > 0) assembly.leavePart()
    assembly.printPart(part)
    problems.push(...assembly.finishVase())
  })
  const toolpath = coastBeforeRetractions(assembly.head.builder.finish(), context.settings.coastMm3)
  slowSmallLayers(toolpath, context.settings)
  return success(fanByLayerTime(toolpath, assembly.duties, context.settings), problems)
}

/** Of a wall's line from the surface: outlines are simplified, mm. */
const SEAM_ROOM_MM = 0.15

/** What is kept from layer to layer. */
class Assembly {
  readonly head: PrintHead
  private readonly seams = new Map<string, SeamPlacer>()
  /** Of the fan as each layer began. */
  readonly duties: number[] = []
  /** Nobody sees where support begins. */
  private readonly supportSeams = new SeamPlacer('nearest')
  private vase: SpiralVase
  private readonly changer: ToolChanger | undefined
  /** Of what is printed now. */
  private settings: SlicingSettings
  private objectId: string | undefined
  /** Outlines of the layer below. */
  private below: Region = []
  /** Of all objects in the layer that is printed. */
  private outlines: Region = []
  /** Of all that is printed already, mm. */
  private topMm = 0
  /** Of the present layer, through all parts and within its own. */
  private plateNumber = -1
  private layerNumber = 0

  constructor(
    private readonly plan: PrintPlan,
    private readonly uses: SettingsByUse,
    private readonly context: AssembleContext,
  ) {
    this.settings = context.settings
    this.head = new PrintHead(context.settings, context.volume.max[2])
    this.vase = new SpiralVase(this.head, context.settings)
    const { tools } = context
    const { tools: schedule } = plan
    this.changer = schedule && tools && new ToolChanger({ head: this.head, tools, schedule, beginObject: (objectId) => this.beginObject(objectId) })
  }

  private get tool(): number {
    return this.changer?.tool ?? 0
  }

  printPart({ objectId, plates, adhesion }: PrintPart): void {
    const { settings } = this.context
    plates.forEach((plate, index) => {
      this.startLayer(plate, index)
      if (index === 0) this.printAdhesion(adhesion, plate[0].heightMm, objectId)
      if (settings.spiralVase && index >= flatLayers(settings)) this.printRound(plate)
      else this.printPlate(plate)
    })
  }

  /** Goes up from a part that is done, above all that stands. */
  leavePart(): void {
    // A firmware that leaves an object out must not leave out the way up from it.
    this.beginObject(NO_OBJECT)
    this.head.leaveUpTo(this.topMm + LIFT_MM)
    this.below = []
    this.vase = new SpiralVase(this.head, this.context.settings)
  }

  private startLayer(plate: readonly PlannedLayer[], index: number): void {
    const { builder } = this.head
    this.plateNumber++
    this.layerNumber = index
    this.use(this.uses.at(plate[0], this.tool))
    builder.startLayer(plate[0].zMm, Math.max(...plate.map(({ heightMm }) => heightMm)))
    this.head.setLayer(plate[0].zMm)
    this.topMm = Math.max(this.topMm, plate[0].zMm)
    this.duties.push(fanDuty(index, this.settings))
    this.head.fan.startLayer(this.duties.at(-1) ?? 0)
    this.changer?.startLayer(this.toolPlace(plate))
    const outline = plate.flatMap(({ islands }) => islands.flatMap((island) => island.outline))
    this.head.setHanging(HangingWalls.over(this.below, outline, this.settings, this.context.clipper))
    this.below = outline
  }

  private use(settings: SlicingSettings): void {
    this.settings = settings
    this.head.useSettings(settings)
  }

  private toolPlace([layer]: readonly PlannedLayer[]): ToolPlace {
    return { plate: this.plateNumber, isFirstLayer: this.layerNumber === 0, settingsOf: (tool) => this.uses.at(layer, tool) }
  }

  private printAdhesion({ skirt, brim, widthMm }: Adhesion, heightMm: number, objectId: string | undefined): void {
    for (const [role, contours] of [['skirt', skirt], ['brim', brim]] as const) {
      if (role === 'brim' && objectId !== undefined) this.beginObject(objectId)
      const style = lineStyle({ role, widthMm, heightMm }, this.settings, true)
      for (const contour of contours) {
        const start = nearestOnContour(contour, this.head.x, this.head.y)
        this.head.travelTo(start.x, start.y)
        this.head.layContour(contour, start, style)
      }
    }
  }

  /** Prints the layers of all objects at one height, object by object, with little way between them. */
  private printPlate(plate: readonly PlannedLayer[]): void {
    this.outlines = plate.flatMap(({ islands }) => islands.flatMap(({ outline }) => outline))
    const order = this.plan.tools?.plates[this.plateNumber]
    if (order === undefined) this.printTogether(plate)
    this.changer?.raiseTower(this.toolPlace(plate))
    for (const tool of order ?? []) {
      const hasChanged = this.changer?.change(tool, this.toolPlace(plate)) === true
      const parts = plate.map((layer) => partOfTool(layer, tool, this.uses.ofObject(layer.objectId))).filter(({ islands, supports = [] }) => islands.length + supports.length > 0)
      if (hasChanged && this.context.settings.purgeIntoInfill) this.printInfillFirst(parts)
      else this.printTogether(parts)
    }
  }

  /** What is left of the tool before goes into lines that nobody sees. */
  private printInfillFirst(parts: readonly PlannedLayer[]): void {
    const apart = parts.map(infillApart)
    this.printTogether(apart.flatMap(([infill]) => (infill.islands.length > 0 ? [infill] : [])))
    this.printTogether(apart.map(([, rest]) => rest))
  }

  private printTogether(plate: readonly PlannedLayer[]): void {
    const middles = plate.map(({ islands, supports = [] }) => mean(Float64Array.from((islands.length > 0 ? islands : supports).flatMap(middleOf))))
    for (const index of orderPoints(Float64Array.from(middles.flat()), this.head.x, this.head.y)) this.printObject(plate[index])
  }

  /** Goes on with a vase's spiral. */
  private printRound([layer]: readonly PlannedLayer[]): void {
    if (layer === undefined) return
    for (const tool of this.plan.tools?.plates[this.plateNumber] ?? []) this.changer?.change(tool, this.toolPlace([layer]))
    this.vase.layRound(layer)
  }

  finishVase(): Problem[] {
    this.vase.finish()
    const layers = this.vase.leftOut
    return layers === 0 ? [] : [{ code: 'slicing/vase-left-out', severity: 'warning', values: { layers }, message: `Vase mode follows one outline; in ${layers} layers there are more, which were left out.` }]
  }

  private printObject(layer: PlannedLayer): void {
    this.beginObject(layer.objectId)
    const settings = this.uses.at(layer, this.tool)
    if (settings !== this.settings) {
      this.use(settings)
      this.head.fan.startLayer(fanDuty(this.layerNumber, settings))
    }
    const seams = this.seams.get(layer.objectId) ?? new SeamPlacer(this.settings.seam)
    this.seams.set(layer.objectId, seams)
    seams.startLayer(layer.seam && new PaintedSeam(layer.seam, seamReachMm(settings)))
    this.supportSeams.startLayer()
    this.head.pullBackOver(settings.supportRetraction ? undefined : this.outlines)
    this.printIslands(layer.supports ?? [], this.supportSeams, layer)
    this.head.pullBackOver(undefined)
    this.printIslands(layer.islands, seams, layer)
  }

  private beginObject(objectId: string): void {
    if (objectId !== this.objectId) this.head.builder.event({ kind: 'object', objectId })
    this.objectId = objectId
  }

  private printIslands(islands: readonly PlannedIsland[], seams: SeamPlacer, layer: PlannedLayer): void {
    const { head, context, settings } = this
    for (const index of orderPoints(Float64Array.from(islands.flatMap(middleOf)), head.x, head.y)) {
      const island = islands[index]
      const comb = new CombIsland(island.outline, { insetMm: settings.outerWallLineWidthMm, clipper: context.clipper })
      if (isInRegion(island.outline, head.x, head.y)) head.enter(comb)
      const common = { head, seams, comb, zMm: layer.zMm, heightMm: layer.heightMm, isFirstLayer: layer.layerIndex === 0 }
      for (const { variant, part } of partsByVariant(island)) {
        const own = this.uses.inVariant(layer, this.tool, variant)
        if (own !== this.settings) this.use(own)
        printIsland(part, { ...common, settings: own })
      }
      if (this.settings !== settings) this.use(settings)
    }
  }
}

/** How far from the painted surface a wall's line runs. */
function seamReachMm({ outerWallLineWidthMm, xyCompensationMm, holeCompensationMm }: SlicingSettings): number {
  return outerWallLineWidthMm / 2 + Math.max(Math.abs(xyCompensationMm), Math.abs(holeCompensationMm)) + SEAM_ROOM_MM
}

function middleOf(island: PlannedIsland): [number, number] {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const contour of island.outline) {
    const box = contourBox(contour)
    minX = Math.min(minX, box[0])
    minY = Math.min(minY, box[1])
    maxX = Math.max(maxX, box[2])
    maxY = Math.max(maxY, box[3])
  }
  return [(minX + maxX) / 2, (minY + maxY) / 2]
}

function mean(points: Float64Array): [number, number] {
  const count = points.length / 2
  let [x, y] = [0, 0]
  for (let i = 0; i < points.length; i += 2) {
    x += points[i] / count
    y += points[i + 1] / count
  }
  return [x, y]
}
