/** Printing object by object, several extruders, the prime tower. */
export const extruders = {
  'setting.printOrder': 'Order of objects',
  'setting.printOrder.help': 'Layer by layer prints everything at once. Object by object finishes one before the next begins: fewer strings, and a failure spoils only one. The head must have room between them.',
  'setting.choice.by-layer': 'Layer by layer',
  'setting.choice.by-object': 'Object by object',

  'problem.slicing/head-hits': 'Printed one after the other, the print head would touch {name} or {other}, whichever stands first.',
  'problem.slicing/head-hits.remedy': 'Move them further apart (Arrange keeps the room), or print layer by layer.',
  'problem.slicing/gantry-hits': '{name} and {other} are both higher than {gantryMm} mm, where the rail of the print head runs; only one such object can be printed, as the last.',
  'problem.slicing/gantry-hits.remedy': 'Print layer by layer, or print them in two jobs.',
} as const
