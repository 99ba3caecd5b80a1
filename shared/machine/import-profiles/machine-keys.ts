import { EXTRUDER_KEYS } from './build-extruders'
import type { ForeignProgram } from './foreign-profile'

/** Where each program keeps what a machine profile says besides settings. */
export interface MachineKeys {
  /** A list of corners, `0x0,250x0,250x210,0x210`. */
  readonly bed?: string
  readonly width?: string
  readonly depth?: string
  readonly height: string
  readonly isCentred?: string
  readonly shape?: string
  readonly heatedBed?: string
  readonly flavour: string
  readonly feed: string
  readonly acceleration: string
  /** One a letter of x, y, z, e. */
  readonly jerk: readonly [string, string, string, string]
  readonly junctionDeviation?: string
  readonly printAcceleration: string
  readonly retractAcceleration?: string
  readonly travelAcceleration?: string
  readonly startGcode: string
  readonly endGcode: string
  readonly layerGcode?: string
  readonly pauseGcode?: string
  readonly colourChangeGcode?: string
}

const COMMON = {
  feed: 'machine_max_feedrate_',
  acceleration: 'machine_max_acceleration_',
  jerk: ['machine_max_jerk_x', 'machine_max_jerk_y', 'machine_max_jerk_z', 'machine_max_jerk_e'],
  junctionDeviation: 'machine_max_junction_deviation',
  printAcceleration: 'machine_max_acceleration_extruding',
  retractAcceleration: 'machine_max_acceleration_retracting',
  travelAcceleration: 'machine_max_acceleration_travel',
  flavour: 'gcode_flavor',
} as const

export const MACHINE_KEYS: Readonly<Record<ForeignProgram, MachineKeys>> = {
  PrusaSlicer: { ...COMMON, bed: 'bed_shape', height: 'max_print_height', startGcode: 'start_gcode', endGcode: 'end_gcode', layerGcode: 'layer_gcode', pauseGcode: 'pause_print_gcode', colourChangeGcode: 'color_change_gcode' },
  OrcaSlicer: { ...COMMON, bed: 'printable_area', height: 'printable_height', startGcode: 'machine_start_gcode', endGcode: 'machine_end_gcode', layerGcode: 'layer_change_gcode', pauseGcode: 'machine_pause_gcode' },
  Cura: {
    width: 'machine_width', depth: 'machine_depth', height: 'machine_height', isCentred: 'machine_center_is_zero', shape: 'machine_shape', heatedBed: 'machine_heated_bed', flavour: 'machine_gcode_flavor',
    feed: 'machine_max_feedrate_', acceleration: 'machine_max_acceleration_', jerk: ['machine_max_jerk_xy', 'machine_max_jerk_xy', 'machine_max_jerk_z', 'machine_max_jerk_e'],
    printAcceleration: 'machine_acceleration', startGcode: 'machine_start_gcode', endGcode: 'machine_end_gcode',
  },
}

/** The keys of a machine, besides those of settings. */
export function isMachineKey(program: ForeignProgram, key: string): boolean {
  const { feed, acceleration, jerk, ...named } = MACHINE_KEYS[program]
  return EXTRUDER_KEYS.has(key) || Object.values(named).includes(key) || jerk.includes(key) || ['x', 'y', 'z', 'e'].some((axis) => key === feed + axis || key === acceleration + axis)
}
