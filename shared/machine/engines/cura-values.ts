import type { SlicingSettings } from '../../slicing/settings'

export type CuraValues = Readonly<Record<string, string | number | boolean>>

/** Lines of a pattern that together make its density: each of them lies farther apart. */
const DIRECTIONS: Readonly<Record<string, number>> = { grid: 2, triangles: 3, cubic: 3, honeycomb: 1 }
/** A skin that fills a part to its last layer. */
const ALL_LAYERS = 999_999

/**
 * What CuraEngine's definitions work out by formulas, which the program itself doesn't: every value that depends on another is
 * written out. @see https://github.com/Ultimaker/CuraEngine/wiki
 */
export function curaFormulas(settings: SlicingSettings): CuraValues {
  return { ...widths(settings), ...surfaces(settings), ...feeds(settings), ...supports(settings), ...adhesion(settings), ...material(settings), ...travel(settings) }
}

function widths({ outerWallLineWidthMm, innerWallLineWidthMm, skinLineWidthMm, infillLineWidthMm, nozzleDiameterMm, wallCount }: SlicingSettings): CuraValues {
  const walls = wallCount > 0 ? outerWallLineWidthMm + (wallCount - 1) * innerWallLineWidthMm : 0
  return {
    line_width: outerWallLineWidthMm, wall_line_width: outerWallLineWidthMm, wall_line_width_0: outerWallLineWidthMm, wall_line_width_x: innerWallLineWidthMm,
    skin_line_width: skinLineWidthMm, roofing_line_width: skinLineWidthMm, infill_line_width: infillLineWidthMm, skirt_brim_line_width: nozzleDiameterMm, support_line_width: nozzleDiameterMm,
    support_interface_line_width: nozzleDiameterMm, support_roof_line_width: nozzleDiameterMm, support_bottom_line_width: nozzleDiameterMm,
    wall_thickness: walls, wall_line_count: wallCount, wall_0_wipe_dist: 0, wall_0_inset: 0, sub_div_rad_add: innerWallLineWidthMm,
    skin_preshrink: walls, top_skin_preshrink: walls, bottom_skin_preshrink: walls, expand_skins_expand_distance: walls, top_skin_expand_distance: walls, bottom_skin_expand_distance: walls,
    infill_wipe_dist: 0, meshfix_maximum_resolution: 0.25, meshfix_maximum_deviation: 0.01,
  }
}

function surfaces(settings: SlicingSettings): CuraValues {
  const { topLayers, bottomLayers, topThicknessMm, bottomThicknessMm, layerHeightMm, infillPercent, infillPattern, infillLineWidthMm, infillOverlapPercent, skinLineWidthMm, skinOverlapPercent, innerWallLineWidthMm, infillAngleDeg } = settings
  const isSolid = infillPercent === 100
  const top = Math.max(topLayers, Math.ceil(round(topThicknessMm / layerHeightMm)))
  const bottom = Math.max(bottomLayers, Math.ceil(round(bottomThicknessMm / layerHeightMm)))
  const spacing = infillPercent === 0 ? 0 : round((infillLineWidthMm * 100 * (DIRECTIONS[infillPattern] ?? 1)) / infillPercent)
  return {
    top_layers: isSolid ? 0 : top, bottom_layers: isSolid ? ALL_LAYERS : bottom, initial_bottom_layers: isSolid ? ALL_LAYERS : bottom, top_thickness: round(top * layerHeightMm), bottom_thickness: round(bottom * layerHeightMm),
    roofing_layer_count: 0, flooring_layer_count: 0, skin_outline_count: 1, skin_monotonic: true, roofing_monotonic: true,
    infill_line_distance: spacing, infill_sparse_thickness: round(layerHeightMm * settings.infillEveryLayers), infill_before_walls: false, zig_zaggify_infill: settings.infillJoined, connect_infill_polygons: settings.infillJoined,
    infill_angles: `[${infillAngleDeg},${(infillAngleDeg + 90) % 180}]`,
    infill_overlap_mm: round((0.5 * (infillLineWidthMm + innerWallLineWidthMm) * infillOverlapPercent) / 100), skin_overlap_mm: round((0.5 * (skinLineWidthMm + innerWallLineWidthMm) * skinOverlapPercent) / 100),
    skin_edge_support_layers: 0, support_infill_sparse_thickness: layerHeightMm,
  }
}

