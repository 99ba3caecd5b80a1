/** English texts; `{name}` stands for a value. */
export const problemsSlicing = {
  'problem.setting/unknown': 'There is no setting “{key}”.',
  'problem.setting/no-number': '{key} takes a number from {min} to {max} {unit}, not “{value}”.',
  'problem.setting/no-whole-number': '{key} takes a whole number from {min} to {max}, not “{value}”.',
  'problem.setting/out-of-range': '{key} is {value}; it must be {min} to {max} {unit}.',
  'problem.setting/bad-choice': '{key} must be one of {choices}, not “{value}”.',
  'problem.setting/layer-too-high': 'A layer of {heightMm} mm is more than the nozzle of {nozzleMm} mm can lay. Use {maxMm} mm at most.',
  'problem.setting/layer-high': 'With a nozzle of {nozzleMm} mm, layers hold well up to {maxMm} mm; this one is {heightMm} mm.',
  'problem.setting/line-narrower-than-layer': 'A line of {widthMm} mm is narrower than the layer is high ({heightMm} mm). Widen the line or lower the layer.',
  'problem.setting/line-width-odd': 'A nozzle of {nozzleMm} mm lays lines of {minMm} to {maxMm} mm well; {key} is {widthMm} mm.',
  'problem.setting/nothing-to-print': 'Without walls, top and bottom layers and infill there is nothing to print. Set one of them above 0.',
  'problem.setting/min-feed-above-feed': 'The slowest feed for cooling ({minFeedMmPerS} mm/s) is faster than some lines ({feedMmPerS} mm/s): small layers can’t slow down to cool.',
  'problem.slicing/skirt-left-out': 'There is no room for the skirt on the bed; it was left out.',
  'problem.slicing/skirt-clipped': 'The skirt was pulled in to stay on the bed.',
  'problem.slicing/brim-clipped': 'The brim was cut at the edge of the bed.',
} as const
