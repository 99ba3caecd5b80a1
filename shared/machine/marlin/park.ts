import type { ParkPlan, Run } from './marlin-state'
import type { ModalState } from './modal-state'

const RETRACT_FEED = 2400
const LIFT_FEED = 600
const PARK_FEED = 6000
/** Below this filament can't be moved without grinding it. */
const MIN_EXTRUDE_C = 170

function mm(value: number): string {
  return String(Number(value.toFixed(4)))
}

/** Retract, lift, park: only as far as the place is known, and never beyond the top of the volume. Empty where it isn't known. */
export function parkLines(modal: ModalState, park: ParkPlan, hotendC: number | undefined): string[] {
  if (!modal.isHomed || modal.z === undefined || modal.x === undefined || modal.y === undefined) return []
  const lines = hotendC !== undefined && hotendC >= MIN_EXTRUDE_C && park.retractMm > 0 ? ['M83', `G1 E-${mm(park.retractMm)} F${RETRACT_FEED}`] : []
  // Above all that stands: an object that was printed before may be higher than the one that is printed now.
  const z = Math.max(modal.z, Math.min(Math.max(modal.z, modal.topMm, park.topMm ?? 0) + park.liftMm, park.maxZMm))
  return [...millimetres(modal), ...lines, 'G90', `G1 Z${mm(z)} F${LIFT_FEED}`, `G1 X${mm(park.xMm)} Y${mm(park.yMm)} F${PARK_FEED}`, 'M400']
}

/** Back to where `before` was: heat and wait, over the place, down, filament forward, then modes, feed and fan as they were. */
export function resumeLines(before: ModalState, { park, isParked, isRetracted }: Pick<Run, 'park' | 'isParked' | 'isRetracted'>): string[] {
  const { x, y, z, e } = before
  const lines: string[] = []
  if (before.bedC > 0) lines.push(`M190 S${mm(before.bedC)}`)
  if (before.hotendC > 0) lines.push(`M109 S${mm(before.hotendC)}`)
  if (isParked && x !== undefined && y !== undefined && z !== undefined) {
    lines.push('G90', `G1 X${mm(x)} Y${mm(y)} F${PARK_FEED}`, `G1 Z${mm(z)} F${LIFT_FEED}`)
    if (isRetracted) lines.push('M83', `G1 E${mm(park.retractMm)} F${RETRACT_FEED}`)
    if (e !== undefined) lines.push(`G92 E${mm(e)}`)
  }
  lines.push(before.isRelative ? 'G91' : 'G90', before.isRelativeE ? 'M83' : 'M82')
  if (before.isInches) lines.push('G20')
  if (before.feedMmPerMin !== undefined) lines.push(`G1 F${mm(before.isInches ? before.feedMmPerMin / 25.4 : before.feedMmPerMin)}`)
  lines.push(before.fan > 0 ? `M106 S${mm(before.fan)}` : 'M107')
  return lines
}

/** After a cancelled job: heaters and fan off first, then lift, then motors off. */
export function stopLines(modal: ModalState, park: ParkPlan): string[] {
  const lift = modal.isHomed && modal.z !== undefined && modal.z < park.maxZMm ? [...millimetres(modal), 'G90', `G1 Z${mm(Math.min(modal.z + park.liftMm, park.maxZMm))} F${LIFT_FEED}`] : []
  return ['M104 S0', 'M140 S0', 'M107', ...lift, 'M84']
}

function millimetres(modal: ModalState): string[] {
  return modal.isInches ? ['G21'] : []
}
