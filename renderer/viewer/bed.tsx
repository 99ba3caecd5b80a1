import { useEffect, useMemo } from 'react'
import { Shape, ShapeGeometry } from 'three'
import type { SliceInput } from '../../shared/slicing/slice-input'
import { bedLines, bedOutline } from './bed-lines'
import { LineSet } from './line-set'
import type { ViewerTheme } from './viewer-theme'

/** The surface lies this little below z = 0, so that what stands on it wins, mm. */
const BELOW_MM = 0.06
const AXIS_MM = 18

const AXES = [
  ['axisX', new Float32Array([0, 0, 0, AXIS_MM, 0, 0])],
  ['axisY', new Float32Array([0, 0, 0, 0, AXIS_MM, 0])],
  ['axisZ', new Float32Array([0, 0, 0, 0, 0, AXIS_MM])],
] as const

/** The bed with its grid, the edges of the build volume, and the machine's origin. Seen from below the bed is clear. */
export function Bed({ volume, theme }: { readonly volume: SliceInput['volume']; readonly theme: ViewerTheme }) {
  const lines = useMemo(() => bedLines(volume), [volume])
  const surface = useMemo(() => {
    const shape = new Shape()
    bedOutline(volume).forEach(([x, y], index) => (index === 0 ? shape.moveTo(x, y) : shape.lineTo(x, y)))
    return new ShapeGeometry(shape)
  }, [volume])
  useEffect(() => () => surface.dispose(), [surface])
  return (
    <>
      <mesh geometry={surface} position={[0, 0, -BELOW_MM]} raycast={() => undefined}>
        <meshBasicMaterial color={theme.bed} polygonOffset polygonOffsetFactor={1} polygonOffsetUnits={1} />
      </mesh>
      <LineSet points={lines.minor} colour={theme.bedLine} />
      <LineSet points={lines.major} colour={theme.bedLineMajor} />
      <LineSet points={lines.volume} colour={theme.volumeLine} />
      {AXES.map(([name, points]) => (
        <LineSet key={name} points={points} colour={theme[name]} />
      ))}
    </>
  )
}
