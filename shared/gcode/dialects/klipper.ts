import type { Dialect } from './dialect'

/**
 * Klipper. A colour change is a pause: M600 is there only where the user has made the macro. T0, T1 … are macros too, and
 * machines with several extruders have them, since a change is theirs: a carriage to park, a filament to load.
 *
 * @see https://www.klipper3d.org/G-Codes.html, https://www.klipper3d.org/Exclude_Object.html
 */
export const klipper: Dialect = {
  flavour: 'Klipper',
  // One acceleration for all moves.
  acceleration: ({ printMmPerS2 }) => (printMmPerS2 === undefined ? [] : [`SET_VELOCITY_LIMIT ACCEL=${printMmPerS2}`]),
  jerk: (xyMmPerS) => [`SET_VELOCITY_LIMIT SQUARE_CORNER_VELOCITY=${xyMmPerS}`],
  pressureAdvance: (advanceS) => [`SET_PRESSURE_ADVANCE ADVANCE=${advanceS}`],
  progress: (percent, minutesLeft) => [`M73 P${percent} R${minutesLeft}`],
  pause: () => ['PAUSE'],
  colourChange: () => ['PAUSE'],
  selectTool: (tool) => [`T${tool}`],
  heatTool: (tool, targetC) => [`M104 T${tool} S${targetC}`],
  defineObjects: (objects) => objects.map(({ name, boxMm: [x0, y0, x1, y1] }) => `EXCLUDE_OBJECT_DEFINE NAME=${name} CENTER=${middle(x0, x1)},${middle(y0, y1)} POLYGON=[[${x0},${y0}],[${x1},${y0}],[${x1},${y1}],[${x0},${y1}]]`),
  beginObject: ({ name }) => [`EXCLUDE_OBJECT_START NAME=${name}`],
  endObject: ({ name }) => [`EXCLUDE_OBJECT_END NAME=${name}`],
}

function middle(from: number, to: number): number {
  return Math.round(50 * (from + to)) / 100
}
