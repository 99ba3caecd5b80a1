import type { Clipper } from '../../geometry/clipper'
import { simplifyContour } from '../../geometry/simplify-contour'
import { contourArea } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { compensateOutline } from '../compensate-outline'
import type { LayerPlace } from '../layer-heights'
import { planLayers } from '../plan-layers'
import type { PlannedLayer } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import { fillSupport } from '../support/fill-support'
import { findOverhangs } from '../support/find-overhangs'
import { keepClear } from '../support/keep-clear'
import type { SupportAreas } from '../support/support-areas'
import { sweepSupport } from '../support/sweep-support'
import { treeSupport } from '../support/tree-support'
import { type Packed, packRegions, unpackRegions } from './packed'
import { packLayers } from './packed-layers'
import type { SliceStage, SliceTask } from './slice-task'

/** The nozzle doesn't follow what is finer, and offsets get slow with noise, mm. */
const SIMPLIFY_MM = 0.01
/** Contours with less area can't be printed, mm². */
const LEAST_AREA_MM2 = 0.002

/** Does one piece of slicing, in a worker or on this thread. */
export function runSliceTask(task: SliceTask, clipper: Clipper, onLayer: (stage: SliceStage) => void): Packed {
  const regions = unpackRegions(task.packed)
  const onSupport = () => onLayer('support')
  switch (task.kind) {
    case 'outline':
      return packRegions(
        regions.map((contours, i) => {
          const outline = compensateOutline(cleanOutline(contours, clipper), task.firstLayer + i, task.settings, clipper)
          onLayer('cut')
          return outline
        }),
      )
    case 'plan':
      return packLayers(planLayers({ ...task, objectId: '', ...outlinesOf(regions, task) }, clipper, onLayer))
    case 'overhang':
      return packRegions(findOverhangs({ ...task, ...marksOf(regions, task.places.length) }, clipper, onSupport))
    case 'clear':
      return packRegions(keepClear({ ...task, outlines: regions }, clipper, onSupport))
    case 'support':
      return packRegions(supportAreas(regions, task, clipper, onSupport).flatMap((areas) => [areas.base, areas.interface]))
    case 'support-fill':
      return packLayers(task.places.map((place, i) => supportLayer(task, { layer: task.firstLayer + i, place }, { base: regions[2 * i], interface: regions[2 * i + 1] }, clipper)))
    default:
      return task satisfies never
  }
}

/** The object's outlines and those of its modifiers. */
function outlinesOf(regions: readonly Region[], { places, modifiers = [] }: Extract<SliceTask, { kind: 'plan' }>) {
  const n = places.length
  return { outlines: regions.slice(0, n), modifiers: modifiers.map((values, i) => ({ values, outlines: regions.slice(n * (i + 1), n * (i + 2)) })) }
}

/** The object's outlines, and what is enforced and blocked. */
function marksOf(regions: readonly Region[], n: number) {
  return { outlines: regions.slice(0, n), enforced: regions.slice(n, 2 * n), blocked: regions.slice(2 * n, 3 * n) }
}

function supportAreas(regions: readonly Region[], { settings, places }: Extract<SliceTask, { kind: 'support' }>, clipper: Clipper, onLayer: () => void): SupportAreas[] {
  const n = places.length
  const request = { overhangs: regions.slice(0, n), clear: regions.slice(n, 2 * n), outlines: regions.slice(2 * n) }
  return settings.supportKind === 'tree' ? treeSupport({ ...request, places }, settings, clipper, onLayer) : sweepSupport(request, settings, clipper, onLayer)
}

function supportLayer({ settings }: { readonly settings: SlicingSettings }, { layer, place }: { readonly layer: number; readonly place: LayerPlace }, areas: SupportAreas, clipper: Clipper): PlannedLayer {
  const supports = fillSupport(areas, { layer, place, settings, clipper })
  return { layerIndex: layer, zMm: place.zMm, heightMm: place.heightMm, objectId: '', islands: [], supports }
}

/** Makes one region of contours that cross, overlap or lie in each other: solid where the winding number isn't zero. */
function cleanOutline(contours: Region, clipper: Clipper): Region {
  const simple = contours.map((contour) => simplifyContour(contour, SIMPLIFY_MM)).filter((contour) => contour !== undefined)
  return clipper.union(simple).filter((contour) => Math.abs(contourArea(contour)) > LEAST_AREA_MM2)
}
