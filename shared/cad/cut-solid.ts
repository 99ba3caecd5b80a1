import { invertMatrix, invertRigid, multiplyMatrices } from '../mesh/matrix'
import type { Mat4, Mesh } from '../mesh/mesh'
import { type Problem, type Result, failure, success } from '../units/problem'
import { type ConnectorPlace, type ConnectorStyle, connectorApart, connectorBody, connectorDepth, cornerRadius } from './connector'
import { type Solid, SolidScope, type Solids, type Workbench, meshOfSolid, solidOfMesh } from './solids'

export interface CutRequest {
  /** For the texts. */
  readonly name: string
  readonly mesh: Mesh
  /** From the mesh's frame to the machine's. */
  readonly placement: Mat4
  /** From the plane's frame to the machine's, without scale: the plane is its z = 0, the upper piece lies at z > 0. */
  readonly plane: Mat4
  readonly keep: 'both' | 'upper' | 'lower'
  /** In the plane's frame; all of one style. */
  readonly connectors: readonly ConnectorPlace[]
  readonly style: ConnectorStyle
}

/** Pieces in the frame of the mesh that was cut. */
export interface CutPieces {
  readonly upper?: Mesh
  readonly lower?: Mesh
  /** One pin in true size, standing on z = 0 around the origin; needed once for each connector. */
  readonly dowel?: Mesh
}

/** What may be missing of the material around a connector by rounding, as a part of its volume. */
const MISSING_PART = 1e-4

/**
 * Cuts a part by a plane in two watertight pieces, with holes and pins that join them again. Nothing of the part is lost but the holes.
 *
 * Codes: `solid/not-closed`, `cut/misses`, `cut/connectors-overlap`, `cut/connector-room`; warning `solid/repaired`.
 */
export function cutSolid(solids: Solids, request: CutRequest): Result<CutPieces> {
  const scope = new SolidScope()
  try {
    return cut({ solids, scope }, request)
  } finally {
    scope.dispose()
  }
}

function cut(bench: Workbench, { name, mesh, placement, plane, keep, connectors, style }: CutRequest): Result<CutPieces> {
  const whole = solidOfMesh(bench, mesh, name)
  if (!whole.ok) return whole
  const { scope } = bench
  const toPlane = multiplyMatrices(invertRigid(plane), placement)
  const onPlane = scope.keep(whole.value.transform(matrixOf(toPlane)))
  const [upper, lower] = onPlane.splitByPlane([0, 0, 1], 0).map((piece) => scope.keep(piece)) as [Solid, Solid]
  if (upper.isEmpty() || lower.isEmpty()) return failure({ code: 'cut/misses', severity: 'error', values: { name }, message: `The plane doesn't go through ${name}. Move it into the part.` })
  const refused = [...overlapping(connectors, style), ...withoutRoom(bench, { upper, lower, connectors, style })]
  if (refused.length > 0) return failure(...refused)
  const joined = withConnectors(bench, { upper, lower, connectors, style })
  const back = (piece: Solid) => meshOfSolid(scope.keep(piece.transform(matrixOf(invertMatrix(toPlane)))))
  return success(
    {
      ...(keep === 'lower' ? {} : { upper: back(joined.upper) }),
      ...(keep === 'upper' ? {} : { lower: back(joined.lower) }),
      ...(style.kind === 'dowel' && connectors.length > 0 ? { dowel: dowelMesh(bench, style) } : {}),
    },
    whole.problems,
  )
}

type Joining = Pick<CutRequest, 'connectors' | 'style'> & { readonly upper: Solid; readonly lower: Solid }

function matrixOf(matrix: Mat4): Parameters<Solid['transform']>[0] {
  return [...matrix] as unknown as Parameters<Solid['transform']>[0]
}

function placed({ scope }: Workbench, body: Solid, connectors: readonly ConnectorPlace[]): Solid[] {
  return connectors.map(({ xMm, yMm }) => scope.keep(body.translate(xMm, yMm, 0)))
}

/** Connectors, numbered from 1, that stand closer to each other than they may. */
function overlapping(connectors: readonly ConnectorPlace[], style: ConnectorStyle): Problem[] {
  const apartMm = connectorApart(style)
  return connectors.flatMap((a, i) =>
    connectors.slice(i + 1).flatMap((b, k): Problem[] => {
      if (Math.hypot(a.xMm - b.xMm, a.yMm - b.yMm) >= apartMm) return []
      const values = { first: i + 1, second: i + k + 2 }
      return [{ code: 'cut/connectors-overlap', severity: 'error', values, message: `Connectors ${values.first} and ${values.second} are too close to each other. Move one away or make them smaller.` }]
    }),
  )
}

/** Connectors, numbered from 1, that have too little material around them in one of the pieces. */
function withoutRoom(bench: Workbench, { upper, lower, connectors, style }: Joining): Problem[] {
  if (connectors.length === 0) return []
  const reachMm = connectorDepth(style)
  const { solids, scope } = bench
  const widthMm = style.widthMm + 2 * style.clearanceMm + 2 * style.marginMm
  const around = 2 * cornerRadius(style.shape, widthMm)
  const body = connectorBody(bench, style.shape, widthMm, [-reachMm, reachMm])
  // Holes are checked against the layer that they are in: the rest of a fine mesh needn't be looked at for each.
  const box = scope.keep(scope.keep(solids.Manifold.cube([1, 1, 1], true)).scale([around, around, 2 * reachMm]))
  const layer = scope.keep(solids.Manifold.union([upper, lower]))
  const limits = solids.Manifold.union(placed(bench, box, connectors))
  const material = scope.keep(layer.intersect(scope.keep(limits)))
  return placed(bench, body, connectors).flatMap((one, index): Problem[] => {
    const missing = scope.keep(one.subtract(material)).volume()
    if (missing <= MISSING_PART * one.volume()) return []
    const values = { number: index + 1 }
    return [{ code: 'cut/connector-room', severity: 'error', values, message: `Connector ${values.number} has too little material around it. Move it inward, or make it thinner or shorter.` }]
  })
}

/** The pieces with their holes and pins. */
function withConnectors(bench: Workbench, { upper, lower, connectors, style }: Joining): Pick<Joining, 'upper' | 'lower'> {
  if (connectors.length === 0) return { upper, lower }
  const { solids, scope } = bench
  const { kind, shape, widthMm, depthMm, clearanceMm } = style
  const holeWidthMm = widthMm + 2 * clearanceMm
  const all = (body: Solid) => scope.keep(solids.Manifold.union(placed(bench, body, connectors)))
  if (kind === 'dowel') {
    const holes = all(connectorBody(bench, shape, holeWidthMm, [-depthMm, depthMm]))
    return { upper: scope.keep(upper.subtract(holes)), lower: scope.keep(lower.subtract(holes)) }
  }
  // A pin begins inside of its piece, so that the two are one.
  const pins = all(connectorBody(bench, shape, widthMm, [-depthMm / 2, depthMm]))
  const holes = all(connectorBody(bench, shape, holeWidthMm, [-depthMm / 2, depthMm + clearanceMm]))
  return { upper: scope.keep(upper.subtract(holes)), lower: scope.keep(lower.add(pins)) }
}

function dowelMesh(bench: Workbench, { shape, widthMm, depthMm, clearanceMm }: ConnectorStyle): Mesh {
  return meshOfSolid(connectorBody(bench, shape, widthMm, [0, 2 * depthMm - 2 * clearanceMm]))
}
