import { MOVE_ROLES, ROLE, type Toolpath, type ToolpathEvent } from '../toolpath/toolpath'
import { ByteWriter } from './byte-writer'
import type { GcodeOptions } from './gcode-options'
import { ROLE_OF_TYPE, TYPE_OF_ROLE } from './role-comments'
import { writeHeader, writeSettings } from './write-header'

const SPACE = 32
const [G, X, Y, Z, E, F, ZERO, ONE] = [71, 88, 89, 90, 69, 70, 48, 49] as const
/** Room for the longest line that is written without asking: `G1 F123456 X-12345.678 Y… Z… E-12345.12345`. */
const LONGEST_MOVE = 128
/** Extruder position from which on it is set back to 0 within a layer: firmware keeps it as a 32-bit float. */
const LONG_E = 10_000 * 100_000

/**
 * Writes a toolpath as G-code for Marlin and its relatives: positions absolute with 3 decimals, E with 5, feeds in mm/min
 * on change only. Comments follow CuraEngine (`;LAYER:`, `;TYPE:`) and PrusaSlicer (`;Z:`, `;HEIGHT:`, `;WIDTH:`,
 * thumbnails, settings). Moves that change nothing at this resolution are left out. Heaters and fan are off at the end.
 */
export function writeMarlin(toolpath: Toolpath, options: GcodeOptions): Uint8Array {
  const out = new ByteWriter(Math.max(1 << 16, toolpath.moveCount * 30))
  writeHeader(out, toolpath, options)
  writeStart(out, options)
  new MoveWriter(out, toolpath, options).writeAll()
  writeEnd(out, options)
  writeSettings(out, options)
  return out.finish()
}

/** Start lines, with heating where they don't wait for it themselves. */
function writeStart(out: ByteWriter, options: GcodeOptions): void {
  const { startLines, bedC, hotendC } = options
  const heatsBed = hasCommand(startLines, /^M190\b/)
  const heatsHotend = hasCommand(startLines, /^M109\b/)
  out.line(';TYPE:CUSTOM')
  // Both heat at once: the second wait begins when the first is over.
  if (!heatsBed && bedC > 0) out.line(`M140 S${bedC}`)
  if (!heatsHotend && hotendC > 0) out.line(`M104 S${hotendC}`)
  if (!heatsBed && bedC > 0) out.line(`M190 S${bedC}`)
  if (!heatsHotend && hotendC > 0) out.line(`M109 S${hotendC}`)
  for (const line of startLines) out.line(line)
  out.line('G21')
  out.line('G90')
  out.line(options.relativeExtrusion ? 'M83' : 'M82')
  out.line('G92 E0')
  out.line('M107')
}

function writeEnd(out: ByteWriter, options: GcodeOptions): void {
  const { endLines } = options
  out.line(';TYPE:CUSTOM')
  for (const line of endLines) out.line(line)
  if (!hasCommand(endLines, /^M10[49]\b.*\bS0\b/)) out.line('M104 S0')
  if (!hasCommand(endLines, /^M1[49]0\b.*\bS0\b/)) out.line('M140 S0')
  if (!hasCommand(endLines, /^(M107\b|M106\b.*\bS0\b)/)) out.line('M107')
  if (options.estimate) out.line('M73 P100 R0')
  out.line(';End of Gcode')
}

function hasCommand(lines: readonly string[], pattern: RegExp): boolean {
  return lines.some((line) => pattern.test(line.trim().toUpperCase()))
}

/** Writes the moves; keeps what the firmware knows, in the units of the text (µm, 10 nm of filament, mm/min). */
class MoveWriter {
  private x = NaN
  private y = NaN
  private z = NaN
  /** Filament pushed since the last G92, exact and as written. */
  private e = 0
  private writtenE = 0
  private feed = -1
  private role = -1
  private width = -1
  private hotendC: number
  private bedC: number
  private fan = 0
  private progress = -1
  private readonly mmPerMm3: number

  constructor(
    private readonly out: ByteWriter,
    private readonly toolpath: Toolpath,
    private readonly options: GcodeOptions,
  ) {
    this.mmPerMm3 = 4 / (Math.PI * options.filamentDiameterMm ** 2)
    this.hotendC = options.hotendC
    this.bedC = options.bedC
  }

  writeAll(): void {
    const { toolpath } = this
    const { layers, events, moveCount } = toolpath
    let layer = 0
    let event = 0
    let move = 0
    while (move <= moveCount) {
      // Runs of moves between two layers or events.
      for (; (layers[layer]?.firstMove ?? Infinity) <= move; layer++) this.startLayer(layer)
      for (; (events[event]?.atMove ?? Infinity) <= move; event++) this.perform(events[event] as ToolpathEvent)
      const end = Math.min(layers[layer]?.firstMove ?? Infinity, events[event]?.atMove ?? Infinity, moveCount)
      for (; move < end; move++) this.move(move)
      if (move === moveCount && layer >= layers.length && event >= events.length) break
    }
    const timeS = this.options.estimate?.timeS
    if (timeS !== undefined) this.out.line(`;TIME_ELAPSED:${timeS.toFixed(3)}`)
  }

