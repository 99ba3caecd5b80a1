import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { call } from './base'

/** A place where a machine may answer: a serial port, a path the user typed, or the built-in virtual printer. */
export const portSchema = z.object({
  path: z.string(),
  label: z.string(),
  kind: z.enum(['serial', 'virtual']),
  vendorId: z.string().optional(),
  productId: z.string().optional(),
  serialNumber: z.string().optional(),
  /** Profile suggested by the USB identity. */
  profileId: z.string().optional(),
})

export const temperatureSchema = z.object({ currentC: z.number(), targetC: z.number() })

/** What a machine that speaks Grbl says of itself; machine coordinates are in `positionMm`. */
export const grblStatusSchema = z.object({
  /** Idle, Run, Hold, Jog, Alarm, Door, Check, Home, Sleep, Tool. */
  state: z.string(),
  sub: z.number().optional(),
  workPositionMm: z.object({ x: z.number(), y: z.number(), z: z.number() }),
  /** G54 .. G59 */
  workOffset: z.string(),
  feedMmPerMin: z.number(),
  /** Spindle speed or laser power, in units of `$30`. */
  power: z.number(),
  fullPower: z.number(),
  overrides: z.object({ feed: z.number(), rapid: z.number(), power: z.number() }),
  /** Inputs that are active: X Y Z limits, P probe, D door, H hold, R reset, S start. */
  pins: z.string(),
  /** S or C spindle, F flood, M mist. */
  accessories: z.string(),
  alarm: z.number().optional(),
  hasLaserMode: z.boolean(),
  canHome: z.boolean(),
  /** The last probing: machine coordinates, and whether it touched. */
  probe: z.object({ x: z.number(), y: z.number(), z: z.number(), hasTouched: z.boolean() }).optional(),
})

/** Settings of the firmware by their number, as it wrote them. */
export const firmwareSettingsSchema = z.record(z.string().regex(/^\d{1,4}$/), z.string().regex(/^-?[\d.]{1,20}$/))

export const connectionStateSchema = z.enum(['disconnected', 'connecting', 'ready', 'printing', 'held', 'halted', 'faulted'])

/** A code of the closed set with its values, and one English sentence. */
const reasonSchema = z.object({ code: z.string(), message: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })

/** What is known of a machine now; coalesced to at most 10 a second. */
export const machineStatusSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['serial', 'virtual']),
  port: z.string(),
  profileId: z.string(),
  /** What it is made for; what a machine can't do isn't shown. */
  purpose: z.enum(['printer', 'laser', 'mill']),
  grbl: grblStatusSchema.optional(),
  state: connectionStateSchema,
  /** Why it is halted, faulted or disconnected. */
  reason: reasonSchema.optional(),
  /** What is wrong although it goes on: a bad cable, a planner that runs dry, a heater that stays cold. */
  notice: reasonSchema.optional(),
  baudRate: z.number().optional(),
  firmware: z.object({ name: z.string(), machineType: z.string().optional(), uuid: z.string().optional(), capabilities: z.record(z.string(), z.boolean()) }).optional(),
  hotends: z.array(temperatureSchema),
  bed: temperatureSchema.optional(),
  fanPercent: z.number().optional(),
  positionMm: z.object({ x: z.number(), y: z.number(), z: z.number(), e: z.number() }).optional(),
  isHomed: z.boolean(),
  /** What the machine is busy with while it doesn't answer `ok`. */
  busy: z.string().optional(),
  /** A question that the firmware asks (M0, M600): text and buttons, answered by `machines.answer`. */
  prompt: z.object({ text: z.string(), buttons: z.array(z.string()) }).optional(),
  /** The card in the machine, where it has one. */
  card: z
    .object({
      files: z.array(z.object({ name: z.string(), bytes: z.number() })),
      printing: z.object({ name: z.string(), doneBytes: z.number(), totalBytes: z.number() }).optional(),
      upload: z.object({ name: z.string(), doneLines: z.number(), lines: z.number() }).optional(),
    })
    .optional(),
  jobId: z.string().optional(),
  resends: z.number(),
  updatedAt: z.number(),
})
export type MachineStatus = z.infer<typeof machineStatusSchema>
export type PortInfo = z.infer<typeof portSchema>

