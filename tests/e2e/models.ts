import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../build/bootstrap.mjs'

type Corner = readonly [number, number, number]

/** A binary STL of a box standing on the bed, mm: small, so that it is sliced and printed quickly. */
export function boxStl(widthMm: number, depthMm: number, heightMm: number): Buffer {
  return boxesStl([{ min: [0, 0, 0], max: [widthMm, depthMm, heightMm] }])
}

/** A binary STL of boxes, mm. */
export function boxesStl(boxes: readonly { readonly min: Corner; readonly max: Corner }[]): Buffer {
  // Corner numbers of two triangles a side, counter-clockwise seen from outside.
  const triangles = [0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4, 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5]
  const bytes = Buffer.alloc(84 + 50 * 12 * boxes.length)
  bytes.write('box', 0, 'latin1')
  bytes.writeUInt32LE(12 * boxes.length, 80)
  boxes.forEach(({ min, max }, box) => {
    const corner = (index: number) => [0, 1, 2].map((axis) => (index & (1 << axis) ? max[axis as 0 | 1 | 2] : min[axis as 0 | 1 | 2]))
    triangles.forEach((index, position) => {
      const at = 84 + 50 * (12 * box + Math.floor(position / 3)) + 12 + 12 * (position % 3)
      corner(index).forEach((value, axis) => bytes.writeFloatLE(value, at + 4 * axis))
    })
  })
  return bytes
}

const BENCHY = join(root, '../shared/models/3DBenchy.stl')

/** The model of the main path: the Benchy where this computer has it, else a box. */
export function mainModel(): { name: string; bytes: Buffer; title: string } {
  return existsSync(BENCHY) ? { name: '3DBenchy.stl', bytes: readFileSync(BENCHY), title: '3DBenchy' } : { name: 'box.stl', bytes: boxStl(16, 16, 8), title: 'box' }
}

/** A binary STL of half a ball standing on the bed, mm: slopes of every angle. */
export function domeStl(radiusMm: number, rings = 24, sides = 64): Buffer {
  const at = (ring: number, side: number): Corner => {
    const up = (Math.PI / 2) * (ring / rings)
    const turn = (2 * Math.PI * side) / sides
    return [radiusMm * (1 + Math.cos(up) * Math.cos(turn)), radiusMm * (1 + Math.cos(up) * Math.sin(turn)), radiusMm * Math.sin(up)]
  }
  const triangles = Array.from({ length: sides }, (_, k) => [
    [at(0, k + 1), at(0, k), [radiusMm, radiusMm, 0] as Corner],
    ...Array.from({ length: rings - 1 }, (_unused, r) => [[at(r, k), at(r, k + 1), at(r + 1, k + 1)], [at(r, k), at(r + 1, k + 1), at(r + 1, k)]]).flat(),
    [at(rings - 1, k), at(rings - 1, k + 1), [radiusMm, radiusMm, radiusMm] as Corner],
  ]).flat()
  const bytes = Buffer.alloc(84 + 50 * triangles.length)
  bytes.writeUInt32LE(triangles.length, 80)
  triangles.forEach((corners, t) => corners.forEach((corner, c) => corner.forEach((value, axis) => bytes.writeFloatLE(value, 84 + 50 * t + 12 + 12 * c + 4 * axis))))
  return bytes
}
