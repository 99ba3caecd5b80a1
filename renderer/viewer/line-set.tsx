import { useEffect, useMemo } from 'react'
import { BufferAttribute, BufferGeometry } from 'three'

export interface LineSetProps {
  /** Point pairs, xyz triples, mm. */
  readonly points: Float32Array
  readonly colour: string
  readonly opacity?: number
  /** Drawn over everything. */
  readonly onTop?: boolean
}

/** Straight lines of a pixel's width. */
export function LineSet({ points, colour, opacity = 1, onTop = false }: LineSetProps) {
  const geometry = useMemo(() => {
    const made = new BufferGeometry()
    made.setAttribute('position', new BufferAttribute(points, 3))
    return made
  }, [points])
  useEffect(() => () => geometry.dispose(), [geometry])
  return (
    <lineSegments geometry={geometry} raycast={() => undefined} renderOrder={onTop ? 10 : 0}>
      <lineBasicMaterial color={colour} transparent={opacity < 1 || onTop} opacity={opacity} depthTest={!onTop} />
    </lineSegments>
  )
}
