import type { MotionLimits } from '../../toolpath/motion-limits'
import { MOVE_ROLES, ROLE, type MoveRole, type Toolpath, type ToolpathEvent } from '../../toolpath/toolpath'
import type { RangedSettings } from '../height-ranges'
import type { SlicingSettings } from '../settings'

/** A stop or a change that the user puts at a layer; `zMm` is the height of the layer that follows it. */
export interface LayerEvent {
  readonly kind: 'pause' | 'colour-change'
  readonly zMm: number
}

/** What belongs to the machine and the user rather than to the lines. */
export interface MachineEventOptions {
  readonly settings: RangedSettings
  readonly motion: MotionLimits
  readonly layerEvents: readonly LayerEvent[]
}

/** Heights that differ by less are one, mm. */
const SAME_HEIGHT_MM = 1e-3

/**
 * Adds to a toolpath what the machine is told besides lines: heat after the first layer and by height, acceleration and
 * jerk of each feature where they aren't the machine's, pressure advance, and the stops at layers. Where tools change, their
 * heat and advance are in the toolpath already.
 */
export function withMachineEvents(toolpath: Toolpath, options: MachineEventOptions): Toolpath {
  const hasTools = toolpath.events.some(({ kind }) => kind === 'tool')
  const added = toolpath.layers.flatMap((layer, index) => {
    const settings = options.settings.at(layer)
    const below = toolpath.layers[index - 1]
    const before = below === undefined ? undefined : options.settings.at(below)
    const isFirst = beginsObject(toolpath, index)
    return [...layerStops(options.layerEvents, toolpath, index), ...heatEvents(settings, before, { isFirst, wasFirst: index > 0 && beginsObject(toolpath, index - 1), atMove: layer.firstMove }).filter(({ kind }) => !hasTools || kind === 'bed')]
  })
  const all = [...added, ...motionEvents(toolpath, options)]
  if (all.length === 0) return toolpath
  // A stable sort keeps what is there before what is added.
  return { ...toolpath, events: [...toolpath.events, ...all].toSorted((a, b) => a.atMove - b.atMove) }
}

/** Whether a layer is the first of all, or of an object that is printed after another one. */
function beginsObject({ layers }: Toolpath, index: number): boolean {
  const [layer, below] = [layers[index], layers[index - 1]]
  return layer !== undefined && (below === undefined || layer.zMm < below.zMm + SAME_HEIGHT_MM)
}

interface HeatPlace {
  readonly isFirst: boolean
  readonly wasFirst: boolean
  readonly atMove: number
}

function layerStops(layerEvents: readonly LayerEvent[], { layers }: Toolpath, index: number): ToolpathEvent[] {
  const layer = layers[index]
  const below = layers[index - 1]
  if (layer === undefined || below === undefined) return []
  return layerEvents.filter(({ zMm }) => zMm > below.zMm + SAME_HEIGHT_MM && zMm <= layer.zMm + SAME_HEIGHT_MM).map(({ kind }) => ({ kind, atMove: layer.firstMove }))
}

function heatEvents(settings: SlicingSettings, before: SlicingSettings | undefined, { isFirst, wasFirst, atMove }: HeatPlace): ToolpathEvent[] {
  const events: ToolpathEvent[] = []
  if (before === undefined) {
    if (settings.pressureAdvanceS > 0) events.push({ kind: 'pressure-advance', atMove, advanceS: settings.pressureAdvanceS })
    return events
  }
  const [hotendC, bedC] = heatOf(settings, isFirst)
  const [hotendBeforeC, bedBeforeC] = heatOf(before, wasFirst)
  if (hotendC !== hotendBeforeC) events.push({ kind: 'hotend', atMove, targetC: hotendC, wait: false })
  if (bedC !== bedBeforeC) events.push({ kind: 'bed', atMove, targetC: bedC, wait: false })
  if (settings.pressureAdvanceS !== before.pressureAdvanceS) events.push({ kind: 'pressure-advance', atMove, advanceS: settings.pressureAdvanceS })
  return events
}

function heatOf(settings: SlicingSettings, isFirst: boolean): readonly [hotendC: number, bedC: number] {
  return isFirst ? [settings.firstLayerHotendC, settings.firstLayerBedC] : [settings.hotendC, settings.bedC]
}

type Feature = 'outerWall' | 'innerWall' | 'skin' | 'infill'

function featureOf(role: MoveRole): Feature {
  switch (role) {
    case 'outer-wall':
      return 'outerWall'
    case 'inner-wall':
    case 'gap-fill':
      return 'innerWall'
    case 'top-skin':
    case 'bottom-skin':
    case 'internal-skin':
    case 'bridge':
      return 'skin'
    default:
      return 'infill'
  }
}

/** Changes of acceleration and jerk; none at all where nothing is asked for. */
function motionEvents(toolpath: Toolpath, { settings, motion }: MachineEventOptions): ToolpathEvent[] {
  const events: ToolpathEvent[] = []
  let print = motion.printAccelerationMmPerS2
  let travel = motion.travelAccelerationMmPerS2
  const machineJerk = motion.cornering.kind === 'jerk' ? motion.cornering.jerkMmPerS[0] : 0
  let jerk = machineJerk
  toolpath.layers.forEach((layer, index) => {
    const end = toolpath.layers[index + 1]?.firstMove ?? toolpath.moveCount
    const wanted = wantedByRole(settings.at(layer), beginsObject(toolpath, index))
    const wantedTravel = settings.at(layer).travelAccelerationMmPerS2 || motion.travelAccelerationMmPerS2
    if (wantedTravel !== travel) events.push({ kind: 'acceleration', atMove: layer.firstMove, travelMmPerS2: wantedTravel })
    travel = wantedTravel
    for (let move = layer.firstMove; move < end; move++) {
      const role = toolpath.role[move] as number
      if (role <= ROLE.unretract) continue
      const acceleration = wanted[role]?.acceleration || motion.printAccelerationMmPerS2
      const corner = wanted[role]?.jerk || machineJerk
      if (acceleration !== print) events.push({ kind: 'acceleration', atMove: move, printMmPerS2: acceleration })
      if (corner !== jerk && corner > 0) events.push({ kind: 'jerk', atMove: move, xyMmPerS: corner })
      print = acceleration
      jerk = corner
    }
  })
  return events
}

/** 0 where it is left to the machine. */
function wantedByRole(settings: SlicingSettings, isFirstLayer: boolean): readonly { readonly acceleration: number; readonly jerk: number }[] {
  return MOVE_ROLES.map((role) => {
    const feature = featureOf(role)
    const [acceleration, jerk] = [settings[`${feature}AccelerationMmPerS2`], settings[`${feature}JerkMmPerS`]]
    return isFirstLayer ? { acceleration: settings.firstLayerAccelerationMmPerS2 || acceleration, jerk: settings.firstLayerJerkMmPerS || jerk } : { acceleration, jerk }
  })
}
