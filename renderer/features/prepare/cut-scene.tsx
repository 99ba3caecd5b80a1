import { useEffect, useMemo } from 'react'
import { connectorDepth, connectorSides, cornerRadius } from '../../../shared/cad/connector'
import { sectionsAround } from '../../../shared/cad/place-connectors'
import type { Mesh } from '../../../shared/mesh/mesh'
import { boxSize } from '../../../shared/mesh/mesh-box'
import { sectionLines } from '../../../shared/mesh/section-lines'
import { CutView } from '../../viewer/cut-view'
import { Gizmo } from '../../viewer/gizmo'
import type { ViewerTheme } from '../../viewer/viewer-theme'
import { placedBox } from '../../workspace/part-shape'
import { type PlateObject, UNIT_SCALE, plateMatrix } from '../../workspace/plate'
import { badConnectors, connectorStyle, cutPlane, startCut, toCutPlane, toggleConnector, useCut } from './cut-state'
import { plateViewer } from './prepare-state'

/** Where the plane cuts an object now, and which connectors can't stay. */
export function useCutSection(object: PlateObject, mesh: Mesh) {
  const { originMm, rotation, connectors, joint, style } = useCut()
  const plane = useMemo(() => cutPlane({ originMm, rotation }), [originMm, rotation])
  const lines = useMemo(() => sectionLines(mesh, toCutPlane(object, plane)), [mesh, object, plane])
  const bad = useMemo(() => {
    if (joint === 'none' || connectors.length === 0) return new Set<number>()
    const full = connectorStyle({ joint, style })
    return badConnectors(sectionsAround(mesh, toCutPlane(object, plane), connectorDepth(full)), connectors, full)
  }, [mesh, object, plane, connectors, joint, style])
  return { plane, lines, bad }
}

/** The object under the knife, in the picture. */
export function CutScene({ object, mesh, theme }: { readonly object: PlateObject; readonly mesh: Mesh; readonly theme: ViewerTheme }) {
  const { objectId, originMm, rotation, grip, joint, style, connectors } = useCut()
  useEffect(() => startCut(object, mesh), [object, mesh])
  const { plane, lines, bad } = useCutSection(object, mesh)
  const matrix = useMemo(() => plateMatrix(object), [object])
  const pose = useMemo(() => ({ positionMm: originMm, rotation, scale: UNIT_SCALE }), [originMm, rotation])
  const shown = useMemo(() => (joint === 'none' ? [] : connectors.map((one, index) => ({ ...one, isBad: bad.has(index) }))), [joint, connectors, bad])
  if (objectId !== object.id) return undefined
  const reachMm = 0.62 * Math.hypot(...boxSize(placedBox(object, mesh)))
  return (
    <>
      <CutView
        mesh={mesh}
        matrix={matrix}
        plane={plane}
        reachMm={reachMm}
        lines={lines}
        connectors={shown}
        shape={{ sides: connectorSides(style.shape), radiusMm: cornerRadius(style.shape, style.widthMm), depthMm: style.depthMm }}
        colours={{ part: theme.selectedPart, section: theme.part, line: theme.measure, plane: theme.selectionLine, good: theme.measure, bad: theme.selectedRefusedPart }}
        onPick={joint === 'none' ? undefined : (xMm, yMm) => toggleConnector({ xMm, yMm })}
      />
      <Gizmo
        viewer={plateViewer}
        mode={grip}
        pose={pose}
        snap={grip === 'rotate' ? 5 : undefined}
        onDrag={({ positionMm, rotation: turned }) => useCut.setState({ originMm: positionMm, rotation: turned })}
        onSettle={() => undefined}
      />
    </>
  )
}
