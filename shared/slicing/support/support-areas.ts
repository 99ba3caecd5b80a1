import type { Region } from '../../geometry/region'

/** What of a layer is support, in two parts that don't overlap. */
export interface SupportAreas {
  readonly base: Region
  /** Near the part, dense. */
  readonly interface: Region
}

/** What the layers of one object ask for, from the bed up, and where support may not be. */
export interface SupportRequest {
  /** What needs support, one region a layer. */
  readonly overhangs: readonly Region[]
  /** What support keeps out of, one region a layer. */
  readonly clear: readonly Region[]
  /** Of the plate, one region a layer. */
  readonly outlines: readonly Region[]
}
