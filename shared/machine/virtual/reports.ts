import type { Board } from './board'
import type { Heater } from './heater'

/** Steps per mm of x, y, z in `Count`. */
const STEPS_PER_MM = { x: 80, y: 80, z: 400 }

function reading(name: string, heater: Heater): string {
  return `${name}:${heater.currentC.toFixed(2)} /${heater.targetC.toFixed(2)}`
}

/** `T:19.38 /0.00 B:19.38 /0.00 T0:19.38 /0.00 T1:19.38 /0.00 @:0 B@:0 @0:0 @1:0`; T0 and T1 with two hotends only. */
export function temperatureReport(board: Board): string {
  const { hotends, bed, hotend } = board
  const parts = [reading('T', hotend)]
  if (bed !== undefined) parts.push(reading('B', bed))
  if (hotends.length > 1) parts.push(...hotends.map((heater, i) => reading(`T${i}`, heater)))
  parts.push(`@:${hotend.power}`)
  if (bed !== undefined) parts.push(`B@:${bed.power}`)
  if (hotends.length > 1) parts.push(...hotends.map((heater, i) => `@${i}:${heater.power}`))
  return parts.join(' ')
}

/** `X:0.0000 Y:0.0000 Z:5.0000 E:0.0000 Count X:0 Y:0 Z:2000`: where it will be, and the motors' steps now. */
export function positionReport(board: Board): string {
  const { planner, shift, e } = board
  const { decimals } = board.options.traits
  const now = planner.positionAt(board.nowMs)
  const { target } = planner
  const say = (mm: number) => (Math.abs(mm) < 0.5 * 10 ** -decimals ? 0 : mm).toFixed(decimals)
  const steps = (axis: 'x' | 'y' | 'z') => Math.round(now[axis] * STEPS_PER_MM[axis]) || 0
  return `X:${say(target.x + shift.x)} Y:${say(target.y + shift.y)} Z:${say(target.z + shift.z)} E:${say(e)} Count X:${steps('x')} Y:${steps('y')} Z:${steps('z')}`
}

const BANNER = ['start', 'PowerUp', 'Marlin bugfix-2.1.x', 'echo: Last Updated: 2024-10-11 | Author: (none, default config)', 'echo: Compiled: Nov 23 2026']

/** What a board says when it starts. */
export function bootReport(board: Board): string[] {
  if (!board.options.traits.hostActions) {
    const settings = settingsReport(board).map((line) => `echo:${line}`)
    return [...BANNER, 'echo: Free Memory: 0  PlannerBufferBytes: 1472', 'echo:Hardcoded Default Settings Loaded', ...settings]
  }
  return [
    ...BANNER,
    'echo: Free Memory: 0  PlannerBufferBytes: 1536',
    'echo:EEPROM version mismatch (EEPROM= Marlin=V90)',
    '//action:notification Err: EEPROM Version\r',
    '//action:notification Err: EEPROM Version',
    '//action:notification Hardcoded Default Settings Loaded',
    'echo:Hardcoded Default Settings Loaded',
    '//action:prompt_end',
  ]
}

const four = (values: readonly [number, number, number, number]) => `X${values[0].toFixed(2)} Y${values[1].toFixed(2)} Z${values[2].toFixed(2)} E${values[3].toFixed(2)}`

