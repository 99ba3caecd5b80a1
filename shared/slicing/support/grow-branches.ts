import { BoundaryDistance } from './boundary-distance'

/** A branch where it passes through a layer. */
export interface BranchNode {
  readonly x: number
  readonly y: number
  /** Below the highest tip that it carries, mm. */
  readonly reachMm: number
  /** Its end is the bed; else a part. */
  readonly isToBed: boolean
  radiusMm: number
  /** The same branch in the layer below. */
  next: BranchNode | undefined
}

/** What a branch may do from one layer to the next. */
export interface GrowthLimits {
  /** Sideways in a layer, mm. */
  readonly stepMm: number
  readonly heightMm: number
  /** Branches within this far of each other grow together, mm. */
  readonly joinMm: number
  readonly radiusAt: (reachMm: number) => number
  readonly tipRadiusMm: number
}

/** Where branches may not be in a layer: in what is to keep clear, and where no way leads to the bed. */
export interface GrowthLayer {
  readonly clear: BoundaryDistance
  readonly blocked: BoundaryDistance
}

/** A tip at a point, or beside it where that is too near to what is to keep clear; undefined where there is no room. */
export function tipAt(x: number, y: number, { clear, blocked }: GrowthLayer, tipRadiusMm: number): BranchNode | undefined {
  const tip = (tipX: number, tipY: number, isToBed: boolean): BranchNode => ({ x: tipX, y: tipY, reachMm: 0, isToBed, radiusMm: tipRadiusMm, next: undefined })
  const toBed = blocked.nearest(x, y)
  if (toBed.distanceMm >= 0) return tip(x, y, true)
  if (toBed.distanceMm > -tipRadiusMm) return tip(toBed.x, toBed.y, true)
  const { distanceMm, x: nearX, y: nearY } = clear.nearest(x, y)
  if (distanceMm >= tipRadiusMm / 2) return tip(x, y, false)
  const away = tipRadiusMm / 2 / Math.max(distanceMm, 1e-6)
  const [movedX, movedY] = [nearX + away * (x - nearX), nearY + away * (y - nearY)]
  return distanceMm > 0 && clear.nearest(movedX, movedY).distanceMm >= tipRadiusMm / 2 - 1e-6 ? tip(movedX, movedY, false) : undefined
}

/**
 * Leads the branches of one layer to the layer below: towards each other and together where they meet, around what is to
 * keep clear, never farther sideways than the step. A branch that has no way on ends where it is.
 */
export function growDown(nodes: readonly BranchNode[], layer: GrowthLayer, limits: GrowthLimits): BranchNode[] {
  const near = nearestOthers(nodes, limits.joinMm)
  const step = new GrowthStep(layer, limits)
  const grown: BranchNode[] = []
  const isDone = new Uint8Array(nodes.length)
  nodes.forEach((node, i) => {
    if (isDone[i] === 1) return
    isDone[i] = 1
    const other = near[i] >= 0 ? nodes[near[i]] : undefined
    const joined = other !== undefined && isDone[near[i]] === 0 ? step.join(node, other) : undefined
    node.next = joined ?? step.move(node, other)
    if (node.next !== undefined) grown.push(node.next)
    if (other === undefined || joined === undefined) return
    isDone[near[i]] = 1
    other.next = joined
  })
  return grown
}

/** One layer's step downwards. */
class GrowthStep {
  constructor(private readonly layer: GrowthLayer, private readonly limits: GrowthLimits) {}

  /** Two branches as one in the middle between them, when they are near enough and nothing is in the way. */
  join(a: BranchNode, b: BranchNode): BranchNode | undefined {
    if (distance(a, b) > 2 * this.limits.stepMm) return undefined
    return this.free((a.x + b.x) / 2, (a.y + b.y) / 2, { isToBed: a.isToBed || b.isToBed, reachMm: Math.max(a.reachMm, b.reachMm) })
  }

