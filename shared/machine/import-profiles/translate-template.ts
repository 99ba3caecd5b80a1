import { firstValue } from './apply-rules'

/** Placeholders of PrusaSlicer, OrcaSlicer and Cura that name something that ours do too. */
const NAMES: Readonly<Record<string, string>> = {
  first_layer_temperature: 'firstLayerHotendC', nozzle_temperature_initial_layer: 'firstLayerHotendC', material_print_temperature_layer_0: 'firstLayerHotendC',
  temperature: 'hotendC', nozzle_temperature: 'hotendC', material_print_temperature: 'hotendC',
  first_layer_bed_temperature: 'firstLayerBedC', bed_temperature_initial_layer: 'firstLayerBedC', bed_temperature_initial_layer_single: 'firstLayerBedC', hot_plate_temp_initial_layer: 'firstLayerBedC', material_bed_temperature_layer_0: 'firstLayerBedC',
  bed_temperature: 'bedC', hot_plate_temp: 'bedC', material_bed_temperature: 'bedC',
  layer_height: 'layerHeightMm', first_layer_height: 'firstLayerHeightMm', initial_layer_print_height: 'firstLayerHeightMm',
  nozzle_diameter: 'nozzleDiameterMm', machine_nozzle_size: 'nozzleDiameterMm', filament_diameter: 'filamentDiameterMm', material_diameter: 'filamentDiameterMm',
  layer_num: 'layer', layer_z: 'layerZMm', max_layer_z: 'topMm', total_layer_count: 'layerCount', filament_type: 'materialType', initial_filament_type: 'materialType', material_type: 'materialType',
  max_print_height: 'volumeZMm', printable_height: 'volumeZMm', machine_width: 'volumeXMm', machine_depth: 'volumeYMm', machine_height: 'volumeZMm',
  travel_speed: 'travelFeedMmPerS', speed_travel: 'travelFeedMmPerS', retraction_amount: 'retractionMm', retract_length: 'retractionMm', retract_speed: 'retractionFeedMmPerS',
  total_filament_used: 'filamentMm',
}
/** Those with an index for the axis. */
const AXIS_NAMES: Readonly<Record<string, readonly string[]>> = {
  print_bed_min: ['minXMm', 'minYMm'], print_bed_max: ['maxXMm', 'maxYMm'], print_bed_size: ['volumeXMm', 'volumeYMm'],
}
/** What they say of a machine with one extruder. */
const ONE_EXTRUDER: Readonly<Record<string, string>> = {
  initial_tool: '0', initial_extruder: '0', current_extruder: '0', num_extruders: '1', has_wipe_tower: 'false', has_single_extruder_multi_material_priming: 'false', total_toolchanges: '0',
}
/** Those that a machine with several has a name for. */
const SEVERAL_EXTRUDERS: Readonly<Record<string, string>> = { initial_tool: 'firstTool', initial_extruder: 'firstTool', num_extruders: 'toolCount' }
/** What the end of a print knows of the layers. */
const AT_END: Readonly<Record<string, string>> = { layer_z: 'topMm', layer_num: 'layerCount - 1' }
const OURS_PER_LAYER = new Set(['layer', 'layerZMm'])
/** Keys of the machine itself, whose value is the same in every print. */
const CONSTANT = /^(printer_(model|variant|notes|vendor)|z_offset|machine_max_\w+|machine_name|retract_\w+|deretract_\w+|parking_pos_retraction|cooling_tube_\w+|extruder_clearance_\w+)$/
const WORDS = new Set(['true', 'false', 'and', 'or', 'not', 'min', 'max', 'round', 'floor', 'ceil', 'abs', 'int'])
const TOKEN = /\s+|"[^"]*"|'[^']*'|\d+\.?\d*|\.\d+|[A-Za-z_]\w*(?:\s*\[\s*\w+\s*\])?(?:\s*=~\s*\/(?:[^/\\]|\\.)*\/)?|\|\||&&|[=!<>]=|[-+*/%<>!?:(),]/y
const PART = /(\{[^{}]*\}|\[\s*[A-Za-z_]\w*\s*\])/

/** Where a template stands in a print, and the foreign profile's own values. */
export interface TemplatePlace {
  readonly where: 'start' | 'end' | 'layer'
  readonly values: ReadonlyMap<string, string>
}

/**
 * A start, end or layer G-code of another slicer in our template language: names, choices and calculations are carried over, what only the machine decides
 * (its model, its offsets) becomes its value. Undefined when it asks for something that ours don't have. Comments with placeholders that are unknown lose
 * those. `\n` written out becomes a line's end.
 */
