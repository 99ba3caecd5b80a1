import type { Mat4, Mesh } from '../mesh/mesh'
import { encodeJpeg } from './encode-jpeg'
import { encodePng, type RgbaPicture } from './encode-png'
import { encodeQoi } from './encode-qoi'
import type { GcodeThumbnail, ThumbnailFormat } from './gcode-options'

/** What is drawn: a mesh where it stands on the plate. */
export interface ThumbnailObject {
  readonly mesh: Mesh
  readonly transform: Mat4
}

/** Samples a pixel side; their mean is the pixel. */
const OVERSAMPLING = 2
/** The camera looks from the front right and above, as the window's pictures do: turned about Z, then tilted, radians. */
const TURN = -Math.PI / 6
const TILT = Math.PI / 6
const MARGIN = 0.06
/** Direction to the lamp, over the camera's shoulder. */
const LAMP = [-0.37, 0.56, 0.74] as const
/** Of a part on the plate, as the window shows it. */
const COLOUR = [211, 198, 171] as const

interface Size {
  readonly width: number
  readonly height: number
}

const ENCODERS: Readonly<Record<ThumbnailFormat, (picture: RgbaPicture) => Uint8Array<ArrayBuffer>>> = { png: encodePng, jpg: encodeJpeg, qoi: encodeQoi }

/** Draws objects for a G-code file, in the sizes and formats that its machine reads. Nothing to draw gives no picture. */
export function renderGcodeThumbnails(objects: readonly ThumbnailObject[], wanted: readonly (Size & { readonly format: ThumbnailFormat })[]): readonly GcodeThumbnail[] {
  return renderPictures(objects, wanted).map((picture, i) => {
    const format = wanted[i]?.format ?? 'png'
    return { width: picture.width, height: picture.height, format, bytes: ENCODERS[format](picture) }
  })
}

/** Draws objects as `renderGcodeThumbnails` does, as PNGs of the given sizes. */
export function renderThumbnails(objects: readonly ThumbnailObject[], sizes: readonly Size[]): readonly (Size & { readonly png: Uint8Array<ArrayBuffer> })[] {
  return renderPictures(objects, sizes).map((picture) => ({ width: picture.width, height: picture.height, png: encodePng(picture) }))
}

/**
 * Draws objects as seen from the front, with transparent ground, in the given sizes: a small rasteriser of its own, for
 * places without a graphics card.
 */
function renderPictures(objects: readonly ThumbnailObject[], sizes: readonly Size[]): readonly RgbaPicture[] {
  const views = objects.map((object) => project(object))
  const box = boxOf(views)
  if (!box) return []
  return sizes.map(({ width, height }) => {
    const canvas = new Canvas(width * OVERSAMPLING, height * OVERSAMPLING, box)
    objects.forEach((object, i) => canvas.draw(views[i] as Float32Array, object.mesh.indices))
    return { width, height, data: canvas.pixels(width, height) }
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
    const x = positions[i]
    const y = positions[i + 1]
    const z = positions[i + 2]
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
      const x = view[i]
      const y = view[i + 1]
      if (x < minX) minX = x
      if (x > maxX) maxX = x
      if (y < minY) minY = y
      if (y > maxY) maxY = y
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

  /**
   * Fills the samples whose centre lies in a triangle that faces the camera and that are nearer than what is there. Most
   * triangles of a fine mesh meet no sample: they are left before anything is worked out for them. One function, without
   * small arrays for points: drawing the Benchy's 225,154 triangles takes 15 ms instead of 100.
   */
  draw(view: Float32Array, indices: Uint32Array): void {
    const { scale, offsetX, offsetY, width, height, depth, shade } = this
    for (let t = 0; t < indices.length; t += 3) {
      const i = 3 * indices[t]
      const j = 3 * indices[t + 1]
      const k = 3 * indices[t + 2]
      const ax = scale * view[i] + offsetX
      const ay = offsetY - scale * view[i + 1]
      const bx = scale * view[j] + offsetX
      const by = offsetY - scale * view[j + 1]
      const cx = scale * view[k] + offsetX
      const cy = offsetY - scale * view[k + 1]
      // The y axis of a picture runs down: what faces the camera runs clockwise.
      const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
      if (area >= 0) continue
      const fromX = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5))
      const toX = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5))
      const fromY = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5))
      const toY = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5))
      if (fromX > toX || fromY > toY) continue
      const az = view[i + 2]
      const light = brightness(view, i, j, k)
      for (let y = fromY; y <= toY; y++) {
        for (let x = fromX; x <= toX; x++) {
          const px = x + 0.5 - ax
          const py = y + 0.5 - ay
          const b = (px * (cy - ay) - py * (cx - ax)) / area
          const c = ((bx - ax) * py - (by - ay) * px) / area
          if (b < 0 || c < 0 || b + c > 1) continue
          const z = az + b * (view[j + 2] - az) + c * (view[k + 2] - az)
          const sample = y * width + x
          if (z <= depth[sample]) continue
          depth[sample] = z
          shade[sample] = light
        }
      }
    }
  }

  /** RGBA of the picture: the mean of each pixel's samples; what nothing covers is transparent. */
  pixels(width: number, height: number): Uint8Array {
    const data = new Uint8Array(4 * width * height)
    const { depth, shade } = this
    for (let p = 0; p < width * height; p++) {
      const first = Math.floor(p / width) * OVERSAMPLING * this.width + (p % width) * OVERSAMPLING
      let light = 0
      let covered = 0
      for (let row = first; row < first + OVERSAMPLING * this.width; row += this.width) {
        for (let i = row; i < row + OVERSAMPLING; i++) {
          if (depth[i] === -Infinity) continue
          covered++
          light += shade[i]
        }
      }
      if (covered === 0) continue
      for (let k = 0; k < 3; k++) data[4 * p + k] = Math.round((COLOUR[k] * light) / covered)
      data[4 * p + 3] = Math.round((255 * covered) / (OVERSAMPLING * OVERSAMPLING))
    }
    return data
  }
}

/** How bright the lamp makes a triangle, 0..1. */
function brightness(view: Float32Array, a: number, b: number, c: number): number {
  const ux = view[b] - view[a]
  const uy = view[b + 1] - view[a + 1]
  const uz = view[b + 2] - view[a + 2]
  const vx = view[c] - view[a]
  const vy = view[c + 1] - view[a + 1]
  const vz = view[c + 2] - view[a + 2]
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
  return 0.3 + 0.7 * Math.max(0, (nx * LAMP[0] + ny * LAMP[1] + nz * LAMP[2]) / length)
}
