import type { CutPieces, CutRequest } from '../../../shared/cad/cut-solid'
import type { Result } from '../../../shared/units/problem'

export type SolidCall = { readonly kind: 'cut'; readonly request: CutRequest }

export type SolidReply =
  | { readonly kind: 'cut'; readonly result: Result<CutPieces> }
  | { readonly kind: 'crashed'; readonly message: string }
