import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangeObjects } from '../../../renderer/workspace/arrange-objects'
import { placedNormal } from '../../../renderer/workspace/edit-actions'
import { boxMiddle, placedBox } from '../../../renderer/workspace/part-shape'
import type { Rotation, Triple } from '../../../renderer/workspace/plate'
import { centreObjects, dropped, findFreePlace, moveObjects, reshaped, straightened, turned, withOverride, withTransform } from '../../../renderer/workspace/plate-edits'
import { axisRotation, multiplyRotations, rotateVector, rotationAnglesDeg, rotationOfAngles, turnBetween } from '../../../renderer/workspace/rotation'
import { machineVolume } from '../../../shared/machine/machine-volume'
import { CUBE, boxMesh, cubeAt, plateOf, profilesOf } from './plates'

const angle = fc.double({ min: -180, max: 180, noNaN: true })
const rotation = fc.tuple(angle, angle, angle).map((angles) => rotationOfAngles(angles))
const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((value, index) => value - b[index]!))

describe('objects on the plate', () => {
  it('keep their bottom where it was when they are turned or scaled', () => {
    fc.assert(
      fc.property(rotation, fc.double({ min: 0.2, max: 5, noNaN: true }), (turn, factor) => {
        const object = cubeAt('a', 50, 50, 3)
        for (const changed of [turned(object, turn, CUBE), reshaped(object, { scale: [factor, factor, factor] }, CUBE)]) expect(placedBox(changed, CUBE).min[2]).toBeCloseTo(3, 3)
      }),
    )
  })

  it('stand on the bed after they were dropped, however they are turned', () => {
    fc.assert(
      fc.property(rotation, (turn) => {
        expect(placedBox(dropped(withTransform(cubeAt('a', 0, 0, 40), { rotation: turn }), CUBE), CUBE).min[2]).toBeCloseTo(0, 3)
      }),
    )
  })

  it('are as they were added after they were straightened', () => {
    const object = turned(cubeAt('a', 30, 40), axisRotation('x', 33), CUBE)
    expect(straightened(object, CUBE).transform).toEqual(cubeAt('a', 30, 40).transform)
  })

  it('move together, and the plate stays the same when nothing moved', () => {
    const plate = plateOf(cubeAt('a', 0, 0), cubeAt('b', 50, 0))
    expect(moveObjects(plate, new Set(['a']), [0, 0, 0])).toBe(plate)
    const centred = centreObjects(plate, new Set(['a', 'b']), { xMm: 100, yMm: 100, meshOf: () => CUBE })
    expect(centred.objects.map(({ transform }) => transform.positionMm)).toEqual([[75, 100, 10], [125, 100, 10]])
  })

  it('never shrink to nothing and keep a mirror image', () => {
    expect(withTransform(cubeAt('a', 0, 0), { scale: [0, -0, -5000] }).transform.scale).toEqual([0.001, 0.001, -1000])
  })

  it('find a place that is free', () => {
    const volume = machineVolume(profilesOf().machine)
    const taken = [placedBox(cubeAt('a', 110, 110), CUBE)]
    const { xMm, yMm } = findFreePlace([20, 20, 20], { xMm: 110, yMm: 110 }, taken, volume)
    expect(Math.max(Math.abs(xMm - 110), Math.abs(yMm - 110))).toBeGreaterThanOrEqual(20)
  })
})

describe('turning', () => {
  it('brings any direction to any other', () => {
    const direction = fc.tuple(angle, angle).map(([a, b]): Triple => rotateVector(rotationOfAngles([0, a, b]), [1, 0, 0]))
    fc.assert(
      fc.property(direction, direction, (from, to) => {
        expect(distance(rotateVector(turnBetween(from, to), from), to)).toBeLessThan(1e-5)
      }),
    )
  })

  it('reads angles that make the same rotation', () => {
    const same = (a: Rotation, b: Rotation) => Math.abs(a.reduce((sum, value, index) => sum + value * b[index]!, 0))
    fc.assert(
      fc.property(rotation, (turn) => {
        expect(same(rotationOfAngles(rotationAnglesDeg(turn)), turn)).toBeCloseTo(1, 4)
      }),
    )
  })

  it('lays the face that was picked on the bed', () => {
    const tilted = withTransform(cubeAt('a', 0, 0), { rotation: rotationOfAngles([20, 35, 10]) })
    const normal = placedNormal(tilted, [1, 0, 0])
    const flat = withTransform(tilted, { rotation: multiplyRotations(turnBetween(normal, [0, 0, -1]), tilted.transform.rotation) })
    expect(distance(placedNormal(flat, [1, 0, 0]), [0, 0, -1])).toBeLessThan(1e-9)
  })
})

describe('settings changed by hand', () => {
  it('are forgotten when they are set back', () => {
    const plate = withOverride(plateOf(), 'wallCount', 4)
    expect(plate.overrides).toEqual({ wallCount: 4 })
    expect(withOverride(plate, 'wallCount', undefined).overrides).toEqual({})
    expect(withOverride(plate, 'wallCount', 4)).toBe(plate)
  })
})

describe('arranging', () => {
  const volume = machineVolume(profilesOf().machine)

  it('puts objects of any turn apart from each other and inside the bed', () => {
    fc.assert(
      fc.property(fc.array(angle, { minLength: 1, maxLength: 8 }), (angles) => {
        const plate = plateOf(...angles.map((deg, index) => withTransform(cubeAt(`o${index}`, 5, 5, 7), { rotation: axisRotation('z', deg) })))
        const arranged = arrangeObjects(plate, volume, () => CUBE)
        expect(arranged.ok).toBe(true)
        if (!arranged.ok) return
        const middles = arranged.value.objects.map((object) => boxMiddle(placedBox(object, CUBE)))
        // Cubes of 20 mm that keep 5 mm apart have their middles at least 25 mm apart.
        middles.forEach(([x, y], index) => middles.slice(index + 1).forEach(([otherX, otherY]) => expect(Math.hypot(x - otherX, y - otherY)).toBeGreaterThan(24.9)))
        for (const object of arranged.value.objects) {
          const box = placedBox(object, CUBE)
          expect(Math.min(box.min[0], box.min[1])).toBeGreaterThanOrEqual(-0.001)
          expect(box.min[2]).toBeCloseTo(0, 3)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('tells what is larger than the bed and moves nothing', () => {
    const arranged = arrangeObjects(plateOf(cubeAt('slab', 0, 0)), volume, () => boxMesh(500, 20, 20))
    expect(arranged.problems.map(({ code }) => code)).toEqual(['arrange/too-large'])
  })
})
