import { useThree } from '@react-three/fiber'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { BufferAttribute, BufferGeometry, Matrix4, type Mesh as SceneMesh } from 'three'
import type { Mat4 } from '../../shared/mesh/mesh'

export interface FacetsViewProps {
  /** Nine numbers a triangle, in the frame of the matrix. */
  readonly facets: Float64Array
  readonly matrix: Mat4
  readonly colour: string
}

/** Painted pieces of a surface. */
export function FacetsView({ facets, matrix, colour }: FacetsViewProps) {
  const ref = useRef<SceneMesh>(null)
  const invalidate = useThree((state) => state.invalidate)
  const geometry = useMemo(() => {
    const made = new BufferGeometry()
    made.setAttribute('position', new BufferAttribute(Float32Array.from(facets), 3))
    made.computeVertexNormals()
    return made
  }, [facets])
  useEffect(() => () => geometry.dispose(), [geometry])
  useLayoutEffect(() => {
    ref.current?.matrix.copy(new Matrix4().fromArray(matrix))
    ref.current?.updateMatrixWorld(true)
    invalidate()
  }, [matrix, geometry, invalidate])
  return (
    <mesh ref={ref} geometry={geometry} matrixAutoUpdate={false} raycast={() => undefined} renderOrder={4}>
      <meshLambertMaterial color={colour} polygonOffset polygonOffsetFactor={-2} polygonOffsetUnits={-2} side={2} />
    </mesh>
  )
}
