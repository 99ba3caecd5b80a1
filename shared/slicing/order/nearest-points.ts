/** Up to so many points are looked through one by one. */
const FEW = 12

/** Points that are taken away one after the other, always the nearest; a grid keeps each search short. */
export class NearestPoints {
  private left: number
  private readonly isGone: Uint8Array
  private readonly minX: number
  private readonly minY: number
  private readonly cellMm: number
  private readonly columns: number
  private readonly rows: number
  /** Points of cell c: items[first[c]] .. items[first[c] + held[c] - 1]. */
  private readonly first: Uint32Array
  private readonly held: Uint32Array
  private readonly items: Uint32Array

  /** @param points xy pairs, mm */
  constructor(private readonly points: ArrayLike<number>) {
    const count = points.length / 2
    this.left = count
    this.isGone = new Uint8Array(count)
    const box = boxOf(points)
    this.minX = box.minX
    this.minY = box.minY
    const width = box.maxX - box.minX
    const depth = box.maxY - box.minY
    const isFew = count <= FEW
    this.cellMm = isFew ? Infinity : Math.max(Math.sqrt((width * depth) / count), Math.max(width, depth) / count, 1e-6) * 1.5
    this.columns = isFew ? 1 : Math.floor(width / this.cellMm) + 1
    this.rows = isFew ? 1 : Math.floor(depth / this.cellMm) + 1
    this.first = new Uint32Array(this.columns * this.rows)
    this.held = new Uint32Array(this.columns * this.rows)
    this.items = new Uint32Array(count)
    this.fill(count)
  }

  /** Index of the nearest point that is left, -1 when none is; of two equally near ones the first. */
  nearest(x: number, y: number): number {
    if (this.left === 0) return -1
    const column = this.columnOf(x)
    const row = this.rowOf(y)
    const best = { index: -1, distance2: Infinity }
    const last = Math.max(column, this.columns - 1 - column, row, this.rows - 1 - row)
    for (let ring = 0; ring <= last; ring++) {
      this.searchRing(ring, { column, row, x, y }, best)
      // Cells farther out than this ring are at least that far away.
      const reachedMm = ring * this.cellMm
      if (best.index >= 0 && best.distance2 <= reachedMm * reachedMm) break
    }
    return best.index
  }

  remove(index: number): void {
    if (this.isGone[index] === 1) return
    this.isGone[index] = 1
    this.left--
    const cell = this.cellOf(index)
    const from = this.first[cell]
    const at = this.items.indexOf(index, from)
    const last = from + this.held[cell] - 1
    this.items[at] = this.items[last]
    this.items[last] = index
    this.held[cell]--
  }

  private fill(count: number): void {
    for (let i = 0; i < count; i++) this.held[this.cellOf(i)]++
    for (let c = 1; c < this.first.length; c++) this.first[c] = this.first[c - 1] + this.held[c - 1]
    const next = this.first.slice()
    for (let i = 0; i < count; i++) this.items[next[this.cellOf(i)]++] = i
  }

  private searchRing(ring: number, { column, row, x, y }: { column: number; row: number; x: number; y: number }, best: { index: number; distance2: number }): void {
    const top = Math.min(this.rows - 1, row + ring)
    for (let r = Math.max(0, row - ring); r <= top; r++) {
      const isEdge = Math.abs(r - row) === ring
      const step = isEdge || ring === 0 ? 1 : 2 * ring
      for (let c = column - ring; c <= column + ring; c += step) {
        if (c >= 0 && c < this.columns) this.searchCell(r * this.columns + c, { x, y }, best)
      }
    }
  }

  private searchCell(cell: number, { x, y }: { x: number; y: number }, best: { index: number; distance2: number }): void {
    for (let k = this.first[cell], end = k + this.held[cell]; k < end; k++) {
      const i = this.items[k]
      const dx = this.points[2 * i] - x
      const dy = this.points[2 * i + 1] - y
      const distance2 = dx * dx + dy * dy
      if (distance2 < best.distance2 || (distance2 === best.distance2 && i < best.index)) {
        best.distance2 = distance2
        best.index = i
      }
    }
  }

  private cellOf(index: number): number {
    return this.rowOf(this.points[2 * index + 1]) * this.columns + this.columnOf(this.points[2 * index])
  }

  private columnOf(x: number): number {
    return this.columns === 1 ? 0 : Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.minX) / this.cellMm)))
  }

  private rowOf(y: number): number {
    return this.rows === 1 ? 0 : Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.minY) / this.cellMm)))
  }
}

function boxOf(points: ArrayLike<number>): { minX: number; minY: number; maxX: number; maxY: number } {
  const box = { minX: 0, minY: 0, maxX: 0, maxY: 0 }
  for (let i = 0; i < points.length; i += 2) {
    if (i === 0 || points[i] < box.minX) box.minX = points[i]
    if (i === 0 || points[i] > box.maxX) box.maxX = points[i]
    if (i === 0 || points[i + 1] < box.minY) box.minY = points[i + 1]
    if (i === 0 || points[i + 1] > box.maxY) box.maxY = points[i + 1]
  }
  return box
}
