/** Placeholders of PrusaSlicer, OrcaSlicer and Cura that name something that ours do too. */
const NAMES: Readonly<Record<string, string>> = {
  first_layer_temperature: 'firstLayerHotendC', nozzle_temperature_initial_layer: 'firstLayerHotendC', material_print_temperature_layer_0: 'firstLayerHotendC',
  temperature: 'hotendC', nozzle_temperature: 'hotendC', material_print_temperature: 'hotendC',
  first_layer_bed_temperature: 'firstLayerBedC', bed_temperature_initial_layer: 'firstLayerBedC', bed_temperature_initial_layer_single: 'firstLayerBedC', hot_plate_temp_initial_layer: 'firstLayerBedC', material_bed_temperature_layer_0: 'firstLayerBedC',
  bed_temperature: 'bedC', hot_plate_temp: 'bedC', material_bed_temperature: 'bedC',
  layer_height: 'layerHeightMm', first_layer_height: 'firstLayerHeightMm', initial_layer_print_height: 'firstLayerHeightMm',
  nozzle_diameter: 'nozzleDiameterMm', machine_nozzle_size: 'nozzleDiameterMm', filament_diameter: 'filamentDiameterMm', material_diameter: 'filamentDiameterMm',
  layer_num: 'layer', layer_z: 'layerZMm', max_layer_z: 'topMm', total_layer_count: 'layerCount', filament_type: 'materialType',
  max_print_height: 'volumeZMm', printable_height: 'volumeZMm', machine_width: 'volumeXMm', machine_depth: 'volumeYMm', machine_height: 'volumeZMm',
  travel_speed: 'travelFeedMmPerS', speed_travel: 'travelFeedMmPerS', retraction_amount: 'retractionMm', retract_length: 'retractionMm',
}
const PLACEHOLDER = /[[{]\s*([a-z]\w*?)(?:_0)?\s*(?:\[\s*(?:0|initial_tool|initial_extruder|current_extruder)\s*\])?\s*[\]}]/gi
const PER_LAYER = new Set(['layer', 'layerZMm'])

/**
 * A start, end or layer G-code of another slicer with our placeholders; undefined when it holds one that ours don't have, or a calculation. Comments with
 * placeholders go. `\n` written out becomes a line's end.
 */
export function translateTemplate(text: string, where: 'print' | 'layer'): string | undefined {
  const lines = text.replace(/\\n/g, '\n').replace(/^"([\s\S]*)"$/, '$1').split(/\r\n|\r|\n/)
  const written: string[] = []
  for (const line of lines) {
    const [, code = '', comment = ''] = /^([^;]*)(;.*)?$/.exec(line) ?? []
    let isKnown = true
    const translated = code.replace(PLACEHOLDER, (whole: string, name: string) => {
      const ours = own(name) ?? own(`${name}_0`)
      if (ours === undefined || (where === 'print' && PER_LAYER.has(ours))) isKnown = false
      return ours === undefined ? whole : `{${ours}}`
    })
    if (!isKnown || /[[\]]/.test(translated) || /[{}]/.test(translated.replace(/\{\w+\}/g, ''))) return undefined
    const kept = /[[\]{}]/.test(comment) ? '' : comment
    if (translated.trim() !== '' || kept !== '') written.push(`${translated}${kept}`.trimEnd())
  }
  return written.join('\n')
}

function own(name: string): string | undefined {
  return Object.hasOwn(NAMES, name.toLowerCase()) ? NAMES[name.toLowerCase()] : undefined
}
