import type { Box3, Mesh } from './mesh'
import type { Shell } from './measure-shells'
import type { Orientation } from './orient-triangles'

/** How the shells of a mesh lie in each other. */
export interface Nesting {
  /** +1 for a shell that must face outward from its inside, -1 for the inside of a cavity. */
  readonly signs: Int8Array
  /** 1 for shells that face the wrong way now. */
  readonly isTurned: Uint8Array
  /** How many solids surround each shell. */
  readonly surrounding: Uint32Array
  /** Whether boxes of shells overlap, so that volumes may count twice. */
  readonly hasOverlaps: boolean
}

/** Pairs of boxes, and triangles met by rays, that are looked at before the rest is taken as standing free. */
const MAX_PAIRS = 20_000_000
const MAX_RAY_TESTS = 300_000_000

/**
 * Decides which way every shell faces, from the outside inward: one that nothing surrounds faces outward; one within a solid keeps its turn relative
 * to what surrounds it, so that a cavity stays a cavity and a solid within a solid stays solid.
 */
export function nestShells(mesh: Mesh, orientation: Pick<Orientation, 'shellOf' | 'shellCount'>, shells: readonly Shell[]): Nesting {
  const signs = new Int8Array(shells.length)
  const isTurned = new Uint8Array(shells.length)
  const surrounding = new Uint32Array(shells.length)
  const { containers, hasOverlaps } = findContainers(mesh, orientation, shells)
  const outsideIn = shells.map((_, index) => index).sort((a, b) => boxVolume(shells[b].box) - boxVolume(shells[a].box))
  for (const index of outsideIn) {
    const { volumeMm3, isSheet } = shells[index]
    const given = volumeMm3 < 0 ? -1 : 1
    const around = containers.get(index) ?? []
    const winding = around.reduce((sum, container) => sum + signs[container], 0)
    const parent = around.reduce<number | undefined>((inner, one) => (inner === undefined || boxVolume(shells[one].box) < boxVolume(shells[inner].box) ? one : inner), undefined)
    const relative = parent !== undefined && isTurned[parent] === 1 ? -given : given
    const sign = isSheet ? given : winding <= 0 ? 1 : relative
    signs[index] = sign
    surrounding[index] = Math.max(0, winding)
    isTurned[index] = sign === given ? 0 : 1
  }
  return { signs, isTurned, surrounding, hasOverlaps }
}

function boxVolume({ min, max }: Box3): number {
  return (max[0] - min[0]) * (max[1] - min[1]) * (max[2] - min[2])
}

function findContainers(mesh: Mesh, { shellOf, shellCount }: Pick<Orientation, 'shellOf' | 'shellCount'>, shells: readonly Shell[]) {
  const containers = new Map<number, number[]>()
  if (shellCount < 2) return { containers, hasOverlaps: false }
  const triangles = trianglesByShell(shellOf, shellCount)
  const solids = shells.flatMap((shell, index) => (shell.isSheet ? [] : [index])).sort((a, b) => shells[a].box.min[0] - shells[b].box.min[0])
  let hasOverlaps = false
  let pairs = 0
  let rayTests = 0
  const lookInto = (inner: number, outer: number) => {
    if (!isBoxWithin(shells[inner].box, shells[outer].box) || rayTests > MAX_RAY_TESTS) return
    rayTests += shells[outer].triangleCount
    if (isInShell(mesh, triangles.of(inner)[0], triangles.of(outer))) containers.set(inner, [...(containers.get(inner) ?? []), outer])
  }
  for (let i = 0; i < solids.length && pairs < MAX_PAIRS; i++) {
    for (let j = i + 1; j < solids.length && pairs < MAX_PAIRS; j++) {
      const [one, two] = [shells[solids[i]].box, shells[solids[j]].box]
      if (two.min[0] >= one.max[0]) break
      pairs++
      if (two.min[1] >= one.max[1] || one.min[1] >= two.max[1] || two.min[2] >= one.max[2] || one.min[2] >= two.max[2]) continue
      hasOverlaps = true
      lookInto(solids[j], solids[i])
      lookInto(solids[i], solids[j])
    }
  }
  return { containers, hasOverlaps }
}

function isBoxWithin(inner: Box3, outer: Box3): boolean {
  return [0, 1, 2].every((axis) => inner.min[axis] >= outer.min[axis] && inner.max[axis] <= outer.max[axis]) && boxVolume(inner) < boxVolume(outer)
}

/** Triangle numbers sorted by shell. */
function trianglesByShell(shellOf: Uint32Array, shellCount: number): { of(shell: number): Uint32Array } {
  const starts = new Uint32Array(shellCount + 1)
  for (const shell of shellOf) starts[shell + 1]++
  for (let shell = 0; shell < shellCount; shell++) starts[shell + 1] += starts[shell]
  const fill = starts.slice()
  const sorted = new Uint32Array(shellOf.length)
  for (let triangle = 0; triangle < shellOf.length; triangle++) sorted[fill[shellOf[triangle]]++] = triangle
  return { of: (shell) => sorted.subarray(starts[shell], starts[shell + 1]) }
}

/** Counts how often a ray upward from the middle of a triangle crosses a shell. */
function isInShell({ positions, indices }: Mesh, triangle: number, shell: Uint32Array): boolean {
  const [a, b, c] = [3 * indices[3 * triangle], 3 * indices[3 * triangle + 1], 3 * indices[3 * triangle + 2]]
  // Unequal weights: the middle itself often lies above edges of regular models.
  const at = (axis: number) => 0.41 * positions[a + axis] + 0.33 * positions[b + axis] + 0.26 * positions[c + axis]
  const [x, y, z] = [at(0), at(1), at(2)]
  let crossings = 0
  for (const other of shell) {
    const height = heightAt(positions, indices, other, [x, y])
    if (height > z) crossings++
  }
  return crossings % 2 === 1
}

/** Height of a triangle above a point of the plane; NaN where it isn't. A point on an edge belongs to exactly one of its two triangles. */
export function heightAt(positions: Float32Array, indices: Uint32Array, triangle: number, [x, y]: readonly [number, number]): number {
  const [i, j, k] = [indices[3 * triangle], indices[3 * triangle + 1], indices[3 * triangle + 2]]
  const w0 = sideOf(positions, j, k, [x, y])
  const w1 = sideOf(positions, k, i, [x, y])
  const w2 = sideOf(positions, i, j, [x, y])
  if (!((w0 >= 0 && w1 >= 0 && w2 >= 0) || (w0 < 0 && w1 < 0 && w2 < 0))) return NaN
  const sum = w0 + w1 + w2
  return sum === 0 ? NaN : (w0 * positions[3 * i + 2] + w1 * positions[3 * j + 2] + w2 * positions[3 * k + 2]) / sum
}

/** Twice the area of (from, to, point); computed from the lower vertex to the higher, so that both triangles of an edge get the same number. */
function sideOf(positions: Float32Array, from: number, to: number, [x, y]: readonly [number, number]): number {
  const isForward = from < to
  const a = 3 * (isForward ? from : to)
  const b = 3 * (isForward ? to : from)
  const side = (positions[b] - positions[a]) * (y - positions[a + 1]) - (positions[b + 1] - positions[a + 1]) * (x - positions[a])
  // A zero turns with the edge: on the line the point is left of one triangle and right of the other.
  if (side === 0) return isForward ? 0 : -Number.MIN_VALUE
  return isForward ? side : -side
}
