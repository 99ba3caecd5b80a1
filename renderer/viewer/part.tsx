import { type ThreeEvent, useThree } from '@react-three/fiber'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type BufferGeometry, Matrix4, type Mesh as SceneMesh } from 'three'
import type { Mat4, Mesh } from '../../shared/mesh/mesh'
import { meshGeometry } from './mesh-geometry'
import { type SurfacePick, isClick, raycastTree, readPick } from './pick'
import { useProxyGeometry } from './proxy-geometry'
import { type BedDrag, useBedDrag } from './use-bed-drag'
import type { Viewer } from './viewer'

export interface PartProps {
  readonly viewer: Viewer
  readonly mesh: Mesh
  /** From the mesh's frame to the scene. */
  readonly matrix: Mat4
  readonly colour: string
  readonly onPick?: ((pick: SurfacePick) => void) | undefined
  /** Dragged over the bed with the left button: hears each step. */
  readonly drag?: BedDrag | undefined
  /** Hears where the pointer is on the part, undefined when it has left. */
  readonly onHover?: ((pick: SurfacePick | undefined) => void) | undefined
}

/** Follows the viewer: true while something is dragged. */
function useIsMoving(viewer: Viewer): boolean {
  const [isMoving, setMoving] = useState(viewer.isMoving)
  useEffect(() => viewer.onMoving(setMoving), [viewer])
  return isMoving
}

type PointerProps = Pick<PartProps, 'onPick' | 'onHover'>

function pointerHandlers({ onPick, onHover }: PointerProps) {
  const pressed = (event: ThreeEvent<MouseEvent>) => {
    if (!isClick(event)) return
    event.stopPropagation()
    const pick = readPick(event)
    if (pick !== undefined) onPick?.(pick)
  }
  const moved = (event: ThreeEvent<PointerEvent>) => {
    event.stopPropagation()
    onHover?.(event.buttons === 0 ? readPick(event) : undefined)
  }
  return {
    ...(onPick === undefined ? {} : { onClick: pressed }),
    ...(onHover === undefined ? {} : { onPointerMove: moved, onPointerOut: () => onHover(undefined) }),
  }
}

/** One part where it stands. Very fine meshes are drawn simpler while something is dragged; they are always picked exactly. */
export function Part({ viewer, mesh, matrix, colour, drag, onPick, onHover }: PartProps) {
  const ref = useRef<SceneMesh>(null)
  const drawn = useRef<SceneMesh>(null)
  const invalidate = useThree((state) => state.invalidate)
  const geometry = meshGeometry(mesh)
  const isMoving = useIsMoving(viewer)
  const proxy = useProxyGeometry(mesh)
  const shown: BufferGeometry = isMoving && proxy !== undefined ? proxy : geometry
  useLayoutEffect(() => {
    for (const target of [ref.current, drawn.current]) {
      if (target === null) continue
      target.matrix.copy(new Matrix4().fromArray(matrix))
      target.matrixWorldNeedsUpdate = true
      target.updateMatrixWorld(true)
    }
    invalidate()
  }, [matrix, invalidate, shown])
  const startDrag = useBedDrag(viewer)
  const pointer = pointerHandlers({ onPick, onHover })
  const grabbed = (event: ThreeEvent<PointerEvent>) => {
    const { button, ctrlKey, metaKey, shiftKey } = event.nativeEvent
    if (drag === undefined || button !== 0 || ctrlKey || metaKey || shiftKey) return
    event.stopPropagation()
    startDrag(event, drag)
  }
  return (
    <>
      <mesh ref={ref} geometry={geometry} matrixAutoUpdate={false} raycast={raycastTree} {...pointer} {...(drag === undefined ? {} : { onPointerDown: grabbed })}>
        <meshBasicMaterial visible={false} />
      </mesh>
      <mesh ref={drawn} geometry={shown} matrixAutoUpdate={false} raycast={() => undefined}>
        <meshLambertMaterial color={colour} flatShading />
      </mesh>
    </>
  )
}
