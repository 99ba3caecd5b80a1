import type { Region } from '../../geometry/region'
import { reverseContour } from '../../geometry/reverse-contour'
import { bedRegion } from '../adhesion/bed-region'
import type { LayerPlace } from '../layer-heights'
import type { PlannedLayer } from '../planned-layer'
import { packRegions, unpackRegions } from '../pool/packed'
import { unpackLayers } from '../pool/packed-layers'
import type { SlicingSettings } from '../settings'
import type { SliceInput } from '../slice-input'
import type { SlicePool, SliceRunOptions } from '../slice-pool'

/** Layers that go to a worker at once. */
const LAYERS_A_TASK = 16
/** Farther than any support stands out, mm. */
const FAR_MM = 1000

/** An object after it was cut. */
export interface OutlinedObject {
  readonly objectId: string
  readonly outlines: readonly Region[]
  readonly places: readonly LayerPlace[]
  readonly settings: SlicingSettings
  /** Where all that overhangs is supported, and where nothing is; one region a layer, or none at all. */
  readonly enforced?: readonly Region[]
  readonly blocked?: readonly Region[]
}

/** What support is planned with. */
export interface SupportContext {
  readonly volume: SliceInput['volume']
  readonly pool: SlicePool
  readonly run: SliceRunOptions
}

/** Support on its way: begun, so that the pool works at it before it works at what is asked for next. */
export interface BegunSupport {
  /** One list of layers an object, empty where it needs no support. */
  readonly planned: Promise<PlannedLayer[][]>
}

/**
 * Begins to plan the support of each object, one list of layers an object: overhangs and clear areas in the pool layer by layer, then
 * object by object from the top down to the bed (in one worker, since each layer hangs on the one above), then the lines.
 * Support keeps clear of all objects of the plate, and of the support of the objects before it.
 */
export async function beginSupport(objects: readonly OutlinedObject[], context: SupportContext): Promise<BegunSupport> {
  if (!objects.some(isSupported)) return { planned: Promise.resolve(objects.map(() => [])) }
  const tallest = objects.reduce((most, { outlines }) => Math.max(most, outlines.length), 0)
  const plate = Array.from({ length: tallest }, (_, layer) => objects.flatMap(({ outlines }) => outlines[layer] ?? []))
  const clearOf = clearByGaps(plate, context)
  const [clear, overhangs] = await Promise.all([Promise.all(objects.map((object) => (isSupported(object) ? clearOf(object.settings) : []))), Promise.all(objects.map((object) => (isSupported(object) ? overhangsOf(object, context) : [])))])
  const planned = planObjects(objects, { clear, overhangs, plate }, context)
  // Whoever awaits it hears of a failure.
  planned.catch(() => undefined)
  return { planned }
}

/** Where no kind is chosen, what is enforced is supported all the same, close to its shape. */
function isSupported({ settings, enforced = [] }: OutlinedObject): boolean {
  return settings.supportKind !== 'none' || enforced.some((region) => region.length > 0)
}

/** What support keeps out of, worked out once for all objects with the same gaps. */
function clearByGaps(plate: readonly Region[], context: SupportContext): (settings: SlicingSettings) => Promise<Region[]> {
  const known = new Map<string, Promise<Region[]>>()
  return (settings) => {
    const key = `${settings.supportGapMm} ${settings.supportTopGapLayers} ${settings.supportBottomGapLayers}`
    const clear = known.get(key) ?? clearAreas(plate, settings, context)
    known.set(key, clear)
    return clear
  }
}

interface PlateFacts {
  /** One list an object. */
  readonly clear: readonly (readonly Region[])[]
  /** One list an object. */
  readonly overhangs: readonly (readonly Region[])[]
  readonly plate: readonly Region[]
}

