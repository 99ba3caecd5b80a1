import type { MachineStatus } from '../../../shared/contract/machines'

/** `204 / 210 °C`; without a target only what is measured. */
export function formatTemperature({ currentC, targetC }: Pick<MachineStatus['hotends'][number], 'currentC' | 'targetC'>): string {
  return targetC > 0 ? `${currentC.toFixed(0)} / ${targetC.toFixed(0)} °C` : `${currentC.toFixed(0)} °C`
}
