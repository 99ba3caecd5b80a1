import { useEffect, useMemo } from 'react'
import { BufferAttribute, BufferGeometry, DoubleSide } from 'three'
import type { Feature } from '../../shared/geometry/measure-features'
import type { Vector } from '../../shared/geometry/vector'
import { ThickLines } from './thick-lines'

const CROSS_MM = 1.2

function cross([x, y, z]: Vector): number[] {
  return [x - CROSS_MM, y, z, x + CROSS_MM, y, z, x, y - CROSS_MM, z, x, y + CROSS_MM, z, x, y, z - CROSS_MM, x, y, z + CROSS_MM]
}

/** Lines that show a feature, point pairs, xyz triples, mm. */
export function featureLines(feature: Feature): Float32Array {
  switch (feature.kind) {
    case 'point':
      return new Float32Array(cross(feature.atMm))
    case 'edge':
      return new Float32Array([...feature.fromMm, ...feature.toMm])
    case 'circle':
      return new Float32Array([...cross(feature.centreMm), ...feature.arcMm.slice(1).flatMap((point, index) => [...(feature.arcMm[index] ?? point), ...point])])
    case 'face':
      return new Float32Array()
    default:
      return feature satisfies never
  }
}

function FaceFill({ cornersMm, colour, opacity }: { readonly cornersMm: Float32Array; readonly colour: string; readonly opacity: number }) {
  const geometry = useMemo(() => {
    const made = new BufferGeometry()
    made.setAttribute('position', new BufferAttribute(cornersMm, 3))
    return made
  }, [cornersMm])
  useEffect(() => () => geometry.dispose(), [geometry])
  return (
    <mesh geometry={geometry} raycast={() => undefined} renderOrder={5}>
      <meshBasicMaterial color={colour} transparent opacity={opacity} side={DoubleSide} polygonOffset polygonOffsetFactor={-2} polygonOffsetUnits={-2} depthWrite={false} />
    </mesh>
  )
}

/** A feature of a part, marked over everything; fainter while it is only pointed at. */
export function FeatureView({ feature, colour, isFaint = false }: { readonly feature: Feature; readonly colour: string; readonly isFaint?: boolean }) {
  const lines = useMemo(() => featureLines(feature), [feature])
  return (
    <>
      {feature.kind === 'face' && <FaceFill cornersMm={feature.cornersMm} colour={colour} opacity={isFaint ? 0.3 : 0.55} />}
      {lines.length > 0 && <ThickLines points={lines} colour={colour} opacity={isFaint ? 0.5 : 1} />}
    </>
  )
}

/** The way that was measured, with its ends. */
export function MeasuredWay({ fromMm, toMm, colour }: { readonly fromMm: Vector; readonly toMm: Vector; readonly colour: string }) {
  const points = useMemo(() => new Float32Array([...cross(fromMm), ...cross(toMm), ...fromMm, ...toMm]), [fromMm, toMm])
  return <ThickLines points={points} colour={colour} />
}
