import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { BufferAttribute, BufferGeometry, Matrix4, type Mesh as SceneMesh } from 'three'
import type { Mat4, Mesh } from '../../shared/mesh/mesh'
import { flatFace } from './flat-face'

export interface FaceHighlightProps {
  readonly mesh: Mesh
  readonly matrix: Mat4
  readonly triangle: number
  readonly colour: string
}

/** Shows the flat face that a triangle belongs to. */
export function FaceHighlight({ mesh, matrix, triangle, colour }: FaceHighlightProps) {
  const ref = useRef<SceneMesh>(null)
  const geometry = useMemo(() => {
    const made = new BufferGeometry()
    made.setAttribute('position', new BufferAttribute(flatFace(mesh, triangle), 3))
    return made
  }, [mesh, triangle])
  useEffect(() => () => geometry.dispose(), [geometry])
  useLayoutEffect(() => {
    ref.current?.matrix.copy(new Matrix4().fromArray(matrix))
    ref.current?.updateMatrixWorld(true)
  }, [matrix, geometry])
  return (
    <mesh ref={ref} geometry={geometry} matrixAutoUpdate={false} raycast={() => undefined} renderOrder={5}>
      <meshBasicMaterial color={colour} transparent opacity={0.65} polygonOffset polygonOffsetFactor={-2} polygonOffsetUnits={-2} side={2} />
    </mesh>
  )
}
