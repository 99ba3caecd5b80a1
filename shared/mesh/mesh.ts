/** An indexed triangle mesh in mm. Counter-clockwise triangles seen from outside. */
export interface Mesh {
  /** xyz triples, mm, length 3 · vertices. */
  readonly positions: Float32Array
  /** Vertex index triples, length 3 · triangles. */
  readonly indices: Uint32Array
}

/** A column-major 4 × 4 affine matrix (three.js order): translation in elements 12, 13, 14, mm. */
export type Mat4 = readonly number[]

/** An axis-aligned box, mm. */
export interface Box3 {
  readonly min: readonly [number, number, number]
  readonly max: readonly [number, number, number]
}
