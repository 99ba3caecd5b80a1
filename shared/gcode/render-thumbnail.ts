import { encode } from 'fast-png'
import type { Mat4, Mesh } from '../mesh/mesh'
import type { GcodeThumbnail } from './gcode-options'

/** What is drawn: a mesh where it stands on the plate. */
export interface ThumbnailObject {
  readonly mesh: Mesh
  readonly transform: Mat4
}

/** Samples a pixel side; their mean is the pixel. */
const OVERSAMPLING = 2
/** The camera looks from the front left and above, as a person at the machine does: turned about Z, then tilted, radians. */
const TURN = -Math.PI / 6
const TILT = Math.PI / 6
const MARGIN = 0.06
/** Direction to the lamp, over the camera's shoulder. */
const LAMP = [-0.37, 0.56, 0.74] as const
const COLOUR = [64, 156, 214] as const

/**
 * Draws objects as seen from the front, with transparent ground, as PNGs of the given sizes: a small rasteriser of its
 * own, for places without a graphics card. Nothing to draw gives no picture.
 */
export function renderThumbnails(objects: readonly ThumbnailObject[], sizes: readonly { readonly width: number; readonly height: number }[]): readonly GcodeThumbnail[] {
  const views = objects.map((object) => project(object))
  const box = boxOf(views)
  if (!box) return []
  return sizes.map(({ width, height }) => {
    const canvas = new Canvas(width * OVERSAMPLING, height * OVERSAMPLING, box)
    objects.forEach((object, i) => canvas.draw(views[i] as Float32Array, object.mesh.indices))
    return { width, height, png: encode({ width, height, data: canvas.pixels(width, height), channels: 4, depth: 8 }) }
  })
}

/** Points in the camera's frame: x right, y up, z towards the camera; mm. */
function project({ mesh, transform: m }: ThumbnailObject): Float32Array {
  const [cosTurn, sinTurn, cosTilt, sinTilt] = [Math.cos(TURN), Math.sin(TURN), Math.cos(TILT), Math.sin(TILT)]
  const at = (i: number) => m[i] ?? 0
  // World axes as the camera sees them, times the object's transform: one matrix for all points.
  const row = (x: number, y: number, z: number) => [0, 1, 2, 3].map((column) => x * at(column * 4) + y * at(column * 4 + 1) + z * at(column * 4 + 2)) as [number, number, number, number]
  const right = row(cosTurn, -sinTurn, 0)
  const up = row(sinTurn * sinTilt, cosTurn * sinTilt, cosTilt)
  const near = row(-sinTurn * cosTilt, -cosTurn * cosTilt, sinTilt)
  const { positions } = mesh
  const view = new Float32Array(positions.length)
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [positions[i] as number, positions[i + 1] as number, positions[i + 2] as number]
    view[i] = right[0] * x + right[1] * y + right[2] * z + right[3]
    view[i + 1] = up[0] * x + up[1] * y + up[2] * z + up[3]
    view[i + 2] = near[0] * x + near[1] * y + near[2] * z + near[3]
  }
  return view
}

interface Box {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

function boxOf(views: readonly Float32Array[]): Box | undefined {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const view of views) {
    for (let i = 0; i < view.length; i += 3) {
      minX = Math.min(minX, view[i] as number)
      maxX = Math.max(maxX, view[i] as number)
      minY = Math.min(minY, view[i + 1] as number)
      maxY = Math.max(maxY, view[i + 1] as number)
    }
  }
  return maxX > minX || maxY > minY ? { minX, minY, maxX, maxY } : undefined
}

/** Depth and brightness of every sample. */
class Canvas {
  private readonly depth: Float32Array
  private readonly shade: Float32Array
  private readonly scale: number
  private readonly offsetX: number
  private readonly offsetY: number

