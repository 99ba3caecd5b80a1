import type { Problem } from '../units/problem'

interface Facts {
  readonly triangleCount: number
  readonly isSheet: boolean
  readonly holeCount: number
  readonly openEdges: number
  readonly flippedTriangles: number
  readonly duplicateTriangles: number
  readonly degenerateTriangles: number
  readonly nonManifoldEdges: number
  readonly conflicts: number
}

/** Says what is wrong with a mesh, the worst first. A mesh that can be sliced as it is has at most remarks of severity `info`. */
export function reportProblems(facts: Facts): Problem[] {
  const { isSheet, holeCount, openEdges, flippedTriangles, duplicateTriangles, degenerateTriangles, nonManifoldEdges, conflicts } = facts
  if (facts.triangleCount === 0) return [{ code: 'mesh/empty', severity: 'error', message: 'The mesh has no triangles.' }]
  const found: (Problem | false)[] = [
    isSheet && { code: 'mesh/sheet', severity: 'error', message: 'The model is a surface without an inside, so nothing solid can be made of it. Give it a thickness in the program that it comes from.' },
    !isSheet && openEdges > 0 && {
      code: 'mesh/open', severity: 'warning', values: { holes: Math.max(1, holeCount), edges: openEdges },
      message: `The surface is open: ${counted(Math.max(1, holeCount), 'hole or crack', 'holes or cracks')} with ${counted(openEdges, 'edge', 'edges')}.`,
    },
    conflicts > 0 && { code: 'mesh/one-sided', severity: 'warning', values: { count: conflicts }, message: `The surface has one side only (as a Möbius strip): ${counted(conflicts, 'edge', 'edges')} can't agree on an outside.` },
    flippedTriangles > 0 && { code: 'mesh/flipped', severity: 'warning', values: { count: flippedTriangles }, message: flippedTriangles === 1 ? '1 triangle faces inward.' : `${flippedTriangles} triangles face inward.` },
    nonManifoldEdges > 0 && { code: 'mesh/non-manifold', severity: 'warning', values: { count: nonManifoldEdges }, message: nonManifoldEdges === 1 ? '1 edge belongs to more than two triangles.' : `${nonManifoldEdges} edges belong to more than two triangles.` },
    duplicateTriangles > 0 && { code: 'mesh/duplicates', severity: 'warning', values: { count: duplicateTriangles }, message: duplicateTriangles === 1 ? '1 triangle lies on another with the same corners.' : `${duplicateTriangles} triangles lie on others with the same corners.` },
    degenerateTriangles > 0 && { code: 'mesh/degenerate', severity: 'info', values: { count: degenerateTriangles }, message: degenerateTriangles === 1 ? '1 triangle has no area.' : `${degenerateTriangles} triangles have no area.` },
  ]
  return found.filter((problem) => problem !== false)
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
