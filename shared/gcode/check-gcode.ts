import { MOVE_ROLES, ROLE } from '../toolpath/toolpath'
import { failure, success, type Problem, type Result } from '../units/problem'
import { LineScanner } from './line-scanner'
import { parseGcode } from './parse-gcode'
import type { ParsedGcode } from './parsed-gcode'

/** What a machine takes. */
export interface GcodeCheckOptions {
  readonly firmware: 'marlin' | 'prusa' | 'klipper' | 'reprapfirmware' | 'smoothie'
  /** Reachable box of the nozzle, mm, machine coordinates; absent: not checked. */
  readonly volume?: { readonly min: readonly [number, number, number]; readonly max: readonly [number, number, number]; readonly shape: 'rectangle' | 'circle' }
  readonly maxHotendC?: number
  readonly maxBedC?: number
  readonly filamentDiameterMm?: number
}

/** Marlin cuts what is longer, `N123456 ` and `*255` included. */
const MAX_SENT_LENGTH = 95
/** How far outside a move may end before it counts: rounding and a homing that stops a little behind zero, mm. */
const MARGIN_MM = 0.5
/** Problems of one kind that are told one by one. */
const MAX_PROBLEMS = 20

/** Flavours that slicers name, and the firmware families that understand them; other names are taken as Marlin's. */
const FLAVOURS: readonly { readonly pattern: RegExp; readonly families: readonly string[]; readonly name: string }[] = [
  { pattern: /^griffin|^ultigcode|^bfb/i, families: [], name: 'Ultimaker or Bits from Bytes' },
  { pattern: /^makerware|^sailfish|^makerbot/i, families: [], name: 'MakerBot' },
  { pattern: /^mach3|^machinekit|^grbl/i, families: [], name: 'a CNC control' },
  { pattern: /^klipper/i, families: ['klipper'], name: 'Klipper' },
  { pattern: /^rep-?rap ?firmware/i, families: ['reprapfirmware'], name: 'RepRapFirmware' },
  { pattern: /^smoothie/i, families: ['smoothie'], name: 'Smoothieware' },
]

/**
 * Checks a file before a machine is given it: it must be text that firmware reads, written for its family, with every
 * move inside the volume and no heat above the limits. Problems carry `place.line` (from 1).
 *
 * Codes: `gcode/binary`, `gcode/empty`, `gcode/line-too-long`, `gcode/not-ascii`, `gcode/other-firmware`,
 * `gcode/unknown-command`, `gcode/outside-volume`, `gcode/too-hot`; warnings `gcode/no-extrusion`, `gcode/cold-extrusion`,
 * `gcode/heaters-stay-on`.
 */
export function checkGcode(bytes: Uint8Array, options: GcodeCheckOptions): Result<ParsedGcode> {
  const parsed = parseGcode(bytes, options.filamentDiameterMm === undefined ? {} : { filamentDiameterMm: options.filamentDiameterMm })
  if (!parsed.ok) return parsed
  const gcode = parsed.value
  const problems = [...parsed.problems, ...checkPiece(bytes, gcode, options), ...checkEnd(gcode)]
  return problems.some((problem) => problem.severity === 'error') ? failure(...problems) : success(gcode, problems)
}

/**
 * What of `checkGcode` a piece of a file shows by itself: its lines, its moves, its heat and the words that are unknown.
 * @param gcode the piece as it was read
 * @param firstLine lines of the file before it
 */
export function checkPiece(bytes: Uint8Array, gcode: ParsedGcode, options: GcodeCheckOptions, firstLine = 0): Problem[] {
  return [...checkLines(bytes, options, firstLine), ...checkFlavour(gcode, options), ...checkVolume(gcode, options), ...checkHeat(gcode, options)]
}

/** Lines that can't be sent: too long with number and checksum, or with bytes that aren't printable ASCII. */
function checkLines(bytes: Uint8Array, { firmware }: GcodeCheckOptions, firstLine: number): Problem[] {
  const scanner = new LineScanner(bytes)
  scanner.lineNumber = firstLine
  const problems: Problem[] = []
  while (!scanner.isDone && problems.length < MAX_PROBLEMS) {
    const kind = scanner.next()
    if (kind === 'comment' || kind === 'empty') continue
    const line = scanner.lineNumber
    const length = scanner.commandEnd - scanner.lineStart
    const sent = length + `N${line} *255`.length
    // Klipper reads the file itself, lines of any length.
    if (sent > MAX_SENT_LENGTH && firmware !== 'klipper') {
      problems.push({ code: 'gcode/line-too-long', severity: 'error', place: { line }, values: { line, length, max: MAX_SENT_LENGTH - `N${line} *255`.length }, message: `Line ${line} has ${length} characters; the machine would cut it. Shorten it.` })
    }
    const bad = firstUnprintable(bytes, scanner.lineStart, scanner.commandEnd)
    if (bad === undefined) continue
    // Messages for the display may hold any text; the sender leaves out what can't be shown.
    const isMessage = kind === 'command' && (scanner.code === 117 || scanner.code === 118)
    problems.push({ code: 'gcode/not-ascii', severity: isMessage ? 'warning' : 'error', place: { line }, values: { line, byte: bad }, message: `Line ${line} holds a byte (${bad}) that firmware can't read. The file is damaged or isn't G-code.` })
  }
  return problems
}

