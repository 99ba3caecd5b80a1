import { checkTemplates, layerVariables, templateVariables, toolVariables } from './print-templates'
import { checkNozzles, printTools, withNozzleOf } from './print-tools'
import { headClearanceOf } from './head-clearance'
import { labelObjects } from './label-objects'
import { type PrintObject, printObjects } from './print-objects'
import { machineVolume } from './machine-volume'
import type { MachineProfile, MaterialProfile, QualityProfile } from './profile'
import type { GcodeThumbnail } from '../gcode/gcode-options'
import type { TemplateValue } from '../gcode/evaluate-expression'
import { expandTemplate } from '../gcode/expand-template'
import { followArcs } from '../gcode/follow-arcs'
import { writeGcode } from '../gcode/write-gcode'
import { type LayerEvent, withMachineEvents } from '../slicing/assemble/machine-events'
import { type HeightRange, RangedSettings } from '../slicing/height-ranges'
import type { LayerCurve } from '../slicing/layer-curve'
import type { SettingValues, SlicingSettings } from '../slicing/settings'
import type { SlicePool } from '../slicing/slice-pool'
import { slicePlate } from '../slicing/slice-plate'
import type { ToolSet } from '../slicing/tools/tool-set'
import type { Estimate } from '../toolpath/estimate'
import { estimateToolpath } from '../toolpath/estimate-toolpath'
import { firstTool, toolChanges } from '../toolpath/tool-runs'
import type { Toolpath } from '../toolpath/toolpath'
import { failure, success, type Problem, type Result } from '../units/problem'
import type { OnProgress } from '../units/progress'

/** Everything that decides a print. Objects are placed already, in machine coordinates. */
export interface PrintRequest {
  readonly objects: readonly PrintObject[]
  readonly machine: MachineProfile
  /** In the first extruder, and in those without one of their own. */
  readonly material: MaterialProfile
  /** From the second extruder on. */
  readonly moreMaterials?: readonly (MaterialProfile | undefined)[]
  readonly quality: QualityProfile
  readonly overrides: SettingValues
  readonly title: string
  /** Settings of their own between two heights. */
  readonly heightRanges?: readonly HeightRange[]
  /** Layer heights that the user drew. */
  readonly layerCurve?: LayerCurve
  /** Pauses and colour changes at layers. */
  readonly layerEvents?: readonly LayerEvent[]
  readonly thumbnails?: readonly GcodeThumbnail[]
}

export interface MakePrintOptions {
  readonly onProgress?: OnProgress
  readonly isCancelled?: () => boolean
  /** First line of the file; `Gongbang Studio` unless given. */
  readonly generator?: string
}

/** A print ready for its machine. */
export interface MadePrint {
  readonly toolpath: Toolpath
  readonly estimate: Estimate
  readonly gcode: Uint8Array
  readonly settings: SlicingSettings
  readonly layerCount: number
  /** Warnings; what failed comes as a failure. */
  readonly problems: readonly Problem[]
}

/**
 * Makes G-code of placed objects: resolves the settings, slices, estimates, fills the templates in and writes the file.
 * The machine's templates and heat limits are checked before the slow work begins.
 *
 * Problems of its own: `print/too-hot`, `print/empty`; else those of the settings, the templates and slicing.
 */
export async function makePrint(request: PrintRequest, pool: SlicePool, options: MakePrintOptions = {}): Promise<Result<MadePrint>> {
  const { machine } = request
  const equipped = printTools(request)
  if (!equipped.ok) return equipped
  const tools = equipped.value
  const settings = withNozzleOf(tools.settings[0] as SlicingSettings, tools)
  const owned = printObjects(request.objects, request, tools)
  if (!owned.ok) return owned
  const objects = owned.value
  const volume = machineVolume(machine)
  const early = [...equipped.problems, ...owned.problems, ...tools.settings.flatMap((tool) => checkHeat(tool, machine)), ...checkNozzles(objects, settings, tools), ...checkTemplates(request, settings)]
  if (early.some((problem) => problem.severity === 'error')) return failure(...early)

  const sliced = await slicePlate({ objects, settings, volume, heightRanges: request.heightRanges ?? [], layerCurve: request.layerCurve ?? [], head: headClearanceOf(machine), tools }, pool, { ...(options.onProgress && { onProgress: options.onProgress }), ...(options.isCancelled && { isCancelled: options.isCancelled }) })
  if (!sliced.ok) return failure(...early, ...sliced.problems)
  const toolpath = withMachineEvents(sliced.value, { settings: new RangedSettings(settings, request.heightRanges), motion: machine.motion, layerEvents: request.layerEvents ?? [] })
  if (toolpath.layers.length === 0) return failure({ code: 'print/empty', severity: 'error', message: 'Nothing of the model is thick enough to print at these settings.' })

  const problems = [...early, ...sliced.problems]
  // Arcs go by other corners than their lines do: time and picture are those of what the machine runs.
  const asRun = settings.arcFitting ? followArcs(toolpath, settings.arcToleranceMm) : toolpath
  const estimate = estimateToolpath(asRun, machine.motion, tools.settings)
  const written = write(request, { settings, tools, toolpath, estimate, generator: options.generator ?? 'Gongbang Studio' })
  if (!written.ok) return failure(...problems, ...written.problems)
  return success({ toolpath: asRun, estimate, gcode: written.value, settings, layerCount: toolpath.layers.length, problems }, problems)
}

