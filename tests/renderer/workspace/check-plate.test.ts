import { describe, expect, it } from 'vitest'
import { checkPlate, refusedObjects } from '../../../renderer/workspace/check-plate'
import { touchOnPlate } from '../../../renderer/workspace/plate-touch'
import { withTransform } from '../../../renderer/workspace/plate-edits'
import { axisRotation } from '../../../renderer/workspace/rotation'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { machineVolume } from '../../../shared/machine/machine-volume'
import type { Mesh } from '../../../shared/mesh/mesh'
import { CUBE, boxMesh, cubeAt, plateOf, profilesOf } from './plates'

function codes(plate: ReturnType<typeof plateOf>, { mesh = CUBE, profiles = profilesOf() }: { mesh?: Mesh | undefined; profiles?: ReturnType<typeof profilesOf> } = {}) {
  return checkPlate(plate, profiles, { meshOf: () => mesh, touch: touchOnPlate }).map(({ code }) => code)
}

describe('the check of the plate', () => {
  it('finds nothing wrong with a cube in the middle', () => expect(codes(plateOf(cubeAt('a', 110, 110)))).toEqual([]))

  it('wants something on the plate', () => expect(codes(plateOf())).toEqual(['plate/empty']))

  it('names the object that leaves the bed', () => {
    const problems = checkPlate(plateOf(cubeAt('in', 110, 110), cubeAt('out', 5, 110)), profilesOf(), { meshOf: () => CUBE, touch: touchOnPlate })
    expect(problems).toMatchObject([{ code: 'plate/outside', severity: 'error', values: { name: 'out' } }])
    expect([...refusedObjects(problems)]).toEqual(['out'])
  })

  it('allows an object up to the very edge', () => expect(codes(plateOf(cubeAt('a', 10, 10)))).toEqual([]))

  it('refuses what is below the bed or too tall, and warns of what floats', () => {
    expect(codes(plateOf(cubeAt('a', 110, 110, -1)))).toEqual(['plate/below-bed'])
    expect(codes(plateOf(cubeAt('a', 110, 110, 2)))).toEqual(['plate/floating'])
    expect(codes(plateOf(withTransform(cubeAt('a', 110, 110, 0), { scale: [1, 1, 40], positionMm: [110, 110, 400] })))).toEqual(['plate/too-tall'])
  })

  it('tells of a part that is not loaded', () => {
    expect(checkPlate(plateOf(cubeAt('a', 110, 110)), profilesOf(), { meshOf: () => undefined, touch: touchOnPlate }).map(({ code }) => code)).toEqual(['plate/not-loaded'])
  })

  it('refuses objects that stand in each other, and not those that touch with their sides', () => {
    expect(codes(plateOf(cubeAt('a', 100, 100), cubeAt('b', 110, 105)))).toEqual(['plate/collision'])
    expect(codes(plateOf(cubeAt('a', 100, 100), cubeAt('b', 120, 100)))).toEqual([])
  })

  it('looks closer where only the boxes overlap', () => {
    const turn = { rotation: axisRotation('z', 45) }
    const a = withTransform(cubeAt('a', 100, 100), turn)
    const b = withTransform(cubeAt('b', 116, 116), turn)
    expect(codes(plateOf(a, b))).toEqual([])
    expect(codes(plateOf(a, withTransform(cubeAt('b', 112, 112), turn)))).toEqual(['plate/collision'])
  })

  it('finds an object that stands wholly inside another', () => {
    const inside = withTransform(cubeAt('b', 100, 100), { scale: [0.3, 0.3, 0.3] })
    expect(codes(plateOf(cubeAt('a', 100, 100), inside))).toContain('plate/collision')
  })

  it('knows a round bed', () => {
    const round = BUILTIN_MACHINES.find(({ volume }) => volume.shape === 'circle')!
    const profiles = { ...profilesOf(), machine: round }
    const { max } = machineVolume(round)
    expect(codes(plateOf(cubeAt('a', 0, 0)), { profiles })).toEqual([])
    expect(codes(plateOf(cubeAt('a', max[0] * 0.75, max[1] * 0.75)), { profiles })).toEqual(['plate/outside'])
    // A thin upright disc's box has corners outside; the part hasn't.
    expect(codes(plateOf(withTransform(cubeAt('a', max[0] - 12, 0), {})), { profiles, mesh: boxMesh(20, 20, 20) })).toEqual([])
  })

  it('refuses more heat than the machine takes', () => {
    const profiles = profilesOf('creality-ender-3')
    expect(codes({ ...plateOf(cubeAt('a', 110, 110)), overrides: { hotendC: 300, firstLayerHotendC: 310 } }, { profiles })).toEqual(['print/too-hot'])
    expect(codes({ ...plateOf(cubeAt('a', 110, 110)), overrides: { bedC: 150, hotendC: 300 } }, { profiles })).toEqual(['print/too-hot', 'print/too-hot'])
  })
})
