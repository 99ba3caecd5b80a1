import { type Clipper, loadClipper } from '../geometry/clipper'
import type { Region } from '../geometry/region'
import type { Toolpath } from '../toolpath/toolpath'
import { failure, type Problem, type Result, success } from '../units/problem'
import type { OnProgress } from '../units/progress'
import { addRaft } from './adhesion/raft'
import { assembleToolpath } from './assemble/assemble-toolpath'
import { spiralSettings } from './assemble/spiral-vase'
import { cutModifiers } from './cut-modifiers'
import { cutMesh } from './cut/cut-mesh'
import { withCombinedInfill } from './infill/combine-infill'
import { withLightning } from './infill/lightning-layers'
import type { LayerPlace } from './layer-heights'
import { adaptiveSettings, layerLadder, layersUpTo } from './layer-ladder'
import type { OutlinedModifier } from './modifier-parts'
import { objectSettings } from './object-settings'
import { joinedByLayer, type PaintMarks, paintMarks, withSeams } from './paint/paint-marks'
import { checkPlace, type PlacedObject, placeObject } from './place-object'
import { skinReach } from './plan-layers'
import type { PlannedLayer } from './planned-layer'
import { packRegions, unpackRegions } from './pool/packed'
import { unpackLayers } from './pool/packed-layers'
import type { SliceStage } from './pool/slice-task'
import type { SlicingSettings } from './settings'
import type { SliceInput, SliceObject } from './slice-input'
import { SliceCancelled, type SlicePool, type SliceRunOptions } from './slice-pool'
import { type OutlinedObject, beginSupport } from './support/plan-support'

/** Contours of so many layers go to a worker at once. */
const CUT_LAYERS = 16
/** Tasks of planning for each worker: enough that none waits long for the last. */
const TASKS_A_WORKER = 8
const LAYERS_A_TASK = [4, 32] as const
/** A gap wider than this that was bridged is told, mm. */
const TOLD_GAP_MM = 0.1

/** How the caller follows and ends slicing. */
export interface SlicePlateOptions {
  readonly onProgress?: OnProgress
  readonly isCancelled?: () => boolean
}

/**
 * Slices the objects of a plate into one toolpath: cut, walls, skin and fill in the pool's workers, then order and travel
 * on this thread. The result doesn't depend on how many workers there are.
 *
 * Problems: `slicing/head-hits`, `/gantry-hits`, `/outside-volume`, `/under-bed`, `/no-solid`, `/vase-one-object`, `/raft-too-high`, `/cancelled`; warnings `/gap-closed`, `/cut-at-bed`,
 * `/floating`; and those of assembly.
 */
export async function slicePlate(asked: SliceInput, pool: SlicePool, options: SlicePlateOptions = {}): Promise<Result<Toolpath>> {
  const settings = adaptiveSettings(spiralSettings(asked.settings), asked.layerCurve)
  const input = { ...asked, settings, objects: asked.objects.map((object) => ownedObject(object, settings)) }
  if (input.settings.spiralVase && input.objects.length > 1 && input.settings.printOrder === 'by-layer') return failure(ONE_VASE)
  // Loads while this thread waits for the workers.
  const loading = loadClipper()
  const planned = await planPlate(input, pool, options)
  const clipper = await loading
  if (!planned.ok) return planned
  if (options.isCancelled?.() === true) return failure(CANCELLED)
  options.onProgress?.({ stage: 'order', done: 0, total: 1 })
  const raised = raiseObjects(planned.value, input, clipper)
  if (!raised.ok) return failure(...planned.problems, ...raised.problems)
  const assembled = assembleToolpath(raised.value, { settings: input.settings, volume: input.volume, clipper, objectNames: new Map(input.objects.map(({ id, name }) => [id, name])), ...(input.heightRanges && { heightRanges: input.heightRanges }), ...(input.head && { head: input.head }), ...(input.tools && { tools: input.tools }), objectSettings: new Map(input.objects.flatMap(({ id, settings }) => (settings ? [[id, settings] as const] : []))), objectModifiers: new Map(input.objects.map(({ id, modifiers = [] }) => [id, modifiers.flatMap(({ kind, values }) => (kind === 'settings' ? [values] : []))])) })
  options.onProgress?.({ stage: 'order', done: 1, total: 1 })
  return assembled.ok ? success(assembled.value, [...planned.problems, ...assembled.problems]) : failure(...planned.problems, ...assembled.problems)
}

/** Puts a raft under everything, or one under each object when they are printed one after the other. */
function raiseObjects(layers: readonly PlannedLayer[], input: SliceInput, clipper: Clipper): Result<readonly PlannedLayer[]> {
  if (input.settings.printOrder === 'by-layer' || input.settings.raftLayers === 0) return addRaft(layers, input, clipper)
  const raised = input.objects.map(({ id }) => addRaft(layers.filter(({ objectId }) => objectId === id), input, clipper))
  const failed = raised.find(({ ok }) => !ok)
  return failed ?? success(raised.flatMap((own) => (own.ok ? own.value : [])).toSorted((a, b) => a.layerIndex - b.layerIndex))
}

