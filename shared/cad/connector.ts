import { type Solid, type Workbench } from './solids'

/** How pieces are joined: a pin of its own in holes of both, or a pin that stands on one piece and a hole in the other. */
export type ConnectorKind = 'dowel' | 'plug'
/** Outlines of a connector, in the order in which they are offered. */
export const CONNECTOR_SHAPES = ['round', 'square', 'hexagon'] as const
export type ConnectorShape = (typeof CONNECTOR_SHAPES)[number]

/** One size for all connectors of a cut. */
export interface ConnectorStyle {
  readonly kind: ConnectorKind
  readonly shape: ConnectorShape
  /** Of the pin: diameter, or across the flats, mm. */
  readonly widthMm: number
  /** How far it reaches into each piece, mm. */
  readonly depthMm: number
  /** Gap around the pin and at its end, mm. */
  readonly clearanceMm: number
  /** Material that must be left around a hole, mm. */
  readonly marginMm: number
}

/** Where a connector stands on the plane of the cut, mm in its frame. */
export interface ConnectorPlace {
  readonly xMm: number
  readonly yMm: number
}

const SIDES: Readonly<Record<ConnectorShape, number>> = { round: 64, square: 4, hexagon: 6 }

/** From the middle to the corners of an outline that is `widthMm` across its flats (round: across its corners), mm. */
export function cornerRadius(shape: ConnectorShape, widthMm: number): number {
  return shape === 'round' ? widthMm / 2 : widthMm / 2 / Math.cos(Math.PI / SIDES[shape])
}

/** Room that a connector needs from its middle to the edge of the cut face, mm. */
export function connectorReach({ shape, widthMm, clearanceMm, marginMm }: ConnectorStyle): number {
  return cornerRadius(shape, widthMm + 2 * clearanceMm + 2 * marginMm)
}

/** Room that two connectors need between their middles, mm. */
export function connectorApart({ shape, widthMm, clearanceMm, marginMm }: ConnectorStyle): number {
  return 2 * cornerRadius(shape, widthMm + 2 * clearanceMm) + marginMm
}

/** Material that a connector needs above and below the plane of the cut, mm. */
export function connectorDepth({ depthMm, clearanceMm, marginMm }: ConnectorStyle): number {
  return depthMm + clearanceMm + marginMm
}

/** A prism of the connector's outline between two heights over the plane of the cut, mm. */
export function connectorBody({ solids, scope }: Workbench, shape: ConnectorShape, widthMm: number, [fromMm, toMm]: readonly [number, number]): Solid {
  const radius = cornerRadius(shape, widthMm)
  const upright = scope.keep(solids.Manifold.cylinder(toMm - fromMm, radius, radius, SIDES[shape]))
  const turned = scope.keep(upright.rotate(0, 0, 180 / SIDES[shape]))
  return scope.keep(turned.translate(0, 0, fromMm))
}

/** Corners of a connector's outline; many for a round one. */
export function connectorSides(shape: ConnectorShape): number {
  return SIDES[shape]
}
