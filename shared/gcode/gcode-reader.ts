import { failure, success, type Problem, type Result } from '../units/problem'
import { ROLE, type ToolpathLayer } from '../toolpath/toolpath'
import { createToolpathBuilder, type MoveAttributes } from '../toolpath/toolpath-builder'
import { flattenArc } from './flatten-arc'
import { binaryProblem, diametersInTail } from './gcode-file'
import { machineEvent, namedEvents } from './machine-commands'
import { LineScanner } from './line-scanner'
import type { GcodePlace, ParsedGcode, ParseGcodeOptions } from './parsed-gcode'
import { CommentReader, type CommentListener } from './read-comments'
import { decodeUtf8 } from './utf8'

const [E, F, I, J, P, R, S, T, X, Y, Z, D] = [69, 70, 73, 74, 80, 82, 83, 84, 88, 89, 90, 68] as const
const [G, M] = [71, 77] as const
const INCH = 25.4
/** Marlin's feed before the first F, mm/min. */
const FIRST_FEED = 1500
/** Homing isn't in the file; a travel at this feed stands for it, mm/s. */
const HOMING_FEED = 50
const PROGRESS_LINES = 8192
const NO_LENGTH = 1e-9
/** Of a filament of 1.75 mm. */
const USUAL_AREA_MM2 = (Math.PI * 1.75 ** 2) / 4

/** Reads one file, or a piece of it: the modal state of a firmware, and the toolpath that grows. One use. */
export class GcodeReader implements CommentListener {
  private readonly scanner: LineScanner
  private readonly comments = new CommentReader(this)
  private readonly builder: ReturnType<typeof createToolpathBuilder>
  private filamentAreaMm2: number
  /** By tool, mm². */
  private readonly areasMm2: readonly number[]
  private readonly unknown = new Map<string, number>()
  private readonly warnings: Problem[] = []
  private lines = new Uint32Array(4096)
  private layers: ToolpathLayer[] = []
  private hasLayerComments = false
  private isLayerPending = false
  private pendingZ: number | undefined
  private pendingHeight: number | undefined
  private commandCount = 0
  /** 1, or 25.4 after G20. */
  private unit = 1
  private isRelative = false
  private isRelativeE = false
  private isVolumetric = false
  private feed = FIRST_FEED
  /** Machine position; E in mm (or mm³). What the file calls a position is this less the offset of G92. */
  private e = 0
  private offset = { x: 0, y: 0, z: 0 }
  private retracted = 0
  private lineRole: number = ROLE.custom
  private widthMm = 0
  private maxHotendC = 0
  private maxBedC = 0
  private readonly attributes: MoveAttributes = { role: 0, volumeMm3: 0, feedMmPerS: 0, widthMm: 0 }

  constructor(
    private readonly bytes: Uint8Array,
    private readonly options: ParseGcodeOptions,
  ) {
    this.scanner = new LineScanner(bytes)
    this.builder = createToolpathBuilder(options.from?.positionMm ?? [0, 0, 0], 4096)
    const diameters = options.filamentDiameterMm === undefined ? diametersInTail(bytes) : [options.filamentDiameterMm]
    this.areasMm2 = diameters.map((diameter) => (Math.PI * diameter * diameter) / 4)
    this.filamentAreaMm2 = this.areasMm2[0] ?? USUAL_AREA_MM2
    if (options.from) this.goOn(options.from)
  }

