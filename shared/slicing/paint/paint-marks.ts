import type { Clipper } from '../../geometry/clipper'
import type { Region } from '../../geometry/region'
import { paintedFacets } from '../../mesh/paint/painted-facets'
import type { LayerPlace } from '../layer-heights'
import type { PlacedObject } from '../place-object'
import type { PlannedLayer } from '../planned-layer'
import { paintAt, paintBetween } from './cut-paint'

/** What is painted on an object, by layer; empty lists where nothing is. */
export interface PaintMarks {
  readonly enforced: readonly Region[]
  readonly blocked: readonly Region[]
  readonly seams: readonly NonNullable<PlannedLayer['seam']>[]
}

/** Cuts what is painted on an object in the planes of its layers. */
export function paintMarks({ object: { mesh, paint = {} }, positions }: PlacedObject, places: readonly LayerPlace[], clipper: Clipper): PaintMarks {
  const planesMm = places.map(({ planeMm }) => planeMm)
  const support = paintedFacets(positions, mesh.indices, paint.support ?? {})
  const seam = paintedFacets(positions, mesh.indices, paint.seam ?? {})
  const areas = (facets: Float64Array) => (facets.length === 0 ? [] : paintBetween(facets, planesMm, clipper))
  const [enforced, blocked] = [paintAt(seam.enforced, planesMm), paintAt(seam.blocked, planesMm)]
  const hasSeams = seam.enforced.length + seam.blocked.length > 0
  return {
    enforced: areas(support.enforced),
    blocked: areas(support.blocked),
    seams: hasSeams ? places.map((_, layer) => ({ enforced: enforced[layer] ?? NO_LINES, blocked: blocked[layer] ?? NO_LINES })) : [],
  }
}

const NO_LINES = new Float64Array(0)

/** Layers of an object with what of its seam is painted. */
export function withSeams(layers: readonly PlannedLayer[], { seams }: Pick<PaintMarks, 'seams'>): readonly PlannedLayer[] {
  return seams.length === 0 ? layers : layers.map((layer) => {
    const seam = seams[layer.layerIndex]
    return seam === undefined || seam.enforced.length + seam.blocked.length === 0 ? layer : { ...layer, seam }
  })
}

/** Regions of two lists, layer by layer. */
export function joinedByLayer(a: readonly Region[], b: readonly Region[]): readonly Region[] {
  return a.length === 0 ? b : b.length === 0 ? a : a.map((region, layer) => [...region, ...(b[layer] ?? [])])
}
