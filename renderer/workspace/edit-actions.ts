import { SETTINGS } from '../../shared/slicing/settings'
import { machineVolume } from '../../shared/machine/machine-volume'
import type { PlateDocument, PlateObject } from './plate'
import { withMaterial } from './extruder-edits'
import { centreObjects, dropped, mapObjects, moveObjects, reshaped, straightened, turned, withOverride, withTransform } from './plate-edits'
import { chosenProfiles } from './plate-profiles'
import { currentChoice } from './profile-choice'
import { multiplyRotations, rotateVector, turnBetween } from './rotation'
import type { WorkspaceAccess } from './workspace-store'
import type { WorkspaceActions } from './workspace-state'

type EditActions = Pick<WorkspaceActions,
  'removeSelected' | 'clearPlate' | 'centreSelected' | 'dropSelected' | 'straightenSelected' | 'moveSelected' | 'turnSelected' | 'layFlat' | 'setTransform' | 'reshape' |
  'chooseMachine' | 'chooseMaterial' | 'chooseQuality' | 'setOverride' | 'clearOverrides'>

const DOWN = [0, 0, -1] as const

/** What is bound to heights belongs to the objects that stood there. */
function withoutHeights({ layerEvents: _stops, heightRanges: _ranges, layerCurve: _curve, ...plate }: PlateDocument): PlateDocument {
  return plate
}

/** Actions that change objects where they are, and the choices. */
export function createEditActions({ get, edit, meshOf }: WorkspaceAccess): EditActions {
  const selected = () => new Set(get().selection)
  const named = (key: string, objects: readonly PlateObject[] = chosenObjects(get().history.present, selected())) => ({ key, values: { name: objects[0]?.name ?? '', count: objects.length } })
  const one = (plate: PlateDocument, id: string) => plate.objects.filter((object) => object.id === id)
  return {
    removeSelected: () => edit(named('prepare.edit.remove'), (plate) => without(plate, selected())),
    clearPlate: () => edit({ key: 'prepare.edit.clear' }, (plate) => (plate.objects.length === 0 ? plate : withoutHeights({ ...plate, objects: [] }))),
    centreSelected: () => edit(named('prepare.edit.centre'), (plate) => {
      const { min, max } = machineVolume(chosenProfiles(currentChoice(), plate).machine)
      return centreObjects(plate, selected(), { xMm: (min[0] + max[0]) / 2, yMm: (min[1] + max[1]) / 2, meshOf })
    }),
    dropSelected: () => edit(named('prepare.edit.drop'), (plate) => mapObjects(plate, selected(), (object) => dropped(object, meshOf(object)))),
    straightenSelected: () => edit(named('prepare.edit.straighten'), (plate) => mapObjects(plate, selected(), (object) => straightened(object, meshOf(object)))),
    moveSelected: (byMm, options) => edit(named('prepare.edit.move'), (plate) => moveObjects(plate, selected(), byMm), options),
    turnSelected: (by, options) => edit(named('prepare.edit.turn'), (plate) => mapObjects(plate, selected(), (object) => turned(object, by, meshOf(object))), options),
    layFlat: (objectId, normal) => edit(named('prepare.edit.layFlat', one(get().history.present, objectId)), (plate) =>
      mapObjects(plate, new Set([objectId]), (object) => {
        const rotation = multiplyRotations(turnBetween(normal, DOWN), object.transform.rotation)
        return dropped(withTransform(object, { rotation }), meshOf(object))
      })),
    setTransform: (objectId, transform, options) => edit(named('prepare.edit.move', one(get().history.present, objectId)), (plate) => mapObjects(plate, new Set([objectId]), (object) => withTransform(object, transform)), options),
    reshape: (objectId, change, options) => edit(named(change.scale === undefined ? 'prepare.edit.turn' : 'prepare.edit.scale', one(get().history.present, objectId)), (plate) => mapObjects(plate, new Set([objectId]), (object) => reshaped(object, change, meshOf(object))), options),

    chooseMachine: ({ id, name }) => edit({ key: 'prepare.edit.machine', values: { name } }, (plate) => (plate.machineId === id ? plate : { ...plate, machineId: id })),
    chooseMaterial: ({ id, name }, tool = 0) => edit({ key: 'prepare.edit.material', values: { name } }, (plate) => withMaterial(plate, id, tool)),
    chooseQuality: ({ id, name }) => edit({ key: 'prepare.edit.quality', values: { name } }, (plate) => (plate.qualityId === id ? plate : { ...plate, qualityId: id })),
    setOverride: (key, value) => edit({ key: 'prepare.edit.setting', values: { setting: key } }, (plate) => withOverride(plate, key, value), SETTINGS[key].kind === 'number' ? { merge: `setting ${key}` } : undefined),
    clearOverrides: () => edit({ key: 'prepare.edit.settings' }, (plate) => (Object.keys(plate.overrides).length === 0 ? plate : { ...plate, overrides: {} })),
  }
}

function chosenObjects(plate: PlateDocument, ids: ReadonlySet<string>): readonly PlateObject[] {
  return plate.objects.filter(({ id }) => ids.has(id))
}

function without(plate: PlateDocument, ids: ReadonlySet<string>): PlateDocument {
  const objects = plate.objects.filter(({ id }) => !ids.has(id))
  return objects.length === plate.objects.length ? plate : { ...plate, objects }
}

/** The outward normal, in machine coordinates, that a normal in the part's own frame has on the plate. */
export function placedNormal(object: PlateObject, normal: readonly [number, number, number]): readonly [number, number, number] {
  const [sx, sy, sz] = object.transform.scale
  const [x, y, z] = rotateVector(object.transform.rotation, [normal[0] / sx, normal[1] / sy, normal[2] / sz])
  const length = Math.hypot(x, y, z)
  return length === 0 ? [0, 0, 1] : [x / length, y / length, z / length]
}