interface Made {
  readonly settings: SlicingSettings
  readonly tools: ToolSet
  readonly toolpath: Toolpath
  readonly estimate: Estimate
  readonly generator: string
}

/** What follows each change of tool. */
function toolLines({ machine }: PrintRequest, { tools, toolpath }: Made, variables: Readonly<Record<string, TemplateValue>>): readonly (readonly string[])[] {
  const { toolGcode } = machine
  if (toolGcode === undefined || toolGcode.trim() === '') return []
  return toolChanges(toolpath).map(({ from, to, atMove }) => {
    const layer = Math.max(0, toolpath.layers.findLastIndex(({ firstMove }) => firstMove <= atMove))
    const ofLayer = layerVariables(variables, toolpath.layers[layer] ?? { zMm: 0, heightMm: 0 }, layer)
    const lines = expandTemplate(toolGcode, toolVariables(ofLayer, { previousTool: from, nextTool: to }, tools.settings[to]), 'tool')
    // Its names were checked before slicing.
    return lines.ok ? lines.value : []
  })
}

function write(request: PrintRequest, made: Made): Result<Uint8Array> {
  const { machine, title, thumbnails } = request
  const { settings, tools, toolpath, estimate, generator } = made
  const first = tools.settings[firstTool(toolpath)] ?? settings
  const variables = templateVariables(request, { ...settings, hotendC: first.hotendC, firstLayerHotendC: first.firstLayerHotendC }, { toolpath, estimate })
  const start = expandTemplate(machine.startGcode, variables, 'start')
  const end = expandTemplate(machine.endGcode, variables, 'end')
  if (!start.ok || !end.ok) return failure(...start.problems, ...end.problems)
  const layers = toolpath.layers.map((layer, index) => expandTemplate(machine.layerGcode ?? '', layerVariables(variables, layer, index), 'layer'))
  const failed = layers.find((layer) => !layer.ok)
  if (failed) return failure(...failed.problems)
  const optional = (template: string | undefined, name: string) => (template === undefined || template.trim() === '' ? undefined : expandTemplate(template, variables, name))
  const [pause, colourChange] = [optional(machine.pauseGcode, 'pause'), optional(machine.colourChangeGcode, 'colour change')]
  return success(
    writeGcode(toolpath, {
      generator, title, estimate,
      startLines: start.value,
      endLines: end.value,
      layerLines: layers.map((layer) => (layer.ok ? layer.value : [])),
      toolLines: toolLines(request, made, variables),
      ...(tools.settings.length > 1 && { tools: tools.settings.map(({ filamentDiameterMm }, tool) => ({ filamentDiameterMm, offsetMm: machine.extruders?.[tool]?.offsetMm ?? [0, 0] })) }),
      ...(pause?.ok && { pauseLines: pause.value }),
      ...(colourChange?.ok && { colourChangeLines: colourChange.value }),
      hotendC: first.firstLayerHotendC,
      bedC: settings.firstLayerBedC,
      relativeExtrusion: settings.relativeExtrusion,
      dialect: machine.firmware === 'grbl' ? 'marlin' : machine.firmware,
      arcToleranceMm: settings.arcFitting ? settings.arcToleranceMm : 0,
      objects: settings.objectLabels ? labelObjects(request.objects) : [],
      filamentDiameterMm: settings.filamentDiameterMm,
      thumbnails: settings.thumbnails ? (thumbnails ?? []) : [],
      settings: { machine: machine.id, material: request.material.id, quality: request.quality.id, ...settings },
    }),
  )
}

function checkHeat(settings: SlicingSettings, machine: MachineProfile): Problem[] {
  const problems: Problem[] = []
  const check = (key: 'hotendC' | 'firstLayerHotendC' | 'bedC' | 'firstLayerBedC', maxC: number) => {
    const askedC = settings[key]
    if (askedC <= maxC) return
    problems.push({ code: 'print/too-hot', severity: 'error', place: { key }, values: { key, askedC, maxC, machine: machine.name }, message: `${key} is ${askedC} °C; the ${machine.name} takes ${maxC} °C at most. Choose another material or lower it.` })
  }
  check('hotendC', machine.maxHotendC)
  check('firstLayerHotendC', machine.maxHotendC)
  if (machine.heatedBed) {
    check('bedC', machine.maxBedC)
    check('firstLayerBedC', machine.maxBedC)
  }
  return problems
}
