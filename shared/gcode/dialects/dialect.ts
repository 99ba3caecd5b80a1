/** How an object is told to a firmware that can leave single objects out. */
export interface LabelledObject {
  /** Counts from 0 in the file. */
  readonly index: number
  /** Letters, digits and _ only, unlike any other in the file. */
  readonly name: string
  /** Box on the bed, mm: least x and y, greatest x and y. */
  readonly boxMm: readonly [number, number, number, number]
}

/** What the firmwares say differently. Each method gives lines without their ends; none when the firmware has no word for it. */
export interface Dialect {
  /** After `;FLAVOR:`. */
  readonly flavour: string
  acceleration(change: { readonly printMmPerS2?: number; readonly travelMmPerS2?: number }): readonly string[]
  jerk(xyMmPerS: number): readonly string[]
  pressureAdvance(advanceS: number): readonly string[]
  /** Percent done and minutes left. */
  progress(percent: number, minutesLeft: number): readonly string[]
  pause(): readonly string[]
  colourChange(): readonly string[]
  /** Goes on with another extruder, from 0. */
  selectTool(tool: number): readonly string[]
  /** Heats an extruder that isn't printing, without waiting; 0 is off. */
  heatTool(tool: number, targetC: number): readonly string[]
  /** Once, before the first move. */
  defineObjects(objects: readonly LabelledObject[]): readonly string[]
  beginObject(object: LabelledObject): readonly string[]
  endObject(object: LabelledObject): readonly string[]
}