async function planObjects(objects: readonly OutlinedObject[], { clear, overhangs, plate }: PlateFacts, context: SupportContext): Promise<PlannedLayer[][]> {
  const planned: PlannedLayer[][] = []
  const offBed = frameAround(context.volume)
  const taken: Region[] = Array.from(plate, () => offBed)
  for (const [i, object] of objects.entries()) {
    const count = object.outlines.length
    const free = clear[i].slice(0, count).map((region, layer) => [...region, ...taken[layer]])
    const areas = overhangs[i].some((region) => region.length > 0) ? await supportAreas(overhangs[i], { clear: free, plate: plate.slice(0, count), object }, context) : []
    for (let layer = 0; 2 * layer < areas.length; layer++) taken[layer] = [...taken[layer], ...areas[2 * layer], ...areas[2 * layer + 1]]
    planned.push(await supportLayers(areas, object, context))
  }
  return planned
}

/** Everything that isn't on the bed, as far as support could reach. */
function frameAround(volume: SliceInput['volume']): Region {
  const [minX, minY, maxX, maxY] = [volume.min[0] - FAR_MM, volume.min[1] - FAR_MM, volume.max[0] + FAR_MM, volume.max[1] + FAR_MM]
  return [Float64Array.of(minX, minY, maxX, minY, maxX, maxY, minX, maxY), ...bedRegion(volume).map(reverseContour)]
}

/** Runs a task for some layers at a time and puts the answers behind each other. */
async function inPieces<T>(count: number, runPiece: (from: number, to: number) => Promise<T[]>): Promise<T[]> {
  const tasks: Promise<T[]>[] = []
  for (let from = 0; from < count; from += LAYERS_A_TASK) tasks.push(runPiece(from, Math.min(count, from + LAYERS_A_TASK)))
  return (await Promise.all(tasks)).flat()
}

function clearAreas(plate: readonly Region[], settings: SlicingSettings, { pool, run }: SupportContext): Promise<Region[]> {
  return inPieces(plate.length, (from, to) => {
    const firstLayer = Math.max(0, from - settings.supportBottomGapLayers)
    const packed = packRegions(plate.slice(firstLayer, to + settings.supportTopGapLayers))
    return pool.run({ kind: 'clear', packed, settings, firstLayer, from, to }, run).then(unpackRegions)
  })
}

function overhangsOf({ outlines, places, settings, enforced = [], blocked = [] }: OutlinedObject, { pool, run }: SupportContext): Promise<Region[]> {
  const isMarked = enforced.length + blocked.length > 0
  return inPieces(outlines.length, (from, to) => {
    const firstLayer = Math.max(0, from - 1)
    const marks = isMarked ? [enforced, blocked].flatMap((list) => Array.from({ length: to - firstLayer }, (_, i) => list[firstLayer + i] ?? [])) : []
    const packed = packRegions([...outlines.slice(firstLayer, to), ...marks])
    return pool.run({ kind: 'overhang', packed, settings, firstLayer, places: places.slice(firstLayer, to), from, to }, run).then(unpackRegions)
  })
}

interface SweepInput {
  readonly clear: readonly Region[]
  readonly plate: readonly Region[]
  readonly object: OutlinedObject
}

async function supportAreas(overhangs: readonly Region[], { clear, plate, object: { places, settings } }: SweepInput, { pool, run }: SupportContext): Promise<Region[]> {
  const packed = packRegions([...overhangs, ...clear, ...plate])
  return unpackRegions(await pool.run({ kind: 'support', packed, settings, places }, run))
}

function supportLayers(areas: readonly Region[], { objectId, places, settings }: OutlinedObject, { pool, run }: SupportContext): Promise<PlannedLayer[]> {
  return inPieces(areas.length / 2, (from, to) => {
    const packed = packRegions(areas.slice(2 * from, 2 * to))
    return pool.run({ kind: 'support-fill', packed, settings, firstLayer: from, places: places.slice(from, to) }, run).then((layers) => unpackLayers(layers, objectId))
  })
}
