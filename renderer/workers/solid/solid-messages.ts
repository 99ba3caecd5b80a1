import type { CutPieces, CutRequest } from '../../../shared/cad/cut-solid'
import type { Drawing } from '../../../shared/cad/drawing'
import type { EmbossRequest, Embossed } from '../../../shared/cad/emboss-solid'
import type { Mesh } from '../../../shared/mesh/mesh'
import type { Result } from '../../../shared/units/problem'

/** What is to stand on a part: a text in a font's own outlines, or a drawing. */
export type ReliefSource =
  | { readonly kind: 'text'; readonly font: Uint8Array; readonly text: string; readonly sizeMm: number }
  | { readonly kind: 'drawing'; readonly drawing: Drawing }

export type EmbossCall = Omit<EmbossRequest, 'drawing'> & { readonly source: ReliefSource }
export type ReliefCall = Pick<EmbossCall, 'frame' | 'depthMm' | 'isRaised' | 'source'>

export type SolidCall =
  | { readonly kind: 'cut'; readonly request: CutRequest }
  | { readonly kind: 'emboss'; readonly request: EmbossCall }
  /** The relief alone, to be looked at. */
  | { readonly kind: 'relief'; readonly request: ReliefCall }

export type SolidReply =
  | { readonly kind: 'cut'; readonly result: Result<CutPieces> }
  | { readonly kind: 'emboss'; readonly result: Result<Embossed> }
  | { readonly kind: 'relief'; readonly result: Result<Mesh> }
  | { readonly kind: 'crashed'; readonly message: string }
