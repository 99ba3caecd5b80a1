import { useEffect, useMemo } from 'react'
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js'
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js'
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js'

const WIDTH_PX = 2.5

export interface ThickLinesProps {
  /** Point pairs, xyz triples, mm. */
  readonly points: Float32Array
  readonly colour: string
  readonly opacity?: number
}

/** Straight lines of a few pixels' width, over everything. */
export function ThickLines({ points, colour, opacity = 1 }: ThickLinesProps) {
  const lines = useMemo(() => {
    const geometry = new LineSegmentsGeometry()
    geometry.setPositions(points)
    const made = new LineSegments2(geometry, new LineMaterial({ color: colour, linewidth: WIDTH_PX, transparent: true, opacity, depthTest: false }))
    made.raycast = () => undefined
    made.renderOrder = 10
    return made
  }, [points, colour, opacity])
  useEffect(
    () => () => {
      lines.geometry.dispose()
      lines.material.dispose()
    },
    [lines],
  )
  return <primitive object={lines} />
}
