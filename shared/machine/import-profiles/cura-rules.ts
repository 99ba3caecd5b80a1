import { FLAG, NUMBER, PERCENT, choices, machine, material, quality, type Rule } from './rules'

const WALL = ['wall_line_width_0', 'wall_line_width', 'line_width']
const FEED = 'speed_print'
const ACCELERATED = { when: { key: 'acceleration_enabled', in: ['true', '1'] } }
const JERKED = { when: { key: 'jerk_enabled', in: ['true', '1'] } }
const adhesion = (...kinds: readonly string[]) => ({ when: { key: 'adhesion_type', in: kinds } })

const PRINT: readonly Rule[] = [
  quality('layerHeightMm', 'layer_height'),
  quality('firstLayerHeightMm', 'layer_height_0'),
  quality('adaptiveLayers', 'adaptive_layer_height_enabled', FLAG),
  quality('wallCount', 'wall_line_count'),
  quality('wallOrder', 'inset_direction', choices({ inside_out: 'inner-first', outside_in: 'outer-first' })),
  quality('spiralVase', 'magic_spiralize', FLAG),
  quality('outerWallLineWidthMm', WALL),
  quality('innerWallLineWidthMm', ['wall_line_width_x', 'wall_line_width', 'line_width']),
  quality('skinLineWidthMm', ['skin_line_width', 'line_width']),
  quality('infillLineWidthMm', ['infill_line_width', 'line_width']),
  quality('seam', 'z_seam_type', choices({ back: 'rear', shortest: 'nearest', random: 'random', sharpest_corner: 'sharpest-corner' })),
  quality('fuzzySkin', 'magic_fuzzy_skin_outside_only', choices({ true: 'outside', false: 'all' }), { when: { key: 'magic_fuzzy_skin_enabled', in: ['true', '1'] } }),
  quality('fuzzySkinThicknessMm', 'magic_fuzzy_skin_thickness'),
  quality('fuzzySkinPointMm', 'magic_fuzzy_skin_point_dist'),
  quality('thinWalls', 'fill_outline_gaps', FLAG),
  quality('xyCompensationMm', 'xy_offset'),
  quality('holeCompensationMm', 'hole_xy_offset'),
  quality('elephantFootMm', 'xy_offset_layer_0', { as: 'number', factor: -1 }),
  quality('topLayers', 'top_layers'),
  quality('bottomLayers', 'bottom_layers'),
  quality('topThicknessMm', ['top_thickness', 'top_bottom_thickness']),
  quality('bottomThicknessMm', ['bottom_thickness', 'top_bottom_thickness']),
  quality('skinPattern', 'top_bottom_pattern', choices({ lines: 'rectilinear', zigzag: 'rectilinear', concentric: 'concentric' })),
  quality('bridgeFlowPercent', 'bridge_skin_material_flow', PERCENT, { when: { key: 'bridge_settings_enabled', in: ['true', '1'] } }),
  quality('ironing', 'ironing_only_highest_layer', choices({ true: 'topmost', false: 'top' }), { when: { key: 'ironing_enabled', in: ['true', '1'] } }),
  quality('ironingSpacingMm', 'ironing_line_spacing'),
  quality('ironingFlowPercent', 'ironing_flow', PERCENT),
  quality('infillPercent', 'infill_sparse_density', PERCENT),
  quality('infillPattern', 'infill_pattern', choices({ lines: 'rectilinear', zigzag: 'rectilinear', grid: 'grid', triangles: 'triangles', cubic: 'cubic', gyroid: 'gyroid', concentric: 'concentric', lightning: 'lightning' })),
  quality('infillOverlapPercent', 'infill_overlap', PERCENT),
  quality('skinOverlapPercent', 'skin_overlap', PERCENT),
  quality('supportKind', 'support_structure', choices({ normal: 'grid', tree: 'tree' }), { when: { key: 'support_enable', in: ['true', '1'] } }),
  quality('supportKind', 'support_enable', choices({ false: 'none', '0': 'none' }), { when: { key: 'support_enable', in: ['false', '0'] } }),
  quality('supportOnBedOnly', 'support_type', choices({ buildplate: 'true', everywhere: 'false' })),
  quality('supportAngleDeg', 'support_angle'),
  quality('supportPercent', 'support_infill_rate', PERCENT),
  quality('supportPattern', 'support_pattern', choices({ lines: 'rectilinear', zigzag: 'rectilinear', grid: 'grid', gyroid: 'gyroid' })),
  quality('supportGapMm', 'support_xy_distance'),
  quality('supportWallCount', 'support_wall_count'),
  quality('supportInterfacePercent', 'support_interface_density', PERCENT),
  quality('treeAngleDeg', 'support_tree_angle'),
  quality('treeTipMm', 'support_tree_tip_diameter'),
  quality('skirtLines', 'adhesion_type', choices({ brim: '0', raft: '0', none: '0' }), adhesion('brim', 'raft', 'none')),
  quality('raftLayers', 'adhesion_type', choices({ raft: '3' }), adhesion('raft')),
  quality('skirtLines', 'skirt_line_count', NUMBER, adhesion('skirt')),
  quality('skirtDistanceMm', 'skirt_gap', NUMBER, adhesion('skirt')),
  quality('brimWidthMm', 'brim_width', NUMBER, adhesion('brim')),
  quality('raftMarginMm', 'raft_margin', NUMBER, adhesion('raft')),
  quality('raftGapMm', 'raft_airgap', NUMBER, adhesion('raft')),
  quality('relativeExtrusion', 'relative_extrusion', FLAG),
]
const MOVES: readonly Rule[] = [
  quality('outerWallFeedMmPerS', ['speed_wall_0', 'speed_wall', FEED]),
  quality('innerWallFeedMmPerS', ['speed_wall_x', 'speed_wall', FEED]),
  quality('skinFeedMmPerS', ['speed_topbottom', FEED]),
  quality('infillFeedMmPerS', ['speed_infill', FEED]),
  quality('supportFeedMmPerS', ['speed_support', FEED]),
  quality('supportInterfaceFeedMmPerS', 'speed_support_interface'),
  quality('ironingFeedMmPerS', 'speed_ironing'),
  quality('firstLayerFeedMmPerS', ['speed_print_layer_0', 'speed_layer_0']),
  quality('travelFeedMmPerS', 'speed_travel'),
  quality('outerWallAccelerationMmPerS2', ['acceleration_wall_0', 'acceleration_wall', 'acceleration_print'], NUMBER, ACCELERATED),
  quality('innerWallAccelerationMmPerS2', ['acceleration_wall_x', 'acceleration_wall', 'acceleration_print'], NUMBER, ACCELERATED),
  quality('skinAccelerationMmPerS2', ['acceleration_topbottom', 'acceleration_print'], NUMBER, ACCELERATED),
  quality('infillAccelerationMmPerS2', ['acceleration_infill', 'acceleration_print'], NUMBER, ACCELERATED),
  quality('firstLayerAccelerationMmPerS2', 'acceleration_layer_0', NUMBER, ACCELERATED),
  quality('travelAccelerationMmPerS2', 'acceleration_travel', NUMBER, ACCELERATED),
  quality('outerWallJerkMmPerS', ['jerk_wall_0', 'jerk_wall', 'jerk_print'], NUMBER, JERKED),
  quality('innerWallJerkMmPerS', ['jerk_wall_x', 'jerk_wall', 'jerk_print'], NUMBER, JERKED),
  quality('skinJerkMmPerS', ['jerk_topbottom', 'jerk_print'], NUMBER, JERKED),
  quality('infillJerkMmPerS', ['jerk_infill', 'jerk_print'], NUMBER, JERKED),
  quality('firstLayerJerkMmPerS', 'jerk_layer_0', NUMBER, JERKED),
  quality('combing', 'retraction_combing', choices({ off: 'false', all: 'true', noskin: 'true', no_outer_surfaces: 'true', infill: 'true' })),
  quality('coastMm3', 'coasting_volume', NUMBER, { when: { key: 'coasting_enable', in: ['true', '1'] } }),
]
const FILAMENT: readonly Rule[] = [
  material('hotendC', ['material_print_temperature', 'default_material_print_temperature']),
  material('firstLayerHotendC', ['material_print_temperature_layer_0', 'material_print_temperature']),
  material('bedC', ['material_bed_temperature', 'default_material_bed_temperature']),
  material('firstLayerBedC', ['material_bed_temperature_layer_0', 'material_bed_temperature']),
  material('filamentDiameterMm', 'material_diameter'),
  material('flowPercent', 'material_flow', PERCENT),
  material('firstLayerFlowPercent', 'material_flow_layer_0', PERCENT),
  material('fanPercent', ['cool_fan_speed_max', 'cool_fan_speed'], PERCENT),
  material('fanFullFromLayer', 'cool_fan_full_layer'),
  material('fanLayerTimeS', 'cool_min_layer_time_fan_speed_max'),
  material('fanLeastPercent', 'cool_fan_speed_min', PERCENT),
  material('minLayerTimeS', 'cool_min_layer_time'),
  material('minFeedMmPerS', 'cool_min_speed'),
]
const PRINTER: readonly Rule[] = [
  machine('nozzleDiameterMm', 'machine_nozzle_size'),
  machine('retractionMm', 'retraction_amount'),
  machine('retractionFeedMmPerS', 'retraction_speed'),
  machine('retractionMinTravelMm', 'retraction_min_travel'),
  machine('zHopMm', 'retraction_hop', NUMBER, { when: { key: 'retraction_hop_enabled', in: ['true', '1'] } }),
]

/** Keys of Cura's settings (its settings guide), and which setting of ours each is. */
export const CURA_RULES: readonly Rule[] = [...PRINT, ...MOVES, ...FILAMENT, ...PRINTER]

/** Keys without a meaning for a print. */
export const CURA_QUIET = /^(machine_name|machine_show_variants|material_guid|machine_extruder_count|extruders_enabled_count|machine_extruder_trains)$/
