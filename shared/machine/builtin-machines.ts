import type { HeadClearance } from '../slicing/order/object-sequence'
import type { SettingValues } from '../slicing/settings'
import type { MotionLimits } from '../toolpath/motion-limits'
import type { MachineProfile } from './profile'

type Four = readonly [number, number, number, number]

function motion(maxFeedMmPerS: Four, maxAccelerationMmPerS2: Four, [print, retract, travel]: readonly [number, number, number], cornering: MotionLimits['cornering']): MotionLimits {
  return { maxFeedMmPerS, maxAccelerationMmPerS2, printAccelerationMmPerS2: print, travelAccelerationMmPerS2: travel, retractAccelerationMmPerS2: retract, cornering }
}
const jerk = (...jerkMmPerS: Four): MotionLimits['cornering'] => ({ kind: 'jerk', jerkMmPerS })
const junction = (junctionDeviationMm: number): MotionLimits['cornering'] => ({ kind: 'junction-deviation', junctionDeviationMm })

const BOWDEN: SettingValues = { nozzleDiameterMm: 0.4, filamentDiameterMm: 1.75, retractionMm: 5, retractionFeedMmPerS: 25, travelFeedMmPerS: 150, maxFlowMm3PerS: 10 }
const DIRECT: SettingValues = { nozzleDiameterMm: 0.4, filamentDiameterMm: 1.75, retractionMm: 0.8, retractionFeedMmPerS: 35, travelFeedMmPerS: 150, maxFlowMm3PerS: 12 }

/** Heats, homes, and lays a purge line along the left edge. Heating begins before homing, the wait for the nozzle comes last, so that it doesn't ooze. */
const START_WITH_PURGE = `M140 S{firstLayerBedC}
M104 S{min(firstLayerHotendC, 150)}
G28
M190 S{firstLayerBedC}
G1 Z5 F600
G1 X{minXMm + 2} Y{minYMm + 20} F6000
M109 S{firstLayerHotendC}
M83
G92 E0
G1 Z0.28 F600
G1 Y{min(minYMm + 140, maxYMm - 20)} E9 F1500
G1 X{minXMm + 2.4} F6000
G1 Y{minYMm + 20} E9 F1500
G92 E0
G1 Z2 F600`

/** Retracts, lifts, brings the bed to the front. */
const END_AND_PRESENT = `M83
G1 E-2 F1800
G90
G1 Z{min(topMm + 10, volumeZMm)} F600
G1 X{minXMm} Y{maxYMm - 5} F6000
M104 S0
M140 S0
M107
M84 X Y E`

const START_PRUSA = `M115
M140 S{firstLayerBedC}
M104 S{min(firstLayerHotendC, 170)}
G28{if machineId == "prusa-mk3s"} W{endif}
M190 S{firstLayerBedC}
{if machineId == "prusa-mk3s"}G80{else}G29{endif}
M109 S{firstLayerHotendC}
G1 Z2 F720
G1 X5 Y2 F6000
M83
G92 E0
G1 Z0.2 F720
G1 X60 E9 F1000
G1 X100 E12.5 F1000
G92 E0
G1 Z2 F720`

const START_DELTA = `M140 S{firstLayerBedC}
M104 S{firstLayerHotendC}
G28
G1 X0 Y{minYMm + 12} Z5 F6000
M190 S{firstLayerBedC}
M109 S{firstLayerHotendC}
M83
G92 E0
G1 Z0.28 F600
G1 X25 E6 F1200
G92 E0
G1 Z2 F600`

const END_DELTA = `M83
G1 E-3 F1800
G28
M104 S0
M140 S0
M107
M84`

const START_PLAIN = `G28`
const END_PLAIN = `M83
G1 E-2 F1800
G90
G1 Z{min(topMm + 5, volumeZMm)} F600
M104 S0
M140 S0
M107
M84`

const corner = (xMm: number, yMm: number, zMm: number): MachineProfile['volume'] => ({ xMm, yMm, zMm, origin: 'corner', shape: 'rectangle' })
/** A head that reaches as far to each side, as PrusaSlicer's printer profiles state it (extruder_clearance_radius and _height). */
const head = (radiusMm: number, gantryHeightMm: number): HeadClearance => ({ leftMm: radiusMm, rightMm: radiusMm, frontMm: radiusMm, backMm: radiusMm, gantryHeightMm })
const MARLIN_EXAMPLES = 'Marlin configuration examples (github.com/MarlinFirmware/Configurations)'

