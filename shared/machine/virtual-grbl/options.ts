import type { Axes } from '../grbl/program'
import type { FirmwareFaults } from '../virtual/firmware-options'

/** The board and the machine around it. */
export interface GrblOptions {
  readonly flavour: 'grbl' | 'grblHAL'
  readonly travelMm: Axes
  readonly maxMmPerMin: Axes
  readonly accelerationMmPerS2: Axes
  readonly junctionDeviationMm: number
  readonly isLaser: boolean
  /** Switches and the settings that need them. */
  readonly canHome: boolean
  /** Where the machine stands when it is switched on, machine coordinates as they would be after homing. */
  readonly standsAt: Axes
  /** Machine Z at which a probe touches. */
  readonly surfaceZMm: number
  /** `$n` that differ from Grbl's defaults. */
  readonly settings?: Readonly<Record<string, string>>
  readonly faults: FirmwareFaults
  readonly bootMs: number
  /** What the processor takes to read and plan a line, ms; 0 unless given. */
  readonly lineMs?: number
  /** Tells every block that moves, in order, when it begins: for tests. */
  readonly onBlock?: ((line: string) => void) | undefined
}

/** Bytes of the receive buffer. @see RX_BUFFER_SIZE of both firmwares */
export function receiveBytes({ flavour }: Pick<GrblOptions, 'flavour'>): number {
  return flavour === 'grbl' ? 128 : 1024
}

/** Blocks of the planner. */
export function plannerBlocks({ flavour }: Pick<GrblOptions, 'flavour'>): number {
  return flavour === 'grbl' ? 15 : 100
}

const fixed = (value: number) => value.toFixed(3)

/** The settings of Grbl 1.1h as its EEPROM has them, in the order and form of `$$`. */
export function defaultSettings({ travelMm, maxMmPerMin, accelerationMmPerS2, junctionDeviationMm, isLaser, canHome, settings }: GrblOptions): Map<string, string> {
  const on = (flag: boolean) => (flag ? '1' : '0')
  const all = new Map<string, string>([
    ['0', '10'], ['1', '25'], ['2', '0'], ['3', '0'], ['4', '0'], ['5', '1'], ['6', '1'], ['10', '1'], ['11', fixed(junctionDeviationMm)], ['12', '0.002'], ['13', '0'],
    ['20', on(canHome)], ['21', '0'], ['22', on(canHome)], ['23', canHome ? '3' : '0'], ['24', '25.000'], ['25', '2000.000'], ['26', '250'], ['27', '1.000'], ['30', '1000'], ['31', '0'], ['32', on(isLaser)],
  ])
  for (let i = 0; i < 3; i++) all.set(String(100 + i), '250.000')
  for (let i = 0; i < 3; i++) all.set(String(110 + i), fixed(maxMmPerMin[i] as number))
  for (let i = 0; i < 3; i++) all.set(String(120 + i), fixed(accelerationMmPerS2[i] as number))
  for (let i = 0; i < 3; i++) all.set(String(130 + i), fixed(travelMm[i] as number))
  for (const [id, value] of Object.entries(settings ?? {})) all.set(id, value)
  return all
}
