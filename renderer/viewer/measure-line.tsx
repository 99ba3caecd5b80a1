import { useMemo } from 'react'
import { LineSet } from './line-set'

type Triple = readonly [number, number, number]

export interface MeasureLineProps {
  readonly from: Triple
  /** Absent until the second point is picked. */
  readonly to?: Triple | undefined
  readonly colour: string
}

const CROSS_MM = 1.6

function cross([x, y, z]: Triple): number[] {
  return [x - CROSS_MM, y, z, x + CROSS_MM, y, z, x, y - CROSS_MM, z, x, y + CROSS_MM, z, x, y, z - CROSS_MM, x, y, z + CROSS_MM]
}

/** Two picked points and the line between them, over everything. */
export function MeasureLine({ from, to, colour }: MeasureLineProps) {
  const points = useMemo(() => new Float32Array([...cross(from), ...(to === undefined ? [] : [...cross(to), ...from, ...to])]), [from, to])
  return <LineSet points={points} colour={colour} onTop />
}

/** Distance between two points and its parts along the axes, mm. */
export function measure(from: Triple, to: Triple): { readonly distanceMm: number; readonly byAxisMm: Triple } {
  const byAxisMm: Triple = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]), Math.abs(to[2] - from[2])]
  return { distanceMm: Math.hypot(...byAxisMm), byAxisMm }
}
