import type { Mesh } from '../../mesh/mesh'

const HEADER_BYTES = 80
const TRIANGLE_BYTES = 50
const TITLE = 'Gongbang Studio'

/** Writes a mesh as binary STL in its own coordinates; normals are left at zero, which readers work out themselves. */
export function writeStl({ positions, indices }: Mesh): Uint8Array<ArrayBuffer> {
  const count = indices.length / 3
  const bytes = new Uint8Array(HEADER_BYTES + 4 + count * TRIANGLE_BYTES)
  for (let i = 0; i < TITLE.length; i++) bytes[i] = TITLE.charCodeAt(i)
  const view = new DataView(bytes.buffer)
  view.setUint32(HEADER_BYTES, count, true)
  for (let t = 0, at = HEADER_BYTES + 4; t < indices.length; t += 3, at += TRIANGLE_BYTES) {
    for (let corner = 0; corner < 3; corner++) {
      const point = 3 * (indices[t + corner] as number)
      for (let axis = 0; axis < 3; axis++) view.setFloat32(at + 12 + 12 * corner + 4 * axis, positions[point + axis] as number, true)
    }
  }
  return bytes
}
