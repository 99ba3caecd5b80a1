import type { Region } from '../../geometry/region'
import { triangulateRegion, type Triangulation } from '../../geometry/triangulate-region'
import { type CentreLine, simplifyWithWidth } from './simplify-with-width'

/** Sides longer than this are divided, so that triangles reach across the strip, mm. */
const STEP_MM = 0.3

/** A place where the centre line passes, and how it goes on: the next nodes and the area that lies on the way, mm². */
interface Graph {
  readonly xs: number[]
  readonly ys: number[]
  /** Of each link: its two nodes, the area it passes and its length. Arrays of numbers: objects for links took twice the time. */
  readonly from: number[]
  readonly to: number[]
  readonly areaMm2: number[]
  readonly lengthMm: number[]
  readonly linksOf: number[][]
}

/**
 * The middle of one narrow area (an outer contour and its holes): where strips meet, lines meet. Length times width along
 * the lines gives the area, so what is extruded along them fills it. Lines shorter than `minLengthMm` are left out.
 * @see Prasad 1997, the chordal axis transform
 */
export function centreLines(area: Region, minLengthMm: number): CentreLine[] {
  const triangulation = triangulateRegion(area.map(divideSides))
  const graph = chordalAxis(triangulation)
  prune(graph, minLengthMm)
  return trace(graph)
    .filter((path) => lengthOf(graph, path) >= minLengthMm)
    .map((path) => toCentreLine(graph, path))
}

function divideSides(contour: Float64Array): Float64Array {
  const points: number[] = []
  for (let i = 0; i < contour.length; i += 2) {
    const j = i + 2 === contour.length ? 0 : i + 2
    const x = contour[i]
    const y = contour[i + 1]
    const dx = contour[j] - x
    const dy = contour[j + 1] - y
    const length = Math.hypot(dx, dy)
    // The end of a strip must stay one side, or the line would fork there.
    const parts = length < 3 * STEP_MM ? 1 : Math.ceil(length / STEP_MM)
    for (let k = 0; k < parts; k++) points.push(x + (dx * k) / parts, y + (dy * k) / parts)
  }
  return Float64Array.from(points)
}

/**
 * One node in the middle of each inner edge and of each triangle where three strips meet, one at the tip of each end; one
 * link across each triangle from edge to edge.
 */
function chordalAxis({ points, corners, twins }: Triangulation): Graph {
  const graph: Graph = { xs: [], ys: [], from: [], to: [], areaMm2: [], lengthMm: [], linksOf: [] }
  const nodeOf = new Int32Array(corners.length).fill(-1)
  const px = (corner: number) => points[2 * corners[corner]]
  const py = (corner: number) => points[2 * corners[corner] + 1]
  const edgeNode = (e: number) => {
    const key = Math.min(e, twins[e])
    const known = nodeOf[key]
    if (known >= 0) return known
    const to = nextCorner(e)
    const node = addNode(graph, (px(e) + px(to)) / 2, (py(e) + py(to)) / 2)
    nodeOf[key] = node
    return node
  }
  const ends: { readonly node: number; readonly areaMm2: number; readonly sides: readonly number[] }[] = []
  for (let t = 0; t < corners.length; t += 3) {
    const areaMm2 = ((px(t + 1) - px(t)) * (py(t + 2) - py(t)) - (py(t + 1) - py(t)) * (px(t + 2) - px(t))) / 2
    const inner = [t, t + 1, t + 2].filter((e) => twins[e] >= 0)
    const [first, second] = inner
    if (first === undefined) continue
    if (inner.length === 3) {
      const middle = addNode(graph, (px(t) + px(t + 1) + px(t + 2)) / 3, (py(t) + py(t + 1) + py(t + 2)) / 3)
      for (const e of inner) addLink(graph, edgeNode(e), middle, areaMm2 / 3)
    } else if (second !== undefined) {
      addLink(graph, edgeNode(first), edgeNode(second), areaMm2)
    } else {
      ends.push({ node: edgeNode(first), areaMm2, sides: [t, t + 1, t + 2].filter((e) => e !== first) })
    }
  }
  for (const { node, areaMm2, sides } of ends) {
    const sideMm = (e: number) => Math.hypot(px(nextCorner(e)) - px(e), py(nextCorner(e)) - py(e))
    const middles = sides.toSorted((a, b) => sideMm(a) - sideMm(b)).map((e) => [(px(e) + px(nextCorner(e))) / 2, (py(e) + py(nextCorner(e))) / 2] as const)
    const [x, y] = straightOn(graph, node, middles)
    addLink(graph, node, addNode(graph, x, y), areaMm2)
  }
  return graph
}

