import { diagnose, type Diagnosis, type MeshReport } from './diagnose-mesh'
import { examineMesh, type Examination } from './examine-mesh'
import { fillHole, loopMiddle } from './fill-hole'
import { type HoleLoop, verticesBox } from './find-holes'
import { joinCracks } from './join-cracks'
import { findDegenerate, findDuplicates, removeDuplicates, withoutTriangles } from './mesh-cleaning'
import type { Box3, Mesh } from './mesh'
import { meshEdges } from './mesh-edges'
import { withTurned } from './orient-triangles'
import { separateSolids } from './separate-solids'
import { dropUnusedVertices, weldMesh } from './weld-mesh'

/** What a repair may do, in the order in which it is done. */
export type RepairKind = 'weld-vertices' | 'remove-degenerate' | 'remove-duplicates' | 'remove-inner-walls' | 'join-cracks' | 'split-edges' | 'remove-fragments' | 'turn-triangles' | 'close-holes' | 'separate-solids'

/** One thing that was done, how often, and around where. */
export interface RepairStep {
  readonly kind: RepairKind
  readonly count: number
  readonly at?: Box3
}

/** A mesh after repair, what was done, and what is known of it before and after. */
export interface Repaired {
  readonly mesh: Mesh
  readonly steps: readonly RepairStep[]
  readonly before: MeshReport
  readonly after: MeshReport
}

/** Loose open pieces with less than this part of the whole surface are left out beside a solid. */
const FRAGMENT_PART = 0.05

/**
 * Makes a mesh watertight as far as that is possible without guessing: equal vertices welded, cracks joined, doubled triangles and walls inside dropped,
 * sides turned outward, holes closed, solids that touch separated. A mesh that is fine, or can't be solid (a sheet), comes back as it is, without steps.
 * Repairing twice does nothing more.
 */
export function repairMesh(mesh: Mesh): Repaired {
  const diagnosis = diagnose(mesh)
  const before = diagnosis.report
  const isSurfaceFine = before.isWatertight && before.flippedTriangles === 0 && before.duplicateTriangles === 0
  if (before.isSheet || (isSurfaceFine && before.collapsedTriangles === 0)) return { mesh, steps: [], before, after: before }
  const work = new Repair(mesh, diagnosis)
  if (!isSurfaceFine) work.weld()
  work.dropDegenerate()
  if (!isSurfaceFine) mend(work)
  if (work.steps.length === 0) return { mesh, steps: [], before, after: before }
  const repaired = dropUnusedVertices(work.mesh)
  return { mesh: repaired, steps: work.steps, before, after: diagnose(repaired, repaired === work.mesh ? work.examine() : undefined).report }
}

/** What a surface needs that isn't closed and facing outward. */
function mend(work: Repair): void {
  work.dropDuplicates()
  work.join()
  work.dropFragments()
  work.turn()
  work.close()
  work.dropDuplicates()
  work.separate()
  work.turn()
}

class Repair {
  readonly steps: RepairStep[] = []
  private examined: { readonly mesh: Mesh; readonly examination: Examination }

  constructor(
    public mesh: Mesh,
    private readonly given: Pick<Diagnosis, 'surface' | 'examination'>,
  ) {
    this.examined = { mesh: given.surface, examination: given.examination }
  }

  /** Of the mesh as it now is; kept until it changes. */
  examine(): Examination {
    if (this.examined.mesh !== this.mesh) this.examined = { mesh: this.mesh, examination: examineMesh(this.mesh) }
    return this.examined.examination
  }

  weld(): void {
    const welded = weldMesh(this.mesh)
    const count = this.mesh.positions.length / 3 - welded.positions.length / 3
    if (count === 0) return
    this.mesh = welded
    this.note('weld-vertices', count)
  }

  /** Triangles with a corner twice; those whose corners stand on a line hold their neighbours together and stay until they are open. */
  dropDegenerate(): void {
    const { marks } = findDegenerate(this.mesh)
    const isAsGiven = this.steps.length === 0
    this.drop('remove-degenerate', (triangle) => marks[triangle] === 2)
    // The diagnosis looked at the same triangles.
    if (isAsGiven) this.mesh = this.given.surface
  }

  dropDuplicates(): void {
    const duplicates = findDuplicates(this.mesh.indices)
    if (duplicates.count === 0) return
    const { isDropped, doubled, walls } = removeDuplicates(this.mesh, duplicates)
    const places = this.cornersOf((triangle) => isDropped[triangle] === 1)
    this.mesh = { positions: this.mesh.positions, indices: withoutTriangles(this.mesh.indices, (triangle) => isDropped[triangle] === 1) }
    if (doubled > 0) this.note('remove-duplicates', doubled, places)
    if (walls > 0) this.note('remove-inner-walls', walls, places)
  }

