import { ROLE, type Toolpath } from '../../shared/toolpath/toolpath'

/** Points of a kind along the print, with the move that each belongs to, in order. */
export interface ToolpathMarks {
  /** xyz triples, mm. */
  readonly points: Float32Array
  /** Ascending, length points / 3. */
  readonly moves: Uint32Array
}

/** Texels in a row of the textures that the records become. */
export const TEXTURE_WIDTH = 4096

/** A toolpath as the graphics card wants it; plain arrays, transferable. Both arrays are filled up to whole rows of a texture. */
export interface ToolpathData {
  readonly moveCount: number
  /** Four a point: x, y, z mm, and what the move is that begins there (see `packMove`). Move i goes from point i to point i + 1. */
  readonly points: Float32Array
  /** Four a move: line width mm, line height mm, feed mm/s, flow mm³/s. */
  readonly sizes: Float32Array
  /** First move of each layer, then the number of moves; the first layer begins at 0 and so holds what comes before it. */
  readonly layerStarts: Uint32Array
  readonly seams: ToolpathMarks
  readonly retractions: ToolpathMarks
  /** From and to of what is extruded, without the outermost hundredth. */
  readonly feedRange: readonly [number, number]
  readonly flowRange: readonly [number, number]
  readonly toolCount: number
}

const MOST_LAYERS = 65_535
const RANGE_SAMPLES = 20_000

const ROLES = 32
const TOOLS = 8

/** Role, tool and layer in one number that a 32-bit float holds exactly: 5, 3 and 16 bits. */
export function packMove(role: number, tool: number, layer: number): number {
  return role + ROLES * Math.min(TOOLS - 1, tool) + 256 * Math.min(MOST_LAYERS, layer)
}

/** The role of a move, an index of MOVE_ROLES. */
export function roleOfMove({ points }: Pick<ToolpathData, 'points'>, move: number): number {
  return (points[4 * move + 3] ?? 0) % ROLES
}

/** Lays a toolpath out for drawing: one record a move, nothing that must be built again while layers and moves are scrubbed. */
export function layOutToolpath(toolpath: Toolpath): ToolpathData {
  const { moveCount } = toolpath
  const layerStarts = startsOf(toolpath)
  const texels = TEXTURE_WIDTH * Math.ceil((moveCount + 1) / TEXTURE_WIDTH)
  const points = new Float32Array(4 * texels)
  const sizes = new Float32Array(4 * texels)
  const toolCount = fillPoints(toolpath, layerStarts, points)
  fillSizes(toolpath, layerStarts, sizes)
  return {
    moveCount, points, sizes, layerStarts, toolCount,
    ...findMarks(toolpath),
    feedRange: rangeOf(toolpath, sizes, 2),
    flowRange: rangeOf(toolpath, sizes, 3),
  }
}

function startsOf({ layers, moveCount }: Toolpath): Uint32Array {
  const starts = new Uint32Array(Math.max(1, layers.length) + 1)
  layers.forEach((layer, index) => {
    if (index > 0) starts[index] = Math.min(moveCount, layer.firstMove)
  })
  starts[starts.length - 1] = moveCount
  return starts
}

function fillPoints({ points: given, role, events, moveCount }: Toolpath, starts: Uint32Array, points: Float32Array): number {
  for (let point = 0, p = 0, q = 0; point <= moveCount; point++, p += 3, q += 4) {
    points[q] = given[p] as number
    points[q + 1] = given[p + 1] as number
    points[q + 2] = given[p + 2] as number
  }
  const changes = events.flatMap((event) => (event.kind === 'tool' ? [event] : []))
  let [tool, next, toolCount] = [0, 0, 1]
  for (let layer = 0; layer + 1 < starts.length; layer++) {
    for (let move = starts[layer] as number; move < (starts[layer + 1] as number); move++) {
      for (let change = changes[next]; change !== undefined && change.atMove <= move; change = changes[++next]) tool = Math.min(TOOLS - 1, change.tool)
      toolCount = Math.max(toolCount, tool + 1)
      points[4 * move + 3] = packMove(role[move] as number, tool, layer)
    }
  }
  return toolCount
}

function fillSizes({ points, role, widthMm, volumeMm3, feedMmPerS, layers }: Toolpath, starts: Uint32Array, sizes: Float32Array): void {
  for (let layer = 0; layer + 1 < starts.length; layer++) {
    const heightMm = Math.max(0.02, layers[layer]?.heightMm ?? 0.2)
    for (let move = starts[layer] as number, s = 4 * move; move < (starts[layer + 1] as number); move++, s += 4) {
      const p = 3 * move
      const [dx, dy, dz] = [(points[p + 3] as number) - (points[p] as number), (points[p + 4] as number) - (points[p + 1] as number), (points[p + 5] as number) - (points[p + 2] as number)]
      const lengthMm = Math.sqrt(dx * dx + dy * dy + dz * dz)
      const feed = feedMmPerS[move] as number
      const isExtrusion = (role[move] as number) > ROLE.unretract
      sizes[s] = isExtrusion ? (widthMm[move] as number) : 0
      sizes[s + 1] = isExtrusion ? heightMm : 0
      sizes[s + 2] = feed
      sizes[s + 3] = isExtrusion && lengthMm > 0 ? ((volumeMm3[move] as number) / lengthMm) * feed : 0
    }
  }
}

/** Seams are where an outer wall begins; retractions where filament is pulled back. */
function findMarks({ points, role, moveCount }: Toolpath): Pick<ToolpathData, 'seams' | 'retractions'> {
  const [seams, retractions]: [number[], number[]] = [[], []]
  for (let move = 0; move < moveCount; move++) {
    const r = role[move] as number
    if (r === ROLE['outer-wall'] && (move === 0 || role[move - 1] !== r)) seams.push(move)
    else if (r === ROLE.retract) retractions.push(move)
  }
  const marks = (moves: readonly number[]): ToolpathMarks => {
    const at = new Float32Array(3 * moves.length)
    moves.forEach((move, index) => at.set(points.subarray(3 * move, 3 * move + 3), 3 * index))
    return { points: at, moves: Uint32Array.from(moves) }
  }
  return { seams: marks(seams), retractions: marks(retractions) }
}

function rangeOf({ role, moveCount }: Toolpath, sizes: Float32Array, part: 2 | 3): readonly [number, number] {
  const step = Math.max(1, Math.floor(moveCount / RANGE_SAMPLES))
  const values: number[] = []
  for (let move = 0; move < moveCount; move += step) {
    const value = sizes[4 * move + part] as number
    if ((role[move] as number) > ROLE.unretract && value > 0) values.push(value)
  }
  if (values.length === 0) return [0, 1]
  values.sort((a, b) => a - b)
  const at = (share: number) => values[Math.min(values.length - 1, Math.floor(share * values.length))] as number
  return [at(0.01), at(0.99)]
}

/** How many marks belong to moves before this one. */
export function marksBefore({ moves }: ToolpathMarks, move: number): number {
  let [low, high] = [0, moves.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((moves[middle] as number) < move) low = middle + 1
    else high = middle
  }
  return low
}

/** The layer that a move belongs to. */
export function layerOfMove(layerStarts: Uint32Array, move: number): number {
  let [low, high] = [0, layerStarts.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((layerStarts[middle] as number) <= move) low = middle
    else high = middle - 1
  }
  return low
}