const ONE_VASE: Problem = { code: 'slicing/vase-one-object', severity: 'error', message: 'Vase mode rises without a break, so it prints a single object. Leave one on the plate, print object by object, or switch it off.' }

const CANCELLED: Problem = { code: 'slicing/cancelled', severity: 'error', message: 'Slicing was cancelled.' }

/** The planned layers of all objects, sorted by height, then in the order of the objects. Problems as `slicePlate`. */
export async function planPlate(input: SliceInput, pool: SlicePool, options: SlicePlateOptions = {}): Promise<Result<PlannedLayer[]>> {
  const placed = input.objects.map((object) => placeObject(ownedObject(object, input.settings)))
  const problems = placed.flatMap((object) => checkPlace(object, input.volume))
  if (problems.some(({ severity }) => severity === 'error')) return failure(...problems)
  const isCancelled = options.isCancelled ?? (() => false)
  const ladder = layerLadder(placed, input.settings, input.heightRanges, input.layerCurve)
  const places = placed.map(({ box }) => layersUpTo(ladder, box.max[2]))
  const progress = new StageProgress(places.reduce((sum, { length }) => sum + length, 0), options.onProgress)
  const run: SliceRunOptions = { isCancelled, onLayers: (stage, count) => progress.step(stage, count) }
  try {
    const cut = await Promise.all(placed.map((object, i) => cutObject(object, { places: places[i], settings: settingsOf(object, input) }, pool, run)))
    problems.push(...cut.flatMap((object) => object.problems))
    if (problems.some(({ severity }) => severity === 'error')) return failure(...problems)
    const modified = await Promise.all(placed.map((object, i) => cutModifiers(object.object, { places: places[i], settings: settingsOf(object, input) }, pool, run)))
    const marks = await paintOf(placed, places)
    const objects = cut.map(({ outlines }, i): PlannedObject => ({ objectId: placed[i].object.id, outlines, places: places[i], settings: settingsOf(placed[i], input), modifiers: modified[i].settings, enforced: joinedByLayer(modified[i].enforced, marks[i].enforced), blocked: joinedByLayer(modified[i].blocked, marks[i].blocked) }))
    const { planned } = await beginSupport(objects, { volume: input.volume, pool, run })
    const layers = await Promise.all(objects.map((object) => planObject(object, input, pool, run)))
    const supports = await planned
    const sorted = layers.flatMap((planned, i) => withSeams(withSupports(planned, supports[i]), marks[i])).toSorted((a, b) => a.layerIndex - b.layerIndex)
    return success(sorted.filter(({ islands, supports: held = [] }) => islands.length > 0 || held.length > 0), problems)
  } catch (error) {
    if (error instanceof Error && error.name === 'SliceCancelled') return failure(CANCELLED)
    throw error
  }
}

/** An object whose settings leave the plate what can only be the plate's. With modifiers in it, each layer is filled for itself. */
function ownedObject(object: SliceObject, plate: SlicingSettings): SliceObject {
  const own = objectSettings(object.settings, plate)
  const isModified = object.modifiers?.some(({ kind }) => kind === 'settings') === true && own.infillEveryLayers > 1
  return own === plate && !isModified ? object : { ...object, settings: isModified ? { ...own, infillEveryLayers: 1 } : own }
}

/** What is painted on each object; the clipper is waited for only where something is. */
async function paintOf(placed: readonly PlacedObject[], places: readonly (readonly LayerPlace[])[]): Promise<PaintMarks[]> {
  return Promise.all(placed.map(async (object, i) => (object.object.paint === undefined ? { enforced: [], blocked: [], seams: [] } : paintMarks(object, places[i], await loadClipper()))))
}

function settingsOf({ object }: PlacedObject, { settings }: SliceInput): SlicingSettings {
  return object.settings ?? settings
}

interface CutObject {
  readonly outlines: Region[]
  readonly problems: readonly Problem[]
}

interface CutContext {
  readonly places: readonly LayerPlace[]
  readonly settings: SlicingSettings
}

