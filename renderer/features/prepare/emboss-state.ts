import { create } from 'zustand'
import { faceFrame } from '../../../shared/cad/face-frame'
import type { Mesh } from '../../../shared/mesh/mesh'
import type { Problem, Result } from '../../../shared/units/problem'
import { success } from '../../../shared/units/problem'
import { notifyError, notifyWarnings } from '../../ui/notify'
import { isCancel } from '../../ui/read-error'
import type { SurfacePick } from '../../viewer/pick'
import { embossObject } from '../../workspace/emboss-object'
import type { PlateObject, Triple } from '../../workspace/plate'
import { RELIEF_FONTS, type ReliefFont, reliefFont } from '../../workspace/relief-fonts'
import { runRelief } from '../../workers/solid/run-solid'
import type { ReliefCall, ReliefSource } from '../../workers/solid/solid-messages'
import { readSvg } from './read-svg'

interface OwnFile<T> {
  readonly name: string
  readonly content: T
}

/** What the relief is made from and where it is. */
export interface EmbossChoice {
  readonly kind: 'text' | 'svg'
  readonly text: string
  readonly font: ReliefFont | 'own'
  readonly ownFont: OwnFile<Uint8Array> | undefined
  readonly svg: OwnFile<string> | undefined
  /** Of the letters (em) or of the whole drawing. */
  readonly sizeMm: number
  readonly depthMm: number
  readonly isRaised: boolean
  readonly isFollowing: boolean
  readonly isOwnPart: boolean
  readonly rotationDeg: number
  readonly rightMm: number
  readonly upMm: number
  /** The clicked place on an object as it stands now. */
  readonly place: { readonly object: PlateObject; readonly pointMm: Triple; readonly normal: Triple } | undefined
}

interface EmbossState extends EmbossChoice {
  readonly relief: Mesh | undefined
  readonly problems: readonly Problem[]
  readonly running: AbortController | undefined
}

/** What is put on a part. */
export const useEmboss = create<EmbossState>()(() => ({
  kind: 'text', text: '공방', font: RELIEF_FONTS[0], ownFont: undefined, svg: undefined, sizeMm: 10, depthMm: 0.8, isRaised: true, isFollowing: false, isOwnPart: false,
  rotationDeg: 0, rightMm: 0, upMm: 0, place: undefined, relief: undefined, problems: [], running: undefined,
}))

/** Takes the face that was clicked. */
export function placeRelief(object: PlateObject, { pointMm, normal }: SurfacePick): void {
  useEmboss.setState({ place: { object, pointMm, normal }, rightMm: 0, upMm: 0 })
}

/** Forgets the place: the tool was put away, or the object isn't where it was. */
export function forgetPlace(): void {
  useEmboss.setState({ place: undefined, relief: undefined, problems: [] })
}

async function sourceOf({ kind, text, font, ownFont, svg, sizeMm }: EmbossChoice): Promise<Result<ReliefSource> | undefined> {
  if (kind === 'text') {
    const file = font === 'own' ? ownFont?.content : await reliefFont(font)
    return file === undefined ? undefined : success({ kind: 'text', font: file, text, sizeMm })
  }
  if (svg === undefined) return undefined
  const drawing = readSvg(svg.content, sizeMm)
  return drawing.ok ? success({ kind: 'drawing', drawing: drawing.value }) : drawing
}

/** The relief as chosen; undefined while something is missing for it. */
async function reliefOf(choice: EmbossChoice): Promise<Result<ReliefCall> | undefined> {
  const { place, rotationDeg, rightMm, upMm, depthMm, isRaised } = choice
  const source = place === undefined ? undefined : await sourceOf(choice)
  if (place === undefined || source === undefined) return undefined
  if (!source.ok) return source
  return success({ source: source.value, depthMm, isRaised, frame: faceFrame({ pointMm: place.pointMm, normal: place.normal, rotationDeg, rightMm, upMm }) })
}

/** Shows the relief as it is chosen now. The caller ends a call by `signal` when something else is chosen. */
export async function showRelief(choice: EmbossChoice, signal: AbortSignal): Promise<void> {
  try {
    const call = await reliefOf(choice)
    if (signal.aborted) return
    const made = call?.ok === true ? await runRelief(call.value, signal) : call
    if (!signal.aborted) useEmboss.setState({ relief: made?.ok === true ? made.value : undefined, problems: made?.problems ?? [] })
  } catch (error) {
    if (!isCancel(error)) notifyError(error)
  }
}

/** Makes the relief a part of the object, or tells why that can't be. */
export async function embossNow(): Promise<void> {
  const state = useEmboss.getState()
  const { place } = state
  if (place === undefined || state.running !== undefined) return
  const running = new AbortController()
  useEmboss.setState({ running })
  try {
    const call = await reliefOf(state)
    if (call === undefined) return
    if (!call.ok) throw call.problems
    notifyWarnings(await embossObject(place.object, { ...call.value, isFollowing: state.isFollowing, isOwnPart: state.isOwnPart }, running.signal))
    forgetPlace()
  } catch (error) {
    notifyError(error)
  } finally {
    useEmboss.setState({ running: undefined })
  }
}

/** Ends a relief that is being made. */
export function stopEmboss(): void {
  useEmboss.getState().running?.abort(new DOMException('cancelled', 'AbortError'))
}
