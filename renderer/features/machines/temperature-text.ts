import type { z } from 'zod'
import type { temperatureSchema } from '../../../shared/contract/machines'

type Temperature = z.infer<typeof temperatureSchema>

/** `204 / 210 °C`; without a target only what is measured. */
export function formatTemperature({ currentC, targetC }: Temperature): string {
  return targetC > 0 ? `${currentC.toFixed(0)} / ${targetC.toFixed(0)} °C` : `${currentC.toFixed(0)} °C`
}
