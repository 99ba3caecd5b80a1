import type { Region } from '../geometry/region'
import { cutMesh } from './cut/cut-mesh'
import type { LayerPlace } from './layer-heights'
import type { OutlinedModifier } from './modifier-parts'
import { placeObject } from './place-object'
import { packRegions, unpackRegions } from './pool/packed'
import type { SlicingSettings } from './settings'
import type { SliceModifier, SliceObject } from './slice-input'
import type { SlicePool, SliceRunOptions } from './slice-pool'

/** What an object's modifiers are in each of its layers. */
export interface CutModifiers {
  /** Those with settings, in their order. */
  readonly settings: readonly OutlinedModifier[]
  /** Where all that overhangs is supported, and where nothing is; one region a layer, or none at all. */
  readonly enforced: readonly Region[]
  readonly blocked: readonly Region[]
}

/** Cuts an object's modifiers in the planes of its layers; their outlines are made in the pool. */
export async function cutModifiers({ modifiers = [] }: SliceObject, { places, settings }: { readonly places: readonly LayerPlace[]; readonly settings: SlicingSettings }, pool: SlicePool, run: SliceRunOptions): Promise<CutModifiers> {
  const plain = { ...settings, xyCompensationMm: 0, holeCompensationMm: 0, elephantFootMm: 0 }
  const outlines = await Promise.all(modifiers.map(async (modifier) => {
    const packed = packRegions(contoursOf(modifier, places))
    return unpackRegions(await pool.run({ kind: 'outline', packed, settings: plain, firstLayer: 0 }, { ...run, onLayers: () => undefined }))
  }))
  const ofKind = (kind: SliceModifier['kind']) => outlines.filter((_, i) => modifiers[i]?.kind === kind)
  return {
    settings: modifiers.flatMap(({ kind, values }, i) => (kind === 'settings' ? [{ values, outlines: outlines[i] ?? [] }] : [])),
    enforced: byLayer(ofKind('support-enforcer')),
    blocked: byLayer(ofKind('support-blocker')),
  }
}

function contoursOf({ mesh, transform, name }: SliceModifier, places: readonly LayerPlace[]): Region[] {
  const { positions } = placeObject({ id: name, name, mesh, transform })
  return Array.from(cutMesh(positions, mesh.indices, places.map(({ planeMm }) => planeMm)), ({ contours }) => contours)
}

/** All outlines of each layer together; they may overlap. */
function byLayer([first, ...more]: readonly (readonly Region[])[]): Region[] {
  return (first ?? []).map((outline, layer) => [...outline, ...more.flatMap((outlines) => outlines[layer] ?? [])])
}