/** Cuts on this thread (a fiftieth of the work) and has the contours made into outlines by the workers meanwhile. */
async function cutObject({ object, positions, box }: PlacedObject, { places, settings }: CutContext, pool: SlicePool, run: SliceRunOptions): Promise<CutObject> {
  const tasks: Promise<Region[]>[] = []
  let contours: Region[] = []
  let firstLayer = 0
  let widestGapMm = 0
  let gapLayers = 0
  const send = () => {
    const task = pool.run({ kind: 'outline', packed: packRegions(contours), settings, firstLayer }, run).then(unpackRegions)
    // Whoever awaits the first of them hears of a failure; the others fail with it.
    task.catch(() => undefined)
    tasks.push(task)
    firstLayer += contours.length
    contours = []
  }
  for (const layer of cutMesh(positions, object.mesh.indices, places.map(({ planeMm }) => planeMm))) {
    contours.push(layer.contours)
    if (layer.widestGapMm > TOLD_GAP_MM) gapLayers++
    widestGapMm = Math.max(widestGapMm, layer.widestGapMm)
    if (contours.length < CUT_LAYERS) continue
    send()
    // Never far ahead of the workers: memory stays small, and this thread hears when it is to stop.
    await tasks.at(-2 * pool.workerCount)
    if (run.isCancelled()) throw new SliceCancelled('cancelled')
  }
  if (contours.length > 0) send()
  const outlines = (await Promise.all(tasks)).flat()
  return { outlines, problems: tellCut(object, { outlines, places, widestGapMm, gapLayers, bottomMm: box.min[2] }) }
}

interface CutFacts {
  readonly outlines: readonly Region[]
  readonly places: readonly LayerPlace[]
  readonly widestGapMm: number
  readonly gapLayers: number
  readonly bottomMm: number
}

function tellCut({ id, name }: SliceInput['objects'][number], { outlines, places, widestGapMm, gapLayers, bottomMm }: CutFacts): Problem[] {
  const place = { object: id }
  if (outlines.every((outline) => outline.length === 0)) {
    return [{ code: 'slicing/no-solid', severity: 'error', place, values: { name }, message: `${name} gives no closed outline at any height: it is no solid, or thinner than a layer. Repair it, thicken it or scale it up.` }]
  }
  const problems: Problem[] = []
  if (widestGapMm > TOLD_GAP_MM) {
    const gapMm = Math.round(widestGapMm * 100) / 100
    problems.push({ code: 'slicing/gap-closed', severity: 'warning', place, values: { name, gapMm, layers: gapLayers }, message: `${name} has holes in its surface; gaps of up to ${gapMm} mm were closed with straight lines in ${gapLayers} layers. Look at them in the preview.` })
  }
  const firstHeightMm = places[0].heightMm
  if (bottomMm > firstHeightMm / 2) {
    const heightMm = Math.round(bottomMm * 100) / 100
    problems.push({ code: 'slicing/floating', severity: 'warning', place, values: { name, heightMm }, message: `${name} begins ${heightMm} mm above the bed: its first layer would be printed in the air. Put it on the bed.` })
  }
  return problems
}

/** An object's layers with the support of the same layers. */
function withSupports(layers: readonly PlannedLayer[], supports: readonly PlannedLayer[]): readonly PlannedLayer[] {
  if (supports.length === 0) return layers
  return layers.map((layer) => {
    const held = supports[layer.layerIndex]?.supports
    return held === undefined ? layer : { ...layer, supports: held }
  })
}

/** An object on its way to planned layers. */
interface PlannedObject extends OutlinedObject {
  readonly modifiers: readonly OutlinedModifier[]
}

async function planObject({ objectId, outlines, places, settings, modifiers }: PlannedObject, { heightRanges = [] }: SliceInput, pool: SlicePool, run: SliceRunOptions): Promise<PlannedLayer[]> {
  const values = modifiers.map((modifier) => modifier.values)
  const reach = skinReach(settings, places, values)
  const [fewest, most] = LAYERS_A_TASK
  const size = Math.min(most, Math.max(fewest, Math.ceil(outlines.length / (TASKS_A_WORKER * pool.workerCount))))
  const tasks: Promise<PlannedLayer[]>[] = []
  for (let from = 0; from < outlines.length; from += size) {
    const to = Math.min(outlines.length, from + size)
    const firstLayer = Math.max(0, from - reach.below)
    const end = Math.min(outlines.length, to + reach.above)
    const packed = packRegions([outlines, ...modifiers.map((modifier) => modifier.outlines)].flatMap((regions) => regions.slice(firstLayer, end)))
    const task = pool.run({ kind: 'plan', packed, settings, heightRanges, ...(values.length > 0 && { modifiers: values }), firstLayer, places: places.slice(firstLayer, end), from, to }, run)
    tasks.push(task.then((planned) => unpackLayers(planned, objectId)))
  }
  const planned = (await Promise.all(tasks)).flat()
  return settings.infillEveryLayers > 1 ? withCombinedInfill(withLightning(planned, settings), settings, heightRanges, await loadClipper()) : withLightning(planned, settings)
}

/** Adds up the layers of each stage; the first stage that isn't finished is told. */
class StageProgress {
  private readonly done: Record<SliceStage, number> = { cut: 0, support: 0, walls: 0, skin: 0, fill: 0 }

  constructor(
    private readonly total: number,
    private readonly onProgress: OnProgress | undefined,
  ) {}

  step(stage: SliceStage, count: number): void {
    this.done[stage] += count
    const current = (['cut', 'walls', 'skin', 'fill'] as const).find((name) => this.done[name] < this.total) ?? 'fill'
    this.onProgress?.({ stage: current, done: this.done[current], total: this.total })
  }
}
