import type { MachineProfile, MaterialProfile, QualityProfile } from '../../shared/machine/profile'
import type { SettingKey, SettingValues } from '../../shared/slicing/settings'
import type { Problem } from '../../shared/units/problem'
import type { Progress } from '../../shared/units/progress'
import type { EditLabel, History } from './history'
import type { VersionPart } from './part-meshes'
import type { PlateDocument, PlateTransform, Rotation, Triple } from './plate'
import type { ReadyPrint } from './ready-print'

export type SliceState =
  | { readonly kind: 'idle' }
  /** `progress` is absent until the first stage reports. */
  | { readonly kind: 'slicing'; readonly progress?: Progress }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] }

/** Parts that go onto the plate together, standing to each other as in their file. */
export interface PlateAddition {
  readonly designId: string
  readonly versionId: string
  readonly title: string
  /** What the caller has in hand (all parts of the version, in order); read from the version's blob when absent. */
  readonly parts?: readonly VersionPart[]
}

export interface EditOptions {
  /** Edits in a row with the same text share one undo step. */
  readonly merge?: string
}

export interface WorkspaceState {
  readonly history: History<PlateDocument>
  readonly selection: readonly string[]
  readonly sliceState: SliceState
  /** The newest print, sliced or opened; stays until the next one. */
  readonly madePrint: ReadyPrint | undefined
  /** False when the plate or its settings were changed since `madePrint` was sliced from them. */
  readonly isPrintCurrent: boolean
  /** True when what was on the bench before the reload is back. */
  readonly isRestored: boolean
}

export interface WorkspaceActions {
  /** Puts a version's parts onto the plate where there is room, selects them and returns their ids. @throws when the version can't be read. */
  addToPlate(addition: PlateAddition): Promise<readonly string[]>
  select(ids: readonly string[], how?: 'replace' | 'toggle'): void
  selectAll(): void
  edit(label: EditLabel, change: (plate: PlateDocument) => PlateDocument, options?: EditOptions): void
  /** Ends a row of merged edits: a drag was let go. */
  settle(): void
  undo(): void
  redo(): void

  removeSelected(): void
  /** Puts copies of the selected objects where there is room; once unless told otherwise. */
  duplicateSelected(times?: number): void
  clearPlate(): void
  /** Places all objects side by side. @throws the problems when they don't fit on the bed. */
  arrange(): void
  centreSelected(): void
  dropSelected(): void
  straightenSelected(): void
  moveSelected(byMm: Triple, options?: EditOptions): void
  turnSelected(by: Rotation, options?: EditOptions): void
  /** Turns an object so that a face of it (outward normal in machine coordinates, unit length) lies on the bed. */
  layFlat(objectId: string, normal: Triple): void
  /** Takes a transform as it is (numbers typed, a gizmo dragged). */
  setTransform(objectId: string, transform: PlateTransform, options?: EditOptions): void
  /** Rotation or scale; the bottom keeps its height. */
  reshape(objectId: string, change: Partial<Pick<PlateTransform, 'rotation' | 'scale'>>, options?: EditOptions): void

  chooseMachine(profile: MachineProfile): void
  /** For an extruder, from 0; the first unless told otherwise. */
  chooseMaterial(profile: MaterialProfile, tool?: number): void
  chooseQuality(profile: QualityProfile): void
  setOverride<K extends SettingKey>(key: K, value: SettingValues[K] | undefined): void
  clearOverrides(): void

  /** Checks the plate and slices it in a worker. Resolves when it is done, failed or cancelled; see `sliceState`. */
  slice(): Promise<void>
  cancelSlice(): void
  /** Reads G-code that the user brought; it becomes `madePrint`. @throws StudioError or problems of the file. */
  openGcode(file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }): Promise<void>
}
