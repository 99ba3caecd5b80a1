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
      message: `The surface is open: ${Math.max(1, holeCount)} holes or cracks with ${openEdges} edges.`,
    },
    conflicts > 0 && { code: 'mesh/one-sided', severity: 'warning', values: { count: conflicts }, message: `The surface has one side only (as a Möbius strip): ${conflicts} edges can't agree on an outside.` },
    flippedTriangles > 0 && { code: 'mesh/flipped', severity: 'warning', values: { count: flippedTriangles }, message: `${flippedTriangles} triangles face inward.` },
    nonManifoldEdges > 0 && { code: 'mesh/non-manifold', severity: 'warning', values: { count: nonManifoldEdges }, message: `${nonManifoldEdges} edges belong to more than two triangles.` },
    duplicateTriangles > 0 && { code: 'mesh/duplicates', severity: 'warning', values: { count: duplicateTriangles }, message: `${duplicateTriangles} triangles lie on others with the same corners.` },
    degenerateTriangles > 0 && { code: 'mesh/degenerate', severity: 'info', values: { count: degenerateTriangles }, message: `${degenerateTriangles} triangles have no area.` },
  ]
  return found.filter((problem) => problem !== false)
}
