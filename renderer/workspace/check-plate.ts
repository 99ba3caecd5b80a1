import { headClearanceOf } from '../../shared/machine/head-clearance'
import { machineVolume } from '../../shared/machine/machine-volume'
import type { MachineProfile } from '../../shared/machine/profile'
import { machineSettingLayers } from '../../shared/machine/setting-layers'
import { meshFootprint } from '../../shared/mesh/footprint'
import type { Box3, Mesh } from '../../shared/mesh/mesh'
import { orderObjects } from '../../shared/slicing/order/object-sequence'
import type { SliceInput } from '../../shared/slicing/slice-input'
import type { SettingKey, SettingValues } from '../../shared/slicing/settings'
import type { Problem } from '../../shared/units/problem'
import { placedBox } from './part-shape'
import { type PlateDocument, type PlateObject, plateMatrix } from './plate'
import type { MeshOf } from './plate-edits'
import type { ChosenProfiles } from './plate-profiles'
import { plateSettings } from './plate-settings'

/** Rounding that is no fault of the user's, mm. */
const TOLERANCE_MM = 0.02
/** An object whose bottom is further above the bed hangs in the air, mm. */
const FLOATING_MM = 0.05

interface Standing {
  readonly object: PlateObject
  readonly mesh: Mesh
  readonly box: Box3
}

/** Whether two placed meshes share room; undefined when it can't be told yet, and their boxes decide. */
export type Touch = (a: Pick<Standing, 'object' | 'mesh'>, b: Pick<Standing, 'object' | 'mesh'>) => boolean | undefined

export interface PlateCheck {
  readonly meshOf: MeshOf
  readonly touch: Touch
}

/**
 * Checks what stands on the plate before it is sliced. Each problem names its objects (`values.name`, `place.object`).
 *
 * Codes: `plate/empty`, `plate/not-loaded`, `plate/outside`, `plate/too-tall`, `plate/below-bed`, `plate/collision`, `print/too-hot`, those of `orderObjects`; warning `plate/floating`.
 */
export function checkPlate(plate: PlateDocument, profiles: ChosenProfiles, { meshOf, touch }: PlateCheck): readonly Problem[] {
  if (plate.objects.length === 0) return [{ code: 'plate/empty', severity: 'error', message: 'There is nothing on the plate. Import a model or add one from the library.' }]
  const problems: Problem[] = []
  const standing: Standing[] = []
  for (const object of plate.objects) {
    const mesh = meshOf(object)
    if (mesh === undefined) problems.push(objectProblem('plate/not-loaded', object, `The mesh of ${object.name} isn't loaded. Remove it from the plate or import it again.`))
    else standing.push({ object, mesh, box: placedBox(object, mesh) })
  }
  const volume = machineVolume(profiles.machine)
  return [...problems, ...standing.flatMap((one) => checkPlace(one, volume)), ...checkCollisions(standing, touch), ...checkSequence(standing, plate, profiles), ...checkHeat(plate, profiles)]
}

/** Ids of the objects that problems of severity error are about. */
export function refusedObjects(problems: readonly Problem[]): ReadonlySet<string> {
  return new Set(problems.flatMap(({ severity, place }) => (severity === 'error' ? [place?.['object'], place?.['other']].filter((id): id is string => typeof id === 'string') : [])))
}

function objectProblem(code: string, { id, name }: PlateObject, message: string, severity: Problem['severity'] = 'error'): Problem {
  return { code, severity, place: { object: id }, values: { name }, message }
}

function checkPlace(one: Standing, volume: SliceInput['volume']): Problem[] {
  const { object, box } = one
  const problems: Problem[] = []
  if (isBesideBed(one, volume)) problems.push(objectProblem('plate/outside', object, `${object.name} reaches outside the build volume. Move it, turn it or make it smaller.`))
  if (box.max[2] > volume.max[2] + TOLERANCE_MM) problems.push(objectProblem('plate/too-tall', object, `${object.name} is taller than the build volume. Lay it down or make it smaller.`))
  if (box.min[2] < -TOLERANCE_MM) problems.push(objectProblem('plate/below-bed', object, `${object.name} reaches below the bed. Put it on the bed.`))
  if (box.min[2] > FLOATING_MM) problems.push(objectProblem('plate/floating', object, `${object.name} hangs above the bed. Put it on the bed unless something stands below it.`, 'warning'))
  return problems
}

