import { describe, expect, it } from 'vitest'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { purgeMatrix, withMaterial, withPurge } from '../../../renderer/workspace/extruder-edits'
import { chosenProfiles, profileChoice } from '../../../renderer/workspace/plate-profiles'
import { cubeAt, plateOf } from './plates'

const plate = plateOf(cubeAt('a', 1, 2))

describe('materials of extruders', () => {
  it('are the first one’s until others are chosen', () => {
    const three = withMaterial(plate, 'petg', 2)
    expect(three.moreMaterialIds).toEqual([plate.materialId, 'petg'])
    expect(withMaterial(three, 'petg', 2)).toBe(three)
    expect(withMaterial(three, 'abs', 0)).toMatchObject({ materialId: 'abs', moreMaterialIds: [plate.materialId, 'petg'] })
  })

  it('are as many as the machine has extruders', () => {
    const machine = { ...BUILTIN_MACHINES[0]!, id: 'two', extruders: [{ settings: {} }, { settings: {} }] }
    const choice = profileChoice([{ kind: 'machine', profile: machine }])
    expect(chosenProfiles(choice, { ...plate, machineId: 'two', moreMaterialIds: ['petg', 'abs'] }).moreMaterials?.map(({ id }) => id)).toEqual(['petg'])
    expect(chosenProfiles(choice, { ...plate, machineId: 'two', materialId: 'petg' }).moreMaterials?.map(({ id }) => id)).toEqual(['petg'])
    expect(chosenProfiles(choice, { ...plate, machineId: machine.id, moreMaterialIds: ['gone'] }).moreMaterials?.map(({ id }) => id)).toEqual([plate.materialId])
    expect(chosenProfiles(choice, plate).moreMaterials).toBeUndefined()
  })
})

describe('purge volumes', () => {
  it('are the plate’s where they fit, else the machine’s, else the setting’s', () => {
    const of = (own?: number[][], machine?: number[][]) => purgeMatrix(2, { plate: own, machine, setting: 70 })
    expect(of()).toEqual([[0, 70], [70, 0]])
    expect(of(undefined, [[0, 10], [20, 0]])).toEqual([[0, 10], [20, 0]])
    expect(of([[0, 30], [40, 0]], [[0, 10], [20, 0]])).toEqual([[0, 30], [40, 0]])
    expect(of([[0]], [[0, 10], [20, 0]])).toEqual([[0, 10], [20, 0]])
  })

  it('change one by one', () => {
    const now = purgeMatrix(2, { plate: undefined, machine: undefined, setting: 70 })
    const changed = withPurge(plate, { from: 0, to: 1, mm3: 120 }, now)
    expect(changed.purgeMm3).toEqual([[0, 120], [70, 0]])
    expect(withPurge(changed, { from: 0, to: 1, mm3: 120 }, changed.purgeMm3!)).toBe(changed)
  })
})
