import { expandTemplate } from '../../gcode/expand-template'
import { cooledEnd, heatedStart } from '../../gcode/heating-lines'
import type { TemplateValue } from '../../gcode/evaluate-expression'
import type { SlicingSettings } from '../../slicing/settings'
import type { MachineProfile } from '../profile'

/** Comments around the start and end lines in an engine's file: what stands between is put in anew once it is known what was sliced. */
const MARKS = { start: [';GONGBANG START', ';GONGBANG START DONE'], end: [';GONGBANG END', ';GONGBANG END DONE'] } as const
export type Frame = keyof typeof MARKS

/** Start or end lines of a machine, heated or cooled, between their marks. Templates were checked before; one that fails gives no lines. */
export function framedLines(frame: Frame, machine: MachineProfile, made: { readonly settings: SlicingSettings; readonly variables: Readonly<Record<string, TemplateValue>> }): string[] {
  const { settings, variables } = made
  const template = expandTemplate(frame === 'start' ? machine.startGcode : machine.endGcode, variables, frame)
  const lines = template.ok ? template.value : []
  // Whatever modes a start leaves: CuraEngine goes on in millimetres, absolute places and the filament from 0, without saying so.
  const modes = ['G21', 'G90', settings.relativeExtrusion ? 'M83' : 'M82', 'G92 E0']
  const whole = frame === 'start' ? [...heatedStart(lines, { hotendC: settings.firstLayerHotendC, bedC: settings.firstLayerBedC }), ...modes] : cooledEnd(lines)
  return [MARKS[frame][0], ...whole, MARKS[frame][1]]
}

/** The text with new lines between the marks of a frame; undefined when the engine left the marks out. */
export function withFrame(text: string, frame: Frame, lines: readonly string[]): string | undefined {
  const [from, to] = MARKS[frame]
  const begin = text.indexOf(`${from}\n`)
  const end = text.indexOf(to, begin)
  return begin < 0 || end < 0 ? undefined : text.slice(0, begin) + lines.join('\n') + text.slice(end + to.length)
}
