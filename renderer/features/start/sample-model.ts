import type { Mesh } from '../../../shared/mesh/mesh'

/** Name of the sample's file. */
export const SAMPLE_FILE = 'moon-jar.stl'

const HEIGHT_MM = 27
const FOOT_RADIUS_MM = 7
const BELLY_MM = 7.4
/** An outer and an inner line of the standard quality side by side. */
const WALL_MM = 0.87
const FLOOR_MM = 1.2
const FLUTES = 20
const FLUTE_MM = 0.24
/** How far the flutes turn on their way up, of a turn. */
const TWIST = 0.08
const SEGMENTS = 100
const ROWS = 48

type Point = readonly [number, number, number]

/** Radius of the outside: a moon jar (달항아리), nowhere flatter than 45°, so that it prints without support. */
function outsideRadius(z: number, angle: number): number {
  const rise = Math.sin((Math.PI * z) / HEIGHT_MM)
  return FOOT_RADIUS_MM + BELLY_MM * rise + FLUTE_MM * rise * Math.cos(FLUTES * (angle + 2 * Math.PI * TWIST * (z / HEIGHT_MM)))
}

function ring(z: number, radius: (angle: number) => number): Point[] {
  return Array.from({ length: SEGMENTS }, (_, step) => {
    const angle = (2 * Math.PI * step) / SEGMENTS
    return [radius(angle) * Math.cos(angle), radius(angle) * Math.sin(angle), z]
  })
}

/** Rings from the middle of the bottom, up the outside, over the lip and down the inside to the middle of the floor. */
function rings(): Point[][] {
  const outside = Array.from({ length: ROWS + 1 }, (_, row) => (HEIGHT_MM * row) / ROWS).map((z) => ring(z, (angle) => outsideRadius(z, angle)))
  const inside = Array.from({ length: ROWS + 1 }, (_, row) => FLOOR_MM + ((HEIGHT_MM - FLOOR_MM) * (ROWS - row)) / ROWS).map((z) => ring(z, (angle) => outsideRadius(z, angle) - WALL_MM))
  return [...outside, ...inside]
}

function triangles(): (readonly [Point, Point, Point])[] {
  const all = rings()
  const made: (readonly [Point, Point, Point])[] = []
  const cap = (around: readonly Point[], middle: Point, isFacingUp: boolean) => {
    for (let step = 0; step < SEGMENTS; step++) {
      const [a, b] = [around[step] as Point, around[(step + 1) % SEGMENTS] as Point]
      made.push(isFacingUp ? [middle, a, b] : [middle, b, a])
    }
  }
  for (let row = 0; row + 1 < all.length; row++) {
    const [lower, upper] = [all[row] as Point[], all[row + 1] as Point[]]
    for (let step = 0; step < SEGMENTS; step++) {
      const next = (step + 1) % SEGMENTS
      const [a, b, c, d] = [lower[step], lower[next], upper[next], upper[step]] as [Point, Point, Point, Point]
      made.push([a, b, c], [a, c, d])
    }
  }
  cap(all[0] as Point[], [0, 0, 0], false)
  cap(all.at(-1) as Point[], [0, 0, FLOOR_MM], true)
  return made
}

/** The sample to try the studio with, as a binary STL in mm: a small fluted moon jar, ours and free of rights (CC0). The same bytes each time. */
export function sampleStl(): Uint8Array<ArrayBuffer> {
  const made = triangles()
  const bytes = new Uint8Array(84 + 50 * made.length)
  const view = new DataView(bytes.buffer)
  'Gongbang Studio moon jar, CC0'.split('').forEach((letter, at) => view.setUint8(at, letter.charCodeAt(0)))
  view.setUint32(80, made.length, true)
  made.forEach((corners, index) => {
    const at = 84 + 50 * index + 12
    corners.flat().forEach((value, axis) => view.setFloat32(at + 4 * axis, value, true))
  })
  return bytes
}

/** The same as a mesh, for a picture: corners aren't shared. */
export function sampleMesh(): Mesh {
  const positions = Float32Array.from(triangles().flat(2))
  return { positions, indices: Uint32Array.from({ length: positions.length / 3 }, (_, corner) => corner) }
}
