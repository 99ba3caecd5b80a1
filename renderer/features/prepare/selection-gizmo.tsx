import { useMemo, useRef } from 'react'
import { Gizmo, type GizmoPose } from '../../viewer/gizmo'
import { boxMiddle } from '../../workspace/part-shape'
import { loadedMesh } from '../../workspace/part-meshes'
import { type PlateObject, IDENTITY_ROTATION, type Triple, UNIT_SCALE } from '../../workspace/plate'
import { boxOfObjects } from '../../workspace/plate-edits'
import { useWorkspace } from '../../workspace/workspace-store'
import { type Tool, plateViewer, usePrepare } from './prepare-state'

const MODES: Readonly<Partial<Record<Tool, 'translate' | 'rotate' | 'scale'>>> = { move: 'translate', rotate: 'rotate', scale: 'scale' }
const ROTATION_STEP_DEG = 5

function poseOf(objects: readonly PlateObject[]): GizmoPose | undefined {
  const [only] = objects
  if (only === undefined) return undefined
  if (objects.length === 1) return only.transform
  const box = boxOfObjects(objects, loadedMesh)
  return box && { positionMm: boxMiddle(box), rotation: IDENTITY_ROTATION, scale: UNIT_SCALE }
}

/** With the lock on, the factor that a handle changed goes to all three. */
function uniformScale(next: Triple, before: Triple): Triple {
  const factors = [next[0] / before[0], next[1] / before[1], next[2] / before[2]]
  const factor = factors.reduce((best, one) => (Math.abs(one - 1) > Math.abs(best - 1) ? one : best), 1)
  return [before[0] * factor, before[1] * factor, before[2] * factor]
}

function difference(to: Triple, from: Triple): Triple {
  return [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
}

/** The handles on what is selected. Several objects can be moved together; turning and scaling have handles for one. */
export function SelectionGizmo({ objects }: { readonly objects: readonly PlateObject[] }) {
  const mode = usePrepare((state) => MODES[state.tool])
  const pose = useMemo(() => poseOf(objects), [objects])
  // Scaling is told against the size at the grip, not against the step before.
  const gripped = useRef<GizmoPose>(undefined)
  const [only] = objects
  if (mode === undefined || pose === undefined || only === undefined || (mode !== 'translate' && objects.length > 1)) return undefined
  const onDrag = (next: GizmoPose) => {
    gripped.current ??= pose
    const { moveSelected, reshape } = useWorkspace.getState()
    if (mode === 'translate') moveSelected(difference(next.positionMm, pose.positionMm), { merge: 'gizmo' })
    else if (mode === 'rotate') reshape(only.id, { rotation: next.rotation }, { merge: 'gizmo' })
    else reshape(only.id, { scale: usePrepare.getState().isUniform ? uniformScale(next.scale, gripped.current.scale) : next.scale }, { merge: 'gizmo' })
  }
  const onSettle = () => {
    gripped.current = undefined
    useWorkspace.getState().settle()
  }
  return <Gizmo viewer={plateViewer} mode={mode} pose={pose} snap={mode === 'rotate' ? ROTATION_STEP_DEG : undefined} onDrag={onDrag} onSettle={onSettle} />
}
