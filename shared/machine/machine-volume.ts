import type { SliceInput } from '../slicing/slice-input'
import type { MachineProfile } from './profile'

/** The reachable box of a machine in its own coordinates: from 0 for a corner origin, around 0 for a centre origin; z from 0. */
export function machineVolume({ volume }: Pick<MachineProfile, 'volume'>): SliceInput['volume'] {
  const { xMm, yMm, zMm, shape } = volume
  return volume.origin === 'corner'
    ? { min: [0, 0, 0], max: [xMm, yMm, zMm], shape }
    : { min: [-xMm / 2, -yMm / 2, 0], max: [xMm / 2, yMm / 2, zMm], shape }
}
