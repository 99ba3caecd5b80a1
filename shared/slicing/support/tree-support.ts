import type { Clipper } from '../../geometry/clipper'
import { simplifyContour } from '../../geometry/simplify-contour'
import type { Region } from '../../geometry/region'
import { splitIslands } from '../islands'
import type { LayerPlace } from '../layer-heights'
import type { SlicingSettings } from '../settings'
import { BoundaryDistance } from './boundary-distance'
import { type BranchNode, growDown, type GrowthLimits, tipAt } from './grow-branches'
import type { SupportAreas, SupportRequest } from './support-areas'
import { contactOf, widenFoot, withoutSpecks } from './sweep-support'
import { TipPlaces } from './tree-tips'

/** Between tips; contact layers span it, mm. */
const TIP_SPACING_MM = 3
/** Branches within this far of each other grow together, mm. */
const JOIN_MM = 12
/** Branches widen downwards by this angle to each side, degrees. */
const WIDEN_DEG = 4
/** What no branch may enter is known this well, mm. */
const SIMPLIFY_MM = 0.05
/** Corners of a branch. */
const CORNERS = 20

/**
 * Support like trees: contact layers under each overhang, carried by tips from which branches lead down, lean, grow
 * together and around parts, and stand on the bed; on a part only where no way leads to the bed and it is allowed.
 */
export function treeSupport(request: SupportRequest & { readonly places: readonly LayerPlace[] }, settings: SlicingSettings, clipper: Clipper, onLayer: () => void): SupportAreas[] {
  const { clear, places } = request
  const blocked = blockedAreas(request, settings, clipper)
  const roofs = roofAreas(request, blocked, settings, clipper)
  const nodes = growTree(request, { blocked, onLayer }, settings, clipper)
  slimUpwards(nodes, places, settings)
  let below: Region = []
  return clear.map((keep, layer) => {
    const circles = nodes[layer].map(({ x, y, radiusMm }) => circle(x, y, radiusMm))
    const free = circles.length === 0 ? [] : clipper.difference(clipper.union(circles), keep)
    const trunk = layer === 0 ? widenFoot(free, keep, settings, clipper) : free
    const roof = layer === 0 ? roofs[layer] : heldPieces(roofs[layer], [...trunk, ...below], clipper)
    below = [...trunk, ...roof]
    return { base: roof.length === 0 ? trunk : clipper.difference(trunk, roof), interface: roof }
  })
}

/** The pieces of contact layers that something carries. */
function heldPieces(roof: Region, carrier: Region, clipper: Clipper): Region {
  if (roof.length === 0 || carrier.length === 0) return []
  return splitIslands(roof).flatMap(({ outline }) => (clipper.intersection(outline, carrier).length > 0 ? outline : []))
}

/** From where a tip's middle can't reach the bed, leaning no more than allowed; one region a layer. */
function blockedAreas({ clear, places }: { readonly clear: readonly Region[]; readonly places: readonly LayerPlace[] }, settings: SlicingSettings, clipper: Clipper): Region[] {
  const blocked: Region[] = []
  clear.forEach((keep, layer) => {
    const around = clipper.offset(keep, settings.treeTipMm / 2, { join: 'round', arcToleranceMm: SIMPLIFY_MM })
    const under = layer === 0 ? [] : clipper.offset(blocked[layer - 1], -stepOf(places[layer], settings), { join: 'round', arcToleranceMm: SIMPLIFY_MM })
    const whole = under.length === 0 ? around : clipper.union([...around, ...under])
    blocked.push(whole.map((contour) => simplifyContour(contour, SIMPLIFY_MM / 5)).filter((contour) => contour !== undefined))
  })
  return blocked
}

function stepOf({ heightMm }: LayerPlace, { treeAngleDeg }: SlicingSettings): number {
  return heightMm * Math.tan((treeAngleDeg * Math.PI) / 180)
}

/** The contact layers under each overhang, one region a layer. */
function roofAreas({ overhangs, clear }: SupportRequest, blocked: readonly Region[], settings: SlicingSettings, clipper: Clipper): Region[] {
  const { supportInterfaceLayers, supportTopGapLayers, supportOnBedOnly } = settings
  const tops = overhangs.map((overhang) => contactOf(overhang, settings, clipper))
  return clear.map((keep, layer) => {
    const near: Region[] = []
    for (let k = 1; k <= supportInterfaceLayers; k++) near.push(tops[layer + supportTopGapLayers + k] ?? [])
    const under = clipper.union(near.flat())
    const free = clipper.difference(under, keep)
    return withoutSpecks(supportOnBedOnly ? clipper.difference(free, blocked[layer]) : free)
  })
}

interface TreeContext {
  readonly blocked: readonly Region[]
  readonly onLayer: () => void
}

/** The branches in each layer, from the top down. */
function growTree({ overhangs, clear, places }: SupportRequest & { readonly places: readonly LayerPlace[] }, { blocked, onLayer }: TreeContext, settings: SlicingSettings, clipper: Clipper): BranchNode[][] {
  const tips = new TipPlaces(TIP_SPACING_MM)
  const tipRadiusMm = settings.treeTipMm / 2
  const radiusAt = (reachMm: number) => Math.min(Math.max(tipRadiusMm, settings.treeTrunkMm / 2), tipRadiusMm + reachMm * Math.tan((WIDEN_DEG * Math.PI) / 180))
  const nodes: BranchNode[][] = clear.map(() => [])
  let branches: BranchNode[] = []
  for (let layer = clear.length - 1; layer >= 0; layer--) {
    const growth = { clear: new BoundaryDistance(clear[layer]), blocked: new BoundaryDistance(blocked[layer]) }
    const limits: GrowthLimits = { stepMm: stepOf(places[layer], settings), heightMm: places[layer].heightMm, joinMm: JOIN_MM, radiusAt, tipRadiusMm }
    branches = growDown(branches, growth, limits)
    const carried = overhangs[layer + 1 + settings.supportTopGapLayers + settings.supportInterfaceLayers] ?? []
    const points = carried.length === 0 ? [] : tips.place(clipper.difference(carried, clear[layer]), places[layer].zMm)
    for (let i = 0; i < points.length; i += 2) {
      const tip = tipAt(points[i], points[i + 1], growth, tipRadiusMm)
      if (tip !== undefined && (tip.isToBed || !settings.supportOnBedOnly)) branches.push(tip)
    }
    nodes[layer] = branches
    onLayer()
  }
  return nodes
}

/** A branch may be wider than where it passes a narrow place below only by what its own lines carry. */
function slimUpwards(nodes: readonly (readonly BranchNode[])[], places: readonly LayerPlace[], settings: SlicingSettings): void {
  nodes.forEach((branches, layer) => {
    for (const node of branches) if (node.next !== undefined) node.radiusMm = Math.min(node.radiusMm, node.next.radiusMm + stepOf(places[layer], settings))
  })
}

function circle(x: number, y: number, radiusMm: number): Float64Array {
  const contour = new Float64Array(2 * CORNERS)
  // As much area as the circle, so that the branch is as wide as it says.
  const cornerMm = radiusMm * Math.sqrt(((2 * Math.PI) / CORNERS) / Math.sin((2 * Math.PI) / CORNERS))
  for (let i = 0; i < CORNERS; i++) {
    contour[2 * i] = x + cornerMm * Math.cos((2 * Math.PI * i) / CORNERS)
    contour[2 * i + 1] = y + cornerMm * Math.sin((2 * Math.PI * i) / CORNERS)
  }
  return contour
}
