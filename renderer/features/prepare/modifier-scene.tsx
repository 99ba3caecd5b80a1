import { useMemo, useRef } from 'react'
import { modifierMesh, type ObjectModifier, sliceModifier } from '../../../shared/machine/object-modifier'
import { invertMatrix, multiplyMatrices, translation } from '../../../shared/mesh/matrix'
import { Gizmo, type GizmoPose } from '../../viewer/gizmo'
import { GhostPart } from '../../viewer/ghost-part'
import type { ViewerTheme } from '../../viewer/viewer-theme'
import { mapModifier, withoutModifier } from '../../workspace/object-edits'
import { type PlateObject, type Rotation, plateMatrix } from '../../workspace/plate'
import { multiplyRotations } from '../../workspace/rotation'
import { useWorkspace } from '../../workspace/workspace-store'
import { plateViewer, takeTool, usePrepare } from './prepare-state'

interface ModifierProps {
  readonly object: PlateObject
  readonly modifier: ObjectModifier
}

const MODES = { rotate: 'rotate', scale: 'scale' } as const

function inverse([x, y, z, w]: Rotation): Rotation {
  return [-x, -y, -z, w]
}

/** Handles on a modifier: it moves and turns in the machine's frame, and is kept in that of its object. */
function ModifierGizmo({ object, modifier }: ModifierProps) {
  const tool = usePrepare((state) => state.tool)
  const mode = tool === 'rotate' || tool === 'scale' ? MODES[tool] : 'translate'
  const matrix = useMemo(() => sliceModifier(modifier, plateMatrix(object)).transform, [modifier, object])
  const pose = useMemo((): GizmoPose => ({ positionMm: [matrix[12] ?? 0, matrix[13] ?? 0, matrix[14] ?? 0], rotation: multiplyRotations(object.transform.rotation, modifier.transform.rotation), scale: modifier.transform.scale }), [matrix, object, modifier])
  const gripped = useRef(false)
  const onDrag = (next: GizmoPose) => {
    gripped.current = true
    useWorkspace.getState().edit({ key: 'prepare.edit.modifier', values: { name: modifier.name } }, (plate) => mapModifier(plate, object.id, modifier.id, (one) => ({ ...one, transform: moved(object, one, mode, next) })), { merge: `modifier ${modifier.id}` })
  }
  const onSettle = () => {
    if (gripped.current) useWorkspace.getState().settle()
    gripped.current = false
  }
  return <Gizmo viewer={plateViewer} mode={mode} pose={pose} snap={mode === 'rotate' ? 5 : undefined} onDrag={onDrag} onSettle={onSettle} />
}

function moved(object: PlateObject, { transform }: ObjectModifier, mode: 'translate' | 'rotate' | 'scale', next: GizmoPose): ObjectModifier['transform'] {
  if (mode === 'rotate') return { ...transform, rotation: multiplyRotations(inverse(object.transform.rotation), next.rotation) }
  if (mode === 'scale') return { ...transform, scale: next.scale }
  const local = multiplyMatrices(invertMatrix(plateMatrix(object)), translation(...next.positionMm))
  return { ...transform, positionMm: [local[12] ?? 0, local[13] ?? 0, local[14] ?? 0] }
}

function colourOf(theme: ViewerTheme, { kind }: ObjectModifier): string {
  return kind === 'settings' ? theme.modifier : kind === 'support-enforcer' ? theme.enforced : theme.blocked
}

/** The modifiers of a chosen object, seen through it, and handles on the one in hand. */
export function ModifierScene({ object, theme }: { readonly object: PlateObject; readonly theme: ViewerTheme }) {
  const modifierId = usePrepare((state) => state.modifierId)
  const canPick = usePrepare((state) => state.tool !== 'cut' && state.tool !== 'measure' && state.tool !== 'emboss')
  const modifiers = object.modifiers ?? []
  const held = modifiers.find(({ id }) => id === modifierId)
  const matrix = useMemo(() => plateMatrix(object), [object])
  // They would hide what is painted.
  const isPainting = usePrepare((state) => state.tool === 'paint')
  if (isPainting) return undefined
  return (
    <>
      {modifiers.map((modifier) => (
        <GhostPart
          key={modifier.id}
          mesh={modifierMesh(modifier.shape)}
          matrix={sliceModifier(modifier, matrix).transform}
          colour={colourOf(theme, modifier)}
          opacity={modifier === held ? 0.5 : 0.28}
          onPick={canPick ? () => holdModifier(object.id, modifier.id) : undefined}
        />
      ))}
      {held !== undefined && canPick && <ModifierGizmo object={object} modifier={held} />}
    </>
  )
}

/** Takes a modifier in hand: its settings are shown, and the handles are its own. */
export function holdModifier(objectId: string, modifierId: string | undefined): void {
  const { selection, select } = useWorkspace.getState()
  if (selection.length !== 1 || selection[0] !== objectId) select([objectId])
  usePrepare.setState({ modifierId, scope: 'object' })
  const { tool } = usePrepare.getState()
  if (modifierId !== undefined && tool !== 'move' && tool !== 'rotate' && tool !== 'scale') takeTool('move')
}

/** Takes the modifier in hand out of its object; false when none is in hand. */
export function removeHeldModifier(): boolean {
  const { history, selection, edit } = useWorkspace.getState()
  const { modifierId } = usePrepare.getState()
  const object = selection.length === 1 ? history.present.objects.find(({ id }) => id === selection[0]) : undefined
  const held = object?.modifiers?.find(({ id }) => id === modifierId)
  if (object === undefined || held === undefined) return false
  edit({ key: 'prepare.edit.remove', values: { name: held.name } }, (plate) => withoutModifier(plate, object.id, held.id))
  return true
}
