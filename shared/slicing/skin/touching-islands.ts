import { contourArea, contourBox, isInRegion } from '../../geometry/measure-contour'
import type { Contour, Region } from '../../geometry/region'
import type { Island } from '../islands'

/** Edges in one box. */
const CHUNK = 8

/** The edges of a region in boxes, eight in each. */
interface Boxes {
  /** minX, minY, maxX, maxY of each. */
  readonly sides: Float64Array
  /** The contour of each, and where its first corner stands in it. */
  readonly contours: readonly Contour[]
  readonly begins: Int32Array
}

/**
 * The islands that have anything in common with a region. Beside sloping walls most exposed strips lie under the walls and
 * don't reach what is filled; intersecting with them all took a fifth of a bearing's planning.
 */
export function touchingIslands(islands: readonly Island[], region: Region): Island[] {
  if (region.length === 0 || islands.length === 0) return []
  const boxes = boxesOf(region)
  const [minX, minY, maxX, maxY] = regionBox(region)
  const outers = region.filter((contour) => contourArea(contour) > 0)
  return islands.filter(({ box, outline }) => {
    if (box[0] > maxX || box[2] < minX || box[1] > maxY || box[3] < minY) return false
    if (doCross(boxesOf(outline), boxes)) return true
    // Nothing crosses: one lies wholly in the other, or they are apart. Outer contours tell, whatever the holes.
    return isInRegion(region, outline[0][0], outline[0][1]) || outers.some(([x, y]) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && isInRegion(outline, x, y))
  })
}

function doCross(one: Boxes, two: Boxes): boolean {
  const { sides: a } = one
  const { sides: b } = two
  for (let i = 0; i < a.length; i += 4) {
    for (let j = 0; j < b.length; j += 4) {
      if (a[i] > b[j + 2] || b[j] > a[i + 2] || a[i + 1] > b[j + 3] || b[j + 1] > a[i + 3]) continue
      if (doChunksCross(one, i / 4, two, j / 4)) return true
    }
  }
  return false
}

function doChunksCross(one: Boxes, i: number, two: Boxes, j: number): boolean {
  const a = one.contours[i]
  const b = two.contours[j]
  const endOfA = Math.min(a.length, one.begins[i] + 2 * CHUNK)
  const endOfB = Math.min(b.length, two.begins[j] + 2 * CHUNK)
  for (let p = one.begins[i]; p < endOfA; p += 2) for (let q = two.begins[j]; q < endOfB; q += 2) if (doEdgesCross(a, p, b, q)) return true
  return false
}

/** Whether two edges meet; edges that only touch count. */
function doEdgesCross(a: Contour, i: number, b: Contour, j: number): boolean {
  const i2 = i + 2 === a.length ? 0 : i + 2
  const j2 = j + 2 === b.length ? 0 : j + 2
  const ax = a[i2] - a[i]
  const ay = a[i2 + 1] - a[i + 1]
  const from = ax * (b[j + 1] - a[i + 1]) - ay * (b[j] - a[i])
  const to = ax * (b[j2 + 1] - a[i + 1]) - ay * (b[j2] - a[i])
  if (from * to > 0) return false
  const bx = b[j2] - b[j]
  const by = b[j2 + 1] - b[j + 1]
  return (bx * (a[i + 1] - b[j + 1]) - by * (a[i] - b[j])) * (bx * (a[i2 + 1] - b[j + 1]) - by * (a[i2] - b[j])) <= 0
}

function boxesOf(region: Region): Boxes {
  const count = region.reduce((sum, { length }) => sum + Math.ceil(length / (2 * CHUNK)), 0)
  const boxes = { sides: new Float64Array(4 * count), contours: [] as Contour[], begins: new Int32Array(count) }
  let at = 0
  for (const contour of region) {
    for (let begin = 0; begin < contour.length; begin += 2 * CHUNK) {
      boxes.contours.push(contour)
      boxes.begins[at] = begin
      measureChunk(contour, begin, boxes.sides.subarray(4 * at, 4 * at + 4))
      at++
    }
  }
  return boxes
}

/** The box around some edges, with the corner that the last of them ends in. */
function measureChunk(contour: Contour, begin: number, sides: Float64Array): void {
  const last = Math.min(contour.length, begin + 2 * CHUNK)
  sides[0] = sides[1] = Infinity
  sides[2] = sides[3] = -Infinity
  for (let k = begin; k <= last; k += 2) {
    const i = k < contour.length ? k : 0
    if (contour[i] < sides[0]) sides[0] = contour[i]
    if (contour[i] > sides[2]) sides[2] = contour[i]
    if (contour[i + 1] < sides[1]) sides[1] = contour[i + 1]
    if (contour[i + 1] > sides[3]) sides[3] = contour[i + 1]
  }
}

function regionBox(region: Region): Island['box'] {
  const boxes = region.map(contourBox)
  return [Math.min(...boxes.map((box) => box[0])), Math.min(...boxes.map((box) => box[1])), Math.max(...boxes.map((box) => box[2])), Math.max(...boxes.map((box) => box[3]))]
}
