import { useEffect, useMemo } from 'react'
import { BufferAttribute, BufferGeometry } from 'three'
import type { Mesh } from '../../shared/mesh/mesh'

export interface ReliefViewProps {
  /** In the scene. */
  readonly mesh: Mesh
  readonly colour: string
  /** Shows it through the part: it lies inside of it. */
  readonly isInside: boolean
}

/** A relief before it is made: what would be added to a part, or taken from it. */
export function ReliefView({ mesh, colour, isInside }: ReliefViewProps) {
  const geometry = useMemo(() => {
    const made = new BufferGeometry()
    made.setAttribute('position', new BufferAttribute(mesh.positions, 3))
    made.setIndex(new BufferAttribute(mesh.indices, 1))
    return made
  }, [mesh])
  useEffect(() => () => geometry.dispose(), [geometry])
  return (
    <mesh geometry={geometry} raycast={() => undefined} renderOrder={6}>
      <meshLambertMaterial color={colour} flatShading transparent opacity={isInside ? 0.75 : 0.9} depthTest={!isInside} />
    </mesh>
  )
}