function isBesideBed({ object, mesh, box }: Standing, { min, max, shape }: SliceInput['volume']): boolean {
  for (const axis of [0, 1] as const) if (box.min[axis] < min[axis] - TOLERANCE_MM || box.max[axis] > max[axis] + TOLERANCE_MM) return true
  if (shape === 'rectangle') return false
  const [middleX, middleY] = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2]
  const [radiusX, radiusY] = [(max[0] - min[0]) / 2 + TOLERANCE_MM, (max[1] - min[1]) / 2 + TOLERANCE_MM]
  const isOut = (x: number, y: number) => ((x - middleX) / radiusX) ** 2 + ((y - middleY) / radiusY) ** 2 > 1
  const isBoxIn = [box.min[0], box.max[0]].every((x) => [box.min[1], box.max[1]].every((y) => !isOut(x, y)))
  return !isBoxIn && isAnyVertexOut(object, mesh, isOut)
}

/** The corners of a box may leave a round bed where the part itself does not. */
function isAnyVertexOut(object: PlateObject, { positions }: Mesh, isOut: (x: number, y: number) => boolean): boolean {
  const at = (index: number) => matrix[index] ?? 0
  const matrix = plateMatrix(object)
  for (let p = 0; p < positions.length; p += 3) {
    const [x, y, z] = [positions[p] as number, positions[p + 1] as number, positions[p + 2] as number]
    if (isOut(at(0) * x + at(4) * y + at(8) * z + at(12), at(1) * x + at(5) * y + at(9) * z + at(13))) return true
  }
  return false
}

function doBoxesOverlap(a: Box3, b: Box3): boolean {
  return ([0, 1, 2] as const).every((axis) => a.min[axis] < b.max[axis] - TOLERANCE_MM && b.min[axis] < a.max[axis] - TOLERANCE_MM)
}

function checkCollisions(standing: readonly Standing[], touch: Touch): Problem[] {
  const problems: Problem[] = []
  standing.forEach((a, index) => {
    for (const b of standing.slice(index + 1)) {
      if (!doBoxesOverlap(a.box, b.box) || touch(a, b) === false) continue
      problems.push({
        code: 'plate/collision', severity: 'error', place: { object: a.object.id, other: b.object.id }, values: { name: a.object.name, other: b.object.name },
        message: `${a.object.name} and ${b.object.name} stand in each other. Move them apart, or arrange the plate.`,
      })
    }
  })
  return problems
}

/** Whether the head has room to print the objects one after the other, if that is asked for. Supports and brims are not in it: slicing checks them. */
function checkSequence(standing: readonly Standing[], plate: PlateDocument, profiles: ChosenProfiles): readonly Problem[] {
  if (standing.length < 2 || plateSettings(profiles, plate.overrides).values.printOrder === 'by-layer') return []
  const objects = standing.map(({ object, mesh, box }) => ({ id: object.id, name: object.name, hull: meshFootprint(mesh, plateMatrix(object)), topMm: box.max[2] }))
  return orderObjects(objects, headClearanceOf(profiles.machine)).problems
}

function checkHeat(plate: PlateDocument, profiles: ChosenProfiles): Problem[] {
  const { machine } = profiles
  const values: SettingValues = Object.assign({}, ...machineSettingLayers({ ...profiles, overrides: plate.overrides }).map((layer) => layer.values))
  const limits: readonly (readonly [SettingKey, number])[] = [['hotendC', machine.maxHotendC], ['firstLayerHotendC', machine.maxHotendC], ...bedLimits(machine)]
  // Both layers ask too much at once: told once, by the hotter.
  return (['hotend', 'bed'] as const).flatMap((heater) => {
    const asked = limits.filter(([key]) => key.toLowerCase().includes(heater)).map(([key, maxC]) => ({ key, maxC, askedC: Number(values[key] ?? 0) }))
    const hottest = asked.reduce<(typeof asked)[number] | undefined>((best, one) => (one.askedC > one.maxC && one.askedC > (best?.askedC ?? 0) ? one : best), undefined)
    if (hottest === undefined) return []
    const { key, askedC, maxC } = hottest
    return [{ code: 'print/too-hot', severity: 'error' as const, place: { key }, values: { key, askedC, maxC, machine: machine.name }, message: `${key} is ${askedC} °C; the ${machine.name} takes ${maxC} °C at most. Choose another material or lower it.` }]
  })
}

function bedLimits(machine: MachineProfile): readonly (readonly [SettingKey, number])[] {
  return machine.heatedBed ? [['bedC', machine.maxBedC], ['firstLayerBedC', machine.maxBedC]] : []
}
