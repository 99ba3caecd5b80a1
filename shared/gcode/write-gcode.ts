import { firstTool } from '../toolpath/tool-runs'
import { MOVE_ROLES, ROLE, type Toolpath, type ToolpathEvent } from '../toolpath/toolpath'
import { ByteWriter } from './byte-writer'
import type { Dialect, LabelledObject } from './dialects/dialect'
import { dialectOf } from './dialects/dialect-of'
import { fitArcs, type FittedArc } from './fit-arcs'
import type { GcodeOptions } from './gcode-options'
import { cooledEnd, heatedStart } from './heating-lines'
import { ROLE_OF_TYPE, TYPE_OF_ROLE } from './role-comments'
import { writeHeader, writeSettings } from './write-header'

const SPACE = 32
const [G, X, Y, Z, E, F, I, J, ZERO, ONE, TWO, THREE] = [71, 88, 89, 90, 69, 70, 73, 74, 48, 49, 50, 51] as const
/** Room for the longest line that is written without asking: `G1 F123456 X-12345.678 Y… Z… E-12345.12345`. */
const LONGEST_MOVE = 128
/** Extruder position from which on it is set back to 0 within a layer: firmware keeps it as a 32-bit float. */
const LONG_E = 10_000 * 100_000
/** For a change of tool before any travel, mm/s. */
const FIRST_TRAVEL_FEED = 50

/**
 * Writes a toolpath as G-code in the dialect of its machine: positions absolute with 3 decimals, E with 5, feeds in mm/min
 * on change only. Comments follow CuraEngine (`;LAYER:`, `;TYPE:`) and PrusaSlicer (`;Z:`, `;HEIGHT:`, `;WIDTH:`,
 * thumbnails, settings). Moves that change nothing at this resolution are left out; with an
 * arc tolerance, lines along an arc become one G2 or G3. Heaters and fan are off at the end.
 */
export function writeGcode(toolpath: Toolpath, options: GcodeOptions): Uint8Array {
  const out = new ByteWriter(Math.max(1 << 16, toolpath.moveCount * 30))
  writeHeader(out, toolpath, options)
  writeStart(out, toolpath, options)
  new MoveWriter(out, toolpath, options).writeAll()
  writeEnd(out, options)
  writeSettings(out, options)
  return out.finish()
}

/** Start lines, with heating where they don't wait for it themselves. */
function writeStart(out: ByteWriter, toolpath: Toolpath, options: GcodeOptions): void {
  out.line(';TYPE:CUSTOM')
  // The heat that follows is this one's.
  if (options.tools && options.tools.length > 1 && !options.startLines.some((line) => /^T\d/.test(line))) for (const line of dialectOf(options.dialect ?? 'marlin').selectTool(firstTool(toolpath))) out.line(line)
  for (const line of heatedStart(options.startLines, options)) out.line(line)
  out.line('G21')
  out.line('G90')
  out.line(options.relativeExtrusion ? 'M83' : 'M82')
  out.line('G92 E0')
  out.line('M107')
}

