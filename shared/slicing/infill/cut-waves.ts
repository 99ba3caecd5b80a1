import type { Region } from '../../geometry/region'
import type { BoundedLines } from './bounded-lines'

/** Two waves of one period, and how they repeat; lengths in mm along (`u`) and across (`v`) the waves. */
export interface Waves {
  /** The waves run along y instead of x: u is y, v is x. */
  readonly isAlongY: boolean
  /** Period along u. */
  readonly periodMm: number
  /** Distance at which both repeat along v. */
  readonly repeatMm: number
  /** v at the samples u = j · period / (length - 1); they repeat at v + n · repeat. */
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** A crossing of a wave with the region's boundary. */
interface Crossing {
  /** 2n for the n-th lower wave, 2n + 1 for the upper one. */
  readonly wave: number
  /** Sample before it plus the share of the way to the next. */
  readonly place: number
  readonly contour: number
  readonly edge: number
  readonly share: number
}

/** Rounding of ranges that only decide what is looked at closer, mm. */
const SLACK_MM = 1e-6

/**
 * Cuts repeated waves to a region. Since all waves share their samples along u, an edge needs to be compared, strip by
 * strip, only with the repetitions whose range it touches. Whether a corner lies on one side or the other is decided
 * once for both its edges, so that every wave goes in as often as it comes out.
 */
export function cutWaves(region: Region, waves: Waves): BoundedLines {
  const crossings: Crossing[] = []
  region.forEach((contour, c) => {
    const n = contour.length / 2
    for (let e = 0; e < n; e++) crossEdge({ contour, c, e, next: e + 1 < n ? e + 1 : 0 }, waves, crossings)
  })
  crossings.sort((a, b) => a.wave - b.wave || a.place - b.place)
  return collectLines(region, waves, pairs(crossings))
}

interface Edge {
  readonly contour: Float64Array
  readonly c: number
  readonly e: number
  readonly next: number
}

function crossEdge({ contour, c, e, next }: Edge, waves: Waves, crossings: Crossing[]): void {
  const { isAlongY, periodMm, repeatMm, lower, upper } = waves
  const along = isAlongY ? 1 : 0
  const [au, av] = [contour[2 * e + along], contour[2 * e + 1 - along]]
  const [bu, bv] = [contour[2 * next + along], contour[2 * next + 1 - along]]
  const samples = lower.length - 1
  const stripMm = periodMm / samples
  const firstStrip = Math.floor((Math.min(au, bu) - SLACK_MM) / stripMm)
  const lastStrip = Math.floor((Math.max(au, bu) + SLACK_MM) / stripMm)
  for (let strip = firstStrip; strip <= lastStrip; strip++) {
    const j = ((strip % samples) + samples) % samples
    const pu = strip * stripMm
    const qu = (strip + 1) * stripMm
    const [vMin, vMax] = rangeInStrip({ au, av, bu, bv }, pu, qu)
    for (const isUpper of [0, 1]) {
      const wave = isUpper === 1 ? upper : lower
      const [p, q] = [wave[j], wave[j + 1]]
      const from = Math.ceil((vMin - Math.max(p, q)) / repeatMm)
      const to = Math.floor((vMax - Math.min(p, q)) / repeatMm)
      for (let n = from; n <= to; n++) {
        const pv = p + n * repeatMm
        const qv = q + n * repeatMm
        const sideA = (qu - pu) * (av - pv) - (qv - pv) * (au - pu)
        const sideB = (qu - pu) * (bv - pv) - (qv - pv) * (bu - pu)
        const sideP = (bu - au) * (pv - av) - (bv - av) * (pu - au)
        const sideQ = (bu - au) * (qv - av) - (bv - av) * (qu - au)
        if (sideA > 0 === sideB > 0 || sideP > 0 === sideQ > 0) continue
        crossings.push({ wave: 2 * n + isUpper, place: strip + sideP / (sideP - sideQ), contour: c, edge: e, share: sideA / (sideA - sideB) })
      }
    }
  }
}

/** The v that an edge takes in a strip of u, with some slack. */
function rangeInStrip({ au, av, bu, bv }: { au: number; av: number; bu: number; bv: number }, pu: number, qu: number): [number, number] {
  if (Math.abs(bu - au) < SLACK_MM) return [Math.min(av, bv) - SLACK_MM, Math.max(av, bv) + SLACK_MM]
  const at = (u: number) => av + ((Math.min(Math.max(u, Math.min(au, bu)), Math.max(au, bu)) - au) / (bu - au)) * (bv - av)
  const [v0, v1] = [at(pu), at(qu)]
  return [Math.min(v0, v1) - SLACK_MM, Math.max(v0, v1) + SLACK_MM]
}

/** Every two crossings of a wave that bound a line inside; a wave with an odd number of them grazes a corner and is left out. */
function pairs(crossings: readonly Crossing[]): (readonly [Crossing, Crossing])[] {
  const found: (readonly [Crossing, Crossing])[] = []
  for (let from = 0; from < crossings.length; ) {
    let to = from
    while (to < crossings.length && crossings[to].wave === crossings[from].wave) to++
    if ((to - from) % 2 === 0) for (let i = from; i < to; i += 2) found.push([crossings[i], crossings[i + 1]])
    from = to
  }
  return found
}

function collectLines(region: Region, waves: Waves, found: readonly (readonly [Crossing, Crossing])[]): BoundedLines {
  const samples = waves.lower.length - 1
  const count = found.length
  const firstPoint = new Uint32Array(count + 1)
  found.forEach(([a, b], i) => (firstPoint[i + 1] = firstPoint[i] + 2 + samplesBetween(a, b)))
  const points = new Float64Array(2 * firstPoint[count])
  const ends = { contour: new Uint32Array(2 * count), edge: new Uint32Array(2 * count), share: new Float64Array(2 * count) }
  const row = new Int32Array(count)
  found.forEach(([a, b], i) => {
    row[i] = a.wave
    let p = 2 * firstPoint[i]
    p = putOnBoundary(points, p, region, a)
    const n = Math.floor(a.wave / 2)
    const wave = (a.wave & 1) === 1 ? waves.upper : waves.lower
    for (let s = Math.floor(a.place) + 1; s <= Math.ceil(b.place) - 1; s++) {
      const u = (s * waves.periodMm) / samples
      const v = wave[((s % samples) + samples) % samples] + n * waves.repeatMm
      points[p++] = waves.isAlongY ? v : u
      points[p++] = waves.isAlongY ? u : v
    }
    putOnBoundary(points, p, region, b)
    ;[a, b].forEach((crossing, side) => {
      ends.contour[2 * i + side] = crossing.contour
      ends.edge[2 * i + side] = crossing.edge
      ends.share[2 * i + side] = crossing.share
    })
  })
  return { region, count, points, firstPoint, endContour: ends.contour, endEdge: ends.edge, endShare: ends.share, row }
}

function samplesBetween(a: Crossing, b: Crossing): number {
  return Math.max(0, Math.ceil(b.place) - 1 - Math.floor(a.place))
}

function putOnBoundary(points: Float64Array, at: number, region: Region, { contour, edge, share }: Crossing): number {
  const corners = region[contour]
  const next = 2 * edge + 2 < corners.length ? 2 * edge + 2 : 0
  points[at] = corners[2 * edge] + share * (corners[next] - corners[2 * edge])
  points[at + 1] = corners[2 * edge + 1] + share * (corners[next + 1] - corners[2 * edge + 1])
  return at + 2
}
