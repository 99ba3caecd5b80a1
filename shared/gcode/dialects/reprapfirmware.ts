import type { Dialect } from './dialect'
import { marlin } from './marlin'

/**
 * RepRapFirmware 3 (Duet): jerk in mm/min, pressure advance by drive, progress by itself.
 *
 * @see https://docs.duet3d.com/User_manual/Reference/Gcodes: M204, M566, M572, M226, M600, M486, G10, T
 */
export const reprapfirmware: Dialect = {
  ...marlin,
  flavour: 'RepRapFirmware',
  jerk: (xyMmPerS) => [`M566 X${Math.round(60 * xyMmPerS)} Y${Math.round(60 * xyMmPerS)}`],
  pressureAdvance: (advanceS) => [`M572 D0 S${advanceS}`],
  progress: (percent, minutesLeft) => [`M73 P${percent} R${minutesLeft}`],
  // Both of the tool's temperatures: whichever holds while it waits.
  heatTool: (tool, targetC) => [`G10 P${tool} S${targetC} R${targetC}`],
  pause: () => ['M226'],
}
