import createKernel, { type Manifold, type ManifoldToplevel } from 'manifold-3d'
import { diagnoseMesh } from '../mesh/diagnose-mesh'
import type { Mesh } from '../mesh/mesh'
import { repairMesh } from '../mesh/repair-mesh'
import { weldMesh } from '../mesh/weld-mesh'
import { type Problem, type Result, failure, success } from '../units/problem'

/** The library for booleans of solids. @see https://manifoldcad.org */
export type Solids = ManifoldToplevel
export type Solid = Manifold

let loaded: Promise<Solids> | undefined

/** Loads the library for solids, once in a thread (20 ms). It keeps what it was given until `delete()`: see `SolidScope`. */
export function loadSolids(): Promise<Solids> {
  loaded ??= createKernel().then((kernel) => {
    kernel.setup()
    return kernel
  })
  return loaded
}

/** Holds what lives in the library's own memory, and frees all of it together. */
export class SolidScope {
  private readonly held: { delete(): void }[] = []

  keep<T extends { delete(): void }>(one: T): T {
    this.held.push(one)
    return one
  }

  dispose(): void {
    for (const one of this.held.splice(0)) one.delete()
  }
}

/** What solids are made with: the library and the scope that frees them. */
export interface Workbench {
  readonly solids: Solids
  readonly scope: SolidScope
}

/**
 * The solid that a mesh encloses. A mesh that isn't closed or is turned inside out is repaired first (warning `solid/repaired`); bodies that overlap become one.
 * Fails with `solid/not-closed` where the mesh can't be made closed. `name` is for the texts.
 */
export function solidOfMesh(bench: Workbench, mesh: Mesh, name: string): Result<Solid> {
  const asGiven = tryMake(bench, weldMesh(mesh))
  if (asGiven !== undefined) return success(united(bench, asGiven))
  const repaired = repairMesh(mesh)
  const made = repaired.after.isWatertight ? tryMake(bench, weldMesh(repaired.mesh)) : undefined
  if (made === undefined) return failure({ code: 'solid/not-closed', severity: 'error', values: { name }, message: `The mesh of ${name} isn't closed and can't be repaired without guessing; it has no inside to work with.` })
  const warning: Problem = { code: 'solid/repaired', severity: 'warning', values: { name }, message: `The mesh of ${name} wasn't closed; it was repaired first.` }
  return success(united(bench, made), [warning])
}

function tryMake({ solids, scope }: Workbench, { positions, indices }: Mesh): Solid | undefined {
  try {
    const solid = scope.keep(new solids.Manifold(new solids.Mesh({ numProp: 3, vertProperties: positions, triVerts: indices })))
    return solid.status() === 'NoError' && solid.volume() > 0 ? solid : undefined
  } catch {
    // The library throws for what is not closed.
    return undefined
  }
}

/** Bodies that lie in each other count once; a body with cavities is one already. */
function united({ solids, scope }: Workbench, solid: Solid): Solid {
  const bodies = solid.decompose().map((body) => scope.keep(body))
  if (bodies.length < 2 || bodies.some((body) => body.volume() <= 0)) return solid
  return scope.keep(solids.Manifold.union(bodies))
}

/** The mesh of a solid, watertight, in the solid's frame: rounded to 32-bit floats, corners that fall together joined. */
export function meshOfSolid(solid: Solid): Mesh {
  const { numProp, vertProperties, triVerts } = solid.getMesh()
  const positions = numProp === 3 ? Float32Array.from(vertProperties) : Float32Array.from({ length: (3 * vertProperties.length) / numProp }, (_, i) => vertProperties[numProp * Math.floor(i / 3) + (i % 3)] ?? 0)
  const welded = weldMesh({ positions, indices: Uint32Array.from(triVerts) })
  return diagnoseMesh(welded).isWatertight ? welded : repairMesh(welded).mesh
}
