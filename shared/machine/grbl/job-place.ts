import type { MachineProfile } from '../profile'
import { type GrblState, programOf } from './grbl-state'
import type { JobPlace } from './plan-grbl-job'
import { type Axes, NEW_PROGRAM } from './program'

/** What a profile says of where a job may run; the machine itself knows better once it is connected. */
export function profilePlace({ volume, motion, purpose }: Pick<MachineProfile, 'volume' | 'motion' | 'purpose'>): JobPlace {
  const [x, y] = motion.maxFeedMmPerS
  return { start: NEW_PROGRAM, box: undefined, travelMm: [volume.xMm, volume.yMm, volume.zMm], rapidMmPerMin: 60 * Math.min(x, y), isLaser: purpose === 'laser', hasLaserMode: undefined, fullPower: 1000 }
}

/**
 * Where a connected machine is: its offsets and place, its travel ($130 to $132) and, when it is homed, the box that it may not leave
 * (Grbl counts it from -travel to 0).
 */
export function machinePlace(state: GrblState, profile: Pick<MachineProfile, 'volume' | 'motion' | 'purpose'>): JobPlace {
  const known = profilePlace(profile)
  const { settings, modal, machine } = state
  if (state.phase !== 'ready' || !machine.machine) return known
  const tells = ['130', '131', '132'].every((id) => Number(settings[id]) > 0)
  const travelMm: Axes = tells ? [Number(settings['130']), Number(settings['131']), Number(settings['132'])] : known.travelMm
  const rapid = Math.min(Number(settings['110'] ?? Infinity), Number(settings['111'] ?? Infinity))
  return {
    ...known, start: programOf(state), travelMm, rapidMmPerMin: Number.isFinite(rapid) && rapid > 0 ? rapid : known.rapidMmPerMin,
    box: tells && modal.isHomed ? { min: [-travelMm[0], -travelMm[1], -travelMm[2]], max: [0, 0, 0] } : undefined,
    hasLaserMode: settings['32'] === undefined ? undefined : settings['32'] === '1', fullPower: Number(settings['30'] ?? known.fullPower),
  }
}
