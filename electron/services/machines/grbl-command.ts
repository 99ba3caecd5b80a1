import type { MachineCommand } from '../../../shared/contract/machines'
import { compactLine } from '../../../shared/machine/grbl/block'
import type { GrblEvent, GrblState } from '../../../shared/machine/grbl/grbl-state'
import { StudioError } from '../../../shared/units/studio-error'

type Asked = GrblEvent extends infer E ? (E extends { readonly atMs: number } ? Omit<E, 'atMs'> : never) : never

const AXES = ['x', 'y', 'z'] as const
const MAX_LINE = 79
const RETRACT_MM = 2

/**
 * What a manual command asks of a machine that speaks Grbl.
 * @throws StudioError 'machine/not-possible' | 'machine/limit-exceeded' | 'machine/line-refused' | 'grbl/laser-mode-off' | 'grbl/locked'
 */
export function grblCommand(command: MachineCommand, state: GrblState): Asked {
  const send = (...lines: string[]): Asked => ({ kind: 'command', lines })
  switch (command.kind) {
    case 'home':
      return { kind: 'home' }
    case 'unlock':
      return { kind: 'unlock' }
    case 'jog-stop':
      return { kind: 'jog-stop' }
    case 'override':
      return { kind: 'override', wanted: { ...(command.feed !== undefined && { feed: command.feed }), ...(command.rapid !== undefined && { rapid: command.rapid }), ...(command.power !== undefined && { power: command.power }) } }
    case 'settings':
      return send(...settingLines(command.values, state))
    case 'gcode':
      return send(typedLine(command.line))
    default:
  }
  // What moves or marks needs a machine out of alarm.
  if (state.alarm !== undefined) throw new StudioError('grbl/locked', 'The machine is locked by an alarm: home it or unlock it first.', { alarm: state.alarm })
  switch (command.kind) {
    case 'jog':
      return send(jogLine(command, state))
    case 'jog-hold':
      return { kind: 'jog-hold', direction: [command.x, command.y, command.z], feed: command.feedMmPerMin }
    case 'set-zero':
      return send(`G10L20P0${command.axes.map((axis) => `${axis.toUpperCase()}0`).join('')}`)
    case 'work-offset':
      return send(command.offset)
    case 'go-to-zero':
      return send('G90G0X0Y0')
    case 'probe':
      return send(`G21G91G38.2Z${-command.distanceMm}F${command.feedMmPerMin}`, `G10L20P0Z${command.plateMm}`, `G91G0Z${RETRACT_MM}`, 'G90')
    case 'laser-test':
      return send(...laserTest(command, state))
    case 'heat':
    case 'fan':
    case 'extrude':
    case 'motors-off':
      throw new StudioError('machine/not-possible', 'This machine has no such part.', { what: command.kind })
    default:
      return command satisfies never
  }
}

/** A jog within the machine as far as its place is known; Grbl itself checks only with soft limits on. */
function jogLine({ axis, distanceMm, feedMmPerMin }: Extract<MachineCommand, { kind: 'jog' }>, { modal, settings }: GrblState): string {
  const i = AXES.indexOf(axis)
  const at = modal[axis]
  const travelMm = Number(settings[String(130 + i)] ?? 0)
  if (modal.isHomed && at !== undefined && travelMm > 0 && (at + distanceMm > 0.001 || at + distanceMm < -travelMm - 0.001)) {
    throw new StudioError('machine/limit-exceeded', `${axis.toUpperCase()} would go to ${(at + distanceMm).toFixed(1)} mm; it may be from ${-travelMm} to 0 mm.`, { axis: axis.toUpperCase(), toMm: Number((at + distanceMm).toFixed(1)), minMm: -travelMm, maxMm: 0 })
  }
  return `$J=G91G21${axis.toUpperCase()}${Number(distanceMm.toFixed(3))}F${Math.round(feedMmPerMin)}`
}

/** On, wait, off: all in the machine's own buffer, so that the beam goes off even if the studio ends. */
function laserTest({ percent, seconds }: Extract<MachineCommand, { kind: 'laser-test' }>, { settings }: GrblState): string[] {
  if (settings['32'] !== '1') throw new StudioError('grbl/laser-mode-off', 'Laser mode is off ($32=0). Set $32=1 first.')
  const power = Number(((Number(settings['30'] ?? 1000) * percent) / 100).toFixed(2))
  return [`G1F100M3S${power}`, `G4P${seconds}`, 'M5S0', 'G0']
}

function settingLines(values: Readonly<Record<string, string>>, { settings }: GrblState): string[] {
  // Only what differs: each write wears the EEPROM. Limits that need homing come behind it.
  const order = (id: string) => (id === '20' ? 1000 : Number(id))
  const ids = Object.keys(values).filter((id) => values[id] !== settings[id] && Number(values[id]) !== Number(settings[id])).sort((a, b) => order(a) - order(b))
  return ids.map((id) => `$${id}=${values[id]}`)
}

function typedLine(raw: string): string {
  const refuse = (why: string) => new StudioError('machine/line-refused', `“${raw.slice(0, 40)}” is not sent: ${why}.`, { line: raw.slice(0, 40), why })
  if (/[^\x20-\x7e]/.test(raw)) throw refuse('it holds characters that the machine cannot read')
  const line = /^\s*\$(N|I=)/i.test(raw) ? raw.trim() : compactLine(raw)
  if (line === '') throw refuse('it is empty')
  if (line.length > MAX_LINE) throw refuse(`it is longer than ${MAX_LINE} characters`)
  // They come through their own calls, which keep account of them.
  if (/^(\$C|\$SLP|[?!~])/.test(line)) throw refuse('use the buttons for it')
  return line
}
