import { useMemo } from 'react'
import { headClearanceOf } from '../../../shared/machine/head-clearance'
import { meshFootprint } from '../../../shared/mesh/footprint'
import { sweptByHead } from '../../../shared/slicing/order/object-sequence'
import { LineSet } from '../../viewer/line-set'
import type { ViewerTheme } from '../../viewer/viewer-theme'
import { loadedMesh, usePartMeshes } from '../../workspace/part-meshes'
import { plateMatrix } from '../../workspace/plate'
import { plateSettings } from '../../workspace/plate-settings'
import { usePlate } from '../../workspace/workspace-store'
import { useChosenProfiles } from './use-plate-scene'

/** Above the bed, so that its lines don't flicker through, mm. */
const Z_MM = 0.15

/** Where the print head goes while it prints each object, when they are printed one after the other: no other may stand there before. */
export function HeadRoom({ theme, refused }: { readonly theme: ViewerTheme; readonly refused: ReadonlySet<string> }) {
  const profiles = useChosenProfiles()
  const { objects, overrides } = usePlate()
  const versions = usePartMeshes((state) => state.versions)
  const isByObject = useMemo(() => plateSettings(profiles, overrides).values.printOrder === 'by-object', [profiles, overrides])
  const head = headClearanceOf(profiles.machine)
  const rooms = useMemo(() => {
    if (!isByObject || objects.length < 2 || versions.size === 0) return []
    return objects.flatMap((object) => {
      const mesh = loadedMesh(object)
      return mesh === undefined ? [] : [{ id: object.id, points: ringAt(sweptByHead(meshFootprint(mesh, plateMatrix(object)), head)) }]
    })
  }, [isByObject, objects, versions, head])
  return rooms.map(({ id, points }) => <LineSet key={id} points={points} colour={refused.has(id) ? theme.selectedRefusedPart : theme.selectionLine} opacity={0.75} />)
}

/** Point pairs around an outline. */
function ringAt(outline: Float64Array): Float32Array {
  const n = outline.length / 2
  return Float32Array.from({ length: 6 * n }, (_, k) => {
    const corner = Math.floor(k / 6) + (k % 6 > 2 ? 1 : 0)
    const axis = k % 3
    return axis === 2 ? Z_MM : (outline[2 * (corner % n) + axis] ?? 0)
  })
}
