import type { Clipper } from '../../geometry/clipper'
import { simplifyContour } from '../../geometry/simplify-contour'
import { contourArea } from '../../geometry/measure-contour'
import type { Region } from '../../geometry/region'
import { planLayers } from '../plan-layers'
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
  if (task.kind === 'outline') {
    return packRegions(
      regions.map((contours) => {
        const outline = cleanOutline(contours, clipper)
        onLayer('cut')
        return outline
      }),
    )
  }
  return packLayers(planLayers({ ...task, objectId: '', outlines: regions }, clipper, onLayer))
}

/** Makes one region of contours that cross, overlap or lie in each other: solid where the winding number isn't zero. */
function cleanOutline(contours: Region, clipper: Clipper): Region {
  const simple = contours.map((contour) => simplifyContour(contour, SIMPLIFY_MM)).filter((contour) => contour !== undefined)
  return clipper.union(simple).filter((contour) => Math.abs(contourArea(contour)) > LEAST_AREA_MM2)
}
