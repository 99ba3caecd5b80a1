import type { SliceInput } from '../../shared/slicing/slice-input'

type Volume = SliceInput['volume']

const MINOR_MM = 10
const MAJOR_MM = 50
const CIRCLE_STEPS = 96

export interface BedLines {
  /** Point pairs, xyz triples, mm. */
  readonly minor: Float32Array
  readonly major: Float32Array
  /** Edges of the build volume. */
  readonly volume: Float32Array
}

interface Frame {
  readonly middle: readonly [number, number]
  readonly radius: readonly [number, number]
}

function frameOf({ min, max }: Volume): Frame {
  return { middle: [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2], radius: [(max[0] - min[0]) / 2, (max[1] - min[1]) / 2] }
}

/** How far a grid line reaches to both sides of the bed's middle; 0 outside a round bed. */
function reach({ shape }: Volume, { radius }: Frame, across: number, axis: 0 | 1): number {
  const along = radius[1 - axis] as number
  if (shape === 'rectangle') return along
  const part = across / radius[axis]
  return Math.abs(part) >= 1 ? 0 : along * Math.sqrt(1 - part * part)
}

function gridLines(volume: Volume, isWanted: (mm: number) => boolean): Float32Array {
  const frame = frameOf(volume)
  const points: number[] = []
  for (const axis of [0, 1] as const) {
    const first = Math.ceil(volume.min[axis] / MINOR_MM) * MINOR_MM
    for (let at = first; at <= volume.max[axis] + 1e-6; at += MINOR_MM) {
      if (!isWanted(at)) continue
      const half = reach(volume, frame, at - frame.middle[axis], axis)
      if (half === 0) continue
      const [from, to] = [(frame.middle[1 - axis] as number) - half, (frame.middle[1 - axis] as number) + half]
      points.push(...(axis === 0 ? [at, from, 0, at, to, 0] : [from, at, 0, to, at, 0]))
    }
  }
  return new Float32Array(points)
}

/** Outline of the bed, counter-clockwise, xy pairs, mm. */
export function bedOutline(volume: Volume): readonly (readonly [number, number])[] {
  const { min, max, shape } = volume
  if (shape === 'rectangle') return [[min[0], min[1]], [max[0], min[1]], [max[0], max[1]], [min[0], max[1]]]
  const { middle, radius } = frameOf(volume)
  return Array.from({ length: CIRCLE_STEPS }, (_, step) => {
    const angle = (2 * Math.PI * step) / CIRCLE_STEPS
    return [middle[0] + radius[0] * Math.cos(angle), middle[1] + radius[1] * Math.sin(angle)]
  })
}

function volumeLines(volume: Volume): Float32Array {
  const outline = bedOutline(volume)
  const [bottom, top] = [volume.min[2], volume.max[2]]
  const uprightEvery = Math.max(1, outline.length / 4)
  const points: number[] = []
  outline.forEach(([x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length] ?? [x, y]
    points.push(x, y, bottom, nextX, nextY, bottom, x, y, top, nextX, nextY, top)
    if (index % uprightEvery === 0) points.push(x, y, bottom, x, y, top)
  })
  return new Float32Array(points)
}

/** Lines of a bed: each centimetre, stronger each five, and the edges of what can be reached. */
export function bedLines(volume: Volume): BedLines {
  const isMajor = (mm: number) => Math.abs(mm % MAJOR_MM) < 1e-6
  return { minor: gridLines(volume, (mm) => !isMajor(mm)), major: gridLines(volume, isMajor), volume: volumeLines(volume) }
}