  read(): Result<ParsedGcode> {
    const binary = binaryProblem(this.bytes)
    if (binary) return failure(binary)
    const { scanner } = this
    while (!scanner.isDone) {
      if (scanner.lineNumber % PROGRESS_LINES === 0) this.options.onBytes?.(scanner.at, this.bytes.length)
      const kind = scanner.next()
      if (kind === 'command') this.command()
      else if (kind === 'comment') this.comments.read(decodeUtf8(this.bytes, scanner.commentStart, scanner.lineEnd))
      else if (kind === 'name') this.name()
    }
    if (this.commandCount === 0 && this.options.from === undefined) return failure({ code: 'gcode/empty', severity: 'error', message: 'The file holds no G-code command.' })
    const toolpath = { ...this.builder.finish(), layers: this.layers }
    return success({
      toolpath,
      metadata: this.comments.metadata(),
      lineOfMove: this.lines.slice(0, toolpath.moveCount),
      lineCount: scanner.lineNumber,
      commandCount: this.commandCount,
      unknownCommands: this.unknown,
      maxHotendC: this.maxHotendC,
      maxBedC: this.maxBedC,
      warnings: this.warnings,
      end: this.place(),
    }, this.warnings)
  }

  /** Takes up what held before this piece of the file. */
  private goOn(from: GcodePlace): void {
    const { positionMm: _, line, layer, ...held } = from
    Object.assign(this, { ...held, offset: { ...held.offset } })
    this.scanner.lineNumber = line
    // The layer that goes on: told again by nobody, but heights are counted from it.
    if (layer) this.layers.push({ ...layer, firstMove: 0 })
  }

  /** What holds behind this piece of the file. */
  private place(): GcodePlace {
    const { builder, scanner, layers, unit, isRelative, isRelativeE, isVolumetric, feed, e, offset, retracted, lineRole, widthMm, filamentAreaMm2, hasLayerComments, isLayerPending, pendingZ, pendingHeight, maxHotendC, maxBedC } = this
    const layer = layers.at(-1)
    return {
      positionMm: [builder.xMm, builder.yMm, builder.zMm], line: scanner.lineNumber, unit, isRelative, isRelativeE, isVolumetric, feed, e, offset: { ...offset }, retracted, lineRole, widthMm, filamentAreaMm2,
      hasLayerComments, isLayerPending, pendingZ, pendingHeight, maxHotendC, maxBedC, ...(layer && { layer }),
    }
  }

  layerStarts(): void {
    if (!this.hasLayerComments) {
      // What was guessed from Z before (purge lines of the start G-code) is no layer.
      this.hasLayerComments = true
      this.layers = []
    }
    this.isLayerPending = true
    this.pendingZ = undefined
    this.pendingHeight = undefined
    // The layer begins here, even if its first extrusion is far off: travel and Z belong to it.
    this.layers.push({ firstMove: this.builder.moveCount, zMm: this.builder.zMm, heightMm: 0 })
  }

  layerZ(zMm: number): void {
    this.pendingZ = zMm
  }

  layerHeight(heightMm: number): void {
    this.pendingHeight = heightMm
  }

  lineWidth(widthMm: number): void {
    this.widthMm = widthMm
  }

  role(role: number): void {
    this.lineRole = role
  }

  object(name: string): void {
    this.builder.event({ kind: 'object', objectId: name })
  }

  private command(): void {
    this.commandCount++
    const { letter, code } = this.scanner
    if (letter === G) this.gCommand(code)
    else if (letter === M) this.mCommand(code)
    else if (code >= 0) {
      this.filamentAreaMm2 = this.areasMm2[code] ?? this.areasMm2[0] ?? USUAL_AREA_MM2
      this.builder.event({ kind: 'tool', tool: code })
    }
  }

  private gCommand(code: number): void {
    const { scanner } = this
    switch (code) {
      case 0:
      case 1:
        this.linear()
        return
      case 2:
      case 3:
        this.arc(code === 2)
        return
      case 4: {
        const dwellS = scanner.has(S) ? scanner.value(S) : scanner.value(P) / 1000
        if ((scanner.has(S) || scanner.has(P)) && dwellS > 0) this.builder.event({ kind: 'dwell', dwellS })
        return
      }
      case 20:
        this.unit = INCH
        return
      case 21:
        this.unit = 1
        return
      case 28:
        this.home()
        return
      case 90:
      case 91:
        this.isRelative = code === 91
        this.isRelativeE = this.isRelative
        return
      case 92:
        this.setPosition()
        return
      default:
    }
  }