/** Settings as M503 prints them. */
export function settingsReport(board: Board): string[] {
  const limits = board.planner.getLimits()
  const { cornering } = limits
  const corner = cornering.kind === 'jerk' ? four(cornering.jerkMmPerS) : `J${cornering.junctionDeviationMm.toFixed(2)}`
  return [
    '; Linear Units:',
    '  G21 ; (mm)',
    '; Temperature Units:',
    '  M149 C ; Units in Celsius',
    '; Filament settings (Disabled):',
    `  M200 S0 D${board.options.filamentDiameterMm.toFixed(2)}`,
    '; Steps per unit:',
    '  M92 X80.00 Y80.00 Z400.00 E500.00',
    '; Max feedrates (units/s):',
    `  M203 ${four(limits.maxFeedMmPerS)}`,
    '; Max Acceleration (units/s2):',
    `  M201 ${four(limits.maxAccelerationMmPerS2)}`,
    '; Acceleration (units/s2) (P<print-accel> R<retract-accel> T<travel-accel>):',
    `  M204 P${limits.printAccelerationMmPerS2.toFixed(2)} R${limits.retractAccelerationMmPerS2.toFixed(2)} T${limits.travelAccelerationMmPerS2.toFixed(2)}`,
    cornering.kind === 'jerk' ? '; Advanced (B<min_segment_time_us> S<min_feedrate> T<min_travel_feedrate> X<max_jerk> Y<max_jerk> Z<max_jerk> E<max_jerk>):' : '; Advanced (B<min_segment_time_us> S<min_feedrate> T<min_travel_feedrate> J<junc_dev>):',
    `  M205 B20000.00 S0.00 T0.00 ${corner}`,
    '; Home offset:',
    '  M206 X0.00 Y0.00 Z0.00',
    '; Hotend PID:',
    '  M301 P22.20 I1.08 D114.00',
  ]
}

/** Capabilities in Marlin's order; those that depend on how the board is built are filled in. */
function capabilities(board: Board): readonly (readonly [string, boolean])[] {
  const { emergencyParser, hostActions, filamentSensor, sdCard = false, meatPack = false } = board.options.traits
  return [
    ['SERIAL_XON_XOFF', false], ['BINARY_FILE_TRANSFER', false], ['EEPROM', false], ['VOLUMETRIC', true], ['AUTOREPORT_POS', false],
    ['AUTOREPORT_TEMP', true], ['PROGRESS', false], ['PRINT_JOB', true], ['AUTOLEVEL', true], ['RUNOUT', filamentSensor],
    ['Z_PROBE', true], ['LEVELING_DATA', false], ['BUILD_PERCENT', true], ['SOFTWARE_POWER', false], ['TOGGLE_LIGHTS', false],
    ['CASE_LIGHT_BRIGHTNESS', false], ['EMERGENCY_PARSER', emergencyParser], ['HOST_ACTION_COMMANDS', hostActions], ['PROMPT_SUPPORT', hostActions], ['SDCARD', sdCard],
    ['REPEAT', false], ['SD_WRITE', sdCard], ['AUTOREPORT_SD_STATUS', false], ['LONG_FILENAME', false], ['LFN_WRITE', false],
    ['CUSTOM_FIRMWARE_UPLOAD', false], ['EXTENDED_M20', false], ['THERMAL_PROTECTION', true], ['MOTION_MODES', false], ['ARCS', true],
    ['BABYSTEPPING', false], ['EP_BABYSTEP', false], ['CHAMBER_TEMPERATURE', false], ['COOLER_TEMPERATURE', false], ['MEATPACK', meatPack],
    ['CONFIG_EXPORT', false],
  ]
}

/** Answer to M115. */
export function firmwareReport(board: Board): string[] {
  const { machineType, uuid, hotends, tools = hotends, volume, traits } = board.options
  const name = `FIRMWARE_NAME:Marlin bugfix-2.1.x (Nov 23 2026 11:59:15) SOURCE_CODE_URL:github.com/MarlinFirmware/Marlin PROTOCOL_VERSION:1.0 MACHINE_TYPE:${machineType} KINEMATICS:Cartesian EXTRUDER_COUNT:${tools} UUID:${uuid}`
  const lines = [name, ...capabilities(board).map(([key, isThere]) => `Cap:${key}:${isThere ? 1 : 0}`)]
  const point = ([x, y, z]: readonly [number, number, number]) => `{x:${x.toFixed(4)},y:${y.toFixed(4)},z:${z.toFixed(4)}}`
  const box = `{min:${point(volume.min)},max:${point(volume.max)}}`
  return traits.hostActions ? [...lines, `area:{full:${box},work:${box}}`] : lines
}
