import { useMemo } from 'react'
import type { Mesh } from '../../../shared/mesh/mesh'
import { BoxOutline } from '../../viewer/box-outline'
import { FaceHighlight } from '../../viewer/face-highlight'
import { Part } from '../../viewer/part'
import type { SurfacePick } from '../../viewer/pick'
import { TOOL_COLOURS } from '../../viewer/toolpath-colours'
import type { ViewerTheme } from '../../viewer/viewer-theme'
import { placedBox } from '../../workspace/part-shape'
import { type PlateObject, plateMatrix } from '../../workspace/plate'
import { useWorkspace } from '../../workspace/workspace-store'
import { placeRelief, useEmboss } from './emboss-state'
import { hoverAt, measureAt } from './measure-state'
import { useExtruder } from './object-extruder'
import { type Tool, plateViewer, takeTool, usePrepare } from './prepare-state'

export interface PlateObjectProps {
  readonly object: PlateObject
  readonly mesh: Mesh
  readonly isSelected: boolean
  readonly isRefused: boolean
  readonly theme: ViewerTheme
}

function colourOf({ theme, isSelected, isRefused }: PlateObjectProps, extruder: number | undefined): string {
  if (isRefused) return isSelected ? theme.selectedRefusedPart : theme.refusedPart
  if (isSelected) return theme.selectedPart
  return extruder === undefined ? theme.part : (TOOL_COLOURS[(extruder - 1) % TOOL_COLOURS.length] ?? theme.part)
}

/** What a click on a part does with each tool. */
function picked({ object, mesh }: Pick<PlateObjectProps, 'object' | 'mesh'>, pick: SurfacePick, tool: Tool): void {
  const { select, layFlat } = useWorkspace.getState()
  switch (tool) {
    case 'measure':
      measureAt(object, mesh, pick)
      return
    case 'flat':
      select([object.id])
      layFlat(object.id, pick.normal)
      takeTool('select')
      return
    case 'emboss':
      placeRelief(object, pick)
      return
    case 'cut':
    case 'paint':
      select([object.id])
      return
    case 'select':
    case 'move':
    case 'rotate':
    case 'scale':
      select([object.id], pick.isAdding ? 'toggle' : 'replace')
      return
    default:
      tool satisfies never
  }
}

/** A drag moves what is selected; a part that isn't becomes the selection first. */
function dragOf(object: PlateObject) {
  return {
    onMove: (dxMm: number, dyMm: number) => {
      const { selection, select, moveSelected } = useWorkspace.getState()
      if (!selection.includes(object.id)) select([object.id])
      moveSelected([dxMm, dyMm, 0], { merge: 'drag' })
    },
    onEnd: () => useWorkspace.getState().settle(),
  }
}

/** Tools that show what a click would take. */
function hoverOf({ object, mesh }: Pick<PlateObjectProps, 'object' | 'mesh'>, tool: Tool, isPlaced: boolean): ((pick: SurfacePick | undefined) => void) | undefined {
  // A relief that is being placed isn't hidden by the face under it.
  if (tool === 'flat' || (tool === 'emboss' && !isPlaced)) return (pick) => usePrepare.setState({ hovered: pick && { objectId: object.id, triangle: pick.triangle } })
  return tool === 'measure' ? (pick) => hoverAt(object, mesh, pick) : undefined
}

/** An object of the plate in the picture. */
export function PlateObjectPart(props: PlateObjectProps) {
  const { object, mesh, isSelected, theme } = props
  const extruder = useExtruder(object)
  const tool = usePrepare((state) => state.tool)
  const hovered = usePrepare((state) => (state.hovered?.objectId === object.id ? state.hovered.triangle : undefined))
  const isPlaced = useEmboss((state) => state.place !== undefined)
  const matrix = useMemo(() => plateMatrix(object), [object])
  const drag = useMemo(() => dragOf(object), [object])
  return (
    <>
      <Part
        viewer={plateViewer}
        mesh={mesh}
        matrix={matrix}
        colour={colourOf(props, extruder?.number)}
        onPick={(pick) => picked({ object, mesh }, pick, tool)}
        drag={tool === 'select' ? drag : undefined}
        onHover={hoverOf({ object, mesh }, tool, isPlaced)}
      />
      {isSelected && <BoxOutline box={placedBox(object, mesh)} colour={theme.selectionLine} />}
      {(tool === 'flat' || (tool === 'emboss' && !isPlaced)) && hovered !== undefined && <FaceHighlight mesh={mesh} matrix={matrix} triangle={hovered} colour={theme.selectionLine} />}
    </>
  )
}