function nextCorner(e: number): number {
  return e % 3 === 2 ? e - 2 : e + 1
}

/** In the last triangle of a strip: the side that the line runs on to; the first of them where it has no line yet. */
function straightOn(graph: Graph, node: number, middles: readonly (readonly [number, number])[]): readonly [number, number] {
  const x = graph.xs[node]
  const y = graph.ys[node]
  const [link] = linksAt(graph, node)
  const before = link === undefined ? node : otherEnd(graph, link, node)
  const dx = x - graph.xs[before]
  const dy = y - graph.ys[before]
  const turn = ([mx, my]: readonly [number, number]) => (dx * (mx - x) + dy * (my - y)) / (Math.hypot(mx - x, my - y) || 1)
  return middles.reduce((a, b) => (turn(b) > turn(a) ? b : a))
}

function addNode(graph: Graph, x: number, y: number): number {
  graph.xs.push(x)
  graph.ys.push(y)
  graph.linksOf.push([])
  return graph.xs.length - 1
}

function addLink(graph: Graph, from: number, to: number, areaMm2: number): void {
  const lengthMm = Math.hypot(graph.xs[from] - graph.xs[to], graph.ys[from] - graph.ys[to])
  graph.linksOf[from]?.push(graph.from.length)
  graph.linksOf[to]?.push(graph.from.length)
  graph.from.push(from)
  graph.to.push(to)
  graph.areaMm2.push(areaMm2)
  graph.lengthMm.push(lengthMm)
}

function otherEnd(graph: Graph, link: number, node: number): number {
  return graph.from[link] === node ? graph.to[link] : graph.from[link]
}

function lengthOf(graph: Graph, steps: readonly Step[]): number {
  let lengthMm = 0
  for (const { link } of steps) lengthMm += graph.lengthMm[link]
  return lengthMm
}

interface Step {
  readonly link: number
  readonly from: number
  readonly to: number
}

function linksAt(graph: Graph, node: number): number[] {
  return graph.linksOf[node] ?? []
}

/** Follows a line from a node over a link until it ends or forks. */
function follow(graph: Graph, start: number, firstLink: number): Step[] {
  const steps: Step[] = []
  let node = start
  let link = firstLink
  for (;;) {
    const to = otherEnd(graph, link, node)
    steps.push({ link, from: node, to })
    node = to
    const onward = linksAt(graph, node)
    if (onward.length !== 2 || node === start) return steps
    link = (onward[0] === link ? onward[1] : onward[0]) as number
  }
}

/** Takes away ends that leave a fork and are shorter than the limit: corners of a strip's end, bumps of its side. */
function prune(graph: Graph, minLengthMm: number): void {
  for (let node = 0; node < graph.linksOf.length; node++) {
    if (linksAt(graph, node).length !== 3) continue
    const branches = linksAt(graph, node).map((link) => follow(graph, node, link))
    const lengths = branches.map((steps) => lengthOf(graph, steps))
    const spurs = branches
      .map((steps, i) => ({ steps, lengthMm: lengths[i] }))
      .filter(({ steps, lengthMm }) => lengthMm < minLengthMm && linksAt(graph, (steps.at(-1) as Step).to).length === 1)
      .toSorted((a, b) => a.lengthMm - b.lengthMm)
    const [spur] = spurs
    if (spur === undefined) continue
    let at = node
    for (const { link, to } of spur.steps) {
      graph.linksOf[at] = linksAt(graph, at).filter((other) => other !== link)
      graph.linksOf[to] = linksAt(graph, to).filter((other) => other !== link)
      at = to
    }
  }
}

