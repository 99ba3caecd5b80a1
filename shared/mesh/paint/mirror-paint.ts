import { childCorners, type Corners, eachLeaf, type ObjectPaint, type PaintNode, type PaintState, readPaint, type TrianglePaint, writePaint } from './paint-tree'

/** Any triangle will do: what counts is which corner is which. */
const TRIANGLE: Corners = [0, 0, 0, 7, 0, 0, 0, 5, 0]

/** The paint of a mesh whose triangles were turned round (second and third corner exchanged), as it looks on them. */
export function mirrorPaint(paint: ObjectPaint): ObjectPaint {
  const { support, seam } = paint
  return { ...(support && { support: mirrored(support) }), ...(seam && { seam: mirrored(seam) }) }
}

function mirrored(triangles: TrianglePaint): TrianglePaint {
  return Object.fromEntries(Object.entries(triangles).map(([key, text]) => [key, writePaint(permuted(readPaint(text) ?? 0, [0, 2, 1]))]))
}

/** The tree of the same triangle with its corners in another order: `order[i]` is the old number of corner i. */
function permuted(node: PaintNode, order: readonly number[]): PaintNode {
  if (typeof node === 'number') return node
  const old = childCorners(node, TRIANGLE)
  const turned = order.flatMap((corner) => TRIANGLE.slice(3 * corner, 3 * corner + 3))
  for (let special = 0; special < 3; special++) {
    const children = childCorners({ sides: node.sides, special }, turned).map((corners) => {
      const match = old.findIndex((other) => pointsOf(corners).every((point) => pointsOf(other).includes(point)))
      const child = node.children[match]
      return child === undefined ? undefined : permuted(child, pointsOf(corners).map((point) => pointsOf(old[match] ?? []).indexOf(point)))
    })
    if (children.every((child) => child !== undefined)) return { sides: node.sides, special, children }
  }
  // Two halved sides have no mirror image among the splits that there are.
  return largestState(node)
}

function pointsOf(corners: Corners): string[] {
  return [0, 3, 6].map((at) => corners.slice(at, at + 3).join(' '))
}

function largestState(node: PaintNode): PaintState {
  const areas: [number, number, number] = [0, 0, 0]
  eachLeaf(node, TRIANGLE, (state, [ax = 0, ay = 0, , bx = 0, by = 0, , cx = 0, cy = 0]) => {
    areas[state] += Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
  })
  return areas.indexOf(Math.max(...areas)) as PaintState
}
