import { type Axes, modesOf, workOffset } from '../grbl/program'
import type { GrblBoard } from './grbl-board'
import { receiveBytes } from './options'

const fixed = (value: number) => (Math.abs(value) < 0.0005 ? 0 : value).toFixed(3)
const axes = (at: Axes) => at.map(fixed).join(',')

/** The banner of a start. */
export function banner({ isHal }: GrblBoard): string {
  return isHal ? "GrblHAL 1.1f ['$' or '$HELP' for help]" : "Grbl 1.1h ['$' for help]"
}

/** `<Idle|MPos:…>`; work offset and overrides come now and then, as with the firmware. */
export function statusReport(board: GrblBoard, rxFree: number): string {
  const { follower, program, settings } = board
  const parts = [board.state]
  const inWork = (Number(settings.get('10')) & 1) === 0
  const offset = workOffset(program)
  parts.push(inWork ? `WPos:${axes([follower.at[0] - offset[0], follower.at[1] - offset[1], follower.at[2] - offset[2]])}` : `MPos:${axes(follower.at)}`)
  if (board.isHal) parts.push(`Bf:${board.blocksFree},${rxFree}`)
  const power = board.number('32') === 1 ? follower.powerNow() : program.spindle === 5 ? 0 : program.power
  parts.push(`FS:${Math.round(follower.speed * 60)},${Math.round(power)}`)
  if (board.wcoIn <= 0) {
    board.wcoIn = board.isAtRest ? 10 : 30
    if (board.ovIn <= 0) board.ovIn = 1
    parts.push(`WCO:${axes(offset)}`)
  } else if (board.ovIn <= 0) {
    board.ovIn = board.isAtRest ? 10 : 20
    parts.push(`Ov:${follower.feedPercent},${follower.rapidPercent},${follower.powerPercent}`)
    const on = `${program.spindle === 3 ? 'S' : program.spindle === 4 ? 'C' : ''}${program.isFlood ? 'F' : ''}${program.isMist ? 'M' : ''}`
    if (on !== '' || board.isHal) parts.push(`A:${on}`)
  }
  board.wcoIn--
  board.ovIn--
  return `<${parts.join('|')}>`
}

/** `$$` */
export function settingLines({ settings }: GrblBoard): string[] {
  return [...settings].map(([id, value]) => `$${id}=${value}`)
}

/** `$#` */
export function offsetLines({ program, probe }: GrblBoard): string[] {
  const work = program.offsets.map((offset, i) => `[G${54 + i}:${axes(offset)}]`)
  return [...work, `[G28:${axes(program.g28)}]`, `[G30:${axes(program.g30)}]`, `[G92:${axes(program.g92)}]`, `[TLO:${fixed(program.toolLengthMm)}]`, probeLine(probe)]
}

export function probeLine({ at, hasTouched }: GrblBoard['probe']): string {
  return `[PRB:${axes(at)}:${hasTouched ? 1 : 0}]`
}

export function modeLine({ program }: GrblBoard): string {
  return `[GC:${modesOf(program)}]`
}

/** `$I` */
export function infoLines(board: GrblBoard): string[] {
  if (!board.isHal) return [`[VER:1.1h.20190830:${board.buildInfo}]`, `[OPT:V,15,${receiveBytes(board.options)}]`]
  return [`[VER:1.1f.20260817:${board.buildInfo}]`, `[OPT:VNML+,100,${receiveBytes(board.options)},3,0]`, '[AXS:3:XYZ]', '[NEWOPT:ENUMS,RT+,TC,SED]', '[FIRMWARE:grblHAL]', '[SIGNALS:D]', '[NVS STORAGE:*EEPROM]', '[DRIVER:Simulator]']
}
