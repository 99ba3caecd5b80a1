import type { MachineProfile } from './profile'

interface Figures {
  readonly id: string
  readonly name: string
  readonly vendor: string
  readonly source: string
  readonly purpose: 'laser' | 'mill'
  readonly travelMm: readonly [number, number, number]
  readonly maxMmPerMin: readonly [number, number, number]
  readonly accelerationMmPerS2: readonly [number, number, number]
  readonly junctionDeviationMm: number
  readonly usb?: MachineProfile['usb']
}

/** Bridges that boards with Grbl have: CH340, FTDI, the Arduino Uno's own. */
const COMMON: MachineProfile['usb'] = [{ vendorId: '1a86', productId: '7523' }, { vendorId: '0403', productId: '6001' }, { vendorId: '2341', productId: '0043' }]

function machine({ id, name, vendor, source, purpose, travelMm, maxMmPerMin, accelerationMmPerS2, junctionDeviationMm, usb = [] }: Figures): MachineProfile {
  const [x, y, z] = travelMm
  const perS = maxMmPerMin.map((feed) => feed / 60) as [number, number, number]
  const slowest = Math.min(accelerationMmPerS2[0], accelerationMmPerS2[1])
  return {
    id, name, vendor, source, firmware: 'grbl', purpose,
    volume: { xMm: x, yMm: y, zMm: z, origin: 'corner', shape: 'rectangle' }, heatedBed: false, maxHotendC: 0, maxBedC: 0,
    // No extruder: its figures are never asked for.
    motion: {
      maxFeedMmPerS: [...perS, 1], maxAccelerationMmPerS2: [...accelerationMmPerS2, 1], printAccelerationMmPerS2: slowest, travelAccelerationMmPerS2: slowest, retractAccelerationMmPerS2: 1,
      plannerBlocks: 15, cornering: { kind: 'junction-deviation', junctionDeviationMm },
    },
    baudRate: 115_200, usb, startGcode: '', endGcode: '', settings: {},
  }
}

const DEFAULTS = "Grbl's defaults for it (grbl/defaults.h, 1.1h)"

/** Machines that speak Grbl; the machine's own `$` settings go before these figures as soon as it is connected. */
export const GRBL_MACHINES: readonly MachineProfile[] = [
  machine({ id: 'shapeoko-3', name: 'Shapeoko 3', vendor: 'Carbide 3D', source: `${DEFAULTS}: DEFAULTS_SHAPEOKO_3`, purpose: 'mill', travelMm: [425, 465, 80], maxMmPerMin: [5000, 5000, 5000], accelerationMmPerS2: [400, 400, 400], junctionDeviationMm: 0.02 }),
  machine({ id: 'x-carve-1000', name: 'X-Carve 1000 mm', vendor: 'Inventables', source: `${DEFAULTS}: DEFAULTS_X_CARVE_1000MM`, purpose: 'mill', travelMm: [740, 790, 100], maxMmPerMin: [8000, 8000, 500], accelerationMmPerS2: [500, 500, 50], junctionDeviationMm: 0.02 }),
  machine({ id: 'bobscnc-e3', name: 'E3', vendor: "Bob's CNC", source: `${DEFAULTS}: DEFAULTS_BOBSCNC_E3`, purpose: 'mill', travelMm: [450, 390, 85], maxMmPerMin: [10_000, 10_000, 500], accelerationMmPerS2: [500, 500, 300], junctionDeviationMm: 0.01 }),
  machine({ id: 'generic-grbl-mill', name: 'Grbl mill', vendor: 'Generic', source: "Grbl's generic defaults (grbl/defaults.h: DEFAULTS_GENERIC); travel to be set for the machine", purpose: 'mill', travelMm: [200, 200, 200], maxMmPerMin: [500, 500, 500], accelerationMmPerS2: [10, 10, 10], junctionDeviationMm: 0.01, usb: COMMON }),
  machine({ id: 'generic-grbl-laser', name: 'Grbl laser', vendor: 'Generic', source: "A diode laser of the usual size; the machine's own $130 to $132 go before these figures", purpose: 'laser', travelMm: [400, 400, 50], maxMmPerMin: [6000, 6000, 1000], accelerationMmPerS2: [500, 500, 100], junctionDeviationMm: 0.01 }),
  machine({ id: 'virtual-laser', name: 'Virtual laser', vendor: 'Gongbang', source: "The studio's own virtual machine; it moves as these figures say", purpose: 'laser', travelMm: [400, 300, 50], maxMmPerMin: [12_000, 12_000, 1000], accelerationMmPerS2: [1000, 1000, 100], junctionDeviationMm: 0.01 }),
]
