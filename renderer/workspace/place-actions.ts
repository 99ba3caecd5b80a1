import { arrangeHeadRoom } from '../../shared/machine/head-clearance'
import { machineVolume } from '../../shared/machine/machine-volume'
import { arrangeObjects } from './arrange-objects'
import { boxSize, meshBox } from '../../shared/mesh/mesh-box'
import { boxAround, boxMiddle, placedBox } from './part-shape'
import { type VersionPart, partsOf, provideParts } from './part-meshes'
import { type PlateDocument, type PlateObject, type PlateTransform, type Triple, IDENTITY_ROTATION, UNIT_SCALE, plateMatrix } from './plate'
import { findFreePlace, withTransform } from './plate-edits'
import { chosenProfiles } from './plate-profiles'
import { plateSettings } from './plate-settings'
import { currentChoice } from './profile-choice'
import { rotationOfColumns } from './rotation'
import type { WorkspaceAccess } from './workspace-store'
import type { PlateAddition, WorkspaceActions } from './workspace-state'

/** Actions that find a place for objects. */
export function createPlaceActions({ get, set, edit, meshOf }: WorkspaceAccess): Pick<WorkspaceActions, 'addToPlate' | 'duplicateSelected' | 'arrange'> {
  const volumeOf = (plate: PlateDocument) => machineVolume(chosenProfiles(currentChoice(), plate).machine)
  /** Puts new objects, standing to each other as given, where there is room. */
  const place = (plate: PlateDocument, added: readonly PlateObject[], meshes: ReadonlyMap<PlateObject, VersionPart['mesh']>): readonly PlateObject[] => {
    const box = boxAround(added.flatMap((object) => (meshes.has(object) ? [placedBox(object, meshes.get(object) as VersionPart['mesh'])] : [])))
    if (box === undefined) return added
    const taken = plate.objects.flatMap((object) => {
      const mesh = meshOf(object)
      return mesh === undefined ? [] : [placedBox(object, mesh)]
    })
    const volume = volumeOf(plate)
    const wanted = { xMm: (volume.min[0] + volume.max[0]) / 2, yMm: (volume.min[1] + volume.max[1]) / 2 }
    const { xMm, yMm } = findFreePlace(boxSize(box), wanted, taken, volume)
    const [x, y] = boxMiddle(box)
    return added.map((object) => shifted(object, [xMm - x, yMm - y, -box.min[2]]))
  }
  const meshesOf = (objects: readonly PlateObject[]) => new Map(objects.flatMap((object) => {
    const mesh = meshOf(object)
    return mesh === undefined ? [] : [[object, mesh] as const]
  }))
  return {
    async addToPlate(addition) {
      if (addition.parts !== undefined) provideParts(addition.versionId, addition.parts)
      const parts = await partsOf(addition.versionId)
      // The only part of a design is the design: it goes by the title that people gave it.
      const objects = parts.map((part, index) => newObject(addition, parts.length === 1 ? { ...part, name: addition.title } : part, index))
      const meshes = new Map(objects.map((object, index) => [object, (parts[index] as VersionPart).mesh]))
      const ids = objects.map(({ id }) => id)
      edit({ key: 'prepare.edit.add', values: { name: addition.title, count: objects.length } }, (plate) => ({ ...plate, objects: [...plate.objects, ...place(plate, objects, meshes)] }))
      set({ selection: ids })
      return ids
    },
    duplicateSelected(times = 1) {
      const ids = new Set(get().selection)
      const originals = get().history.present.objects.filter(({ id }) => ids.has(id))
      if (originals.length === 0 || times < 1) return
      const added: string[] = []
      edit({ key: 'prepare.edit.duplicate', values: { name: originals[0]?.name ?? '', count: originals.length * times } }, (plate) => {
        let grown = plate
        for (let copy = 0; copy < times; copy++) {
          const copies = originals.map((object) => ({ ...object, id: crypto.randomUUID() }))
          const placed = place(grown, copies, meshesOf(copies)).map((object, index) => atHeight(object, originals[index]?.transform.positionMm[2] ?? 0))
          grown = { ...grown, objects: [...grown.objects, ...placed] }
          added.push(...copies.map(({ id }) => id))
        }
        return grown
      })
      set({ selection: added })
    },
    arrange() {
      const plate = get().history.present
      if (plate.objects.length === 0) return
      const profiles = chosenProfiles(currentChoice(), plate)
      const arranged = arrangeObjects(plate, machineVolume(profiles.machine), meshOf, arrangeHeadRoom(profiles.machine, plateSettings(profiles, plate.overrides).values))
      if (!arranged.ok) throw arranged.problems
      edit({ key: 'prepare.edit.arrange' }, () => arranged.value)
    },
  }
}

function shifted(object: PlateObject, by: Triple): PlateObject {
  const [x, y, z] = object.transform.positionMm
  return withTransform(object, { positionMm: [x + by[0], y + by[1], z + by[2]] })
}

function atHeight(object: PlateObject, zMm: number): PlateObject {
  const [x, y] = object.transform.positionMm
  return withTransform(object, { positionMm: [x, y, zMm] })
}

/** An object for the plate of a version's part, standing where its file has it. */
export function newObject({ designId, versionId, title }: PlateAddition, part: VersionPart, partIndex: number): PlateObject {
  const pivotMm = boxMiddle(meshBox(part.mesh))
  return {
    id: crypto.randomUUID(), designId, versionId, partIndex, pivotMm,
    name: part.name === '' ? title : part.name,
    ...(part.paint && { paint: part.paint }),
    ...part.own,
    transform: part.transform === undefined ? { positionMm: pivotMm, rotation: IDENTITY_ROTATION, scale: UNIT_SCALE } : transformOf(part.transform, pivotMm),
  }
}

/** Reads place, turn and scale out of a file's matrix; shear, which a plate doesn't have, is lost. */
function transformOf(m: readonly number[], pivotMm: Triple): PlateTransform {
  const at = (index: number) => m[index] ?? 0
  const length = (column: number) => Math.hypot(at(4 * column), at(4 * column + 1), at(4 * column + 2)) || 1
  const determinant = at(0) * (at(5) * at(10) - at(6) * at(9)) - at(4) * (at(1) * at(10) - at(2) * at(9)) + at(8) * (at(1) * at(6) - at(2) * at(5))
  const scale: Triple = [determinant < 0 ? -length(0) : length(0), length(1), length(2)]
  const rotation = rotationOfColumns((row, column) => at(4 * column + row) / scale[column])
  const atOrigin: PlateTransform = { positionMm: [0, 0, 0], rotation, scale }
  const turnedPivot = plateMatrix({ transform: atOrigin, pivotMm: [-pivotMm[0], -pivotMm[1], -pivotMm[2]] })
  return { ...atOrigin, positionMm: [at(12) + (turnedPivot[12] ?? 0), at(13) + (turnedPivot[13] ?? 0), at(14) + (turnedPivot[14] ?? 0)] }
}
