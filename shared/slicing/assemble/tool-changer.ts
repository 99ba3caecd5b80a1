import { NO_OBJECT } from '../../toolpath/toolpath'
import type { SlicingSettings } from '../settings'
import type { ToolSet } from '../tools/tool-set'
import { TowerLayout } from './lay-tower'
import type { PrintHead } from './print-head'
import type { ToolSchedule } from './tool-schedule'

/** What a change of tool works with. */
export interface ToolChangerContext {
  readonly head: PrintHead
  readonly tools: ToolSet
  readonly schedule: ToolSchedule
  /** Tells that what follows belongs to an object, or to none. */
  readonly beginObject: (objectId: string) => void
}

/** Where a change happens. */
export interface ToolPlace {
  readonly plate: number
  readonly isFirstLayer: boolean
  /** The settings of a tool in the layer. */
  readonly settingsOf: (tool: number) => SlicingSettings
}

/** Changes tools: filament back, over to the tower, heat, purge; and keeps the heat of tools that wait. */
export class ToolChanger {
  tool: number
  private readonly layout: TowerLayout | undefined
  /** Changes that are left, by the tool that they bring. */
  private readonly left = new Map<number, number>()
  /** What each tool was told to heat to, °C; in a shared nozzle there is one. */
  private readonly heatC = new Map<number, number>()
  private advanceS: number | undefined
  private changesInLayer = 0

  constructor(private readonly context: ToolChangerContext) {
    const { schedule, head } = context
    const order = schedule.plates.flat()
    this.tool = order[0] ?? 0
    order.forEach((tool, i) => {
      if (i > 0 && order[i - 1] !== tool) this.left.set(tool, (this.left.get(tool) ?? 0) + 1)
    })
    this.layout = schedule.tower && new TowerLayout(head, schedule.tower)
    // The file's start lines have heated the first one.
    if (this.tool !== 0) head.builder.event({ kind: 'tool', tool: this.tool })
  }

  /** Begins a layer with the tool that is there, and its heat. */
  startLayer(place: ToolPlace): void {
    this.heat(this.tool, place)
    this.tellAdvance(place.settingsOf(this.tool))
    this.changesInLayer = this.changesOf(place.plate)
    const layer = this.context.schedule.tower?.layers[place.plate]
    if (layer !== undefined) this.layout?.startLayer(layer)
  }

  /** Lays the tower's layer where no change of the layer does. */
  raiseTower(place: ToolPlace): void {
    const layer = this.context.schedule.tower?.layers[place.plate]
    if (layer === undefined || this.changesInLayer > 0) return
    this.context.beginObject(NO_OBJECT)
    this.layout?.close(layer, place.plate === 0, place.settingsOf(this.tool))
  }

  /** Changes to a tool, with what it purges on the tower; nothing (and false) when it is there already. */
  change(to: number, place: ToolPlace): boolean {
    const { head, tools, schedule, beginObject } = this.context
    const from = this.tool
    if (to === from) return false
    beginObject(NO_OBJECT)
    head.pullBack()
    const layer = schedule.tower?.layers[place.plate]
    if (layer !== undefined) this.layout?.approach()
    const settings = place.settingsOf(to)
    head.builder.event({ kind: 'tool', tool: to, ...(tools.changeS > 0 && { changeS: tools.changeS }) })
    this.tool = to
    this.left.set(to, (this.left.get(to) ?? 0) - 1)
    head.changeTool({ from, to }, settings, tools.sharedNozzle)
    if (!tools.sharedNozzle) this.rest(from, place)
    this.heat(to, place)
    this.tellAdvance(settings)
    this.changesInLayer--
    if (layer === undefined) return true
    this.layout?.purge(layer.purgesMm3[layer.purgesMm3.length - 1 - this.changesInLayer] ?? 0, layer, settings)
    if (this.changesInLayer === 0) this.layout?.close(layer, place.plate === 0, settings)
    return true
  }

  private changesOf(plate: number): number {
    const order = this.context.schedule.plates[plate] ?? []
    return order.filter((tool, i) => tool !== (i === 0 ? this.tool : order[i - 1])).length
  }

  /** Heats a tool to what its layer asks; it is waited for where it was colder. */
  private heat(tool: number, { isFirstLayer, settingsOf }: ToolPlace): void {
    const { head, tools, schedule } = this.context
    const targetC = isFirstLayer ? settingsOf(tool).firstLayerHotendC : settingsOf(tool).hotendC
    const heater = tools.sharedNozzle ? 0 : tool
    const isStart = this.heatC.size === 0 && tool === schedule.plates.flat()[0]
    const told = this.heatC.get(heater) ?? (isStart ? targetC : 0)
    this.heatC.set(heater, targetC)
    const isNear = Math.abs(targetC - told) <= HEAT_ON_THE_WAY_C
    if (told !== targetC) head.builder.event({ kind: 'hotend', targetC, wait: !isNear })
  }

  /** What a tool does that waits: cools a little, or goes off when it has nothing left to print. */
  private rest(tool: number, { settingsOf }: ToolPlace): void {
    const { idleDropC } = settingsOf(tool)
    const told = this.heatC.get(tool) ?? 0
    const targetC = (this.left.get(tool) ?? 0) === 0 ? 0 : Math.max(0, told - idleDropC)
    if (targetC === told) return
    this.heatC.set(tool, targetC)
    this.context.head.builder.event({ kind: 'hotend', tool, targetC, wait: false })
  }

  private tellAdvance({ pressureAdvanceS }: SlicingSettings): void {
    if ((this.advanceS ?? 0) !== pressureAdvanceS) this.context.head.builder.event({ kind: 'pressure-advance', advanceS: pressureAdvanceS })
    this.advanceS = pressureAdvanceS
  }
}

/** A change of heat that is so small happens while it prints, °C: that from the first layer to the others. */
const HEAT_ON_THE_WAY_C = 15
