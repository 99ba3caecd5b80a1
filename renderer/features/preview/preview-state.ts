import { create } from 'zustand'
import { MOVE_ROLES, type MoveRole } from '../../../shared/toolpath/toolpath'
import type { Colouring } from '../../viewer/toolpath-colours'
import { layerOfMove } from '../../viewer/toolpath-data'
import { Viewer } from '../../viewer/viewer'

/** Roles that are left out at first: they hide what is printed. */
const HIDDEN_AT_FIRST: readonly MoveRole[] = ['travel', 'retract', 'unretract']

export interface PreviewState {
  readonly colouring: Colouring
  readonly hidden: ReadonlySet<MoveRole>
  readonly hasSeams: boolean
  readonly hasRetractions: boolean
  /** Lowest and highest layer shown, from 0. */
  readonly bottom: number
  readonly top: number
  /** Moves of the top layer that are shown; all of them when undefined. */
  readonly moves: number | undefined
  readonly isPlaying: boolean
}

/** What is shown of the print. */
export const usePreview = create<PreviewState>()(() => ({ colouring: 'type', hidden: new Set(HIDDEN_AT_FIRST), hasSeams: false, hasRetractions: false, bottom: 0, top: 0, moves: undefined, isPlaying: false }))

/** The picture of the print. */
export const printViewer = new Viewer()

/** The print that was shown last: coming back to it keeps layers, moves and view as they were. */
let shown: object | undefined

/** Begins with a print; true when it is another one than before. */
export function beginPrint(print: object, layerCount: number): boolean {
  const isAnother = print !== shown
  shown = print
  if (isAnother) showWholePrint(layerCount)
  return isAnother
}

/** Brings the whole print in sight. */
export function showWholePrint(layerCount: number): void {
  usePreview.setState({ bottom: 0, top: Math.max(0, layerCount - 1), moves: undefined, isPlaying: false })
}

/** Shows layers from `bottom` to `top`; the top one whole. */
export function showLayers(bottom: number, top: number): void {
  usePreview.setState({ bottom, top, moves: undefined })
}

/** Shows a role or leaves it out. */
export function toggleRole(role: MoveRole): void {
  usePreview.setState(({ hidden }) => ({ hidden: new Set(MOVE_ROLES.filter((one) => (one === role ? !hidden.has(one) : hidden.has(one)))) }))
}

/** Moves the top layer up or down, and the bottom with it where it would be passed. */
export function stepLayer(by: number, layerCount: number): void {
  const { top, bottom } = usePreview.getState()
  const next = Math.min(layerCount - 1, Math.max(0, top + by))
  usePreview.setState({ top: next, bottom: Math.min(bottom, next), moves: undefined })
}

/** The range of moves that is shown, and the layer's own. */
export interface ShownMoves {
  readonly first: number
  readonly end: number
  readonly layerStart: number
  readonly layerEnd: number
}

/** Which moves the layers and the move slider leave in sight. */
export function shownMoves(layerStarts: Uint32Array, { bottom, top, moves }: Pick<PreviewState, 'bottom' | 'top' | 'moves'>): ShownMoves {
  const last = layerStarts.length - 2
  const layerStart = layerStarts[Math.min(top, last)] ?? 0
  const layerEnd = layerStarts[Math.min(top, last) + 1] ?? 0
  return { first: layerStarts[Math.min(bottom, last)] ?? 0, end: moves === undefined ? layerEnd : Math.min(layerEnd, layerStart + moves), layerStart, layerEnd }
}

/** One or more moves on or back, over the ends of layers. */
export function stepMove(by: number, layerStarts: Uint32Array): void {
  const state = usePreview.getState()
  const { end } = shownMoves(layerStarts, state)
  const next = Math.min(layerStarts.at(-1) ?? 0, Math.max(1, end + by))
  const top = layerOfMove(layerStarts, next - 1)
  usePreview.setState({ top, bottom: Math.min(state.bottom, top), moves: next - (layerStarts[top] ?? 0) })
}
