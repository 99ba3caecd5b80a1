import type { Mesh } from '../../../shared/mesh/mesh'

const SEEDS = [0x9e3779b9, 0x85ebca6b] as const

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0xcc9e2d51)
  return ((mixed << 13) | (mixed >>> 19)) ^ Math.imul(mixed, 0x1b873593)
}

/**
 * A number of 52 bits for each triangle, made of the bits of its corners: the same triangle, beginning at another corner, has the same number; turned
 * over it has another. Two different ones share a number once in 10^15.
 */
function triangleKeys({ positions, indices }: Mesh): Float64Array {
  // -0 becomes 0: they are the same place.
  const bits = new Uint32Array(positions.map((value) => value + 0).buffer)
  const vertexCount = positions.length / 3
  const hashes = SEEDS.map((seed) => {
    const made = new Int32Array(vertexCount)
    for (let vertex = 0; vertex < vertexCount; vertex++) made[vertex] = mix(mix(mix(seed, bits[3 * vertex] as number), bits[3 * vertex + 1] as number), bits[3 * vertex + 2] as number)
    return made
  }) as [Int32Array, Int32Array]
  const [order] = hashes
  const keys = new Float64Array(indices.length / 3)
  for (let triangle = 0; triangle < keys.length; triangle++) {
    let [a, b, c] = [indices[3 * triangle] as number, indices[3 * triangle + 1] as number, indices[3 * triangle + 2] as number]
    while ((order[a] as number) > (order[b] as number) || (order[a] as number) > (order[c] as number)) [a, b, c] = [b, c, a]
    const [high, low] = hashes.map((hash) => mix(mix(mix(1, hash[a] as number), hash[b] as number), hash[c] as number)) as [number, number]
    keys[triangle] = (high >>> 0) * 2 ** 20 + (low >>> 12)
  }
  return keys
}

/** Numbers of the triangles of `after` that `before` doesn't have, or has the other way round: what a repair made or turned. */
export function changedTriangles(before: Mesh, after: Mesh): Uint32Array {
  const known = new Set(triangleKeys(before))
  const changed: number[] = []
  triangleKeys(after).forEach((key, triangle) => {
    if (!known.has(key)) changed.push(triangle)
  })
  return Uint32Array.from(changed)
}
