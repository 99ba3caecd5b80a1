import type { CutRequest } from '../../shared/cad/cut-solid'
import { machineVolume } from '../../shared/machine/machine-volume'
import type { Box3, Mesh } from '../../shared/mesh/mesh'
import { boxSize } from '../../shared/mesh/mesh-box'
import type { Problem } from '../../shared/units/problem'
import { StudioError } from '../../shared/units/studio-error'
import { currentText } from '../i18n/locale'
import { runCut } from '../workers/solid/run-solid'
import { type MadePiece, keepPieces } from './keep-pieces'
import { loadedMesh } from './part-meshes'
import { boxMiddle, placedBox } from './part-shape'
import { type PlateDocument, type PlateObject, type Triple, plateMatrix } from './plate'
import { dropped, findFreePlace, withTransform } from './plate-edits'
import { newObject } from './place-actions'
import { chosenProfiles } from './plate-profiles'
import { currentChoice } from './profile-choice'
import { multiplyRotations, turnBetween } from './rotation'
import { useWorkspace } from './workspace-store'

/** How an object is to be cut; the plane is in machine coordinates. */
export interface CutChoice extends Pick<CutRequest, 'plane' | 'keep' | 'connectors' | 'style'> {
  /** Pieces that are to lie on the face of the cut. */
  readonly lay: { readonly upper: boolean; readonly lower: boolean }
}

interface Standing {
  readonly object: PlateObject
  readonly mesh: Mesh
}

const DOWN: Triple = [0, 0, -1]

/**
 * Cuts an object of the plate in pieces that stand in its place and beside it, with their dowels. They become a design of the library. One undo brings the
 * whole back. @returns warnings @throws the problems that refuse the cut, StudioError of the library, AbortError
 */
export async function cutObject(object: PlateObject, choice: CutChoice, signal?: AbortSignal): Promise<readonly Problem[]> {
  const mesh = loadedMesh(object)
  if (mesh === undefined) throw new StudioError('plate/no-file', 'The version holds no file.')
  const { plane, keep, connectors, style } = choice
  const made = await runCut({ name: object.name, mesh, placement: plateMatrix(object), plane, keep, connectors, style }, signal)
  if (!made.ok) throw made.problems
  const t = currentText()
  const kinds = (['lower', 'upper', 'dowel'] as const).filter((kind) => made.value[kind] !== undefined)
  const pieces = kinds.map((kind): MadePiece => ({ name: t(`prepare.cut.piece.${kind}`, { name: object.name }), mesh: made.value[kind] as Mesh }))
  const kept = await keepPieces(t('prepare.cut.title', { name: object.name }), pieces)
  const normal: Triple = [plane[8] ?? 0, plane[9] ?? 0, plane[10] ?? 1]
  const standing = kinds.flatMap((kind, index): Standing[] => {
    const piece = pieces[index] as MadePiece
    const fresh = { ...newObject(kept, piece, index), name: piece.name }
    if (kind === 'dowel') return connectors.map(() => ({ object: { ...fresh, id: crypto.randomUUID() }, mesh: piece.mesh }))
    const one = { object: inPlaceOf(object, fresh), mesh: piece.mesh }
    return [choice.lay[kind] ? laid(one, kind === 'lower' ? normal : [-normal[0], -normal[1], -normal[2]]) : one]
  })
  const added = replace(object, standing)
  useWorkspace.getState().select(added)
  return [...made.problems, ...paintLost(object)]
}

/** A piece standing as in the whole, with what that had of its own. */
function inPlaceOf({ transform, values, modifiers, ...whole }: PlateObject, { pivotMm, ...piece }: PlateObject): PlateObject {
  const [x, y, z] = pivotMm
  const matrix = plateMatrix({ transform, pivotMm: whole.pivotMm })
  const at = (row: 0 | 1 | 2) => (matrix[row] ?? 0) * x + (matrix[row + 4] ?? 0) * y + (matrix[row + 8] ?? 0) * z + (matrix[row + 12] ?? 0)
  return { ...piece, pivotMm, transform: { ...transform, positionMm: [at(0), at(1), at(2)] }, ...(values && { values }), ...(modifiers && { modifiers }) }
}

/** What is painted is bound to triangles that aren't there any more. */
export function paintLost({ paint, name }: PlateObject): readonly Problem[] {
  return paint === undefined ? [] : [{ code: 'plate/paint-lost', severity: 'warning', values: { name }, message: `What was painted on ${name} is gone: its surface is another one. Paint it again.` }]
}

/** Turned so that a face with this outward normal looks down. */
function laid({ object, mesh }: Standing, normal: Triple): Standing {
  return { object: withTransform(object, { rotation: multiplyRotations(turnBetween(normal, DOWN), object.transform.rotation) }), mesh }
}

/** Puts pieces in the place of an object, each on the bed where there is room nearest to where it was; their ids. */
function replace(whole: PlateObject, pieces: readonly Standing[]): string[] {
  useWorkspace.getState().edit({ key: 'prepare.edit.cut', values: { name: whole.name } }, (plate) => {
    if (!plate.objects.some(({ id }) => id === whole.id)) return plate
    const others = plate.objects.filter(({ id }) => id !== whole.id)
    const placed = placedApart(plate, others, pieces)
    return { ...plate, objects: plate.objects.flatMap((object) => (object.id === whole.id ? placed : [object])) }
  })
  return pieces.map(({ object }) => object.id)
}

function placedApart(plate: PlateDocument, others: readonly PlateObject[], pieces: readonly Standing[]): PlateObject[] {
  const volume = machineVolume(chosenProfiles(currentChoice(), plate).machine)
  const taken: Box3[] = others.flatMap((object) => {
    const mesh = loadedMesh(object)
    return mesh === undefined ? [] : [placedBox(object, mesh)]
  })
  return pieces.map(({ object, mesh }) => {
    const onBed = dropped(object, mesh)
    const box = placedBox(onBed, mesh)
    const [x, y] = boxMiddle(box)
    const free = findFreePlace(boxSize(box), { xMm: x, yMm: y }, taken, volume)
    const [px, py, pz] = onBed.transform.positionMm
    const placed = withTransform(onBed, { positionMm: [px + free.xMm - x, py + free.yMm - y, pz] })
    taken.push(placedBox(placed, mesh))
    return placed
  })
}
