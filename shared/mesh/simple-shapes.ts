import type { Mesh } from './mesh'

/** Solids that are made instead of designed: 1 mm wide, deep and high, around the origin. */
export const SIMPLE_SHAPES = ['box', 'cylinder', 'sphere'] as const
export type SimpleShape = (typeof SIMPLE_SHAPES)[number]

const SIDES = 64
const RINGS = 32
const made = new Map<SimpleShape, Mesh>()

/** The mesh of a simple shape, closed, faces outward; the same object for the same shape. */
export function simpleShape(shape: SimpleShape): Mesh {
  const kept = made.get(shape) ?? (shape === 'box' ? turnedProfile([[0, -0.5], [Math.SQRT1_2, -0.5], [Math.SQRT1_2, 0.5], [0, 0.5]], 4, Math.PI / 4) : shape === 'cylinder' ? turnedProfile([[0, -0.5], [0.5, -0.5], [0.5, 0.5], [0, 0.5]], SIDES, 0) : turnedProfile(halfCircle(), SIDES, 0))
  made.set(shape, kept)
  return kept
}

function halfCircle(): (readonly [number, number])[] {
  return Array.from({ length: RINGS + 1 }, (_, i) => {
    const angle = Math.PI * (i / RINGS - 0.5)
    return [i === 0 || i === RINGS ? 0 : 0.5 * Math.cos(angle), 0.5 * Math.sin(angle)] as const
  })
}

/** Turns a profile (radius and height, from the bottom to the top of the axis) about the z axis. */
function turnedProfile(profile: readonly (readonly [number, number])[], sides: number, startRad: number): Mesh {
  const rings = profile.slice(1, -1)
  const positions: number[] = [0, 0, profile[0]?.[1] ?? 0]
  for (const [radius, z] of rings) for (let i = 0; i < sides; i++) positions.push(radius * Math.cos(startRad + (2 * Math.PI * i) / sides), radius * Math.sin(startRad + (2 * Math.PI * i) / sides), z)
  positions.push(0, 0, profile.at(-1)?.[1] ?? 0)
  const [bottom, top] = [0, positions.length / 3 - 1]
  const at = (ring: number, i: number) => 1 + ring * sides + (i % sides)
  const indices: number[] = []
  for (let i = 0; i < sides; i++) {
    indices.push(bottom, at(0, i + 1), at(0, i), top, at(rings.length - 1, i), at(rings.length - 1, i + 1))
    for (let ring = 0; ring + 1 < rings.length; ring++) indices.push(at(ring, i), at(ring, i + 1), at(ring + 1, i + 1), at(ring, i), at(ring + 1, i + 1), at(ring + 1, i))
  }
  return { positions: Float32Array.from(positions), indices: Uint32Array.from(indices) }
}
