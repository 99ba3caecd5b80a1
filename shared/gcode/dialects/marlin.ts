import type { Dialect } from './dialect'

/**
 * Marlin 2.
 *
 * @see https://marlinfw.org/docs/gcode/M204.html, M205, M900, M73, M0, M600, M486, T0-T7, M104
 */
export const marlin: Dialect = {
  flavour: 'Marlin',
  acceleration: ({ printMmPerS2, travelMmPerS2 }) => [`M204${printMmPerS2 === undefined ? '' : ` P${printMmPerS2}`}${travelMmPerS2 === undefined ? '' : ` T${travelMmPerS2}`}`],
  jerk: (xyMmPerS) => [`M205 X${xyMmPerS} Y${xyMmPerS}`],
  pressureAdvance: (advanceS) => [`M900 K${advanceS}`],
  progress: (percent, minutesLeft) => [`M73 P${percent} R${minutesLeft}`],
  // M25 would pause the printer's own card; M0 waits for the user however the file is sent.
  pause: () => ['M0'],
  colourChange: () => ['M600'],
  selectTool: (tool) => [`T${tool}`],
  heatTool: (tool, targetC) => [`M104 T${tool} S${targetC}`],
  defineObjects: (objects) => [`M486 T${objects.length}`],
  beginObject: ({ index, name }) => [`M486 S${index}`, `M486 A${name}`],
  endObject: () => ['M486 S-1'],
}