function feeds(settings: SlicingSettings): CuraValues {
  const { outerWallFeedMmPerS, innerWallFeedMmPerS, skinFeedMmPerS, infillFeedMmPerS, supportFeedMmPerS, supportInterfaceFeedMmPerS, firstLayerFeedMmPerS, travelFeedMmPerS, bridgeFeedMmPerS } = settings
  const print = Math.max(outerWallFeedMmPerS, innerWallFeedMmPerS)
  const bridge = bridgeFeedMmPerS > 0 ? bridgeFeedMmPerS : skinFeedMmPerS
  return {
    speed_print: print, speed_wall: outerWallFeedMmPerS, speed_roofing: skinFeedMmPerS, speed_topbottom: skinFeedMmPerS, speed_infill: infillFeedMmPerS,
    speed_support_infill: supportFeedMmPerS, speed_support_roof: supportInterfaceFeedMmPerS, speed_support_bottom: supportInterfaceFeedMmPerS,
    speed_layer_0: firstLayerFeedMmPerS, speed_print_layer_0: firstLayerFeedMmPerS, skirt_brim_speed: firstLayerFeedMmPerS, speed_travel_layer_0: travelFeedMmPerS, speed_slowdown_layers: 1,
    raft_speed: firstLayerFeedMmPerS, raft_surface_speed: firstLayerFeedMmPerS, raft_interface_speed: firstLayerFeedMmPerS, raft_base_speed: firstLayerFeedMmPerS,
    bridge_wall_speed: bridge, bridge_skin_speed: bridge, bridge_skin_speed_2: bridge, bridge_skin_speed_3: bridge,
  }
}

function supports(settings: SlicingSettings): CuraValues {
  const { supportKind, supportPercent, supportGapMm, supportTopGapLayers, supportBottomGapLayers, supportInterfaceLayers, supportInterfacePercent, supportBrimMm, layerHeightMm, nozzleDiameterMm } = settings
  const hasInterface = supportInterfaceLayers > 0
  const distance = (percent: number, directions = 1) => (percent === 0 ? 0 : round((nozzleDiameterMm * 100 * directions) / percent))
  const spacing = supportKind === 'tree' ? 0 : distance(supportPercent, settings.supportPattern === 'grid' ? 2 : 1)
  const interfaceMm = round(supportInterfaceLayers * layerHeightMm)
  return {
    support_line_distance: spacing, support_initial_layer_line_distance: spacing, ...(supportKind === 'tree' ? { support_wall_count: Math.max(1, settings.treeWallCount), support_infill_rate: 0 } : {}),
    support_top_distance: round(supportTopGapLayers * layerHeightMm), support_bottom_distance: round(supportBottomGapLayers * layerHeightMm), support_z_distance: round(supportTopGapLayers * layerHeightMm),
    support_xy_distance_overhang: round(supportGapMm / 2), support_interface_enable: hasInterface, support_roof_enable: hasInterface, support_bottom_enable: hasInterface,
    support_interface_height: interfaceMm, support_roof_height: interfaceMm, support_bottom_height: interfaceMm, support_roof_density: supportInterfacePercent, support_bottom_density: supportInterfacePercent,
    support_roof_line_distance: distance(supportInterfacePercent), support_bottom_line_distance: distance(supportInterfacePercent), support_interface_pattern: 'lines', support_roof_pattern: 'lines', support_bottom_pattern: 'lines',
    limit_support_retractions: !settings.supportRetraction, support_brim_enable: supportBrimMm > 0, support_brim_width: supportBrimMm, support_brim_line_count: Math.ceil(supportBrimMm / nozzleDiameterMm), support_tree_collision_resolution: round(nozzleDiameterMm / 2),
  }
}