  private mCommand(code: number): void {
    const { scanner } = this
    const targetC = scanner.has(S) ? scanner.value(S) : scanner.value(R)
    const hasTarget = (scanner.has(S) || scanner.has(R)) && targetC >= 0
    switch (code) {
      case 82:
      case 83:
        this.isRelativeE = code === 83
        return
      case 104:
      case 109:
        if (!hasTarget) return
        this.maxHotendC = Math.max(this.maxHotendC, targetC)
        this.builder.event({ kind: 'hotend', targetC, wait: code === 109, ...(scanner.has(T) && scanner.value(T) >= 0 && { tool: scanner.value(T) }) })
        return
      case 140:
      case 190:
        if (!hasTarget) return
        this.maxBedC = Math.max(this.maxBedC, targetC)
        this.builder.event({ kind: 'bed', targetC, wait: code === 190 })
        return
      case 106:
      case 107:
        // P names another fan than the part's.
        if (scanner.has(P) && scanner.value(P) !== 0) return
        this.builder.event({ kind: 'fan', duty: code === 107 ? 0 : scanner.has(S) ? Math.min(1, Math.max(0, scanner.value(S) / 255 || 0)) : 1 })
        return
      case 200:
        this.isVolumetric = scanner.has(D) && scanner.value(D) > 0
        return
      default: {
        const event = machineEvent(code, scanner)
        if (event) this.builder.event(event)
      }
    }
  }

  private linear(): void {
    const { builder } = this
    const x = this.target(X, builder.xMm, this.offset.x)
    const y = this.target(Y, builder.yMm, this.offset.y)
    const z = this.target(Z, builder.zMm, this.offset.z)
    const de = this.takeExtrusion()
    this.takeFeed()
    this.move(x, y, z, de)
  }

  private arc(isClockwise: boolean): void {
    const { builder, scanner } = this
    const x = this.target(X, builder.xMm, this.offset.x)
    const y = this.target(Y, builder.yMm, this.offset.y)
    const z = this.target(Z, builder.zMm, this.offset.z)
    const de = this.takeExtrusion()
    this.takeFeed()
    const word = (letter: number) => (scanner.has(letter) ? (scanner.value(letter) || 0) * this.unit : 0)
    const centre = scanner.has(R) ? { r: word(R) } : { i: word(I), j: word(J) }
    const fromZ = builder.zMm
    const ends = flattenArc({ fromX: builder.xMm, fromY: builder.yMm, toX: x, toY: y, centre, isClockwise })
    const count = ends.length / 2
    for (let k = 0; k < count; k++) {
      this.move(ends[2 * k] as number, ends[2 * k + 1] as number, fromZ + ((z - fromZ) * (k + 1)) / count, de / count)
    }
  }

  /** Where an axis goes to, machine coordinates, mm. */
  private target(letter: number, now: number, offset: number): number {
    const { scanner } = this
    if (!scanner.has(letter)) return now
    const value = scanner.value(letter) * this.unit
    if (Number.isNaN(value)) return now
    return this.isRelative ? now + value : value + offset
  }

  /** Filament of this line, mm (or mm³ after M200); positive pushes. */
  private takeExtrusion(): number {
    const { scanner } = this
    if (!scanner.has(E)) return 0
    const value = scanner.value(E) * this.unit
    if (Number.isNaN(value)) return 0
    const de = this.isRelativeE ? value : value - this.e
    this.e += de
    return de
  }

  private takeFeed(): void {
    const { scanner } = this
    if (!scanner.has(F)) return
    const value = scanner.value(F) * this.unit
    if (value > 0) this.feed = value
  }

