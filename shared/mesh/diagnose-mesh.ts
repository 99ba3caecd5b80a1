import type { Problem } from '../units/problem'
import { examineMesh, type Examination } from './examine-mesh'
import { loopLength, verticesBox } from './find-holes'
import { joinCracks } from './join-cracks'
import { measureMesh } from './measure-mesh'
import type { Box3, Mesh } from './mesh'
import { type Duplicates, findDegenerate, findDuplicates, removeDuplicates, withoutTriangles } from './mesh-cleaning'
import { meshEdges } from './mesh-edges'
import type { Nesting } from './nest-shells'
import { type Orientation, withTurned } from './orient-triangles'
import { reportProblems } from './report-problems'
import { solidVolume } from './solid-volume'

/** A gap in the surface. */
export interface HoleReport {
  readonly edgeCount: number
  readonly box: Box3
  readonly perimeterMm: number
}

/** What a mesh is and what is wrong with it. */
export interface MeshReport {
  readonly triangleCount: number
  readonly vertexCount: number
  readonly box: Box3
  /** What is solid: parts that overlap count once (then within about 0.5 %), cavities are subtracted. What the surface would enclose with its holes closed when it is open. */
  readonly volumeMm3: number
  readonly areaMm2: number
  /** Every edge is used by exactly two triangles, once in each direction. */
  readonly isWatertight: boolean
  /** The largest by perimeter first, at most 1000. */
  readonly holes: readonly HoleReport[]
  readonly holeCount: number
  /** Triangles that face the wrong way. */
  readonly flippedTriangles: number
  /** Triangles over the same corners as another. */
  readonly duplicateTriangles: number
  /** Triangles without area. */
  readonly degenerateTriangles: number
  /** Those of them that have a corner twice. */
  readonly collapsedTriangles: number
  /** Edges that more than two triangles use. */
  readonly nonManifoldEdges: number
  readonly shells: number
  /** A surface without an inside: it can't be made solid by closing holes. */
  readonly isSheet: boolean
  readonly problems: readonly Problem[]
}

const MAX_LISTED_HOLES = 1000

/** Looks a mesh over: 1 M triangles in about a second. The mesh is welded (equal positions share a vertex); an empty one is a sheet. */
export function diagnoseMesh(mesh: Mesh): MeshReport {
  return diagnose(mesh).report
}

/** A report together with what was found on the way. */
export interface Diagnosis {
  readonly report: MeshReport
  /** The mesh without triangles that have a corner twice; the mesh itself when there are none. */
  readonly surface: Mesh
  /** Of the surface. */
  readonly examination: Examination
}

/** Looks a mesh over and keeps what is found on the way. `known` is its examination, for a mesh without triangles that have a corner twice. */
export function diagnose(mesh: Mesh, known?: Examination): Diagnosis {
  const degenerate = findDegenerate(mesh)
  // Triangles with a corner twice are no part of the surface.
  const kept = withoutTriangles(mesh.indices, (triangle) => degenerate.marks[triangle] === 2)
  const surface = kept === mesh.indices ? mesh : { positions: mesh.positions, indices: kept }
  const examination = known !== undefined && surface === mesh ? known : examineMesh(surface)
  const { edges, orientation, holes, shells, nesting, openEdges, nonManifoldEdges, isWatertight } = examination
  const measures = measureMesh(mesh)
  const duplicates = canHaveDuplicates(examination) ? findDuplicates(surface.indices) : undefined
  const isClosed = openEdges === 0 && nonManifoldEdges === 0 && edges.edgeCount > 0
  const { isSheet, volumeMm3 } = isClosed ? { isSheet: shells.every((shell) => shell.isSheet), volumeMm3: closedVolume(examination) } : foreseeRepair(examination, duplicates)
  const facts = {
    ...measures,
    volumeMm3,
    isWatertight,
    holes: holes.map(({ vertices }) => holeReport(mesh.positions, vertices)).sort((a, b) => b.perimeterMm - a.perimeterMm).slice(0, MAX_LISTED_HOLES),
    holeCount: holes.length,
    flippedTriangles: countFlipped(orientation, nesting),
    duplicateTriangles: duplicates?.count ?? 0,
    degenerateTriangles: degenerate.count,
    collapsedTriangles: (mesh.indices.length - surface.indices.length) / 3,
    nonManifoldEdges,
    shells: shells.length,
    isSheet,
  }
  return { report: { ...facts, problems: reportProblems({ ...facts, openEdges, conflicts: orientation.conflicts }) }, surface, examination }
}

