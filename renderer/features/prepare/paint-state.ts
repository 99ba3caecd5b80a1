import { create } from 'zustand'
import type { Mesh } from '../../../shared/mesh/mesh'
import { type MeshEdges, meshEdges } from '../../../shared/mesh/mesh-edges'
import { type PaintSurface, paintByAngle, paintWithBrush } from '../../../shared/mesh/paint/paint-brush'
import type { ObjectPaint, PaintState } from '../../../shared/mesh/paint/paint-tree'
import { placeObject } from '../../../shared/slicing/place-object'
import type { StrokePoint } from '../../viewer/use-surface-stroke'
import { withPaint } from '../../workspace/object-edits'
import { type PlateObject, plateMatrix } from '../../workspace/plate'
import { useWorkspace } from '../../workspace/workspace-store'

/** Smallest and largest brush, mm. */
export const BRUSH_MM = { min: 0.2, max: 30, step: 0.2 } as const

interface PaintChoice {
  readonly what: keyof ObjectPaint
  /** 1 enforces, 2 blocks, 0 takes paint away. */
  readonly state: PaintState
  readonly form: 'brush' | 'fill'
  readonly radiusMm: number
  /** A fill goes on over edges up to this angle. */
  readonly angleDeg: number
}

/** How the brush paints now. */
export const usePaint = create<PaintChoice>()(() => ({ what: 'support', state: 1, form: 'brush', radiusMm: 2, angleDeg: 30 }))

const edgesOf = new WeakMap<Mesh, MeshEdges>()
let placed: { readonly mesh: Mesh; readonly key: string; readonly surface: PaintSurface } | undefined

/** The surface where it stands; kept until the object moves. */
function surfaceOf(object: PlateObject, mesh: Mesh): PaintSurface {
  const transform = plateMatrix(object)
  const key = transform.join(' ')
  if (placed?.mesh === mesh && placed.key === key) return placed.surface
  const edges = edgesOf.get(mesh) ?? meshEdges(mesh.indices)
  edgesOf.set(mesh, edges)
  const surface = { positions: placeObject({ id: object.id, name: object.name, mesh, transform }).positions, indices: mesh.indices, edges }
  placed = { mesh, key, surface }
  return surface
}

/** Paints where the pointer is; all of one stroke is one step of undo. With Shift it takes paint away. */
export function paintAt(objectId: string, mesh: Mesh, { triangle, pointMm, isShifted }: StrokePoint): void {
  const { what, state: chosen, form, radiusMm, angleDeg } = usePaint.getState()
  const state: PaintState = isShifted ? 0 : chosen
  const { edit, history } = useWorkspace.getState()
  const object = history.present.objects.find(({ id }) => id === objectId)
  if (object === undefined) return
  const surface = surfaceOf(object, mesh)
  const before = object.paint?.[what] ?? NOTHING
  const after = form === 'brush' ? paintWithBrush(surface, before, { triangle, pointMm, radiusMm, state }) : paintByAngle(surface, before, { triangle, angleDeg, state })
  if (after !== before) edit({ key: `prepare.edit.paint.${what}`, values: { name: object.name } }, (plate) => withPaint(plate, objectId, what, after), { merge: 'paint' })
}

const NOTHING = {}

/** Takes away all paint of a kind. */
export function wipePaint(object: PlateObject, what: keyof ObjectPaint): void {
  useWorkspace.getState().edit({ key: 'prepare.edit.paint.wipe', values: { name: object.name } }, (plate) => withPaint(plate, object.id, what, {}))
}

/** Makes the brush larger or smaller by a fifth. */
export function resizeBrush(direction: 1 | -1): void {
  usePaint.setState(({ radiusMm }) => ({ radiusMm: Math.min(BRUSH_MM.max, Math.max(BRUSH_MM.min, Math.round(radiusMm * (direction > 0 ? 1.25 : 0.8) * 10) / 10)) }))
}