  constructor(
    private readonly width: number,
    private readonly height: number,
    box: Box,
  ) {
    this.depth = new Float32Array(width * height).fill(-Infinity)
    this.shade = new Float32Array(width * height)
    this.scale = (1 - 2 * MARGIN) * Math.min(width / Math.max(1e-6, box.maxX - box.minX), height / Math.max(1e-6, box.maxY - box.minY))
    this.offsetX = width / 2 - (this.scale * (box.minX + box.maxX)) / 2
    this.offsetY = height / 2 + (this.scale * (box.minY + box.maxY)) / 2
  }

  draw(view: Float32Array, indices: Uint32Array): void {
    const { scale, offsetX, offsetY } = this
    for (let t = 0; t < indices.length; t += 3) {
      const a = 3 * (indices[t] as number)
      const b = 3 * (indices[t + 1] as number)
      const c = 3 * (indices[t + 2] as number)
      const [ux, uy, uz] = [(view[b] as number) - (view[a] as number), (view[b + 1] as number) - (view[a + 1] as number), (view[b + 2] as number) - (view[a + 2] as number)]
      const [vx, vy, vz] = [(view[c] as number) - (view[a] as number), (view[c + 1] as number) - (view[a + 1] as number), (view[c + 2] as number) - (view[a + 2] as number)]
      const nz = ux * vy - uy * vx
      if (nz <= 0) continue
      const [nx, ny] = [uy * vz - uz * vy, uz * vx - ux * vz]
      const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
      const light = Math.max(0, (nx * LAMP[0] + ny * LAMP[1] + nz * LAMP[2]) / length)
      this.triangle(
        [scale * (view[a] as number) + offsetX, offsetY - scale * (view[a + 1] as number), view[a + 2] as number],
        [scale * (view[b] as number) + offsetX, offsetY - scale * (view[b + 1] as number), view[b + 2] as number],
        [scale * (view[c] as number) + offsetX, offsetY - scale * (view[c + 1] as number), view[c + 2] as number],
        0.3 + 0.7 * light,
      )
    }
  }

  /** Fills the samples whose centre lies in a triangle and that are nearer than what is there. */
  private triangle([ax, ay, az]: Point, [bx, by, bz]: Point, [cx, cy, cz]: Point, light: number): void {
    const fromX = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5))
    const toX = Math.min(this.width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5))
    const fromY = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5))
    const toY = Math.min(this.height - 1, Math.floor(Math.max(ay, by, cy) - 0.5))
    if (fromX > toX || fromY > toY) return
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if (area === 0) return
    for (let y = fromY; y <= toY; y++) {
      for (let x = fromX; x <= toX; x++) {
        const [px, py] = [x + 0.5, y + 0.5]
        const b = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) / area
        const c = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / area
        if (b < 0 || c < 0 || b + c > 1) continue
        const z = az + b * (bz - az) + c * (cz - az)
        const i = y * this.width + x
        if (z <= (this.depth[i] as number)) continue
        this.depth[i] = z
        this.shade[i] = light
      }
    }
  }

  /** RGBA of the picture: the mean of each pixel's samples; what nothing covers is transparent. */
  pixels(width: number, height: number): Uint8Array {
    const data = new Uint8Array(4 * width * height)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let [light, covered] = [0, 0]
        for (let s = 0; s < OVERSAMPLING * OVERSAMPLING; s++) {
          const i = (y * OVERSAMPLING + Math.floor(s / OVERSAMPLING)) * this.width + x * OVERSAMPLING + (s % OVERSAMPLING)
          if ((this.depth[i] as number) === -Infinity) continue
          covered++
          light += this.shade[i] as number
        }
        if (covered === 0) continue
        const p = 4 * (y * width + x)
        COLOUR.forEach((part, k) => (data[p + k] = Math.round((part * light) / covered)))
        data[p + 3] = Math.round((255 * covered) / (OVERSAMPLING * OVERSAMPLING))
      }
    }
    return data
  }
}

type Point = readonly [number, number, number]
