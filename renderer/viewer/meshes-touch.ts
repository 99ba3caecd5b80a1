import { DoubleSide, type Intersection, Line3, Matrix4, Mesh as SceneMesh, MeshBasicMaterial, Plane, Raycaster, type Triangle, Vector3 } from 'three'
import { MeshBVH, acceleratedRaycast } from 'three-mesh-bvh'
import type { Mat4, Mesh } from '../../shared/mesh/mesh'
import { meshGeometry } from './mesh-geometry'

/** A mesh where it stands. */
export interface PlacedMesh {
  readonly mesh: Mesh
  readonly matrix: Mat4
}

interface Placed {
  readonly mesh: Mesh
  readonly matrix: Matrix4
}

/** A direction that no axis-parallel face or edge lies in: a ray along it crosses surfaces cleanly. */
const RAY = new Vector3(0.5773, 0.5012, 0.6447).normalize()
const BOTH_SIDES = new MeshBasicMaterial({ side: DoubleSide })
/** Solids that reach into each other by less than this lie against each other, mm. */
const CONTACT_MM = 0.01
/** Places under the surface that are looked at, at most. */
const MOST_SAMPLES = 120

/**
 * Whether two solids share room: their surfaces cross, or one reaches inside the other. Parts that lie against each other, as those of an inlay do, don't.
 * @returns undefined while a tree is still being built for one of them.
 */
export function meshesTouch(a: PlacedMesh, b: PlacedMesh): boolean | undefined {
  const [treeA, treeB] = [meshGeometry(a.mesh).boundsTree, meshGeometry(b.mesh).boundsTree]
  if (!(treeA instanceof MeshBVH) || !(treeB instanceof MeshBVH)) return undefined
  const [placedA, placedB]: [Placed, Placed] = [{ mesh: a.mesh, matrix: new Matrix4().fromArray(a.matrix) }, { mesh: b.mesh, matrix: new Matrix4().fromArray(b.matrix) }]
  // Triangles are compared in a's own frame, where its scale makes the reach another one.
  const reach = CONTACT_MM / Math.max(1e-9, placedA.matrix.getMaxScaleOnAxis())
  const isCrossing = treeA.bvhcast(treeB, placedA.matrix.clone().invert().multiply(placedB.matrix), {
    intersectsTriangles: (one, other) => isThrough(one, other, reach) && isThrough(other, one, reach) && one.intersectsTriangle(other, met) && met.distance() > reach,
  })
  return isCrossing || isReachingInto(placedA, placedB) || isReachingInto(placedB, placedA)
}

const plane = new Plane()
const met = new Line3()

/** Whether a triangle has corners on both sides of another's plane. */
function isThrough({ a, b, c }: Triangle, other: Triangle, reach: number): boolean {
  other.getPlane(plane)
  const [p, q, r] = [plane.distanceToPoint(a), plane.distanceToPoint(b), plane.distanceToPoint(c)]
  return Math.min(p, q, r) < -reach && Math.max(p, q, r) > reach
}

/** Whether some place just under the surface of one solid is inside of the other. */
function isReachingInto({ mesh, matrix }: Placed, other: Placed): boolean {
  const { positions, indices } = mesh
  const count = indices.length / 3
  const step = Math.max(1, Math.floor(count / MOST_SAMPLES))
  const [a, b, c] = [new Vector3(), new Vector3(), new Vector3()]
  const inward = matrix.determinant() < 0 ? CONTACT_MM : -CONTACT_MM
  for (let triangle = 0; triangle < count; triangle += step) {
    ;[a, b, c].forEach((corner, k) => corner.fromArray(positions, 3 * (indices[3 * triangle + k] ?? 0)).applyMatrix4(matrix))
    const normal = b.clone().sub(a).cross(c.clone().sub(a)).normalize()
    const under = a.clone().add(b).add(c).divideScalar(3).addScaledVector(normal, inward)
    if (isInside(under, other)) return true
  }
  return false
}

/** A point is inside when a ray from it crosses the surface an odd number of times. */
function isInside(point: Vector3, { mesh, matrix }: Placed): boolean {
  const solid = new SceneMesh(meshGeometry(mesh), BOTH_SIDES)
  solid.matrixWorld.copy(matrix)
  const hits: Intersection[] = []
  acceleratedRaycast.call(solid, new Raycaster(point, RAY), hits)
  return hits.length % 2 === 1
}
