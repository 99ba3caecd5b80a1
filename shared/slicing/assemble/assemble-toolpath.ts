import type { Clipper } from '../../geometry/clipper'
import type { Toolpath } from '../../toolpath/toolpath'
import type { Result } from '../../units/problem'
import type { PlannedLayer } from '../planned-layer'
import type { SlicingSettings } from '../settings'
import type { SliceInput } from '../slice-input'

/** What assembly needs besides the layers. */
export interface AssembleContext {
  readonly settings: SlicingSettings
  readonly volume: SliceInput['volume']
  readonly clipper: Clipper
}

/**
 * Puts planned layers (sorted by `zMm`, those of several objects beside each other) in the order they are printed in, with
 * seams, travels, retractions, skirt, brim, feeds and cooling. Layers of equal height become one toolpath layer.
 */
export declare function assembleToolpath(layers: readonly PlannedLayer[], context: AssembleContext): Result<Toolpath>
