import { useMemo } from 'react'
import type { Mesh } from '../../../shared/mesh/mesh'
import { paintedFacets } from '../../../shared/mesh/paint/painted-facets'
import { FacetsView } from '../../viewer/facets-view'
import { PaintSurface } from '../../viewer/paint-surface'
import type { ViewerTheme } from '../../viewer/viewer-theme'
import { type PlateObject, plateMatrix } from '../../workspace/plate'
import { useWorkspace } from '../../workspace/workspace-store'
import { paintAt, usePaint } from './paint-state'

interface PaintProps {
  readonly object: PlateObject
  readonly mesh: Mesh
  readonly theme: ViewerTheme
}

/** What is painted on an object, of the kind that is looked at. */
function Painted({ object, mesh, theme }: PaintProps) {
  const what = usePaint((state) => state.what)
  const paint = object.paint?.[what]
  const matrix = useMemo(() => plateMatrix(object), [object])
  const facets = useMemo(() => (paint === undefined ? undefined : paintedFacets(mesh.positions, mesh.indices, paint)), [paint, mesh])
  if (facets === undefined) return undefined
  return (
    <>
      {facets.enforced.length > 0 && <FacetsView facets={facets.enforced} matrix={matrix} colour={theme.enforced} />}
      {facets.blocked.length > 0 && <FacetsView facets={facets.blocked} matrix={matrix} colour={theme.blocked} />}
    </>
  )
}

/** An object under the brush. */
export function PaintScene({ object, mesh, theme }: PaintProps) {
  const { state, form, radiusMm } = usePaint()
  const matrix = useMemo(() => plateMatrix(object), [object])
  const stroke = useMemo(() => ({ onPoint: (point: Parameters<typeof paintAt>[2]) => paintAt(object.id, mesh, point), onEnd: () => useWorkspace.getState().settle() }), [object.id, mesh])
  const ball = state === 1 ? theme.enforced : state === 2 ? theme.blocked : theme.part
  return (
    <>
      <PaintSurface mesh={mesh} matrix={matrix} colour={theme.part} radiusMm={form === 'brush' ? radiusMm : 0} ballColour={ball} stroke={stroke} />
      <Painted object={object} mesh={mesh} theme={theme} />
    </>
  )
}
