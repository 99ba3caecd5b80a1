import type { Mesh } from '../mesh/mesh'
import { splitPolygon } from '../mesh/split-polygon'
import type { Problem } from '../units/problem'
import { GrowingInts } from './growing-array'

/** Collects faces over numbered vertices as triangles; those with vertices that don't exist or are no numbers are left out and counted. */
export class FaceCollector {
  private readonly triangles: GrowingInts
  private badIndices = 0
  private notFinite = 0

  constructor(expectedTriangles: number) {
    this.triangles = new GrowingInts(3 * expectedTriangles)
  }

  /** Length of the indices so far: where a part begins. */
  get length(): number {
    return this.triangles.length
  }

  /** Adds a face by vertex numbers; `positions` may still grow, `vertexCount` says how far it is filled. */
  add(positions: Float32Array, vertexCount: number, corners: readonly number[]): void {
    for (const vertex of corners) {
      if (!(vertex >= 0 && vertex < vertexCount)) {
        this.badIndices++
        return
      }
      if (!(Math.abs(positions[3 * vertex]) + Math.abs(positions[3 * vertex + 1]) + Math.abs(positions[3 * vertex + 2]) < 1e30)) {
        this.notFinite++
        return
      }
    }
    splitPolygon(positions, corners, (a, b, c) => this.triangles.push3(a, b, c))
  }

  /** The mesh over these positions. Positions that are no numbers, which no triangle uses, become 0. */
  mesh(positions: Float32Array): Mesh {
    for (let i = 0; i < positions.length; i++) if (!Number.isFinite(positions[i])) positions[i] = 0
    return { positions, indices: this.triangles.filled() }
  }

  problems(): Problem[] {
    const problems: Problem[] = []
    if (this.badIndices > 0) problems.push({ code: 'model/bad-index', severity: 'warning', values: { count: this.badIndices }, message: `${this.badIndices} faces use vertices that the file doesn't have. They were left out: the file may be cut short.` })
    if (this.notFinite > 0) problems.push({ code: 'model/not-finite', severity: 'warning', values: { count: this.notFinite }, message: `${this.notFinite} triangles have corners that are no numbers (NaN or infinite). They were left out.` })
    return problems
  }
}
