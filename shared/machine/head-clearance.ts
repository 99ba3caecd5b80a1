import type { HeadClearance } from '../slicing/order/object-sequence'
import type { SlicingSettings } from '../slicing/settings'
import type { MachineProfile } from './profile'

/** Wider and lower than the heads of common printers: nothing is touched, though some plates are refused that a measured head could print. */
const CAUTIOUS: HeadClearance = { leftMm: 65, rightMm: 65, frontMm: 65, backMm: 65, gantryHeightMm: 20 }

/** The room of a machine's print head: as its profile says, or more than common heads take. */
export function headClearanceOf({ headClearance }: Pick<MachineProfile, 'headClearance'>): HeadClearance {
  return headClearance ?? CAUTIOUS
}

/**
 * Room between objects along x and y besides any gap, mm, so that they can be printed one after the other in any order: the
 * longer reach of the head to either side, and the brims. Undefined when they are printed layer by layer.
 */
export function arrangeHeadRoom(machine: Pick<MachineProfile, 'headClearance'>, settings: Pick<SlicingSettings, 'printOrder' | 'brimWidthMm' | 'brimGapMm'>): readonly [xMm: number, yMm: number] | undefined {
  if (settings.printOrder === 'by-layer') return undefined
  const { leftMm, rightMm, frontMm, backMm } = headClearanceOf(machine)
  const brimsMm = settings.brimWidthMm > 0 ? 2 * (settings.brimWidthMm + settings.brimGapMm) : 0
  return [Math.max(leftMm, rightMm) + brimsMm, Math.max(frontMm, backMm) + brimsMm]
}