/**
 * What an open mesh would be: whether nothing in it could become solid, and about how much it encloses. Judged after doubled triangles are gone and cracks
 * are joined, since a cracked box is six loose sheets.
 */
function foreseeRepair(given: Examination, duplicates: Duplicates | undefined): { isSheet: boolean; volumeMm3: number } {
  const { mesh, shells, nesting, nonManifoldEdges } = afterJoining(given, duplicates)
  const enclosed = shells.reduce((sum, { volumeMm3, isSheet }, shell) => sum + (isSheet ? 0 : nesting.signs[shell] * Math.abs(volumeMm3)), 0)
  return { isSheet: shells.every(({ isSheet }) => isSheet), volumeMm3: nonManifoldEdges === 0 ? enclosed : Math.abs(measureMesh(mesh).volumeMm3) }
}

function afterJoining(given: Examination, duplicates: Duplicates | undefined): Examination & { readonly mesh: Mesh } {
  if (duplicates === undefined || duplicates.count === 0) {
    const { mesh } = joinCracks(given.oriented, given.edges)
    return mesh === given.oriented ? { ...given, mesh } : { ...examineMesh(mesh), mesh }
  }
  const { positions, indices } = given.oriented
  // The examination turns triangles; which of two with the same corners was turned is found anew.
  const { isDropped } = removeDuplicates(given.oriented, findDuplicates(indices))
  const single = { positions, indices: withoutTriangles(indices, (triangle) => isDropped[triangle] === 1) }
  const { mesh } = joinCracks(single, meshEdges(single.indices))
  return { ...examineMesh(mesh), mesh }
}

/** Where no edge has more than two triangles, only two that make a shell of their own can have the same corners. */
function canHaveDuplicates({ nonManifoldEdges, shells }: Examination): boolean {
  return nonManifoldEdges > 0 || shells.some(({ triangleCount }) => triangleCount === 2)
}

function holeReport(positions: Float32Array, loop: readonly number[]): HoleReport {
  return { edgeCount: loop.length, box: verticesBox(positions, loop), perimeterMm: loopLength(positions, loop) }
}

function countFlipped({ shellOf, turned }: Orientation, { isTurned }: Nesting): number {
  let count = 0
  for (let triangle = 0; triangle < turned.length; triangle++) count += turned[triangle] ^ isTurned[shellOf[triangle]]
  return count
}

/** Exact when no shells overlap or one lies wholly within another, else by rays. */
function closedVolume({ oriented, orientation: { shellOf, turned }, shells, nesting: { signs, isTurned, surrounding, hasOverlaps } }: Examination): number {
  const signed = shells.reduce((sum, { volumeMm3 }, shell) => sum + signs[shell] * Math.abs(volumeMm3), 0)
  if (!hasOverlaps) return signed
  const faced = { positions: oriented.positions, indices: withTurned(oriented.indices, Uint8Array.from(turned, (_, triangle) => isTurned[shellOf[triangle]])) }
  const rays = solidVolume(faced)
  // A shell within a solid adds nothing, and a cavity counts only where one solid is around it.
  const nested = shells.reduce((sum, { volumeMm3 }, shell) => sum + (surrounding[shell] <= (signs[shell] > 0 ? 0 : 1) ? signs[shell] * Math.abs(volumeMm3) : 0), 0)
  return [signed, nested].find((exact) => Math.abs(exact - rays) <= 0.01 * Math.abs(exact)) ?? (Number.isNaN(rays) ? nested : rays)
}