function adhesion({ raftLayers, raftMarginMm, raftGapMm, brimWidthMm, brimKind, brimGapMm, skirtLines, skirtDistanceMm, nozzleDiameterMm, layerHeightMm, firstLayerHeightMm }: SlicingSettings): CuraValues {
  const kind = raftLayers > 0 ? 'raft' : brimWidthMm > 0 ? 'brim' : skirtLines > 0 ? 'skirt' : 'none'
  return {
    adhesion_type: kind, skirt_line_count: skirtLines, skirt_gap: skirtDistanceMm, skirt_brim_minimal_length: 0,
    brim_width: brimWidthMm, brim_line_count: Math.ceil(brimWidthMm / nozzleDiameterMm), brim_gap: brimGapMm, brim_outside_only: brimKind === 'outer',
    raft_margin: raftMarginMm, raft_airgap: raftGapMm, layer_0_z_overlap: round(raftGapMm / 2), raft_surface_layers: Math.max(1, raftLayers - 2), raft_surface_thickness: layerHeightMm, raft_surface_line_width: nozzleDiameterMm, raft_surface_line_spacing: nozzleDiameterMm,
    raft_interface_thickness: round(layerHeightMm * 1.5), raft_interface_line_width: nozzleDiameterMm * 2, raft_interface_line_spacing: round(nozzleDiameterMm * 2 + 0.2), raft_base_thickness: round(firstLayerHeightMm * 1.2), raft_base_line_width: nozzleDiameterMm * 2, raft_base_line_spacing: nozzleDiameterMm * 4,
  }
}

function material({ hotendC, firstLayerHotendC, bedC, firstLayerBedC, flowPercent, fanPercent, fanLeastPercent, fanLayerTimeS, fanFullFromLayer }: SlicingSettings): CuraValues {
  const flows = ['wall', 'wall_0', 'wall_x', 'skin', 'roofing', 'infill', 'skirt_brim', 'support', 'support_interface', 'support_roof', 'support_bottom'].map((name) => [`${name}_material_flow`, flowPercent] as const)
  return {
    ...Object.fromEntries(flows),
    material_print_temperature: hotendC, material_print_temperature_layer_0: firstLayerHotendC, material_initial_print_temperature: hotendC, material_final_print_temperature: hotendC, default_material_print_temperature: hotendC,
    material_bed_temperature: bedC, material_bed_temperature_layer_0: firstLayerBedC, default_material_bed_temperature: bedC,
    // Heating stands in the start lines.
    material_print_temp_prepend: false, material_bed_temp_prepend: false,
    cool_fan_enabled: fanPercent > 0, cool_fan_speed: fanPercent, cool_fan_speed_min: fanLayerTimeS > 0 ? Math.min(fanLeastPercent, fanPercent) : fanPercent, cool_fan_speed_max: fanPercent, cool_fan_speed_0: 0, cool_fan_full_layer: Math.max(1, fanFullFromLayer),
  }
}

function travel({ retractionMm, retractionFeedMmPerS, combing, zHopMm, supportKind, supportOnBedOnly }: SlicingSettings): CuraValues {
  return {
    retraction_enable: retractionMm > 0, retraction_amount: retractionMm, retraction_speed: retractionFeedMmPerS, retraction_retract_speed: retractionFeedMmPerS, retraction_prime_speed: retractionFeedMmPerS, retraction_extrusion_window: retractionMm,
    retraction_combing: combing ? 'all' : 'off', retraction_hop_enabled: zHopMm > 0, retraction_hop: zHopMm,
    support_enable: supportKind !== 'none', support_type: supportOnBedOnly ? 'buildplate' : 'everywhere', support_structure: supportKind === 'tree' ? 'tree' : 'normal',
  }
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
