import { type ThreeEvent, useThree } from '@react-three/fiber'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import {
  AlwaysStencilFunc, BackSide, CylinderGeometry, DecrementWrapStencilOp, DoubleSide, FrontSide, type Group, IncrementWrapStencilOp, Matrix4, type Mesh as SceneMesh, NotEqualStencilFunc, Plane,
  ReplaceStencilOp, Vector3, type WebGLRenderer,
} from 'three'
import type { Mat4, Mesh } from '../../shared/mesh/mesh'
import { meshGeometry } from './mesh-geometry'
import { isClick } from './pick'
import { ThickLines } from './thick-lines'

/** A prism on the plane of a cut, in its frame, mm. */
export interface ShownConnector {
  readonly xMm: number
  readonly yMm: number
  readonly isBad: boolean
}

export interface CutViewProps {
  readonly mesh: Mesh
  /** From the mesh's frame to the scene. */
  readonly matrix: Mat4
  /** From the plane's frame to the scene. */
  readonly plane: Mat4
  /** Half the plane's side, mm. */
  readonly reachMm: number
  /** Outline of the section, x y to x y in the plane's frame, four numbers a line. */
  readonly lines: Float64Array
  readonly connectors: readonly ShownConnector[]
  /** Of each connector: corners of its outline, from its middle to them, and along the plane's normal to both sides, mm. */
  readonly shape: { readonly sides: number; readonly radiusMm: number; readonly depthMm: number }
  readonly colours: { readonly part: string; readonly section: string; readonly line: string; readonly plane: string; readonly good: string; readonly bad: string }
  /** A click on the plane, mm in its frame. */
  readonly onPick?: ((xMm: number, yMm: number) => void) | undefined
}

/** Clips what is drawn above the plane (`side` 1: below it) while it is shown. */
function useClipping(plane: Mat4, side: 1 | -1): Plane[] {
  const get = useThree((state) => state.get)
  useEffect(() => {
    get().gl.localClippingEnabled = true
  }, [get])
  return useMemo(() => {
    const normal = new Vector3(plane[8] ?? 0, plane[9] ?? 0, plane[10] ?? 1).multiplyScalar(side)
    return [new Plane().setFromNormalAndCoplanarPoint(normal, new Vector3(plane[12], plane[13], plane[14]))]
  }, [plane, side])
}

function Half({ mesh, matrix, plane, side, colour }: Pick<CutViewProps, 'mesh' | 'matrix' | 'plane'> & { readonly side: 1 | -1; readonly colour: string }) {
  const ref = useRef<SceneMesh>(null)
  const invalidate = useThree((state) => state.invalidate)
  const clippingPlanes = useClipping(plane, side)
  useLayoutEffect(() => {
    ref.current?.matrix.copy(new Matrix4().fromArray(matrix))
    ref.current?.updateMatrixWorld(true)
    invalidate()
  }, [matrix, clippingPlanes, invalidate])
  const isGhost = side === 1
  return (
    <mesh ref={ref} geometry={meshGeometry(mesh)} matrixAutoUpdate={false} raycast={() => undefined} renderOrder={isGhost ? 3 : 0}>
      <meshLambertMaterial color={colour} flatShading clippingPlanes={clippingPlanes} transparent={isGhost} opacity={isGhost ? 0.22 : 1} depthWrite={!isGhost} {...(isGhost ? {} : { side: DoubleSide })} />
    </mesh>
  )
}

/**
 * Counts in the stencil buffer how many more backs than fronts of the lower half lie behind each pixel: not none where the section is.
 * @see https://threejs.org/examples/#webgl_clipping_stencil
 */
function SectionMask({ mesh, matrix, plane, isBack }: Pick<CutViewProps, 'mesh' | 'matrix' | 'plane'> & { readonly isBack: boolean }) {
  const ref = useRef<SceneMesh>(null)
  const clippingPlanes = useClipping(plane, -1)
  useLayoutEffect(() => {
    ref.current?.matrix.copy(new Matrix4().fromArray(matrix))
    ref.current?.updateMatrixWorld(true)
  }, [matrix])
  const count = isBack ? IncrementWrapStencilOp : DecrementWrapStencilOp
  return (
    <mesh ref={ref} geometry={meshGeometry(mesh)} matrixAutoUpdate={false} raycast={() => undefined} renderOrder={1}>
      <meshBasicMaterial
        side={isBack ? BackSide : FrontSide} clippingPlanes={clippingPlanes} colorWrite={false} depthWrite={false} depthTest={false}
        stencilWrite stencilFunc={AlwaysStencilFunc} stencilFail={count} stencilZFail={count} stencilZPass={count}
      />
    </mesh>
  )
}

