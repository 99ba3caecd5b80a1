import { NearestPoints } from './nearest-points'

/** Neighbours of each point that an improvement looks at. */
const NEIGHBOURS = 7
/** An improvement smaller than this is rounding, mm. */
const GAIN_MM = 1e-6
/** Passes over all points; the first few bring nearly everything. */
const MAX_PASSES = 8

/**
 * Indices of points in an order with little way between them, from a start point on, with a free end: the nearest one
 * after the other, then 2-opt over near neighbours until nothing gets shorter.
 *
 * @param points xy pairs, mm
 */
export function orderPoints(points: Float64Array, startX: number, startY: number): Uint32Array {
  const tour = nearestTour(points, startX, startY)
  if (tour.length > 2) shorten(tour, points, startX, startY)
  return tour
}

function nearestTour(points: Float64Array, startX: number, startY: number): Uint32Array {
  const count = points.length / 2
  const tour = new Uint32Array(count)
  const left = new NearestPoints(points)
  let [x, y] = [startX, startY]
  for (let i = 0; i < count; i++) {
    const nearest = left.nearest(x, y)
    left.remove(nearest)
    tour[i] = nearest
    x = points[2 * nearest]
    y = points[2 * nearest + 1]
  }
  return tour
}

/** 2-opt: turns a stretch of the tour around where the two edges at its ends get shorter by it. */
function shorten(tour: Uint32Array, points: Float64Array, startX: number, startY: number): void {
  const n = tour.length
  const near = neighbourLists(points)
  const place = new Uint32Array(n)
  for (let i = 0; i < n; i++) place[tour[i]] = i
  const between = (a: number, b: number) => {
    if (b >= n) return 0
    const [ax, ay] = a < 0 ? [startX, startY] : [points[2 * tour[a]], points[2 * tour[a] + 1]]
    const dx = points[2 * tour[b]] - ax
    const dy = points[2 * tour[b] + 1] - ay
    return Math.sqrt(dx * dx + dy * dy)
  }
  /** What turning i..j around brings. */
  const gain = (i: number, j: number) => between(i - 1, i) + between(j, j + 1) - between(i - 1, j) - (j + 1 < n ? between(i, j + 1) : 0)
  const turn = (i: number, j: number) => {
    tour.subarray(i, j + 1).reverse()
    for (let k = i; k <= j; k++) place[tour[k]] = k
  }
  for (let pass = 0, isBetter = true; isBetter && pass < MAX_PASSES; pass++) {
    isBetter = false
    for (let city = 0; city < n; city++) {
      for (let k = 0; k < near.perPoint; k++) {
        const a = place[city]
        const b = place[near.list[city * near.perPoint + k]]
        const [i, j] = a < b ? [a, b] : [b, a]
        // The two become neighbours when what is between them, with one of them, is turned around.
        if (i + 1 < j && gain(i + 1, j) > GAIN_MM) {
          turn(i + 1, j)
          isBetter = true
        } else if (i < j && gain(i, j - 1) > GAIN_MM) {
          turn(i, j - 1)
          isBetter = true
        }
      }
    }
    if (gain(0, n - 1) > GAIN_MM) turn(0, n - 1)
  }
}

function neighbourLists(points: Float64Array): { perPoint: number; list: Uint32Array } {
  const n = points.length / 2
  const perPoint = Math.min(NEIGHBOURS, n - 1)
  const list = new Uint32Array(n * perPoint)
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => points[2 * a] - points[2 * b] || a - b)
  const best = new Float64Array(perPoint)
  order.forEach((city, at) => {
    const [x, y] = [points[2 * city], points[2 * city + 1]]
    best.fill(Infinity)
    const consider = (other: number) => {
      const dx = points[2 * other] - x
      const distance2 = dx * dx + (points[2 * other + 1] - y) ** 2
      if (distance2 >= best[perPoint - 1]) return dx * dx < best[perPoint - 1]
      let k = perPoint - 1
      for (; k > 0 && best[k - 1] > distance2; k--) {
        best[k] = best[k - 1]
        list[city * perPoint + k] = list[city * perPoint + k - 1]
      }
      best[k] = distance2
      list[city * perPoint + k] = other
      return true
    }
    // Sorted by x, a search to both sides may end where the x alone is too far.
    for (let i = at - 1; i >= 0 && consider(order[i]); i--);
    for (let i = at + 1; i < n && consider(order[i]); i++);
  })
  return { perPoint, list }
}
