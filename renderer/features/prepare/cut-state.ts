import { create } from 'zustand'
import { type ConnectorKind, type ConnectorPlace, type ConnectorStyle, connectorApart, connectorDepth, connectorReach } from '../../../shared/cad/connector'
import { placeConnectors, roomThrough, sectionsAround } from '../../../shared/cad/place-connectors'
import { invertRigid, multiplyMatrices } from '../../../shared/mesh/matrix'
import type { Mat4, Mesh } from '../../../shared/mesh/mesh'
import { sectionLines } from '../../../shared/mesh/section-lines'
import { notifyError, notifyWarnings } from '../../ui/notify'
import { cutObject } from '../../workspace/cut-object'
import { boxMiddle, placedBox } from '../../workspace/part-shape'
import { IDENTITY_ROTATION, type PlateObject, type Rotation, type Triple, UNIT_SCALE, plateMatrix } from '../../workspace/plate'
import { takeTool } from './prepare-state'

interface CutState {
  /** The object that the plane stands in. */
  readonly objectId: string | undefined
  readonly originMm: Triple
  readonly rotation: Rotation
  /** What the gizmo does. */
  readonly grip: 'translate' | 'rotate'
  readonly keep: 'both' | 'upper' | 'lower'
  readonly joint: ConnectorKind | 'none'
  readonly style: Omit<ConnectorStyle, 'kind'>
  readonly count: number
  readonly connectors: readonly ConnectorPlace[]
  readonly layUpper: boolean
  readonly layLower: boolean
  readonly running: AbortController | undefined
}

const FIRST: CutState = {
  objectId: undefined,
  originMm: [0, 0, 0],
  rotation: IDENTITY_ROTATION,
  grip: 'translate',
  keep: 'both',
  joint: 'none',
  style: { shape: 'round', widthMm: 5, depthMm: 5, clearanceMm: 0.15, marginMm: 1 },
  count: 2,
  connectors: [],
  layUpper: true,
  layLower: false,
  running: undefined,
}

/** How the part in hand is to be cut. */
export const useCut = create<CutState>()(() => FIRST)

/** Puts the plane level through the middle of an object that it hasn't been in, or that has gone out of it. */
export function startCut(object: PlateObject, mesh: Mesh): void {
  const state = useCut.getState()
  if (state.objectId === object.id && sectionLines(mesh, toCutPlane(object, cutPlane(state))).length > 0) return
  useCut.setState({ objectId: object.id, originMm: boxMiddle(placedBox(object, mesh)), rotation: IDENTITY_ROTATION, connectors: [] })
}

/** The plane's frame in the scene. */
export function cutPlane({ originMm, rotation }: Pick<CutState, 'originMm' | 'rotation'>): Mat4 {
  return plateMatrix({ transform: { positionMm: originMm, rotation, scale: UNIT_SCALE }, pivotMm: [0, 0, 0] })
}

/** From an object's mesh to the frame of the plane. */
export function toCutPlane(object: PlateObject, plane: Mat4): Mat4 {
  return multiplyMatrices(invertRigid(plane), plateMatrix(object))
}

/** The style of all connectors. */
export function connectorStyle({ joint, style }: Pick<CutState, 'joint' | 'style'>): ConnectorStyle {
  return { ...style, kind: joint === 'plug' ? 'plug' : 'dowel' }
}

/** Spreads as many connectors as asked for over the face of the cut; says how many found room. */
export function spreadConnectors(object: PlateObject, mesh: Mesh): number {
  const state = useCut.getState()
  const style = connectorStyle(state)
  const sections = sectionsAround(mesh, toCutPlane(object, cutPlane(state)), connectorDepth(style))
  const connectors = placeConnectors(sections, { count: state.count, reachMm: connectorReach(style), apartMm: connectorApart(style) })
  useCut.setState({ connectors })
  return connectors.length
}

/** Puts a connector where the face was clicked, or takes the one there away. */
export function toggleConnector({ xMm, yMm }: ConnectorPlace): void {
  const { connectors, style } = useCut.getState()
  const left = connectors.filter((one) => Math.hypot(one.xMm - xMm, one.yMm - yMm) > Math.max(1, style.widthMm / 2))
  useCut.setState({ connectors: left.length < connectors.length ? left : [...connectors, { xMm, yMm }] })
}

/** Numbers of the connectors that can't be where they are: too close to the edge, or to each other. */
export function badConnectors(sections: readonly Float64Array[], connectors: readonly ConnectorPlace[], style: ConnectorStyle): ReadonlySet<number> {
  const [reach, apart] = [connectorReach(style), connectorApart(style)]
  return new Set(connectors.flatMap(({ xMm, yMm }, index) => {
    const isCrowded = connectors.some((other, k) => k !== index && Math.hypot(other.xMm - xMm, other.yMm - yMm) < apart - 1e-6)
    return isCrowded || roomThrough(sections, xMm, yMm) < reach - 1e-5 ? [index] : []
  }))
}

/** Cuts the object as chosen, or tells why that can't be. The tool is put away after it. */
export async function cutNow(object: PlateObject): Promise<void> {
  const state = useCut.getState()
  if (state.running !== undefined) return
  const running = new AbortController()
  useCut.setState({ running })
  try {
    const connectors = state.joint === 'none' ? [] : state.connectors
    const warnings = await cutObject(object, { plane: cutPlane(state), keep: state.keep, connectors, style: connectorStyle(state), lay: { upper: state.layUpper, lower: state.layLower } }, running.signal)
    notifyWarnings(warnings)
    useCut.setState({ connectors: [], objectId: undefined })
    takeTool('select')
  } catch (error) {
    notifyError(error)
  } finally {
    useCut.setState({ running: undefined })
  }
}

/** Ends a cut that is being made. */
export function stopCut(): void {
  useCut.getState().running?.abort(new DOMException('cancelled', 'AbortError'))
}
