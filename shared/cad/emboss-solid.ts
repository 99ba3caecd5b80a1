import type { Clipper } from '../geometry/clipper'
import { invertMatrix, multiplyMatrices } from '../mesh/matrix'
import type { Mat4, Mesh } from '../mesh/mesh'
import { type Problem, type Result, failure, success } from '../units/problem'
import { type Drawing, drawingBox } from './drawing'
import { type Solid, SolidScope, type Solids, type Workbench, meshOfSolid, solidOfMesh } from './solids'

export interface EmbossRequest {
  /** For the texts. */
  readonly name: string
  readonly mesh: Mesh
  /** From the mesh's frame to the machine's. */
  readonly placement: Mat4
  /** In mm around the origin. */
  readonly drawing: Drawing
  /** From the drawing's frame to the machine's, without scale: z leads out of the part, z = 0 is its face. */
  readonly frame: Mat4
  readonly depthMm: number
  readonly isRaised: boolean
  /** Follows a curved face: the depth is the same everywhere along the frame's z. Else the relief is flat. */
  readonly isFollowing: boolean
  /** The relief stays a part of its own: on an untouched part, or as an inlay in its pocket. */
  readonly isOwnPart: boolean
}

/** What embossing makes, in the frame of the mesh, watertight. */
export interface Embossed {
  /** Absent when the part stays as it is. */
  readonly part?: Mesh
  /** The relief when it is a part of its own: it lies against the part everywhere, without room in common. */
  readonly relief?: Mesh
}

/** How far a relief reaches through its face, so that the two are one, mm. */
const OVERLAP_MM = 0.1
/** Pieces that cover each other by less than this part lie beside each other. */
const SHADOW_PART = 0.05
/** A relief with less than this part of it on the face stands over its edge. */
const ON_FACE = 0.985

/**
 * Raises a drawing from a face of a part, or engraves it.
 *
 * Codes: `solid/not-closed`, `emboss/empty`, `emboss/misses`; warnings `solid/repaired`, `emboss/over-edge`.
 */
export function embossSolid(solids: Solids, clipper: Clipper, request: EmbossRequest): Result<Embossed> {
  const scope = new SolidScope()
  try {
    return emboss({ solids, scope }, clipper, request)
  } finally {
    scope.dispose()
  }
}

/** The relief alone, flat, in machine coordinates: to be shown before it is made. Fails with `emboss/empty`. */
export function reliefMesh(solids: Solids, clipper: Clipper, { drawing, frame, depthMm, isRaised }: Pick<EmbossRequest, 'drawing' | 'frame' | 'depthMm' | 'isRaised'>): Result<Mesh> {
  const scope = new SolidScope()
  try {
    const outline = outlineOf({ solids, scope }, clipper, drawing)
    if (outline === undefined) return EMPTY
    const relief = isRaised ? prism({ solids, scope }, outline, [0, depthMm]) : prism({ solids, scope }, outline, [-depthMm, 0.05])
    return success(meshOfSolid(scope.keep(relief.transform(matrixOf(frame)))))
  } finally {
    scope.dispose()
  }
}

const EMPTY = failure({ code: 'emboss/empty', severity: 'error', message: 'Nothing in the drawing is filled or drawn.' })

function emboss(bench: Workbench, clipper: Clipper, request: EmbossRequest): Result<Embossed> {
  const { name, mesh, placement, drawing, frame, depthMm, isRaised, isFollowing, isOwnPart } = request
  const outline = outlineOf(bench, clipper, drawing)
  if (outline === undefined) return EMPTY
  const whole = solidOfMesh(bench, mesh, name)
  if (!whole.ok) return whole
  const { scope } = bench
  const toFrame = multiplyMatrices(invertMatrix(frame), placement)
  const part = scope.keep(whole.value.transform(matrixOf(toFrame)))
  const reachMm = isFollowing ? Math.max(depthMm, bendReach(drawing)) : OVERLAP_MM
  const onFace = coverage(bench, part, prism(bench, outline, [-(isFollowing ? reachMm : OVERLAP_MM), 0]))
  if (onFace === 0) return failure({ code: 'emboss/misses', severity: 'error', values: { name }, message: `The drawing doesn't lie on ${name}. Click the face that it belongs on.` })
  const column = prism(bench, outline, isFollowing ? [-reachMm, reachMm + depthMm] : isRaised ? [-OVERLAP_MM, depthMm] : [-depthMm, OVERLAP_MM])
  const relief = isFollowing ? following(bench, part, { column, depthMm, isRaised }) : column
  const back = (solid: Solid) => meshOfSolid(scope.keep(scope.keep(solid).transform(matrixOf(invertMatrix(toFrame)))))
  const own = isOwnPart ? { relief: back(isRaised ? relief.subtract(part) : relief.intersect(part)) } : {}
  const made = isRaised ? (isOwnPart ? {} : { part: back(part.add(relief)) }) : { part: back(part.subtract(relief)) }
  const warnings: Problem[] = isFollowing || onFace > ON_FACE ? [] : [{ code: 'emboss/over-edge', severity: 'warning', values: { name }, message: 'A part of the drawing stands over the edge of the face.' }]
  return success({ ...made, ...own }, [...whole.problems, ...warnings])
}

