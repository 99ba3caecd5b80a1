import type { SlicingSettings } from '../settings'

/** Duty of the part fan in a layer (0 is the first), 0..1: off in the first, then rising to full in layer number `fanFullFromLayer`. */
export function fanDuty(layer: number, settings: SlicingSettings): number {
  const { fanPercent, fanFullFromLayer } = settings
  const share = fanFullFromLayer <= 1 ? 1 : Math.min(1, layer / (fanFullFromLayer - 1))
  return (fanPercent / 100) * share
}