export function translateTemplate(text: string, place: TemplatePlace): string | undefined {
  const lines = text.replace(/\\n/g, '\n').replace(/^"([\s\S]*)"$/, '$1').replace(/\\"/g, '"').split(/\r\n|\r|\n/)
  const written: string[] = []
  for (const line of lines) {
    const translated = translateLine(line, place)
    if (translated === undefined) return undefined
    if (translated.trim() !== '' || line.trim() === '') written.push(translated.trimEnd())
  }
  return written.join('\n').replace(/^\n+|\n+$/g, '')
}

function translateLine(line: string, place: TemplatePlace): string | undefined {
  let written = ''
  let isComment = false
  for (const part of line.split(PART)) {
    const inner = /^[{[](.*)[}\]]$/.exec(part)?.[1]?.trim()
    if (inner === undefined) {
      isComment ||= part.includes(';')
      if (/[{}]/.test(part)) return undefined
      written += part
      continue
    }
    const translated = translatePart(inner, place)
    if (translated === undefined && !(isComment && !isChoice(inner))) return undefined
    written += translated ?? ''
  }
  return written
}

function isChoice(inner: string): boolean {
  return /^(if|elsif|elif|else|endif)\b/.test(inner)
}

/** What stood between the braces: a choice, a value, or a calculation. */
function translatePart(inner: string, place: TemplatePlace): string | undefined {
  const [, word = '', condition = ''] = /^(if|elsif|elif|else|endif)\b(.*)$/.exec(inner) ?? []
  if (word === 'else' || word === 'endif') return condition.trim() === '' ? `{${word}}` : undefined
  const expression = translateExpression(word === '' ? inner : condition, place)
  if (expression === undefined) return undefined
  if (word !== '') return `{${word === 'elif' ? 'elsif' : word} ${expression}}`
  // A plain value needs no placeholder.
  const literal = /^"([^"{}]*)"$|^(-?\d+(?:\.\d+)?)$/.exec(expression)
  return literal === null ? `{${expression}}` : (literal[1] ?? literal[2])
}

function translateExpression(text: string, place: TemplatePlace): string | undefined {
  let written = ''
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  TOKEN.lastIndex = 0
  for (let at = 0; at < trimmed.length; at = TOKEN.lastIndex) {
    const [token] = TOKEN.exec(trimmed) ?? []
    if (token === undefined) return undefined
    const translated = /^[A-Za-z_]/.test(token) ? translateName(token, place) : token
    if (translated === undefined) return undefined
    written += translated
  }
  return written
}

function translateName(token: string, place: TemplatePlace): string | undefined {
  const [, name = '', index, pattern] = /^(\w+)(?:\s*\[\s*(\w+)\s*\])?(?:\s*=~\s*\/(.*)\/)?$/.exec(token) ?? []
  if (pattern !== undefined) return isMatch(constantOf(name, index, place.values), pattern)
  if (index === undefined && WORDS.has(name)) return name
  const [plain, at] = index === undefined && name.endsWith('_0') && !Object.hasOwn(NAMES, name) ? [name.slice(0, -2), '0'] : [name, index ?? '0']
  const isFirst = at === '0' || at === 'initial_tool' || at === 'initial_extruder' || at === 'current_extruder'
  const ours = AXIS_NAMES[plain]?.[Number(at)] ?? (isFirst ? nameOf(plain, place) : undefined)
  return ours ?? literalOf(constantOf(plain, at, place.values))
}

function nameOf(name: string, { where, values }: TemplatePlace): string | undefined {
  const key = name.toLowerCase()
  if (where === 'end' && Object.hasOwn(AT_END, key)) return AT_END[key]
  if (Object.hasOwn(ONE_EXTRUDER, key)) return extruderCount(values) === 1 ? ONE_EXTRUDER[key] : SEVERAL_EXTRUDERS[key]
  if (key === 'is_extruder_used') return 'true'
  const ours = Object.hasOwn(NAMES, key) ? NAMES[key] : undefined
  return ours !== undefined && where !== 'layer' && OURS_PER_LAYER.has(ours) ? undefined : ours
}

function extruderCount(values: ReadonlyMap<string, string>): number {
  return (values.get('nozzle_diameter') ?? '').split(/[,;]/).length
}

function constantOf(name: string, index: string | undefined, values: ReadonlyMap<string, string>): string | undefined {
  if (!CONSTANT.test(name)) return undefined
  const text = values.get(name) ?? (name === 'z_offset' ? '0' : undefined)
  if (text === undefined) return undefined
  // Notes are one text with commas in it, not a list.
  return name.startsWith('printer_') ? text.replace(/^"(.*)"$/s, '$1') : firstValue(text.split(/[,;]/)[Number(index ?? 0)] ?? text)
}

function literalOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  if (/^-?\d+(\.\d+)?$/.test(value)) return value.startsWith('-') ? `(${value})` : value
  return /["{}\n\\]/.test(value) ? undefined : `"${value}"`
}

/** Matches that the machine alone decides are decided here; `.*` and plain text are all that profiles use. */
function isMatch(value: string | undefined, pattern: string): string | undefined {
  const needle = /^\.\*([\w @.-]+)\.\*$/.exec(pattern)?.[1]
  return value === undefined || needle === undefined ? undefined : String(value.includes(needle))
}