  private move(x: number, y: number, z: number, de: number): void {
    const { builder, attributes } = this
    const length = Math.hypot(x - builder.xMm, y - builder.yMm, z - builder.zMm)
    if (length < NO_LENGTH && de === 0) return
    const volume = this.isVolumetric ? de : de * this.filamentAreaMm2
    attributes.role = this.roleOf(length, de)
    attributes.volumeMm3 = volume
    attributes.feedMmPerS = this.feed / 60
    attributes.widthMm = 0
    if (attributes.role > ROLE.unretract && length >= NO_LENGTH) {
      this.extrudesAt(z)
      attributes.widthMm = this.widthMm > 0 ? this.widthMm : this.widthFrom(volume / length)
    }
    const i = builder.moveCount
    if (i === this.lines.length) this.growLines()
    this.lines[i] = this.scanner.lineNumber
    builder.moveTo(x, y, z, attributes)
  }

  private roleOf(length: number, de: number): number {
    if (length >= NO_LENGTH && de > 0) return this.lineRole
    if (de === 0) return ROLE.travel
    if (de < 0) {
      this.retracted -= de
      return ROLE.retract
    }
    const isBack = this.retracted > 1e-6
    this.retracted = Math.max(0, this.retracted - de)
    return isBack ? ROLE.unretract : ROLE.custom
  }

  /** Gives a layer that a comment announced its height, or finds a new layer by its Z where comments don't say. */
  private extrudesAt(z: number): void {
    const { layers } = this
    if (this.hasLayerComments) {
      const layer = layers.at(-1)
      if (!this.isLayerPending || layer === undefined) return
      this.isLayerPending = false
      const zMm = this.pendingZ ?? z
      layers[layers.length - 1] = { ...layer, zMm, heightMm: this.pendingHeight ?? this.heightAbove(layers.at(-2)?.zMm, zMm) }
      return
    }
    const below = layers.at(-1)
    if (below !== undefined && z <= below.zMm + 1e-4) return
    layers.push({ firstMove: this.builder.moveCount, zMm: z, heightMm: this.heightAbove(below?.zMm, z) })
  }

  private heightAbove(below: number | undefined, zMm: number): number {
    return Math.max(0, Math.round((zMm - (below ?? 0)) * 1e4) / 1e4)
  }

  private widthFrom(areaMm2: number): number {
    const height = this.layers.at(-1)?.heightMm ?? 0
    return height > 0.01 ? Math.min(5, areaMm2 / height) : 0
  }

  private growLines(): void {
    const grown = new Uint32Array(this.lines.length * 2)
    grown.set(this.lines)
    this.lines = grown
  }

  private home(): void {
    const { scanner, builder, offset } = this
    const all = !scanner.has(X) && !scanner.has(Y) && !scanner.has(Z)
    const x = all || scanner.has(X) ? 0 : builder.xMm
    const y = all || scanner.has(Y) ? 0 : builder.yMm
    const z = all || scanner.has(Z) ? 0 : builder.zMm
    if (all || scanner.has(X)) offset.x = 0
    if (all || scanner.has(Y)) offset.y = 0
    if (all || scanner.has(Z)) offset.z = 0
    const feed = this.feed
    this.feed = HOMING_FEED * 60
    this.move(x, y, z, 0)
    this.feed = feed
  }

  private setPosition(): void {
    const { scanner, builder, offset } = this
    const all = scanner.present === 0
    const value = (letter: number) => (scanner.has(letter) ? (scanner.value(letter) || 0) * this.unit : 0)
    if (all || scanner.has(X)) offset.x = builder.xMm - value(X)
    if (all || scanner.has(Y)) offset.y = builder.yMm - value(Y)
    if (all || scanner.has(Z)) offset.z = builder.zMm - value(Z)
    if (all || scanner.has(E)) this.e = value(E)
  }

  private name(): void {
    const { scanner } = this
    const text = scanner.text(scanner.lineStart, scanner.lineEnd, 60)
    for (const event of namedEvents(text)) this.builder.event(event)
    const [name = ''] = text.trim().split(/[\s;]/)
    if (name !== '' && this.unknown.size < 100 && !this.unknown.has(name)) this.unknown.set(name, scanner.lineNumber)
    this.commandCount++
  }
}