export const temperatureSampleSchema = z.object({ atMs: z.number(), hotendC: z.number(), hotendTargetC: z.number(), bedC: z.number(), bedTargetC: z.number() })

export type TemperatureSample = z.infer<typeof temperatureSampleSchema>

export const terminalLineSchema = z.object({ seq: z.number(), atMs: z.number(), direction: z.enum(['sent', 'received', 'note']), text: z.string() })
export type TerminalLine = z.infer<typeof terminalLineSchema>

/** Faults that the virtual printer can be told to have; probabilities per line or byte, 0..1. */
export const virtualFaultsSchema = z.object({
  seed: z.number().int().default(1),
  dropByte: z.number().min(0).max(1).default(0),
  corruptByte: z.number().min(0).max(1).default(0),
  duplicateLine: z.number().min(0).max(1).default(0),
  loseOk: z.number().min(0).max(1).default(0),
  delayMs: z.number().min(0).max(60_000).default(0),
  /** Board resets when this many lines were received. */
  resetAtLine: z.number().int().min(0).optional(),
  /** Cable is pulled when this many lines were received. */
  unplugAtLine: z.number().int().min(0).optional(),
  /** Hotend heats on without control from now on. */
  thermalRunaway: z.boolean().default(false),
  /** Filament runs out after this many mm. */
  filamentMm: z.number().min(0).optional(),
})
export type VirtualFaults = z.infer<typeof virtualFaultsSchema>

/** The virtual printer's own account of what it received and did. */
export const virtualAccountSchema = z.object({
  linesReceived: z.number(),
  linesInOrder: z.boolean(),
  checksumErrors: z.number(),
  resendsRequested: z.number(),
  refused: z.array(z.object({ line: z.string(), why: z.string() })),
  extrudedMm: z.number(),
  depositedCm3: z.number(),
  /** Filament by tool, mm. */
  extrudedByToolMm: z.array(z.number()).optional(),
  movesExecuted: z.number(),
  finalPositionMm: z.object({ x: z.number(), y: z.number(), z: z.number(), e: z.number() }),
  /** Of a laser or mill: way and time with the beam on or the spindle turning, and power times time (percent seconds). */
  cutMm: z.number().optional(),
  cutS: z.number().optional(),
  powerPercentS: z.number().optional(),
  simulatedS: z.number(),
  timeScale: z.number(),
})
export type VirtualAccount = z.infer<typeof virtualAccountSchema>

/** Manual control; refused while a job runs, except where it is safe. */
export const machineCommandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('home'), axes: z.array(z.enum(['x', 'y', 'z'])) }),
  z.object({ kind: z.literal('jog'), axis: z.enum(['x', 'y', 'z']), distanceMm: z.number().min(-1000).max(1000), feedMmPerMin: z.number().positive().max(60_000) }),
  z.object({ kind: z.literal('heat'), heater: z.enum(['hotend', 'bed']), targetC: z.number().min(0).max(500) }),
  z.object({ kind: z.literal('fan'), percent: z.number().min(0).max(100) }),
  z.object({ kind: z.literal('extrude'), lengthMm: z.number().min(-200).max(200), feedMmPerMin: z.number().positive().max(3000) }),
  z.object({ kind: z.literal('motors-off') }),
  z.object({ kind: z.literal('gcode'), line: z.string().max(90) }),
  /** Out of an alarm without homing. */
  z.object({ kind: z.literal('unlock') }),
  /** Jogs until `jog-stop`; ends by itself 0.4 s after it was asked for last. */
  z.object({ kind: z.literal('jog-hold'), x: z.number().min(-1).max(1), y: z.number().min(-1).max(1), z: z.number().min(-1).max(1), feedMmPerMin: z.number().positive().max(60_000) }),
  z.object({ kind: z.literal('jog-stop') }),
  /** Percent; absent stays. */
  z.object({ kind: z.literal('override'), feed: z.number().int().min(10).max(200).optional(), rapid: z.union([z.literal(25), z.literal(50), z.literal(100)]).optional(), power: z.number().int().min(10).max(200).optional() }),
  /** Makes the present place the zero of the work offset in use. */
  z.object({ kind: z.literal('set-zero'), axes: z.array(z.enum(['x', 'y', 'z'])).min(1) }),
  z.object({ kind: z.literal('work-offset'), offset: z.enum(['G54', 'G55', 'G56', 'G57', 'G58', 'G59']) }),
  z.object({ kind: z.literal('go-to-zero') }),
  /** Probes down and makes the top of a plate of that thickness the height zero above the work. */
  z.object({ kind: z.literal('probe'), distanceMm: z.number().min(0.1).max(200), feedMmPerMin: z.number().min(1).max(1000), plateMm: z.number().min(0).max(100) }),
  /** The beam on at a low power to see where it stands; the firmware switches it off by itself. */
  z.object({ kind: z.literal('laser-test'), percent: z.number().min(0.1).max(10), seconds: z.number().min(0.1).max(5) }),
  z.object({ kind: z.literal('settings'), values: firmwareSettingsSchema }),
])
export type MachineCommand = z.infer<typeof machineCommandSchema>

