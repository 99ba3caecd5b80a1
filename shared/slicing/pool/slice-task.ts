import type { HeightRange } from '../height-ranges'
import type { LayerPlace } from '../layer-heights'
import type { PlanStage } from '../plan-layers'
import type { SettingValues, SlicingSettings } from '../settings'
import type { Packed } from './packed'

/** A piece of slicing that needs nothing but what is in it. Plain data; its packed arrays move to the worker. */
export type SliceTask =
  | {
      /** Contours as cut, one region a layer → clean outlines. */
      readonly kind: 'outline'
      readonly packed: Packed
      readonly settings: SlicingSettings
      readonly firstLayer: number
    }
  | {
      /** Outlines, then those of each modifier in the same layers → planned layers. */
      readonly kind: 'plan'
      readonly packed: Packed
      readonly settings: SlicingSettings
      /** Settings of their own between two heights; of skins only the base counts, since they reach over layers. */
      readonly heightRanges?: readonly HeightRange[]
      /** Values of each modifier. */
      readonly modifiers?: readonly SettingValues[]
      readonly firstLayer: number
      readonly places: readonly LayerPlace[]
      readonly from: number
      readonly to: number
    }
  | {
      /** Outlines of one object, then (where given) what is enforced and what is blocked in the same layers → what needs support. */
      readonly kind: 'overhang'
      readonly packed: Packed
      readonly settings: SlicingSettings
      readonly firstLayer: number
      readonly places: readonly LayerPlace[]
      readonly from: number
      readonly to: number
    }
  | {
      /** Outlines of the plate → what support keeps out of. */
      readonly kind: 'clear'
      readonly packed: Packed
      readonly settings: SlicingSettings
      readonly firstLayer: number
      readonly from: number
      readonly to: number
    }
  | {
      /** Overhangs, then clear areas, then outlines of the plate, of all layers → areas of support: base and interface by turns. */
      readonly kind: 'support'
      readonly packed: Packed
      readonly settings: SlicingSettings
      readonly places: readonly LayerPlace[]
    }
  | {
      /** Areas of support (base and interface by turns) → planned layers with nothing but support. */
      readonly kind: 'support-fill'
      readonly packed: Packed
      readonly settings: SlicingSettings
      readonly firstLayer: number
      readonly places: readonly LayerPlace[]
    }

export type SliceStage = 'cut' | 'support' | PlanStage
/** Told after some layers of a stage. */
export type OnSliceLayers = (stage: SliceStage, count: number) => void

/** From the pool to a worker, and back. */
export interface SliceCall {
  readonly id: number
  readonly task: SliceTask
}
export type SliceReply =
  | { readonly kind: 'layers'; readonly id: number; readonly stage: SliceStage; readonly count: number }
  | { readonly kind: 'done'; readonly id: number; readonly packed: Packed }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
