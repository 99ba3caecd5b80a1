import type { Problem } from '../units/problem'
import { findHoles, type HoleLoop, loopLength, verticesBox } from './find-holes'
import { joinCracks } from './join-cracks'
import { measureMesh } from './measure-mesh'
import { measureShells, type Shell } from './measure-shells'
import type { Box3, Mesh } from './mesh'
import { findDegenerate, findDuplicates, removeDuplicates, withoutTriangles } from './mesh-cleaning'
import { type MeshEdges, meshEdges } from './mesh-edges'
import { type Nesting, nestShells } from './nest-shells'
import { type Orientation, orientTriangles, withTurned } from './orient-triangles'
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

/** What a diagnosis finds on its way, which the repair goes on with. */
interface Diagnosis {
  readonly edges: MeshEdges
  readonly orientation: Orientation
  /** Each shell faces one way. */
  readonly oriented: Mesh
  readonly holes: readonly HoleLoop[]
  readonly shells: readonly Shell[]
  readonly nesting: Nesting
  readonly openEdges: number
  readonly nonManifoldEdges: number
  readonly isWatertight: boolean
}

const MAX_LISTED_HOLES = 1000

/** Looks a mesh over: 1 M triangles in about a second. The mesh is welded (equal positions share a vertex); an empty one is a sheet. */
export function diagnoseMesh(mesh: Mesh): MeshReport {
  const degenerate = findDegenerate(mesh)
  // Triangles with a corner twice are no part of the surface.
  const surface = { positions: mesh.positions, indices: withoutTriangles(mesh.indices, (triangle) => degenerate.marks[triangle] === 2) }
  const { edges, orientation, oriented, holes, shells, nesting, openEdges, nonManifoldEdges, isWatertight } = examineMesh(surface)
  const measures = measureMesh(mesh)
  const duplicates = findDuplicates(surface.indices).count
  const isClosed = openEdges === 0 && nonManifoldEdges === 0 && edges.edgeCount > 0
  const { isSheet, volumeMm3 } = isClosed ? { isSheet: shells.every((shell) => shell.isSheet), volumeMm3: closedVolume(oriented, orientation, shells, nesting) } : foreseeRepair(surface)
  const facts = {
    ...measures,
    volumeMm3,
    isWatertight,
    holes: holes.map(({ vertices }) => holeReport(mesh.positions, vertices)).sort((a, b) => b.perimeterMm - a.perimeterMm).slice(0, MAX_LISTED_HOLES),
    holeCount: holes.length,
    flippedTriangles: countFlipped(orientation, nesting),
    duplicateTriangles: duplicates,
    degenerateTriangles: degenerate.count,
    collapsedTriangles: (mesh.indices.length - surface.indices.length) / 3,
    nonManifoldEdges,
    shells: shells.length,
    isSheet,
  }
  return { ...facts, problems: reportProblems({ ...facts, openEdges, conflicts: orientation.conflicts }) }
}

/** Finds edges, shells, holes and how shells lie in each other. */
export function examineMesh(mesh: Mesh): Diagnosis {
  const given = meshEdges(mesh.indices)
  const orientation = orientTriangles(mesh.indices, given)
  const indices = withTurned(mesh.indices, orientation.turned)
  const edges = indices === mesh.indices ? given : meshEdges(indices)
  const oriented = { positions: mesh.positions, indices }
  let openEdges = 0
  let nonManifoldEdges = 0
  let isWatertight = given.edgeCount > 0
  for (let edge = 0; edge < given.edgeCount; edge++) {
    const uses = given.forward[edge] + given.backward[edge]
    if (uses === 1) openEdges++
    if (uses > 2) nonManifoldEdges++
    if (given.forward[edge] !== 1 || given.backward[edge] !== 1) isWatertight = false
  }
  const holes = openEdges === 0 ? [] : findHoles(indices, edges)
  const shells = measureShells(oriented, orientation, holes)
  return { edges, orientation, oriented, holes, shells, nesting: nestShells(oriented, orientation, shells), openEdges, nonManifoldEdges, isWatertight }
}

/**
 * What an open mesh would be: whether nothing in it could become solid, and about how much it encloses. Judged after doubled triangles are gone and cracks
 * are joined, since a cracked box is six loose sheets.
 */
function foreseeRepair(surface: Mesh): { isSheet: boolean; volumeMm3: number } {
  const { isDropped } = removeDuplicates(surface, findDuplicates(surface.indices))
  const single = { positions: surface.positions, indices: withoutTriangles(surface.indices, (triangle) => isDropped[triangle] === 1) }
  const { mesh } = joinCracks(single)
  const { shells, nesting, nonManifoldEdges } = examineMesh(mesh)
  const enclosed = shells.reduce((sum, { volumeMm3, isSheet }, shell) => sum + (isSheet ? 0 : nesting.signs[shell] * Math.abs(volumeMm3)), 0)
  return { isSheet: shells.every(({ isSheet }) => isSheet), volumeMm3: nonManifoldEdges === 0 ? enclosed : Math.abs(measureMesh(mesh).volumeMm3) }
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
function closedVolume(oriented: Mesh, { shellOf, turned }: Orientation, shells: readonly Shell[], { signs, isTurned, surrounding, hasOverlaps }: Nesting): number {
  const signed = shells.reduce((sum, { volumeMm3 }, shell) => sum + signs[shell] * Math.abs(volumeMm3), 0)
  if (!hasOverlaps) return signed
  const faced = { positions: oriented.positions, indices: withTurned(oriented.indices, Uint8Array.from(turned, (_, triangle) => isTurned[shellOf[triangle]])) }
  const rays = solidVolume(faced)
  // A shell within a solid adds nothing, and a cavity counts only where one solid is around it.
  const nested = shells.reduce((sum, { volumeMm3 }, shell) => sum + (surrounding[shell] <= (signs[shell] > 0 ? 0 : 1) ? signs[shell] * Math.abs(volumeMm3) : 0), 0)
  return [signed, nested].find((exact) => Math.abs(exact - rays) <= 0.01 * Math.abs(exact)) ?? (Number.isNaN(rays) ? nested : rays)
}