  private startLayer(index: number): void {
    const { out, options } = this
    const layer = this.toolpath.layers[index]
    if (layer === undefined) return
    const elapsedS = index === 0 ? 0 : options.estimate?.layerEndS[index - 1]
    if (elapsedS !== undefined && index > 0) out.line(`;TIME_ELAPSED:${elapsedS.toFixed(3)}`)
    out.line(`;LAYER:${index}`)
    out.line(`;Z:${shortest(layer.zMm)}`)
    out.line(`;HEIGHT:${shortest(layer.heightMm)}`)
    if (elapsedS !== undefined) this.tellProgress(elapsedS)
    if (!options.relativeExtrusion && this.writtenE !== 0) this.zeroExtruder()
    // A viewer that jumps to a layer finds its type there.
    this.role = -1
    this.width = -1
  }

  private tellProgress(elapsedS: number): void {
    const totalS = this.options.estimate?.timeS ?? 0
    if (totalS <= 0) return
    const percent = Math.floor((elapsedS / totalS) * 100)
    if (percent === this.progress) return
    this.progress = percent
    this.out.line(`M73 P${percent} R${Math.ceil((totalS - elapsedS) / 60)}`)
  }

  private zeroExtruder(): void {
    this.out.line('G92 E0')
    this.e -= this.writtenE / 100_000
    this.writtenE = 0
  }

  private perform(event: ToolpathEvent): void {
    const { out } = this
    switch (event.kind) {
      case 'fan': {
        const duty = Math.round(Math.min(1, Math.max(0, event.duty)) * 255)
        if (duty !== this.fan) out.line(duty === 0 ? 'M107' : `M106 S${duty}`)
        this.fan = duty
        return
      }
      case 'hotend':
        if (event.targetC !== this.hotendC) out.line(`${event.wait ? 'M109' : 'M104'} S${event.targetC}`)
        this.hotendC = event.targetC
        return
      case 'bed':
        if (event.targetC !== this.bedC) out.line(`${event.wait ? 'M190' : 'M140'} S${event.targetC}`)
        this.bedC = event.targetC
        return
      case 'tool':
        out.line(`T${event.tool}`)
        return
      case 'object':
        out.line(`;MESH:${event.objectId.replace(/[\r\n]/g, ' ')}`)
        return
      case 'dwell':
        out.line(`G4 P${Math.round(event.dwellS * 1000)}`)
        return
      default:
        event satisfies never
    }
  }

  private move(i: number): void {
    const { out, toolpath } = this
    const role = toolpath.role[i] as number
    const volume = toolpath.volumeMm3[i] as number
    const x = Math.round((toolpath.points[3 * i + 3] as number) * 1000)
    const y = Math.round((toolpath.points[3 * i + 4] as number) * 1000)
    const z = Math.round((toolpath.points[3 * i + 5] as number) * 1000)
    this.e += volume * this.mmPerMm3
    const e = Math.round(this.e * 100_000)
    if (x === this.x && y === this.y && z === this.z && e === this.writtenE) return
    if (role > ROLE.unretract) this.tellLine(role, toolpath.widthMm[i] as number)
    out.reserve(LONGEST_MOVE)
    out.byte(G)
    out.byte(role === ROLE.travel ? ZERO : ONE)
    const feed = Math.max(1, Math.round((toolpath.feedMmPerS[i] as number) * 60))
    if (feed !== this.feed) this.word(F, feed, 0)
    this.feed = feed
    if (x !== this.x) this.word(X, x, 3)
    if (y !== this.y) this.word(Y, y, 3)
    if (z !== this.z) this.word(Z, z, 3)
    this.x = x
    this.y = y
    this.z = z
    if (e !== this.writtenE) this.extrude(e)
    else out.newline()
  }

  /** The E word ends its line. */
  private extrude(e: number): void {
    const { out } = this
    if (this.options.relativeExtrusion) {
      this.word(E, e - this.writtenE, 5)
      // Kept small, so that the sum stays exact over any length.
      this.e -= e / 100_000
      this.writtenE = 0
      out.newline()
      return
    }
    this.word(E, e, 5)
    this.writtenE = e
    out.newline()
    if (e > LONG_E) this.zeroExtruder()
  }

  private word(letter: number, scaled: number, decimals: number): void {
    this.out.byte(SPACE)
    this.out.byte(letter)
    this.out.fixed(scaled, decimals)
  }

  /** `;TYPE:` (with the exact role where several share a type) and `;WIDTH:`, when they change. */
  private tellLine(role: number, widthMm: number): void {
    const { out } = this
    if (role !== this.role) {
      const name = MOVE_ROLES[role] ?? 'custom'
      const type = TYPE_OF_ROLE[name] ?? 'CUSTOM'
      out.line(`;TYPE:${type}`)
      if (ROLE_OF_TYPE[type] !== role) out.line(`;ROLE:${name}`)
      this.role = role
    }
    const width = Math.round(widthMm * 100)
    if (width !== this.width && width > 0) out.line(`;WIDTH:${width / 100}`)
    this.width = width
  }
}

function shortest(mm: number): string {
  return String(Math.round(mm * 1000) / 1000)
}
