import type { Dialect } from './dialect'

/**
 * Smoothieware: one acceleration, junction deviation instead of jerk, no pressure advance, no objects. M600 holds the print until M601.
 *
 * @see https://smoothieware.github.io/Webif-pack/documentation/web/html/supported-g-codes.html
 */
export const smoothie: Dialect = {
  flavour: 'Smoothie',
  acceleration: ({ printMmPerS2 }) => (printMmPerS2 === undefined ? [] : [`M204 S${printMmPerS2}`]),
  jerk: () => [],
  pressureAdvance: () => [],
  progress: () => [],
  pause: () => ['M600'],
  colourChange: () => ['M600'],
  selectTool: (tool) => [`T${tool}`],
  heatTool: (tool, targetC) => [`M104 T${tool} S${targetC}`],
  defineObjects: () => [],
  beginObject: () => [],
  endObject: () => [],
}
