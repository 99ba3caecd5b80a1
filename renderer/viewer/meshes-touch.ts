import { DoubleSide, type Intersection, Matrix4, Mesh as SceneMesh, MeshBasicMaterial, Raycaster, Vector3 } from 'three'
import { MeshBVH, acceleratedRaycast } from 'three-mesh-bvh'
import type { Mat4, Mesh } from '../../shared/mesh/mesh'
import { meshGeometry } from './mesh-geometry'

/** A mesh where it stands. */
export interface PlacedMesh {
  readonly mesh: Mesh
  readonly matrix: Mat4
}

/** A direction that no axis-parallel face or edge lies in: a ray along it crosses surfaces cleanly. */
const RAY = new Vector3(0.5773, 0.5012, 0.6447).normalize()
const BOTH_SIDES = new MeshBasicMaterial({ side: DoubleSide })

/**
 * Whether two solids share room: their surfaces cross, or one stands inside the other.
 * @returns undefined while a tree is still being built for one of them.
 */
export function meshesTouch(a: PlacedMesh, b: PlacedMesh): boolean | undefined {
  const [geometryA, geometryB] = [meshGeometry(a.mesh), meshGeometry(b.mesh)]
  const [treeA, treeB] = [geometryA.boundsTree, geometryB.boundsTree]
  if (!(treeA instanceof MeshBVH) || !(treeB instanceof MeshBVH)) return undefined
  const [matrixA, matrixB] = [new Matrix4().fromArray(a.matrix), new Matrix4().fromArray(b.matrix)]
  if (treeA.intersectsGeometry(geometryB, matrixA.clone().invert().multiply(matrixB))) return true
  return isInside(firstPoint(a, matrixA), b, matrixB) || isInside(firstPoint(b, matrixB), a, matrixA)
}

function firstPoint({ mesh: { positions } }: PlacedMesh, matrix: Matrix4): Vector3 {
  return new Vector3(positions[0], positions[1], positions[2]).applyMatrix4(matrix)
}

/** A point is inside when a ray from it crosses the surface an odd number of times. */
function isInside(point: Vector3, { mesh }: PlacedMesh, matrix: Matrix4): boolean {
  const solid = new SceneMesh(meshGeometry(mesh), BOTH_SIDES)
  solid.matrixWorld.copy(matrix)
  const hits: Intersection[] = []
  acceleratedRaycast.call(solid, new Raycaster(point, RAY), hits)
  return hits.length % 2 === 1
}
