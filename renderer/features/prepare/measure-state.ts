import { create } from 'zustand'
import type { Feature } from '../../../shared/geometry/measure-features'
import { type FeatureFilter, type Surface, pickFeature, surfaceOf } from '../../../shared/mesh/pick-feature'
import type { Mesh } from '../../../shared/mesh/mesh'
import { transformMesh } from '../../../shared/mesh/transform-mesh'
import type { SurfacePick } from '../../viewer/pick'
import { type PlateObject, plateMatrix } from '../../workspace/plate'

/** What a click may take, in the order in which it is offered. */
export const FEATURE_FILTERS = ['any', 'point', 'edge', 'face'] as const satisfies readonly FeatureFilter[]

/** Corners and edges are taken within this distance of the pointer, px. */
const REACH_PX = 9

interface MeasureState {
  /** At most two; in the scene. */
  readonly picked: readonly Feature[]
  readonly hovered: Feature | undefined
  readonly filter: FeatureFilter
}

/** What is being measured. */
export const useMeasure = create<MeasureState>()(() => ({ picked: [], hovered: undefined, filter: 'any' }))

const surfaces = new WeakMap<Mesh, { readonly key: string; readonly surface: Surface }>()

/** The mesh where it stands, with its edges; kept until the object moves. */
function placedSurface(object: PlateObject, mesh: Mesh): Surface {
  const matrix = plateMatrix(object)
  const key = matrix.join(' ')
  const kept = surfaces.get(mesh)
  if (kept?.key === key) return kept.surface
  const surface = surfaceOf(transformMesh(mesh, matrix))
  surfaces.set(mesh, { key, surface })
  return surface
}

function featureOf(object: PlateObject, mesh: Mesh, { triangle, pointMm, mmPerPx }: SurfacePick): Feature {
  return pickFeature(placedSurface(object, mesh), { triangle, pointMm, reachMm: REACH_PX * mmPerPx, filter: useMeasure.getState().filter })
}

/** Takes a feature: the first, the second, or the first of the next measure. */
export function measureAt(object: PlateObject, mesh: Mesh, pick: SurfacePick): void {
  const feature = featureOf(object, mesh, pick)
  useMeasure.setState(({ picked }) => ({ picked: picked.length === 1 ? [...picked, feature] : [feature], hovered: undefined }))
}

/** Shows what a click would take. */
export function hoverAt(object: PlateObject, mesh: Mesh, pick: SurfacePick | undefined): void {
  useMeasure.setState({ hovered: pick && featureOf(object, mesh, pick) })
}

/** Forgets what was picked. */
export function clearMeasure(): void {
  useMeasure.setState({ picked: [], hovered: undefined })
}