function writeEnd(out: ByteWriter, options: GcodeOptions): void {
  out.line(';TYPE:CUSTOM')
  for (const line of cooledEnd(options.endLines)) out.line(line)
  if (options.estimate) for (const line of dialectOf(options.dialect ?? 'marlin').progress(100, 0)) out.line(line)
  out.line(';End of Gcode')
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
  private mmPerMm3: number
  private tool: number
  private toolChange = 0
  /** A tool has come, and its nozzle may be anywhere. */
  private standAgain = false
  private travelFeed = FIRST_TRAVEL_FEED
  /** µm, taken off every position. */
  private offsetX = 0
  private offsetY = 0
  private readonly dialect: Dialect
  private readonly objects: ReadonlyMap<string, LabelledObject>
  private object: LabelledObject | undefined

  constructor(
    private readonly out: ByteWriter,
    private readonly toolpath: Toolpath,
    private readonly options: GcodeOptions,
  ) {
    this.mmPerMm3 = 4 / (Math.PI * options.filamentDiameterMm ** 2)
    this.tool = firstTool(toolpath)
    this.useTool()
    this.dialect = dialectOf(options.dialect ?? 'marlin')
    this.objects = new Map((options.objects ?? []).map((object) => [object.id, object]))
    this.hotendC = options.hotendC
    this.bedC = options.bedC
  }

  writeAll(): void {
    const { toolpath } = this
    const { layers, events, moveCount } = toolpath
    const toleranceMm = this.options.arcToleranceMm ?? 0
    const arcs = toleranceMm > 0 ? fitArcs(toolpath, toleranceMm) : []
    let arc = 0
    if (this.objects.size > 0) this.say(this.dialect.defineObjects([...this.objects.values()]))
    let layer = 0
    let event = 0
    let move = 0
    while (move <= moveCount) {
      // Runs of moves between two layers or events.
      for (; (layers[layer]?.firstMove ?? Infinity) <= move; layer++) this.startLayer(layer)
      for (; (events[event]?.atMove ?? Infinity) <= move; event++) this.perform(events[event] as ToolpathEvent)
      const end = Math.min(layers[layer]?.firstMove ?? Infinity, events[event]?.atMove ?? Infinity, moveCount)
      while (move < end) {
        const fitted = arcs[arc]
        if (fitted?.firstMove === move) {
          this.arc(fitted)
          move = fitted.endMove
          arc++
        } else this.move(move++)
      }
      if (move === moveCount && layer >= layers.length && event >= events.length) break
    }
    this.leaveObject()
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
    this.say(options.layerLines?.[index] ?? [])
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
    this.say(this.dialect.progress(percent, Math.ceil((totalS - elapsedS) / 60)))
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
        if (event.tool !== undefined && event.tool !== this.tool) {
          this.say(this.dialect.heatTool(event.tool, event.targetC))
          return
        }
        if (event.targetC !== this.hotendC) out.line(`${event.wait ? 'M109' : 'M104'} S${event.targetC}`)
        this.hotendC = event.targetC
        return
      case 'bed':
        if (event.targetC !== this.bedC) out.line(`${event.wait ? 'M190' : 'M140'} S${event.targetC}`)
        this.bedC = event.targetC
        return
      case 'tool':
        if (event.tool !== this.tool) this.changeTool(event.tool)
        return
      case 'object':
        out.line(`;MESH:${event.objectId.replace(/[\r\n]/g, ' ')}`)
        this.enterObject(event.objectId)
        return
      case 'dwell':
        out.line(`G4 P${Math.round(event.dwellS * 1000)}`)
        return
      case 'acceleration':
        this.say(this.dialect.acceleration(event))
        return
      case 'jerk':
        this.say(this.dialect.jerk(event.xyMmPerS))
        return
      case 'pressure-advance':
        this.say(this.dialect.pressureAdvance(event.advanceS))
        return
      case 'pause':
        out.line(';PAUSE')
        this.say(this.options.pauseLines ?? this.dialect.pause())
        return
      case 'colour-change':
        out.line(';COLOR_CHANGE')
        this.say(this.options.colourChangeLines ?? this.dialect.colourChange())
        return
      default:
        event satisfies never
    }
  }

  /** Its own extruder counts from 0, and the template may have moved anywhere. */
  private changeTool(tool: number): void {
    const { out, options } = this
    const lines = options.toolLines?.[this.toolChange++] ?? []
    this.say(this.dialect.selectTool(tool))
    this.say(lines)
    if (lines.length > 0) {
      out.line('G90')
      out.line(options.relativeExtrusion ? 'M83' : 'M82')
    }
    out.line('G92 E0')
    this.tool = tool
    this.useTool()
    this.e = 0
    this.writtenE = 0
    this.x = NaN
    this.y = NaN
    this.z = NaN
    this.feed = -1
    this.role = -1
    // Each has a heat of its own.
    this.hotendC = NaN
    this.standAgain = true
  }

  /** Brings the nozzle of another tool to where that of the last one was, before it lays anything. */
  private goBack(move: number): void {
    const { out, toolpath } = this
    this.standAgain = false
    if (move === 0) return
    this.x = Math.round((toolpath.points[3 * move] as number) * 1000) - this.offsetX
    this.y = Math.round((toolpath.points[3 * move + 1] as number) * 1000) - this.offsetY
    this.z = Math.round((toolpath.points[3 * move + 2] as number) * 1000)
    out.reserve(LONGEST_MOVE)
    out.byte(G)
    out.byte(ZERO)
    this.feedWord(this.travelFeed)
    this.word(X, this.x, 3)
    this.word(Y, this.y, 3)
    this.word(Z, this.z, 3)
    out.newline()
  }

  private useTool(): void {
    const { tools, filamentDiameterMm } = this.options
    const { filamentDiameterMm: diameterMm, offsetMm } = tools?.[this.tool] ?? { filamentDiameterMm, offsetMm: [0, 0] }
    this.mmPerMm3 = 4 / (Math.PI * diameterMm ** 2)
    this.offsetX = Math.round(offsetMm[0] * 1000)
    this.offsetY = Math.round(offsetMm[1] * 1000)
  }

  private say(lines: readonly string[]): void {
    for (const line of lines) this.out.line(line)
  }

  private enterObject(id: string): void {
    this.leaveObject()
    this.object = this.objects.get(id)
    if (this.object) this.say(this.dialect.beginObject(this.object))
  }

  private leaveObject(): void {
    if (this.object) this.say(this.dialect.endObject(this.object))
    this.object = undefined
  }

  /** One G2 or G3 in place of several lines; its centre is told from the point that is written. */
  private arc({ firstMove, endMove, centreX, centreY, isClockwise, isStraight }: FittedArc): void {
    const { out, toolpath } = this
    if (this.standAgain) this.goBack(firstMove)
    const last = endMove - 1
    for (let i = firstMove; i < endMove; i++) this.e += (toolpath.volumeMm3[i] as number) * this.mmPerMm3
    this.tellLine(toolpath.role[last] as number, toolpath.widthMm[last] as number)
    const [fromX, fromY] = [this.x, this.y]
    out.reserve(LONGEST_MOVE)
    out.byte(G)
    out.byte(isStraight ? ONE : isClockwise ? TWO : THREE)
    this.feedWord(toolpath.feedMmPerS[last] as number)
    this.x = Math.round((toolpath.points[3 * last + 3] as number) * 1000) - this.offsetX
    this.y = Math.round((toolpath.points[3 * last + 4] as number) * 1000) - this.offsetY
    if (!isStraight || this.x !== fromX) this.word(X, this.x, 3)
    if (!isStraight || this.y !== fromY) this.word(Y, this.y, 3)
    if (!isStraight) {
      this.word(I, Math.round(centreX * 1000) - this.offsetX - fromX, 3)
      this.word(J, Math.round(centreY * 1000) - this.offsetY - fromY, 3)
    }
    this.extrude(Math.round(this.e * 100_000))
  }

  private feedWord(feedMmPerS: number): void {
    const feed = Math.max(1, Math.round(feedMmPerS * 60))
    if (feed !== this.feed) this.word(F, feed, 0)
    this.feed = feed
  }

  private move(i: number): void {
    const { out, toolpath } = this
    if (this.standAgain) this.goBack(i)
    const role = toolpath.role[i] as number
    if (role === ROLE.travel) this.travelFeed = toolpath.feedMmPerS[i] as number
    const volume = toolpath.volumeMm3[i] as number
    const x = Math.round((toolpath.points[3 * i + 3] as number) * 1000) - this.offsetX
    const y = Math.round((toolpath.points[3 * i + 4] as number) * 1000) - this.offsetY
    const z = Math.round((toolpath.points[3 * i + 5] as number) * 1000)
    this.e += volume * this.mmPerMm3
    const e = Math.round(this.e * 100_000)
    if (x === this.x && y === this.y && z === this.z && e === this.writtenE) return
    if (role > ROLE.unretract) this.tellLine(role, toolpath.widthMm[i] as number)
    out.reserve(LONGEST_MOVE)
    out.byte(G)
    out.byte(role === ROLE.travel ? ZERO : ONE)
    this.feedWord(toolpath.feedMmPerS[i] as number)
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