/** What lies between the part and itself moved along z: a relief of the same depth wherever the face bends. */
function following(bench: Workbench, part: Solid, { column, depthMm, isRaised }: { readonly column: Solid; readonly depthMm: number; readonly isRaised: boolean }): Solid {
  const { solids, scope } = bench
  const moved = scope.keep(part.translate(0, 0, isRaised ? depthMm : -depthMm))
  const relief = scope.keep(isRaised ? column.intersect(moved) : column.subtract(moved))
  const elsewhere = onOtherFaces(bench, scope.keep(isRaised ? relief.subtract(part) : relief.intersect(part)))
  return elsewhere.length === 0 ? relief : scope.keep(relief.subtract(scope.keep(solids.Manifold.union(elsewhere))))
}

/** Pieces of a relief that lie on faces above or below the clicked one: of those over each other, all but the nearest to z = 0. */
function onOtherFaces({ scope }: Workbench, relief: Solid): Solid[] {
  const pieces = relief.decompose().map((solid) => {
    const { min, max } = scope.keep(solid).boundingBox()
    return { solid, min, max, awayMm: min[2] <= 0 && max[2] >= 0 ? 0 : Math.min(Math.abs(min[2]), Math.abs(max[2])), shadow: undefined as Outline | undefined }
  })
  const shadowOf = (piece: (typeof pieces)[number]) => (piece.shadow ??= scope.keep(piece.solid.project()))
  const kept: typeof pieces = []
  return pieces
    .toSorted((a, b) => a.awayMm - b.awayMm)
    .flatMap((piece) => {
      const isHidden = kept.some((nearer) => {
        if (nearer.max[0] <= piece.min[0] || piece.max[0] <= nearer.min[0] || nearer.max[1] <= piece.min[1] || piece.max[1] <= nearer.min[1]) return false
        return scope.keep(shadowOf(nearer).intersect(shadowOf(piece))).area() > SHADOW_PART * shadowOf(piece).area()
      })
      if (!isHidden) kept.push(piece)
      return isHidden ? [piece.solid] : []
    })
}

/** How far a face may bend away under a drawing: a ball of its size. */
function bendReach(drawing: Drawing): number {
  const box = drawingBox(drawing)
  return box === undefined ? 0 : Math.hypot(box.max[0] - box.min[0], box.max[1] - box.min[1]) / 2
}

function coverage({ scope }: Workbench, part: Solid, slab: Solid): number {
  const volume = slab.volume()
  return volume === 0 ? 0 : scope.keep(slab.intersect(part)).volume() / volume
}

type Outline = InstanceType<Solids['CrossSection']>

/** Everything that is filled or drawn, as one section; undefined when that is nothing. */
function outlineOf({ solids, scope }: Workbench, clipper: Clipper, { fills, strokes }: Drawing): Outline | undefined {
  const polygons = (lines: readonly Float64Array[]) => lines.map((line) => Array.from({ length: line.length / 2 }, (_, i): [number, number] => [line[2 * i], line[2 * i + 1]]))
  const sections = [
    ...fills.map(({ contours, rule }) => scope.keep(new solids.CrossSection(polygons(contours), rule === 'evenodd' ? 'EvenOdd' : 'NonZero'))),
    ...strokes.map(({ lines, widthMm }) => scope.keep(new solids.CrossSection(polygons(clipper.thicken(lines, widthMm / 2)), 'NonZero'))),
  ]
  if (sections.length === 0) return undefined
  const all = scope.keep(solids.CrossSection.union(sections))
  return all.isEmpty() ? undefined : all
}

function prism({ solids, scope }: Workbench, outline: Outline, [fromMm, toMm]: readonly [number, number]): Solid {
  const upright = scope.keep(solids.Manifold.extrude(outline, toMm - fromMm))
  return scope.keep(upright.translate(0, 0, fromMm))
}

function matrixOf(matrix: Mat4): Parameters<Solid['transform']>[0] {
  return [...matrix] as unknown as Parameters<Solid['transform']>[0]
}