/** The face of the cut, filled; on the plane itself. */
function SectionFill({ reachMm, colour }: { readonly reachMm: number; readonly colour: string }) {
  return (
    <mesh raycast={() => undefined} renderOrder={2} onAfterRender={(renderer: WebGLRenderer) => renderer.clearStencil()}>
      <planeGeometry args={[2 * reachMm, 2 * reachMm]} />
      <meshBasicMaterial color={colour} side={DoubleSide} stencilWrite stencilRef={0} stencilFunc={NotEqualStencilFunc} stencilFail={ReplaceStencilOp} stencilZFail={ReplaceStencilOp} stencilZPass={ReplaceStencilOp} />
    </mesh>
  )
}

function Connector({ connector: { xMm, yMm, isBad }, shape, colours }: { readonly connector: ShownConnector } & Pick<CutViewProps, 'shape' | 'colours'>) {
  const { sides, radiusMm, depthMm } = shape
  const geometry = useMemo(() => new CylinderGeometry(radiusMm, radiusMm, 2 * depthMm, sides), [radiusMm, depthMm, sides])
  useEffect(() => () => geometry.dispose(), [geometry])
  // three's cylinder stands along y with a corner at z; ours stands along z with a flat at x.
  return (
    <mesh geometry={geometry} position={[xMm, yMm, 0]} rotation={[Math.PI / 2, Math.PI / 2 + Math.PI / sides, 0]} raycast={() => undefined} renderOrder={6}>
      <meshBasicMaterial color={isBad ? colours.bad : colours.good} transparent opacity={0.6} depthTest={false} />
    </mesh>
  )
}

function spaced(lines: Float64Array): Float32Array {
  const points = new Float32Array((lines.length / 2) * 3)
  for (let i = 0; i < lines.length / 2; i++) {
    points[3 * i] = lines[2 * i] ?? 0
    points[3 * i + 1] = lines[2 * i + 1] ?? 0
  }
  return points
}

/** A part with the plane that is to cut it: solid below, faint above, with the outline of its section and its connectors. */
export function CutView({ mesh, matrix, plane, reachMm, lines, connectors, shape, colours, onPick }: CutViewProps) {
  const frame = useRef<Group>(null)
  const invalidate = useThree((state) => state.invalidate)
  const outline = useMemo(() => spaced(lines), [lines])
  useLayoutEffect(() => {
    frame.current?.matrix.copy(new Matrix4().fromArray(plane))
    frame.current?.updateMatrixWorld(true)
    invalidate()
  }, [plane, connectors, invalidate])
  const clicked = (event: ThreeEvent<MouseEvent>) => {
    if (onPick === undefined || !isClick(event) || frame.current === null) return
    event.stopPropagation()
    const { x, y } = frame.current.worldToLocal(event.point.clone())
    onPick(x, y)
  }
  return (
    <>
      <Half mesh={mesh} matrix={matrix} plane={plane} side={-1} colour={colours.part} />
      <Half mesh={mesh} matrix={matrix} plane={plane} side={1} colour={colours.part} />
      <SectionMask mesh={mesh} matrix={matrix} plane={plane} isBack />
      <SectionMask mesh={mesh} matrix={matrix} plane={plane} isBack={false} />
      <group ref={frame} matrixAutoUpdate={false}>
        <SectionFill reachMm={reachMm} colour={colours.section} />
        <mesh renderOrder={4} onClick={clicked}>
          <planeGeometry args={[2 * reachMm, 2 * reachMm]} />
          <meshBasicMaterial color={colours.plane} transparent opacity={0.3} side={DoubleSide} depthWrite={false} />
        </mesh>
        {connectors.map((connector) => (
          <Connector key={`${connector.xMm} ${connector.yMm}`} connector={connector} shape={shape} colours={colours} />
        ))}
        {outline.length > 0 && <ThickLines points={outline} colour={colours.line} />}
      </group>
    </>
  )
}