  join(): void {
    if (this.examine().openEdges === 0) return
    const { mesh, joinedVertices, splitEdges, places } = joinCracks(this.mesh, meshEdges(this.mesh.indices))
    this.mesh = mesh
    if (joinedVertices > 0) this.note('join-cracks', joinedVertices, places)
    if (splitEdges > 0) this.note('split-edges', splitEdges, places)
  }

  /** Sheets beside a solid go when they are small; larger ones stay, and the report says that the mesh is open. */
  dropFragments(): void {
    const { shells, orientation } = this.examine()
    const total = shells.reduce((sum, { areaMm2 }) => sum + areaMm2, 0)
    const isFragment = shells.map(({ isSheet, areaMm2, holeCount }) => isSheet && holeCount > 0 && areaMm2 < FRAGMENT_PART * total)
    if (!isFragment.includes(true)) return
    this.drop('remove-fragments', (triangle) => isFragment[orientation.shellOf[triangle]] === true)
  }

  turn(): void {
    const { orientation, nesting } = this.examine()
    if (orientation.turnedCount === 0 && !nesting.isTurned.includes(1)) return
    const turned = Uint8Array.from(orientation.turned, (value, triangle) => value ^ nesting.isTurned[orientation.shellOf[triangle]])
    const count = turned.reduce((sum, value) => sum + value, 0)
    if (count === 0) return
    const places = this.cornersOf((triangle) => turned[triangle] === 1)
    this.mesh = { positions: this.mesh.positions, indices: withTurned(this.mesh.indices, turned) }
    this.note('turn-triangles', count, places)
  }

  close(): void {
    const { holes, shells, orientation } = this.examine()
    const closable = holes.filter(({ triangle }) => !shells[orientation.shellOf[triangle]].isSheet)
    if (closable.length === 0) return
    const added: number[] = []
    const middles: number[] = []
    const vertexCount = this.mesh.positions.length / 3
    for (const { vertices } of closable) {
      const filling = fillHole(this.mesh.positions, vertices)
      if (filling !== undefined) {
        for (const vertex of filling) added.push(vertex)
        continue
      }
      const middle = vertexCount + middles.length / 3
      middles.push(...loopMiddle(this.mesh.positions, vertices))
      vertices.forEach((vertex, i) => added.push(vertex, vertices[(i + 1) % vertices.length], middle))
    }
    const places = placesOf(closable)
    this.mesh = { positions: concatenated(this.mesh.positions, middles), indices: concatenated(this.mesh.indices, added) }
    this.note('close-holes', closable.length, places)
  }

  separate(): void {
    if (this.examine().nonManifoldEdges === 0) return
    const { mesh, count, places } = separateSolids(this.mesh, meshEdges(this.mesh.indices))
    if (count === 0) return
    this.note('separate-solids', count, places)
    this.mesh = mesh
  }

  private drop(kind: RepairKind, isDropped: (triangle: number) => boolean): void {
    const { positions, indices } = this.mesh
    const kept = withoutTriangles(indices, isDropped)
    if (kept.length === indices.length) return
    const places = this.cornersOf(isDropped)
    this.mesh = { positions, indices: kept }
    this.note(kind, (indices.length - kept.length) / 3, places)
  }

  private *cornersOf(isMeant: (triangle: number) => boolean): Iterable<number> {
    const { indices } = this.mesh
    for (let triangle = 0; triangle < indices.length / 3; triangle++) if (isMeant(triangle)) yield* indices.subarray(3 * triangle, 3 * triangle + 3)
  }

  /** Steps of one kind add up. */
  private note(kind: RepairKind, count: number, places?: Iterable<number>): void {
    const at = places === undefined ? undefined : verticesBox(this.mesh.positions, places)
    const known = this.steps.findIndex((step) => step.kind === kind)
    const total = count + (this.steps[known]?.count ?? 0)
    const step = at === undefined ? { kind, count: total } : { kind, count: total, at }
    if (known >= 0) this.steps[known] = step
    else this.steps.push(step)
  }
}

function* placesOf(holes: readonly HoleLoop[]): Iterable<number> {
  for (const { vertices } of holes) yield* vertices
}

function concatenated<T extends Float32Array | Uint32Array>(block: T, more: readonly number[]): T {
  if (more.length === 0) return block
  const result = new (block.constructor as new (length: number) => T)(block.length + more.length)
  result.set(block)
  result.set(more, block.length)
  return result
}