  /** A step towards another branch, or straight down, or aside from what is in the way. */
  move(node: BranchNode, other: BranchNode | undefined): BranchNode | undefined {
    const towards = other === undefined ? undefined : this.towards(node, other)
    if (towards !== undefined) return towards
    return node.isToBed ? this.moveToBed(node) : this.moveToPart(node)
  }

  private towards(node: BranchNode, other: BranchNode): BranchNode | undefined {
    const mm = distance(node, other)
    const share = mm === 0 ? 0 : Math.min(0.5, this.limits.stepMm / mm)
    const there = this.free(node.x + share * (other.x - node.x), node.y + share * (other.y - node.y), node)
    return there !== undefined && there.radiusMm < Math.min(node.radiusMm, this.limits.radiusAt(node.reachMm)) ? undefined : there
  }

  /** From a point with a way to the bed the nearest free point is always within a step. */
  private moveToBed(node: BranchNode): BranchNode | undefined {
    const { distanceMm, x, y } = this.layer.blocked.nearest(node.x, node.y)
    return distanceMm >= 0 ? (this.aside(node) ?? this.node(node.x, node.y, node)) : this.node(x, y, node)
  }

  /** A step away from what is so near that the branch couldn't be as wide as it should. */
  private aside(node: BranchNode): BranchNode | undefined {
    const { distanceMm, x, y } = this.layer.clear.nearest(node.x, node.y)
    const lackMm = this.limits.radiusAt(node.reachMm + this.limits.heightMm) - distanceMm
    if (lackMm <= 0 || distanceMm <= 0) return undefined
    const share = Math.min(this.limits.stepMm, lackMm) / distanceMm
    return this.free(node.x + share * (node.x - x), node.y + share * (node.y - y), node)
  }

  private moveToPart(node: BranchNode): BranchNode | undefined {
    const { distanceMm, x, y } = this.layer.clear.nearest(node.x, node.y)
    const lackMm = this.limits.tipRadiusMm - distanceMm
    if (lackMm <= 0 || distanceMm === 0) return this.node(node.x, node.y, node)
    const share = Math.min(this.limits.stepMm, lackMm) / -distanceMm
    return this.node(node.x + share * (x - node.x), node.y + share * (y - node.y), node)
  }

  /** A branch here, unless it would lose its way to the bed. */
  private free(x: number, y: number, from: Pick<BranchNode, 'isToBed' | 'reachMm'>): BranchNode | undefined {
    return from.isToBed && this.layer.blocked.nearest(x, y).distanceMm < 0 ? undefined : this.node(x, y, from)
  }

  private node(x: number, y: number, { isToBed, reachMm: aboveMm }: Pick<BranchNode, 'isToBed' | 'reachMm'>): BranchNode | undefined {
    const { tipRadiusMm, heightMm, radiusAt } = this.limits
    const freeMm = this.layer.clear.nearest(x, y).distanceMm
    if (freeMm < tipRadiusMm / 2) return undefined
    const reachMm = aboveMm + heightMm
    return { x, y, reachMm, isToBed, radiusMm: Math.min(freeMm, radiusAt(reachMm)), next: undefined }
  }
}

function distance(a: BranchNode, b: BranchNode): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

/** For each node the index of the nearest other one within reach, or -1. */
function nearestOthers(nodes: readonly BranchNode[], reachMm: number): Int32Array {
  const cells = new Map<string, number[]>()
  const cellOf = (mm: number) => Math.floor(mm / reachMm)
  nodes.forEach(({ x, y }, i) => {
    const key = `${cellOf(x)},${cellOf(y)}`
    const held = cells.get(key)
    if (held === undefined) cells.set(key, [i])
    else held.push(i)
  })
  return Int32Array.from(nodes, (node, i) => {
    let [best, leastMm] = [-1, reachMm]
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const k of cells.get(`${cellOf(node.x) + dx},${cellOf(node.y) + dy}`) ?? []) {
          const mm = k === i ? Infinity : distance(node, nodes[k])
          if (mm < leastMm) [best, leastMm] = [k, mm]
        }
      }
    }
    return best
  })
}