/** What is asked of the card in a machine; a file gets there by `jobs.toCard`. */
const cardActionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list') }),
  z.object({ kind: z.literal('print'), name: z.string().max(40) }),
  z.object({ kind: z.literal('stop') }),
  z.object({ kind: z.literal('remove'), name: z.string().max(40) }),
])

const machineId = z.object({ machineId: z.string() })

export const machinesContract = {
  ports: call('viewer').output(z.array(portSchema)),
  list: call('viewer').output(z.array(machineStatusSchema)),
  /** All machines, now and at every change. */
  watch: call('viewer').output(eventIterator(z.array(machineStatusSchema))),
  /** Remembers a machine: a port with a profile and a name. A passing one (for one print of a terminal) is gone with this run of the studio. */
  add: call('operator').input(z.object({ name: z.string().min(1).max(80), port: z.string(), profileId: z.string(), baudRate: z.number().int().optional(), isPassing: z.boolean().optional() })).output(machineStatusSchema),
  update: call('operator').input(z.object({ machineId: z.string(), name: z.string().min(1).max(80).optional(), port: z.string().optional(), profileId: z.string().optional(), baudRate: z.number().int().nullable().optional() })).output(machineStatusSchema),
  remove: call('operator').input(machineId),
  /** Opens the port and shakes hands; without `baudRate` tries the usual ones, last good first. */
  connect: call('operator').input(machineId).output(machineStatusSchema),
  disconnect: call('operator').input(machineId),
  command: call('operator').input(z.object({ machineId: z.string(), command: machineCommandSchema })),
  /** The firmware's settings as last read. */
  settings: call('viewer').input(machineId).output(firmwareSettingsSchema),
  /** Refused while a job runs, and but for `stop` while the machine is at work with its card. */
  card: call('operator').input(z.object({ machineId: z.string(), action: cardActionSchema })),
  answer: call('operator').input(z.object({ machineId: z.string(), button: z.number().int().min(0) })),
  /** M112 out of band, then DTR, then closing the port. `toWireMs`: from the call's arrival to the bytes handed to the port. */
  emergencyStop: call('operator').input(machineId).output(z.object({ toWireMs: z.number() })),
  /** Samples of the last half hour, then each new one. */
  temperatures: call('viewer').input(machineId).output(eventIterator(z.array(temperatureSampleSchema))),
  terminal: call('viewer').input(machineId).output(eventIterator(z.array(terminalLineSchema))),
  virtual: {
    /** Time scale 1..10,000; faults replace the ones before. */
    configure: call('operator').input(z.object({ machineId: z.string(), timeScale: z.number().min(1).max(10_000).optional(), faults: virtualFaultsSchema.partial().optional() })),
    account: call('viewer').input(machineId).output(virtualAccountSchema),
    /** The same as pulling the USB cable. */
    unplug: call('operator').input(machineId),
  },
}
