import createClipper2 from 'clipper2-wasm/dist/es/clipper2z.js'
import type { MainModule, PathD, PathsD } from 'clipper2-wasm/dist/clipper2z'
import type { Contour, Polyline, Region } from './region'

/** Decimal places that coordinates keep, mm: 0.1 µm. */
const PRECISION = 4
const MITER_LIMIT = 2
const ARC_TOLERANCE_MM = 0.005

/** How the corners of an offset are made. */
export interface OffsetOptions {
  /** `miter` keeps corners sharp up to the limit; `round` keeps the distance. `miter` unless given. */
  readonly join?: 'miter' | 'round' | 'square'
  /** Longest corner in multiples of the offset; 2 unless given. */
  readonly miterLimit?: number
  /** How far round corners may be off, mm; 0.005 unless given. */
  readonly arcToleranceMm?: number
}

/**
 * Booleans and offsets of regions, mm. What goes in may overlap itself (filled where the winding number isn't zero); what
 * comes out is a region: outer contours counter-clockwise, holes clockwise, nothing crossing, precise to 0.1 µm.
 */
export interface Clipper {
  /** Grows a region by a positive distance, shrinks it by a negative one. Its contours must not cross. */
  offset(region: Region, deltaMm: number, options?: OffsetOptions): Region
  union(region: Region): Region
  difference(region: Region, clip: Region): Region
  intersection(region: Region, clip: Region): Region
  /** The parts of open lines that lie in a region. */
  clipLines(lines: readonly Polyline[], region: Region): Polyline[]
  /** The area around open lines, within a distance of them, with round ends. */
  thicken(lines: readonly Polyline[], distanceMm: number): Region
}

let loaded: Promise<Clipper> | undefined

/** Loads the clipping library, once in a thread (5 ms). @see https://github.com/AngusJohnson/Clipper2 */
export function loadClipper(): Promise<Clipper> {
  loaded ??= createClipper2().then((module) => new WasmClipper(module))
  return loaded
}

/**
 * Moves contours in and out with one crossing each: assigned from one scratch array (1 µs for 20 points), read back as a
 * view and copied before the next call can move the memory.
 */
class WasmClipper implements Clipper {
  private readonly path: PathD
  private scratch = new Float64Array(3 * 1024)

  constructor(private readonly module: MainModule) {
    this.path = new module.PathD()
  }

  offset(region: Region, deltaMm: number, { join = 'miter', miterLimit = MITER_LIMIT, arcToleranceMm = ARC_TOLERANCE_MM }: OffsetOptions = {}): Region {
    if (region.length === 0 || deltaMm === 0) return region
    const { JoinType, EndType } = this.module
    const joinType = join === 'miter' ? JoinType.Miter : join === 'round' ? JoinType.Round : JoinType.Square
    return this.take([region], ([paths]) => this.module.InflatePathsD(paths, deltaMm, joinType, EndType.Polygon, miterLimit, PRECISION, arcToleranceMm))
  }

  union(region: Region): Region {
    if (region.length === 0) return region
    return this.take([region], ([paths]) => this.module.UnionSelfD(paths, this.module.FillRule.NonZero, PRECISION))
  }

  difference(region: Region, clip: Region): Region {
    if (region.length === 0 || clip.length === 0) return region
    return this.take([region, clip], ([subject, other]) => this.module.DifferenceD(subject, other, this.module.FillRule.NonZero, PRECISION))
  }

  intersection(region: Region, clip: Region): Region {
    if (region.length === 0 || clip.length === 0) return []
    return this.take([region, clip], ([subject, other]) => this.module.IntersectD(subject, other, this.module.FillRule.NonZero, PRECISION))
  }

  clipLines(lines: readonly Polyline[], region: Region): Polyline[] {
    if (lines.length === 0 || region.length === 0) return []
    const { ClipType, FillRule } = this.module
    const engine = new this.module.ClipperD(PRECISION)
    const [open, clip, closedOut, openOut] = [this.give(lines), this.give(region), new this.module.PathsD(), new this.module.PathsD()]
    try {
      engine.AddOpenSubject(open)
      engine.AddClip(clip)
      engine.ExecutePath(ClipType.Intersection, FillRule.NonZero, closedOut, openOut)
      return this.read(openOut, 2)
    } finally {
      for (const held of [open, clip, closedOut, openOut, engine]) held.delete()
    }
  }

  thicken(lines: readonly Polyline[], distanceMm: number): Region {
    if (lines.length === 0 || distanceMm <= 0) return []
    const { JoinType, EndType } = this.module
    return this.take([lines], ([paths]) => this.module.InflatePathsD(paths, distanceMm, JoinType.Round, EndType.Round, MITER_LIMIT, PRECISION, ARC_TOLERANCE_MM))
  }

  /** Runs an operation on copies of the inputs and frees everything it leaves behind. */
  private take<const In extends readonly (readonly Float64Array[])[]>(inputs: In, operate: (held: { readonly [K in keyof In]: PathsD }) => PathsD): Region {
    const held = inputs.map((input) => this.give(input))
    try {
      const result = operate(held as unknown as { readonly [K in keyof In]: PathsD })
      try {
        return this.read(result, 3)
      } finally {
        result.delete()
      }
    } finally {
      for (const paths of held) paths.delete()
    }
  }

  private give(lines: readonly Float64Array[]): PathsD {
    const paths = new this.module.PathsD()
    for (const line of lines) {
      const n = line.length >> 1
      if (3 * n > this.scratch.length) this.scratch = new Float64Array(6 * n)
      const { scratch } = this
      for (let i = 0, j = 0; i < 2 * n; i += 2, j += 3) {
        scratch[j] = line[i]
        scratch[j + 1] = line[i + 1]
      }
      this.path.assign(scratch.subarray(0, 3 * n))
      paths.push_back(this.path)
    }
    return paths
  }

  private read(paths: PathsD, minPoints: number): Contour[] {
    const contours: Contour[] = []
    for (let p = 0, count = paths.size(); p < count; p++) {
      const path = paths.get(p)
      const xyz = path.view()
      const n = xyz.length / 3
      if (n >= minPoints) {
        const contour = new Float64Array(2 * n)
        for (let i = 0, j = 0; i < 2 * n; i += 2, j += 3) {
          contour[i] = xyz[j]
          contour[i + 1] = xyz[j + 1]
        }
        contours.push(contour)
      }
      path.delete()
    }
    return contours
  }
}
