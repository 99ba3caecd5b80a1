import { type ThreeEvent, useThree } from '@react-three/fiber'
import { useLayoutEffect, useRef } from 'react'
import { Matrix4, type Mesh as SceneMesh } from 'three'
import type { Mat4, Mesh } from '../../shared/mesh/mesh'
import { meshGeometry } from './mesh-geometry'
import { isClick, raycastTree } from './pick'

export interface GhostPartProps {
  readonly mesh: Mesh
  readonly matrix: Mat4
  readonly colour: string
  readonly opacity: number
  /** A click takes it, also through the part that it lies in. */
  readonly onPick?: (() => void) | undefined
}

/** Something that isn't printed itself: seen through, and seen inside of parts. */
export function GhostPart({ mesh, matrix, colour, opacity, onPick }: GhostPartProps) {
  const ref = useRef<SceneMesh>(null)
  const invalidate = useThree((state) => state.invalidate)
  useLayoutEffect(() => {
    ref.current?.matrix.copy(new Matrix4().fromArray(matrix))
    ref.current?.updateMatrixWorld(true)
    invalidate()
  }, [matrix, invalidate])
  const click = (event: ThreeEvent<MouseEvent>) => {
    if (!isClick(event)) return
    event.stopPropagation()
    onPick?.()
  }
  return (
    <mesh ref={ref} geometry={meshGeometry(mesh)} matrixAutoUpdate={false} renderOrder={6} raycast={onPick === undefined ? () => undefined : raycastTree} {...(onPick && { onClick: click })}>
      <meshLambertMaterial color={colour} flatShading transparent opacity={opacity} depthTest={false} depthWrite={false} />
    </mesh>
  )
}
