import { create } from 'zustand'
import type { SettingLevel } from '../../../shared/slicing/settings'
import { Viewer } from '../../viewer/viewer'

/** What a click on a part does, in the order of the tool rail. */
export const TOOLS = ['select', 'move', 'rotate', 'scale', 'flat', 'cut', 'emboss', 'paint', 'measure'] as const
export type Tool = (typeof TOOLS)[number]

interface PrepareState {
  readonly tool: Tool
  /** The triangle that the pointer is on, while a face is looked for. */
  readonly hovered: { readonly objectId: string; readonly triangle: number } | undefined
  /** All three factors change together. */
  readonly isUniform: boolean
  readonly level: SettingLevel
  /** Whose settings are shown while one object is chosen. */
  readonly scope: 'plate' | 'object'
  /** The modifier of the chosen object that is in hand. */
  readonly modifierId: string | undefined
}

/** How the screen is used now; what is on the plate is the workspace's. */
export const usePrepare = create<PrepareState>()(() => ({ tool: 'select', hovered: undefined, isUniform: true, level: 'basic', scope: 'plate', modifierId: undefined }))

/** The picture of the plate. */
export const plateViewer = new Viewer()

/** Takes a tool into the hand. */
export function takeTool(tool: Tool): void {
  usePrepare.setState({ tool, hovered: undefined })
}
