import { useMemo } from 'react'
import type { Box3 } from '../../shared/mesh/mesh'
import { LineSet } from './line-set'

/** Each edge is drawn from its corners by this part of its length. */
const CORNER_PART = 0.18
/** Room between the part and its outline, mm. */
const ROOM_MM = 0.4

/** Corner brackets of a box, point pairs, xyz triples. */
export function boxCorners({ min, max }: Box3): Float32Array {
  const points: number[] = []
  for (let corner = 0; corner < 8; corner++) {
    const isMax = [corner & 1, corner & 2, corner & 4]
    const at = [0, 1, 2].map((axis) => (isMax[axis] ? (max[axis] ?? 0) + ROOM_MM : (min[axis] ?? 0) - ROOM_MM))
    for (let axis = 0; axis < 3; axis++) {
      const reach = ((max[axis] ?? 0) - (min[axis] ?? 0)) * CORNER_PART * (isMax[axis] ? -1 : 1)
      points.push(...at, ...at.map((value, other) => (other === axis ? value + reach : value)))
    }
  }
  return new Float32Array(points)
}

/** Marks a chosen part by the corners of its box. */
export function BoxOutline({ box, colour }: { readonly box: Box3; readonly colour: string }) {
  const points = useMemo(() => boxCorners(box), [box])
  return <LineSet points={points} colour={colour} />
}
