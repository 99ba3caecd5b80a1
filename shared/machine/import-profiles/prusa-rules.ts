import { FLAG, NUMBER, PERCENT, SHARE, choices, machine, material, ofKeys, quality, type Rule } from './rules'

/** Keys of PrusaSlicer's profiles (its documentation of the command line and help.prusa3d.com), and which setting of ours each is. */
const WIDTH = ofKeys('layer_height')
const AUTO = { isZeroNone: true }
const PATTERNS = choices({ rectilinear: 'rectilinear', alignedrectilinear: 'rectilinear', line: 'rectilinear', grid: 'grid', triangles: 'triangles', cubic: 'cubic', honeycomb: 'honeycomb', gyroid: 'gyroid', concentric: 'concentric', lightning: 'lightning' })
const SKINS = choices({ rectilinear: 'rectilinear', monotonic: 'rectilinear', monotoniclines: 'rectilinear', alignedrectilinear: 'rectilinear', concentric: 'concentric' })

const PRINT: readonly Rule[] = [
  quality('layerHeightMm', 'layer_height'),
  quality('firstLayerHeightMm', 'first_layer_height', ofKeys('layer_height')),
  quality('wallCount', 'perimeters'),
  quality('wallOrder', 'external_perimeters_first', choices({ '0': 'inner-first', '1': 'outer-first' })),
  quality('spiralVase', 'spiral_vase', FLAG),
  quality('outerWallLineWidthMm', ['external_perimeter_extrusion_width', 'extrusion_width'], WIDTH, AUTO),
  quality('innerWallLineWidthMm', ['perimeter_extrusion_width', 'extrusion_width'], WIDTH, AUTO),
  quality('skinLineWidthMm', ['top_infill_extrusion_width', 'solid_infill_extrusion_width', 'extrusion_width'], WIDTH, AUTO),
  quality('infillLineWidthMm', ['infill_extrusion_width', 'extrusion_width'], WIDTH, AUTO),
  quality('seam', 'seam_position', choices({ aligned: 'aligned', nearest: 'nearest', rear: 'rear', random: 'random' })),
  quality('fuzzySkin', 'fuzzy_skin', choices({ none: 'none', external: 'outside', all: 'all' })),
  quality('fuzzySkinThicknessMm', 'fuzzy_skin_thickness'),
  quality('fuzzySkinPointMm', 'fuzzy_skin_point_dist'),
  quality('thinWalls', 'thin_walls', FLAG, { when: { key: 'perimeter_generator', in: ['classic'] } }),
  quality('xyCompensationMm', 'xy_size_compensation'),
  quality('topLayers', 'top_solid_layers'),
  quality('bottomLayers', 'bottom_solid_layers'),
  quality('topThicknessMm', 'top_solid_min_thickness'),
  quality('bottomThicknessMm', 'bottom_solid_min_thickness'),
  quality('skinPattern', 'top_fill_pattern', SKINS),
  quality('bridgeFlowPercent', 'bridge_flow_ratio', SHARE),
  quality('ironing', 'ironing_type', choices({ top: 'top', topmost: 'topmost' }), { when: { key: 'ironing', in: ['1'] } }),
  quality('ironingSpacingMm', 'ironing_spacing'),
  quality('ironingFlowPercent', 'ironing_flowrate', PERCENT),
  quality('infillPercent', 'fill_density', PERCENT),
  quality('infillPattern', 'fill_pattern', PATTERNS),
  quality('infillAngleDeg', 'fill_angle'),
  quality('infillOverlapPercent', 'infill_overlap', PERCENT),
  quality('infillAnchorMm', 'infill_anchor'),
  quality('supportKind', 'support_material_style', choices({ grid: 'grid', snug: 'snug', organic: 'tree', tree: 'tree' }), { when: { key: 'support_material', in: ['1'] } }),
  quality('supportKind', 'support_material', choices({ '0': 'none' }), { when: { key: 'support_material', in: ['0'] } }),
  quality('supportOnBedOnly', 'support_material_buildplate_only', FLAG),
  quality('supportBridges', 'dont_support_bridges', { as: 'flag', isInverted: true }),
  quality('supportInterfaceLayers', 'support_material_interface_layers'),
  quality('treeAngleDeg', 'support_tree_angle'),
  quality('treeTipMm', 'support_tree_tip_diameter'),
  quality('skirtLines', 'skirts'),
  quality('skirtDistanceMm', 'skirt_distance'),
  quality('brimWidthMm', 'brim_width'),
  quality('brimKind', 'brim_type', choices({ outer_only: 'outer', inner_only: 'inner', outer_and_inner: 'both' })),
  quality('brimGapMm', 'brim_separation'),
  quality('raftLayers', 'raft_layers'),
  quality('raftMarginMm', 'raft_expansion'),
  quality('raftGapMm', 'raft_contact_distance'),
  quality('elephantFootMm', 'elefant_foot_compensation'),
]
const MOVES: readonly Rule[] = [
  quality('innerWallFeedMmPerS', 'perimeter_speed'),
  quality('outerWallFeedMmPerS', 'external_perimeter_speed', ofKeys('perimeter_speed')),
  quality('skinFeedMmPerS', ['top_solid_infill_speed', 'solid_infill_speed'], ofKeys('solid_infill_speed', 'infill_speed')),
  quality('infillFeedMmPerS', 'infill_speed'),
  quality('bridgeFeedMmPerS', 'bridge_speed'),
  quality('ironingFeedMmPerS', 'ironing_speed'),
  quality('supportFeedMmPerS', 'support_material_speed'),
  quality('supportInterfaceFeedMmPerS', 'support_material_interface_speed', ofKeys('support_material_speed')),
  quality('firstLayerFeedMmPerS', 'first_layer_speed', ofKeys('infill_speed')),
  quality('travelFeedMmPerS', 'travel_speed'),
  quality('outerWallAccelerationMmPerS2', ['external_perimeter_acceleration', 'perimeter_acceleration', 'default_acceleration'], NUMBER, AUTO),
  quality('innerWallAccelerationMmPerS2', ['perimeter_acceleration', 'default_acceleration'], NUMBER, AUTO),
  quality('skinAccelerationMmPerS2', ['top_solid_infill_acceleration', 'solid_infill_acceleration', 'default_acceleration'], NUMBER, AUTO),
  quality('infillAccelerationMmPerS2', ['infill_acceleration', 'default_acceleration'], NUMBER, AUTO),
  quality('firstLayerAccelerationMmPerS2', 'first_layer_acceleration', NUMBER, AUTO),
  quality('travelAccelerationMmPerS2', 'travel_acceleration', NUMBER, AUTO),
]
const FILAMENT: readonly Rule[] = [
  material('hotendC', 'temperature'),
  material('firstLayerHotendC', ['first_layer_temperature', 'temperature']),
  material('bedC', 'bed_temperature'),
  material('firstLayerBedC', ['first_layer_bed_temperature', 'bed_temperature']),
  material('filamentDiameterMm', 'filament_diameter'),
  material('flowPercent', 'extrusion_multiplier', SHARE),
  material('densityGPerCm3', 'filament_density', NUMBER, AUTO),
  material('pricePerKg', 'filament_cost'),
  material('maxFlowMm3PerS', 'filament_max_volumetric_speed', NUMBER, AUTO),
  material('fanPercent', 'max_fan_speed'),
  material('bridgeFanPercent', 'bridge_fan_speed'),
  material('fanFullFromLayer', ['full_fan_speed_layer', 'disable_fan_first_layers'], NUMBER, AUTO),
  material('minLayerTimeS', 'slowdown_below_layer_time'),
  material('minFeedMmPerS', 'min_print_speed'),
  material('retractionMm', 'filament_retract_length'),
  material('retractionFeedMmPerS', 'filament_retract_speed'),
  material('retractionMinTravelMm', 'filament_retract_before_travel'),
  material('zHopMm', 'filament_retract_lift'),
]
const PRINTER: readonly Rule[] = [
  machine('nozzleDiameterMm', 'nozzle_diameter'),
  machine('retractionMm', 'retract_length'),
  machine('retractionFeedMmPerS', 'retract_speed'),
  machine('retractionMinTravelMm', 'retract_before_travel'),
  machine('zHopMm', 'retract_lift'),
  machine('relativeExtrusion', 'use_relative_e_distances', FLAG),
]

export const PRUSA_RULES: readonly Rule[] = [...PRINT, ...MOVES, ...FILAMENT, ...PRINTER]

/** Keys that name, describe or order profiles: nothing of a print is lost with them. */
export const PRUSA_QUIET = /^(inherits.*|compatible_.*|.*_settings_id|.*_notes?|notes|.*_vendor|alias|renamed_from|family|from|version|is_custom_defined|.*preset.*|thumbnails.*|.*_colou?r|printer_(model|variant|technology)|host_type|print_host|printhost_.*|output_filename_format|post_process|bed_custom_.*|filament_type|gcode_comments|gcode_resolution|threads)$/