function firstUnprintable(bytes: Uint8Array, from: number, to: number): number | undefined {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number
    if ((byte < 0x20 && byte !== 9) || byte > 0x7e) return byte
  }
  return undefined
}

function checkFlavour(gcode: ParsedGcode, options: GcodeCheckOptions): Problem[] {
  const problems: Problem[] = []
  const flavour = FLAVOURS.find(({ pattern }) => pattern.test(gcode.metadata.flavor ?? ''))
  if (flavour && !flavour.families.includes(options.firmware)) {
    problems.push({ code: 'gcode/other-firmware', severity: 'error', place: { line: 1 }, values: { flavour: flavour.name, firmware: options.firmware }, message: `The file was made for ${flavour.name}, this machine speaks ${options.firmware}. Slice the model again for this machine.` })
  }
  if (options.firmware === 'klipper') return problems
  for (const [word, line] of [...gcode.unknownCommands].slice(0, MAX_PROBLEMS)) {
    problems.push({ code: 'gcode/unknown-command', severity: 'error', place: { line }, values: { line, word }, message: `Line ${line}: “${word}” is no G-code that ${options.firmware} knows (a macro of Klipper?). Slice the model again for this machine.` })
  }
  return problems
}

function checkVolume(gcode: ParsedGcode, { volume }: GcodeCheckOptions): Problem[] {
  if (!volume) return []
  const { min, max, shape } = volume
  const { points, moveCount, role } = gcode.toolpath
  const problems: Problem[] = []
  const [radiusX, radiusY] = [(max[0] - min[0]) / 2 + MARGIN_MM, (max[1] - min[1]) / 2 + MARGIN_MM]
  const [centreX, centreY] = [(max[0] + min[0]) / 2, (max[1] + min[1]) / 2]
  let lastLine = -1
  for (let i = 0, p = 3; i < moveCount && problems.length < MAX_PROBLEMS; i++, p += 3) {
    const [x, y, z] = [points[p] as number, points[p + 1] as number, points[p + 2] as number]
    let isOutside = x < min[0] - MARGIN_MM || x > max[0] + MARGIN_MM || y < min[1] - MARGIN_MM || y > max[1] + MARGIN_MM || z < min[2] - MARGIN_MM || z > max[2] + MARGIN_MM
    // Homing and parking of a round machine may leave the circle; printing may not.
    if (!isOutside && shape === 'circle' && (role[i] as number) > ROLE.unretract) isOutside = ((x - centreX) / radiusX) ** 2 + ((y - centreY) / radiusY) ** 2 > 1
    const line = gcode.lineOfMove[i] as number
    if (!isOutside || line === lastLine) continue
    lastLine = line
    const place = [x, y, z].map((mm) => Math.round(mm * 100) / 100)
    problems.push({
      code: 'gcode/outside-volume', severity: 'error', place: { line }, values: { line, x: place[0] as number, y: place[1] as number, z: place[2] as number, role: MOVE_ROLES[role[i] as number] ?? 'custom' },
      message: `Line ${line} moves to X ${place[0]} Y ${place[1]} Z ${place[2]}, outside the machine's volume (X ${min[0]}..${max[0]}, Y ${min[1]}..${max[1]}, Z ${min[2]}..${max[2]} mm). Slice the model again for this machine.`,
    })
  }
  return problems
}

function checkHeat(gcode: ParsedGcode, options: GcodeCheckOptions): Problem[] {
  const problems: Problem[] = []
  const tooHot = (heater: string, askedC: number, maxC: number | undefined) => {
    if (maxC === undefined || askedC <= maxC) return
    problems.push({ code: 'gcode/too-hot', severity: 'error', values: { heater, askedC, maxC }, message: `The file heats the ${heater} to ${askedC} °C; this machine takes ${maxC} °C at most.` })
  }
  tooHot('hotend', gcode.maxHotendC, options.maxHotendC)
  tooHot('bed', gcode.maxBedC, options.maxBedC)
  return problems
}

/** What is known at the end of a file alone. */
function checkEnd(gcode: ParsedGcode): Problem[] {
  const problems: Problem[] = []
  const { toolpath } = gcode
  const extrudes = toolpath.role.some((role) => role > ROLE.unretract)
  if (!extrudes) problems.push({ code: 'gcode/no-extrusion', severity: 'warning', message: 'The file extrudes nothing.' })
  else if (gcode.maxHotendC === 0) problems.push({ code: 'gcode/cold-extrusion', severity: 'warning', message: 'The file never heats the hotend: heat it before the job, or the machine refuses to extrude.' })
  const lastC = toolpath.events.findLast((event) => event.kind === 'hotend')
  if (lastC?.kind === 'hotend' && lastC.targetC > 0) problems.push({ code: 'gcode/heaters-stay-on', severity: 'warning', values: { targetC: lastC.targetC }, message: `The file ends with the hotend at ${lastC.targetC} °C.` })
  return problems
}
