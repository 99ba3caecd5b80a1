import type { Polyline, Region } from '../../geometry/region'

/** A place on a boundary or a branch, and how far it is, mm. */
export interface NearPlace {
  readonly x: number
  readonly y: number
  readonly distanceMm: number
}

/** Trees of lines: every node but a root has a parent; roots stand at the boundary. Coordinates in mm. */
export class LightningForest {
  readonly x: number[] = []
  readonly y: number[] = []
  /** -1 for a root. */
  readonly parent: number[] = []

  /** Adds a node and says its index. */
  add(x: number, y: number, parent: number): number {
    this.x.push(x)
    this.y.push(y)
    this.parent.push(parent)
    return this.x.length - 1
  }

  get size(): number {
    return this.x.length
  }

  childCounts(): Uint32Array {
    const counts = new Uint32Array(this.size)
    for (const parent of this.parent) if (parent >= 0) counts[parent]++
    return counts
  }

  /** The place on the branches nearest to a point, and the node whose way to its parent it lies on. */
  nearest(x: number, y: number): (NearPlace & { readonly node: number }) | undefined {
    let best: (NearPlace & { readonly node: number }) | undefined
    for (let node = 0; node < this.size; node++) {
      const parent = this.parent[node]
      if (parent < 0) continue
      const place = nearestOnEdge(x, y, [this.x[node], this.y[node], this.x[parent], this.y[parent]])
      if (best === undefined || place.distanceMm < best.distanceMm) best = { ...place, node }
    }
    return best
  }

  /** Grows a branch from a tip to a place on the way of a node to its parent. */
  graft(tip: { readonly x: number; readonly y: number }, { x, y, node }: NearPlace & { readonly node: number }): void {
    const fork = this.add(x, y, this.parent[node])
    this.parent[node] = fork
    this.add(tip.x, tip.y, fork)
  }

  /** Each branch once: from a tip to its root, or to the fork where another has passed already. */
  branches(): Polyline[] {
    const counts = this.childCounts()
    const isDrawn = new Uint8Array(this.size)
    const lines: Polyline[] = []
    for (let tip = 0; tip < this.size; tip++) {
      if (counts[tip] > 0 || this.parent[tip] < 0) continue
      const points: number[] = [this.x[tip], this.y[tip]]
      for (let node = tip; this.parent[node] >= 0 && isDrawn[node] === 0; node = this.parent[node]) {
        isDrawn[node] = 1
        points.push(this.x[this.parent[node]], this.y[this.parent[node]])
      }
      lines.push(Float64Array.from(points))
    }
    return lines
  }
}

/** The boundary's point nearest to a point; undefined where there is no boundary. */
export function nearestOnBoundary(region: Region, x: number, y: number): NearPlace | undefined {
  let best: NearPlace | undefined
  for (const contour of region) {
    for (let i = 0; i < contour.length; i += 2) {
      const j = i + 2 < contour.length ? i + 2 : 0
      const place = nearestOnEdge(x, y, [contour[i], contour[i + 1], contour[j], contour[j + 1]])
      if (best === undefined || place.distanceMm < best.distanceMm) best = place
    }
  }
  return best
}

/** Share of the way from one point to another at which a boundary is crossed first; undefined when it isn't. Touching the end doesn't count. */
export function firstCrossing(region: Region, [ax, ay, bx, by]: readonly [number, number, number, number]): number | undefined {
  let first: number | undefined
  const [dx, dy] = [bx - ax, by - ay]
  for (const contour of region) {
    for (let i = 0; i < contour.length; i += 2) {
      const j = i + 2 < contour.length ? i + 2 : 0
      const [ex, ey] = [contour[j] - contour[i], contour[j + 1] - contour[i + 1]]
      const cross = dx * ey - dy * ex
      if (cross === 0) continue
      const [fx, fy] = [contour[i] - ax, contour[i + 1] - ay]
      const t = (fx * ey - fy * ex) / cross
      const s = (fx * dy - fy * dx) / cross
      if (s >= 0 && s <= 1 && t > 0 && t < 1 - 1e-6 && (first === undefined || t < first)) first = t
    }
  }
  return first
}

function nearestOnEdge(x: number, y: number, [ax, ay, bx, by]: readonly [number, number, number, number]): NearPlace {
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2))
  const [px, py] = [ax + t * dx, ay + t * dy]
  return { x: px, y: py, distanceMm: Math.hypot(px - x, py - y) }
}
