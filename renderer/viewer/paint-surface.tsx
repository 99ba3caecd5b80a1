import { type ThreeEvent, useThree } from '@react-three/fiber'
import { useLayoutEffect, useRef, useState } from 'react'
import { Matrix4, type Mesh as SceneMesh } from 'three'
import type { Mat4, Mesh } from '../../shared/mesh/mesh'
import { meshGeometry } from './mesh-geometry'
import { raycastTree, readPick } from './pick'
import { type SurfaceStroke, useSurfaceStroke } from './use-surface-stroke'

export interface PaintSurfaceProps {
  readonly mesh: Mesh
  readonly matrix: Mat4
  readonly colour: string
  /** Of the ball that shows where the brush is, mm; none for 0. */
  readonly radiusMm: number
  readonly ballColour: string
  readonly stroke: SurfaceStroke
}

/** A part that is painted with the left button; a ball follows the pointer over it. */
export function PaintSurface({ mesh, matrix, colour, radiusMm, ballColour, stroke }: PaintSurfaceProps) {
  const ref = useRef<SceneMesh>(null)
  const invalidate = useThree((state) => state.invalidate)
  const begin = useSurfaceStroke()
  const [at, setAt] = useState<readonly [number, number, number]>()
  useLayoutEffect(() => {
    ref.current?.matrix.copy(new Matrix4().fromArray(matrix))
    ref.current?.updateMatrixWorld(true)
    invalidate()
  }, [matrix, invalidate])
  const press = (event: ThreeEvent<PointerEvent>) => {
    if (event.nativeEvent.button !== 0) return
    event.stopPropagation()
    begin(event, stroke)
  }
  const move = (event: ThreeEvent<PointerEvent>) => {
    event.stopPropagation()
    setAt(readPick(event)?.pointMm)
  }
  return (
    <>
      <mesh ref={ref} geometry={meshGeometry(mesh)} matrixAutoUpdate={false} raycast={raycastTree} onPointerDown={press} onPointerMove={move} onPointerOut={() => setAt(undefined)} onClick={(event) => event.stopPropagation()}>
        <meshLambertMaterial color={colour} flatShading />
      </mesh>
      {at !== undefined && radiusMm > 0 && (
        <mesh position={[at[0], at[1], at[2]]} raycast={() => undefined} renderOrder={7}>
          <sphereGeometry args={[radiusMm, 32, 20]} />
          <meshBasicMaterial color={ballColour} transparent opacity={0.28} depthWrite={false} />
        </mesh>
      )}
    </>
  )
}