/** USB bridges that many boards share: they tell that something may be a printer, not which. */
const COMMON_BRIDGES: MachineProfile['usb'] = [
  { vendorId: '1a86', productId: '7523' },
  { vendorId: '0403', productId: '6001' },
  { vendorId: '10c4', productId: 'ea60' },
  { vendorId: '0483', productId: '5740' },
  { vendorId: '1d50', productId: '6029' },
]

const CREALITY: readonly MachineProfile[] = [
  {
    id: 'creality-ender-3', name: 'Ender-3', vendor: 'Creality', firmware: 'marlin',
    source: `${MARLIN_EXAMPLES}: Creality/Ender-3/CrealityV1; build volume 220 × 220 × 250 mm: Creality's data sheet`,
    volume: corner(220, 220, 250), headClearance: head(45, 25), heatedBed: true, maxHotendC: 260, maxBedC: 110,
    motion: motion([500, 500, 5, 25], [500, 500, 100, 5000], [500, 500, 500], junction(0.08)),
    baudRate: 115_200, usb: [], startGcode: START_WITH_PURGE, endGcode: END_AND_PRESENT, settings: BOWDEN,
  },
  {
    id: 'creality-ender-3-v2', name: 'Ender-3 V2', vendor: 'Creality', firmware: 'marlin',
    source: `${MARLIN_EXAMPLES}: Creality/Ender-3 V2/CrealityV422; build volume 220 × 220 × 250 mm: Creality's data sheet`,
    volume: corner(220, 220, 250), headClearance: head(45, 25), heatedBed: true, maxHotendC: 260, maxBedC: 100,
    motion: motion([500, 500, 5, 25], [500, 500, 100, 1000], [500, 500, 1000], jerk(10, 10, 0.3, 5)),
    baudRate: 115_200, usb: [], startGcode: START_WITH_PURGE, endGcode: END_AND_PRESENT, settings: BOWDEN,
  },
  {
    id: 'creality-ender-3-s1', name: 'Ender-3 S1', vendor: 'Creality', firmware: 'marlin',
    source: `${MARLIN_EXAMPLES}: Creality/Ender-3 S1/STM32F4; build volume 220 × 220 × 270 mm: Creality's data sheet`,
    volume: corner(220, 220, 270), headClearance: head(45, 25), heatedBed: true, maxHotendC: 260, maxBedC: 100,
    motion: motion([500, 500, 5, 50], [1000, 1000, 200, 2500], [500, 500, 1000], jerk(10, 10, 0.3, 5)),
    baudRate: 115_200, usb: [], startGcode: START_WITH_PURGE, endGcode: END_AND_PRESENT, settings: DIRECT,
  },
]

const PRUSA: readonly MachineProfile[] = [
  {
    id: 'prusa-mk3s', name: 'i3 MK3S+', vendor: 'Prusa Research', firmware: 'prusa',
    source: "Prusa-Firmware, Firmware/variants/MK3S.h; jerk 8, 8, 0.4, 4.5 mm/s: PrusaSlicer's printer profile; build volume 250 × 210 × 210 mm: Prusa's data sheet",
    volume: corner(250, 210, 210), headClearance: head(45, 20), heatedBed: true, maxHotendC: 300, maxBedC: 120,
    motion: motion([200, 200, 12, 120], [1000, 1000, 200, 5000], [1250, 1250, 1250], jerk(8, 8, 0.4, 4.5)),
    baudRate: 115_200, usb: [{ vendorId: '2c99', productId: '0002' }], startGcode: START_PRUSA, endGcode: END_AND_PRESENT,
    settings: { ...DIRECT, travelFeedMmPerS: 180, maxFlowMm3PerS: 11.5 },
  },
  {
    id: 'prusa-mini', name: 'MINI+', vendor: 'Prusa Research', firmware: 'prusa',
    source: "Prusa-Firmware-Buddy, include/marlin/Configuration_MINI.h; build volume 180 × 180 × 180 mm: Prusa's data sheet",
    volume: corner(180, 180, 180), headClearance: head(35, 20), heatedBed: true, maxHotendC: 280, maxBedC: 100,
    motion: motion([180, 180, 12, 80], [1250, 1250, 400, 4000], [1250, 1250, 250], jerk(8, 8, 2, 10)),
    baudRate: 115_200, usb: [{ vendorId: '2c99', productId: '000c' }], startGcode: START_PRUSA, endGcode: END_AND_PRESENT,
    settings: { ...BOWDEN, retractionMm: 3.2, retractionFeedMmPerS: 70, maxFlowMm3PerS: 11 },
  },
]

