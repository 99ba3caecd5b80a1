/** What is painted: 0 nothing, 1 enforced, 2 blocked. */
export type PaintState = 0 | 1 | 2

/** Painted triangles of a mesh by their number, each as the text that 3MF projects of PrusaSlicer and OrcaSlicer hold for it. Plain data. */
export type TrianglePaint = Readonly<Record<number, string>>

/** What is painted on an object. */
export interface ObjectPaint {
  readonly support?: TrianglePaint
  readonly seam?: TrianglePaint
}

/** A triangle painted in one, or split in two to four that are painted each for itself. */
export type PaintNode = PaintState | SplitNode

export interface SplitNode {
  /** How many sides are halved, 1 to 3, and the corner from which they are counted. */
  readonly sides: number
  readonly special: number
  readonly children: readonly PaintNode[]
}

/** Deeper trees come from damaged files. */
const MAX_DEPTH = 24
const MAX_NODES = 1 << 16
/** Leaves of states that this studio doesn't know follow as one more digit. */
const MORE_STATES = 3

/**
 * Reads a triangle's tree: hexadecimal digits from the last to the first, a node each. The low two bits are the number of halved
 * sides; the high two are a leaf's state or a split's first corner; children come last first. Undefined when it is damaged.
 */
export function readPaint(text: string): PaintNode | undefined {
  if (text.length === 0 || text.length > MAX_NODES || !/^[0-9a-f]+$/i.test(text)) return undefined
  let at = text.length
  const digit = (): number | undefined => (--at < 0 ? undefined : Number.parseInt(text[at] as string, 16))
  const node = (depth: number): PaintNode | undefined => {
    const code = digit()
    if (code === undefined || depth > MAX_DEPTH) return undefined
    const [sides, high] = [code & 3, code >> 2]
    if (sides === 0) {
      if (high === MORE_STATES && digit() === undefined) return undefined
      return high === 1 || high === 2 ? high : 0
    }
    const children: PaintNode[] = []
    for (let i = 0; i <= sides; i++) {
      const child = node(depth + 1)
      if (child === undefined || high === 3) return undefined
      children.unshift(child)
    }
    return { sides, special: high, children }
  }
  const root = node(0)
  return at > 0 ? undefined : root
}

/** Writes what `readPaint` reads. */
export function writePaint(node: PaintNode): string {
  const digits: string[] = []
  const put = (one: PaintNode): void => {
    digits.push((typeof one === 'number' ? one << 2 : (one.special << 2) | one.sides).toString(16).toUpperCase())
    if (typeof one !== 'number') for (const child of one.children.toReversed()) put(child)
  }
  put(node)
  return digits.toReversed().join('')
}

/** A split that halves all sides. */
export function splitPaint(children: readonly PaintNode[]): PaintNode {
  const [first] = children
  return typeof first === 'number' && children.every((child) => child === first) ? first : { sides: 3, special: 0, children }
}

/** A triangle's corners: x, y, z of each, nine numbers. */
export type Corners = readonly number[]

/** The triangles that a split makes of one, in the order of its children. */
export function childCorners({ sides, special }: Pick<SplitNode, 'sides' | 'special'>, corners: Corners): Corners[] {
  const corner = (i: number) => corners.slice(3 * ((i + special) % 3), 3 * ((i + special) % 3) + 3)
  const [a, b, c] = [corner(0), corner(1), corner(2)]
  const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)]
  if (sides === 1) return [[...a, ...b, ...bc], [...bc, ...c, ...a]]
  if (sides === 2) return [[...a, ...ab, ...ca], [...ab, ...b, ...ca], [...b, ...c, ...ca]]
  return [[...a, ...ab, ...ca], [...ab, ...b, ...bc], [...bc, ...c, ...ca], [...ab, ...bc, ...ca]]
}

function middle(a: Corners, b: Corners): number[] {
  return a.map((value, i) => (value + (b[i] ?? 0)) / 2)
}

/** Calls back for each leaf of a tree with its corners. */
export function eachLeaf(node: PaintNode, corners: Corners, visit: (state: PaintState, corners: Corners) => void): void {
  if (typeof node === 'number') {
    visit(node, corners)
    return
  }
  const inner = childCorners(node, corners)
  node.children.forEach((child, i) => eachLeaf(child, inner[i] ?? corners, visit))
}
