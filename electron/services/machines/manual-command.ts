import type { MachineCommand } from '../../../shared/contract/machines'
import { checkTypedCommand } from '../../../shared/machine/marlin/job-lines'
import type { MarlinState } from '../../../shared/machine/marlin/marlin-state'
import { machineVolume } from '../../../shared/machine/machine-volume'
import type { MachineProfile } from '../../../shared/machine/profile'
import { StudioError } from '../../../shared/units/studio-error'

const AXES = ['x', 'y', 'z'] as const
/** Marlin refuses to extrude below it, too. */
const MIN_EXTRUDE_C = 170

/**
 * The lines of a manual command, within the machine's limits.
 * @throws StudioError 'machine/limit-exceeded' | 'machine/too-hot' | 'machine/cold' | 'machine/no-bed' | 'machine/line-refused'
 */
export function commandLines(command: MachineCommand, state: MarlinState, profile: MachineProfile): string[] {
  switch (command.kind) {
    case 'home':
      return [homeLine(command.axes), 'M114']
    case 'jog':
      return jogLines(command, state, profile)
    case 'heat':
      return [heatLine(command.heater, command.targetC, profile)]
    case 'fan':
      return [command.percent > 0 ? `M106 S${Math.round(command.percent * 2.55)}` : 'M107']
    case 'extrude':
      return extrudeLines(command, state)
    case 'motors-off':
      return ['M84']
    case 'gcode':
      return [typedLine(command.line, profile)]
    case 'unlock': case 'jog-hold': case 'jog-stop': case 'override': case 'set-zero': case 'work-offset': case 'go-to-zero': case 'probe': case 'laser-test': case 'settings':
      throw new StudioError('machine/not-possible', 'This machine has no such part.', { what: command.kind })
    default:
      return command satisfies never
  }
}

function homeLine(axes: readonly string[]): string {
  const isAll = axes.length === 0 || AXES.every((axis) => axes.includes(axis))
  return isAll ? 'G28' : `G28 ${axes.map((axis) => axis.toUpperCase()).join(' ')}`
}

/** A relative move; its end must be inside the volume as far as the place is known (before homing it can't be). */
function jogLines({ axis, distanceMm, feedMmPerMin }: Extract<MachineCommand, { kind: 'jog' }>, { modal }: MarlinState, profile: MachineProfile): string[] {
  const at = modal[axis]
  const index = AXES.indexOf(axis)
  const { min, max } = machineVolume(profile)
  const [minMm, maxMm] = [min[index] as number, max[index] as number]
  if (modal.isHomed && at !== undefined && (at + distanceMm < minMm - 0.01 || at + distanceMm > maxMm + 0.01)) {
    throw new StudioError('machine/limit-exceeded', `${axis.toUpperCase()} would go to ${(at + distanceMm).toFixed(1)} mm; it may be from ${minMm} to ${maxMm} mm.`, { axis: axis.toUpperCase(), toMm: Number((at + distanceMm).toFixed(1)), minMm, maxMm })
  }
  const letter = axis.toUpperCase()
  const move = `G1 ${letter}${Number(distanceMm.toFixed(3))} F${Math.round(feedMmPerMin)}`
  // G90 and G91 change the filament's mode, too.
  return ['G91', move, ...(modal.isRelative ? [] : ['G90']), modal.isRelativeE ? 'M83' : 'M82']
}

function heatLine(heater: 'hotend' | 'bed', targetC: number, profile: MachineProfile): string {
  if (heater === 'bed' && !profile.heatedBed) throw new StudioError('machine/no-bed', 'This machine has no heated bed.')
  const maxC = heater === 'bed' ? profile.maxBedC : profile.maxHotendC
  if (targetC > maxC) throw new StudioError('machine/too-hot', `${targetC} °C is more than this machine's ${heater} may have (${maxC} °C).`, { heater, askedC: targetC, maxC })
  return `${heater === 'bed' ? 'M140' : 'M104'} S${Math.round(targetC)}`
}

function extrudeLines({ lengthMm, feedMmPerMin }: Extract<MachineCommand, { kind: 'extrude' }>, { modal, hotends }: MarlinState): string[] {
  const currentC = hotends[modal.tool]?.currentC ?? 0
  if (currentC < MIN_EXTRUDE_C) throw new StudioError('machine/cold', `The hotend has ${Math.round(currentC)} °C; filament moves from ${MIN_EXTRUDE_C} °C. Heat it first.`, { currentC: Math.round(currentC), minC: MIN_EXTRUDE_C })
  return ['M83', `G1 E${Number(lengthMm.toFixed(3))} F${Math.round(feedMmPerMin)}`, ...(modal.isRelativeE ? [] : ['M82'])]
}

function typedLine(raw: string, profile: MachineProfile): string {
  const checked = checkTypedCommand(raw)
  if (!checked.ok) {
    const [problem] = checked.problems
    throw new StudioError(problem?.code ?? 'machine/line-refused', problem?.message ?? 'The line is not sent.', problem?.values)
  }
  const heat = /^M(104|109|140|190)\b.*?[SR](\d+(?:\.\d+)?)/.exec(checked.value)
  if (heat) heatLine(heat[1] === '140' || heat[1] === '190' ? 'bed' : 'hotend', Number(heat[2]), profile)
  return checked.value
}
