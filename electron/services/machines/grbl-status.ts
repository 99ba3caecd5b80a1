import type { MachineStatus } from '../../../shared/contract/machines'
import { programOf, type GrblState } from '../../../shared/machine/grbl/grbl-state'

/** True for what goes to and fro all the time and says nothing to a reader of the terminal: status reports and real-time bytes. */
export function isChatter(line: string): boolean {
  return line.startsWith('<') || /^[?\x80-\xff]+$/.test(line)
}

/** What the window shows of a machine that speaks Grbl; undefined before its first report. */
export function grblStatus(state: GrblState): MachineStatus['grbl'] {
  const { machine, settings, alarm, probe } = state
  if (machine.state === undefined || !machine.machine) return undefined
  const [x, y, z] = machine.machine
  const [dx, dy, dz] = machine.workOffset
  const [feed, rapid, power] = machine.overrides
  return {
    state: machine.state, ...(machine.sub !== undefined && { sub: machine.sub }), workPositionMm: { x: x - dx, y: y - dy, z: z - dz }, workOffset: `G${54 + programOf(state).wcs}`,
    feedMmPerMin: machine.feed, power: machine.power, fullPower: Number(settings['30'] ?? 1000), overrides: { feed, rapid, power }, pins: machine.pins, accessories: machine.accessories,
    ...(alarm !== undefined && { alarm }), hasLaserMode: settings['32'] === '1', canHome: Number(settings['22'] ?? 0) % 2 === 1,
    ...(probe && { probe: { x: probe.at[0], y: probe.at[1], z: probe.at[2], hasTouched: probe.hasTouched } }),
  }
}
