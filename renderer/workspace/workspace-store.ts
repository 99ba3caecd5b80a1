import { create } from 'zustand'
import type { Mesh } from '../../shared/mesh/mesh'
import { createEditActions } from './edit-actions'
import { type EditLabel, reduceHistory, startHistory } from './history'
import { loadedMesh } from './part-meshes'
import type { PlateDocument, PlateObject } from './plate'
import { createPlaceActions } from './place-actions'
import { FIRST_CHOICE } from './plate-profiles'
import { createSliceActions } from './slice-actions'
import type { EditOptions, WorkspaceActions, WorkspaceState } from './workspace-state'

export type Workspace = WorkspaceState & WorkspaceActions

/** What the actions need of the store; tests may put their own meshes under it. */
export interface WorkspaceAccess {
  get(): Workspace
  set(change: Partial<WorkspaceState>): void
  edit(label: EditLabel, change: (plate: PlateDocument) => PlateDocument, options?: EditOptions): void
  meshOf(object: PlateObject): Mesh | undefined
}

/** A plate with nothing on it. */
export const EMPTY_PLATE: PlateDocument = { objects: [], ...FIRST_CHOICE, overrides: {} }

/** What is on the bench now: the plate with undo, the chosen profiles, the print made of it. */
export const useWorkspace = create<Workspace>()((set, get) => {
  const edit: WorkspaceAccess['edit'] = (label, change, options) => {
    const { history, selection, madePrint, isPrintCurrent, sliceState } = get()
    const state = change(history.present)
    if (state === history.present) return
    set({
      history: reduceHistory(history, { kind: 'edit', state, label, merge: options?.merge }),
      selection: stillThere(selection, state),
      isPrintCurrent: isPrintCurrent && madePrint?.origin === 'file',
      sliceState: sliceState.kind === 'slicing' ? sliceState : { kind: 'idle' },
    })
    if (sliceState.kind === 'slicing') get().cancelSlice()
  }
  const step = (kind: 'undo' | 'redo') => {
    const { history, selection, madePrint, isPrintCurrent, sliceState } = get()
    const next = reduceHistory(history, { kind })
    if (next === history) return
    if (sliceState.kind === 'slicing') get().cancelSlice()
    set({ history: next, selection: stillThere(selection, next.present), isPrintCurrent: isPrintCurrent && madePrint?.origin === 'file', sliceState: { kind: 'idle' } })
  }
  const access: WorkspaceAccess = { get, set, edit, meshOf: loadedMesh }
  return {
    history: startHistory(EMPTY_PLATE),
    selection: [],
    sliceState: { kind: 'idle' },
    madePrint: undefined,
    isPrintCurrent: false,
    isRestored: false,
    select: (ids, how = 'replace') => set(({ selection }) => ({ selection: how === 'replace' ? ids : toggled(selection, ids) })),
    selectAll: () => set(({ history }) => ({ selection: history.present.objects.map(({ id }) => id) })),
    edit,
    settle: () => set(({ history }) => ({ history: reduceHistory(history, { kind: 'settle' }) })),
    undo: () => step('undo'),
    redo: () => step('redo'),
    ...createEditActions(access),
    ...createPlaceActions(access),
    ...createSliceActions(access),
  }
})

function stillThere(selection: readonly string[], plate: PlateDocument): readonly string[] {
  const left = selection.filter((id) => plate.objects.some((object) => object.id === id))
  return left.length === selection.length ? selection : left
}

function toggled(selection: readonly string[], ids: readonly string[]): readonly string[] {
  return [...selection.filter((id) => !ids.includes(id)), ...ids.filter((id) => !selection.includes(id))]
}

/** The plate as it is now. */
export function usePlate(): PlateDocument {
  return useWorkspace((state) => state.history.present)
}
