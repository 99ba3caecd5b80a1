import type { Box3, Mat4 } from '../mesh/mesh'
import type { Problem } from '../units/problem'
import type { SliceInput, SliceObject } from './slice-input'

/** Rounding of vertices in files and transforms: an object may stand out by so much, mm. */
const TOLERANCE_MM = 0.005

/** An object in machine coordinates, in double precision. */
export interface PlacedObject {
  readonly object: SliceObject
  /** xyz triples, mm. */
  readonly positions: Float64Array
  /** Around the part that prints: what is above the bed. */
  readonly box: Box3
}

/** Moves an object's vertices to where it stands on the plate. */
export function placeObject(object: SliceObject): PlacedObject {
  const positions = transformPositions(object.mesh.positions, object.transform)
  return { object, positions, box: boxAboveBed(positions, object.mesh.indices) }
}

function transformPositions(from: Float32Array, [a, b, c, , d, e, f, , g, h, i, , tx, ty, tz]: Mat4): Float64Array {
  const moved = new Float64Array(from.length)
  for (let p = 0; p < from.length; p += 3) {
    const x = from[p]
    const y = from[p + 1]
    const z = from[p + 2]
    moved[p] = a * x + d * y + g * z + tx
    moved[p + 1] = b * x + e * y + h * z + ty
    moved[p + 2] = c * x + f * y + i * z + tz
  }
  return moved
}

/** The box of all triangles that reach above the bed, cut at the bed in z. Empty (min above max) when none does. */
function boxAboveBed(positions: Float64Array, indices: Uint32Array): Box3 {
  const min: [number, number, number] = [Infinity, Infinity, Infinity]
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (let t = 0; t < indices.length; t += 3) {
    const corners = [3 * indices[t], 3 * indices[t + 1], 3 * indices[t + 2]] as const
    if (Math.max(positions[corners[0] + 2], positions[corners[1] + 2], positions[corners[2] + 2]) <= 0) continue
    for (const corner of corners) {
      for (let axis = 0; axis < 3; axis++) {
        const mm = positions[corner + axis]
        if (mm < min[axis]) min[axis] = mm
        if (mm > max[axis]) max[axis] = mm
      }
    }
  }
  return { min, max }
}

/**
 * What is wrong with where an object stands: outside the build volume (errors, with how far), under the bed, floating, cut
 * by the bed (warnings).
 */
export function checkPlace({ object: { id, name }, positions, box }: PlacedObject, volume: SliceInput['volume']): Problem[] {
  const place = { object: id }
  if (positions.length === 0 || box.min[2] > box.max[2]) {
    return [{ code: 'slicing/under-bed', severity: 'error', place, values: { name }, message: `${name} has nothing above the bed. Put it on the bed.` }]
  }
  const problems = volume.shape === 'circle' ? checkCircle(name, positions, volume) : checkSides(name, box, volume)
  const overTopMm = box.max[2] - volume.max[2]
  if (overTopMm > TOLERANCE_MM) problems.push(outside(name, 'z', overTopMm))
  if (box.min[2] < -TOLERANCE_MM) {
    const depthMm = round(-box.min[2])
    problems.push({ code: 'slicing/cut-at-bed', severity: 'warning', values: { name, depthMm }, message: `${name} reaches ${depthMm} mm under the bed; that part is not printed.` })
  }
  return problems.map((problem) => ({ ...problem, place }))
}

function checkSides(name: string, { min, max }: Box3, volume: SliceInput['volume']): Problem[] {
  return (['x', 'y'] as const).flatMap((axis, k) => {
    const overMm = Math.max(volume.min[k] - min[k], max[k] - volume.max[k])
    return overMm > TOLERANCE_MM ? [outside(name, axis, overMm)] : []
  })
}

/** How far the outermost vertex stands over the rim of an elliptic bed, along its radius. */
function checkCircle(name: string, positions: Float64Array, { min, max }: SliceInput['volume']): Problem[] {
  const [cx, cy] = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2]
  const [rx, ry] = [(max[0] - min[0]) / 2, (max[1] - min[1]) / 2]
  let overMm = 0
  for (let p = 0; p < positions.length; p += 3) {
    if (positions[p + 2] <= 0) continue
    const x = positions[p] - cx
    const y = positions[p + 1] - cy
    const part = Math.hypot(x / rx, y / ry)
    if (part > 1) overMm = Math.max(overMm, Math.hypot(x, y) * (1 - 1 / part))
  }
  return overMm > TOLERANCE_MM ? [outside(name, 'xy', overMm)] : []
}

function outside(name: string, axis: string, overMm: number): Problem {
  const mm = round(overMm)
  return {
    code: 'slicing/outside-volume',
    severity: 'error',
    values: { name, axis: axis.toUpperCase(), overMm: mm },
    message: `${name} stands ${mm} mm outside the build volume in ${axis.toUpperCase()}. Move it, turn it or scale it down.`,
  }
}

function round(mm: number): number {
  return Math.round(mm * 100) / 100
}