const OTHERS: readonly MachineProfile[] = [
  {
    id: 'anycubic-vyper', name: 'Vyper', vendor: 'Anycubic', firmware: 'marlin',
    source: `${MARLIN_EXAMPLES}: AnyCubic/Vyper; build volume 245 × 245 × 260 mm: Anycubic's data sheet`,
    volume: corner(245, 245, 260), heatedBed: true, maxHotendC: 260, maxBedC: 110,
    motion: motion([300, 300, 40, 80], [1500, 1000, 50, 3000], [3000, 3000, 3000], jerk(7, 7, 0.3, 7)),
    baudRate: 115_200, usb: [], startGcode: START_WITH_PURGE, endGcode: END_AND_PRESENT, settings: BOWDEN,
  },
  {
    id: 'anycubic-kossel', name: 'Kossel (Pulley)', vendor: 'Anycubic', firmware: 'marlin',
    source: `${MARLIN_EXAMPLES}: delta/Anycubic/Kossel; height 300 mm: Anycubic's data sheet`,
    volume: { xMm: 180, yMm: 180, zMm: 300, origin: 'centre', shape: 'circle' }, heatedBed: true, maxHotendC: 260, maxBedC: 100,
    motion: motion([100, 100, 100, 100], [3000, 3000, 3000, 3000], [3000, 3000, 3000], jerk(5, 5, 5, 5)),
    baudRate: 115_200, usb: [], startGcode: START_DELTA, endGcode: END_DELTA, settings: { ...BOWDEN, travelFeedMmPerS: 100, zHopMm: 0.2 },
  },
  {
    id: 'artillery-sidewinder-x2', name: 'Sidewinder X2', vendor: 'Artillery', firmware: 'marlin',
    source: `${MARLIN_EXAMPLES}: Artillery/Sidewinder X2; build volume 300 × 300 × 400 mm: Artillery's data sheet`,
    volume: corner(300, 300, 400), heatedBed: true, maxHotendC: 240, maxBedC: 110,
    motion: motion([300, 300, 50, 60], [2000, 2000, 100, 10_000], [800, 10_000, 2000], junction(0.032)),
    baudRate: 115_200, usb: [], startGcode: START_WITH_PURGE, endGcode: END_AND_PRESENT, settings: { ...DIRECT, retractionMm: 1.5 },
  },
  {
    id: 'sovol-sv06', name: 'SV06', vendor: 'Sovol', firmware: 'marlin',
    source: `${MARLIN_EXAMPLES}: Sovol/SV-06; build volume 220 × 220 × 250 mm: Sovol's data sheet`,
    volume: corner(220, 220, 250), heatedBed: true, maxHotendC: 300, maxBedC: 100,
    motion: motion([500, 500, 10, 30], [500, 500, 100, 5000], [500, 500, 1000], jerk(8, 8, 0.4, 5)),
    baudRate: 115_200, usb: [], startGcode: START_WITH_PURGE, endGcode: END_AND_PRESENT, settings: { ...DIRECT, retractionMm: 0.5, maxFlowMm3PerS: 14 },
  },
  {
    id: 'generic-marlin', name: 'Marlin printer', vendor: 'Generic', firmware: 'marlin',
    source: "Marlin's default configuration (Marlin/Configuration.h, bugfix-2.1.x); volume and heat to be set for the machine",
    volume: corner(200, 200, 200), heatedBed: true, maxHotendC: 260, maxBedC: 110,
    motion: motion([300, 300, 5, 25], [3000, 3000, 100, 10_000], [3000, 3000, 3000], junction(0.013)),
    baudRate: 115_200, usb: COMMON_BRIDGES, startGcode: START_PLAIN, endGcode: END_PLAIN, settings: BOWDEN,
  },
  {
    id: 'virtual-printer', name: 'Virtual printer', vendor: 'Gongbang', firmware: 'marlin',
    source: "The studio's own virtual machine; it moves as these figures say",
    volume: corner(220, 220, 250), headClearance: head(30, 25), heatedBed: true, maxHotendC: 300, maxBedC: 120,
    motion: motion([500, 500, 12, 120], [3000, 3000, 200, 10_000], [1500, 1500, 1500], jerk(8, 8, 0.4, 5)),
    baudRate: 115_200, usb: [], startGcode: START_PLAIN, endGcode: END_PLAIN, settings: DIRECT,
  },
]

/** The machines that come with the studio; figures as their sources say. To add one, append it here: the tests check every field. */
export const BUILTIN_MACHINES: readonly MachineProfile[] = [...CREALITY, ...PRUSA, ...OTHERS]