/** Every link once, in lines that are as long as they can be: first those with an end, then rings. */
function trace(graph: Graph): Step[][] {
  const isUsed = new Uint8Array(graph.from.length)
  const paths: Step[][] = []
  const walk = (start: number) => {
    for (const link of linksAt(graph, start)) {
      if (isUsed[link] === 1) continue
      const path = follow(graph, start, link)
      for (const step of path) isUsed[step.link] = 1
      paths.push(path)
    }
  }
  for (const kind of [1, 3, 2]) for (let node = 0; node < graph.linksOf.length; node++) if (linksAt(graph, node).length === kind) walk(node)
  return joinAtForks(paths)
}

/** Joins lines that meet at a fork and go straight on, so that one runs through and one ends there. */
function joinAtForks(paths: Step[][]): Step[][] {
  const ended = new Map<number, Step[]>()
  const joined: Step[][] = []
  for (const path of paths.toSorted((a, b) => b.length - a.length)) {
    const start = path[0].from
    const end = (path.at(-1) as Step).to
    const before = start === end ? undefined : ended.get(start)
    const after = start === end || before !== undefined ? undefined : ended.get(end)
    if (before !== undefined && (before.at(-1) as Step).to === start) {
      ended.delete(start)
      before.push(...path)
      ended.set(end, before)
    } else if (after !== undefined && (after.at(-1) as Step).to === end) {
      ended.delete(end)
      after.push(...path.toReversed().map(({ link, from, to }) => ({ link, from: to, to: from })))
      ended.set(start, after)
    } else {
      const copy = [...path]
      joined.push(copy)
      if (start !== end) ended.set(end, copy)
    }
  }
  return joined
}

function toCentreLine(graph: Graph, path: readonly Step[]): CentreLine {
  const nodes = [path[0].from, ...path.map(({ to }) => to)]
  const isRing = nodes[0] === nodes.at(-1)
  const linkWidths = path.map(({ link }) => widthOf(graph, link))
  const widths = nodes.map((_, i) => {
    const before = linkWidths[i - 1] ?? (isRing ? linkWidths.at(-1) : undefined)
    const after = linkWidths[i] ?? (isRing ? linkWidths[0] : undefined)
    return before === undefined ? (after as number) : after === undefined ? before : (before + after) / 2
  })
  smoothWidths(widths)
  scaleToArea(graph, path, widths)
  const points = Float64Array.from(nodes.flatMap((node) => [graph.xs[node], graph.ys[node]]))
  return simplifyWithWidth(points, Float64Array.from(widths))
}

function widthOf({ areaMm2, lengthMm }: Graph, link: number): number {
  return lengthMm[link] > 1e-6 ? areaMm2[link] / lengthMm[link] : 0
}

/** Evens out what comes from the shape of single triangles. */
function smoothWidths(widths: number[]): void {
  for (let round = 0; round < 2; round++) {
    let before = widths[0]
    for (let i = 1; i + 1 < widths.length; i++) {
      const now = widths[i]
      widths[i] = (before + 2 * now + widths[i + 1]) / 4
      before = now
    }
  }
}

/** Smoothing must not change how much is extruded. */
function scaleToArea(graph: Graph, path: readonly Step[], widths: number[]): void {
  let wanted = 0
  let got = 0
  path.forEach(({ link }, i) => {
    wanted += graph.areaMm2[link]
    got += (graph.lengthMm[link] * (widths[i] + widths[i + 1])) / 2
  })
  if (got > 0) for (let i = 0; i < widths.length; i++) widths[i] = (widths[i] * wanted) / got
}
