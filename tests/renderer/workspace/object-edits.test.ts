import { describe, expect, it } from 'vitest'
import { readPlate, writePlate } from '../../../renderer/workspace/keep-plate'
import { mapModifier, newModifier, ownOf, withModifier, withOwnValue, withPaint, withoutModifier, withoutOwnValues } from '../../../renderer/workspace/object-edits'
import { axisRotation } from '../../../renderer/workspace/rotation'
import { modifierMesh, readModifier, shapeOfMesh } from '../../../shared/machine/object-modifier'
import { isClosed } from '../../../shared/mesh/mesh-edges'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { SIMPLE_SHAPES, simpleShape } from '../../../shared/mesh/simple-shapes'
import { solidVolume } from '../../../shared/mesh/solid-volume'
import { CUBE, cubeAt, plateOf } from './plates'

const plate = plateOf(cubeAt('a', 50, 50), cubeAt('b', 100, 50))
const object = plate.objects[0]!
const box = newModifier(object, CUBE, { id: 'm', name: 'Box', shape: { kind: 'box' } })

describe('what an object has of its own', () => {
  it('is set, and is gone when it is as the plate’s again', () => {
    const changed = withOwnValue(plate, { objectId: 'a' }, 'infillPercent', 40)
    expect(changed.objects.map(({ values }) => values)).toEqual([{ infillPercent: 40 }, undefined])
    expect(withOwnValue(changed, { objectId: 'a' }, 'infillPercent', undefined)).toEqual(plate)
    expect(withoutOwnValues(changed, { objectId: 'a' })).toEqual(plate)
  })

  it('can be a modifier’s', () => {
    const changed = withOwnValue(withModifier(plate, 'a', box), { objectId: 'a', modifierId: 'm' }, 'wallCount', 5)
    expect(changed.objects[0]!.modifiers![0]!.values).toEqual({ wallCount: 5 })
    expect(withoutOwnValues(changed, { objectId: 'a', modifierId: 'm' }).objects[0]!.modifiers![0]!.values).toEqual({})
    expect(withoutModifier(changed, 'a', 'm')).toEqual(plate)
  })

  it('is kept over a reload, and left out where it is damaged', () => {
    const mesh = newModifier(object, CUBE, { id: 'n', name: 'Design', shape: shapeOfMesh(CUBE) })
    const full = withPaint(withModifier(withModifier(withOwnValue(plate, { objectId: 'a' }, 'seam', 'rear'), 'a', box), 'a', mesh), 'a', 'support', { 3: '4', 7: '48003' })
    expect(readPlate(writePlate(full))).toEqual(full)
    const damaged = JSON.parse(writePlate(full)) as { plate: { objects: Record<string, unknown>[] } }
    Object.assign(damaged.plate.objects[0]!, { values: { seam: 7, nothing: 1 }, modifiers: [{ id: 'x' }, { ...mesh, shape: { kind: 'mesh', positions: [0, 0, 0], indices: [0, 0, 9] } }], paint: { support: { 3: 'zz', x: '4' } } })
    expect(readPlate(JSON.stringify(damaged))).toEqual(plate)
  })

  it('is painted and wiped', () => {
    const painted = withPaint(withPaint(plate, 'a', 'seam', { 1: '4' }), 'a', 'support', { 2: '8' })
    expect(painted.objects[0]!.paint).toEqual({ seam: { 1: '4' }, support: { 2: '8' } })
    expect(withPaint(withPaint(painted, 'a', 'seam', {}), 'a', 'support', {})).toEqual(plate)
  })
})

describe('a modifier', () => {
  it('goes with its object: moved, turned and scaled', () => {
    const held = withModifier(plate, 'a', mapModifier(withModifier(plate, 'a', box), 'a', 'm', (one) => ({ ...one, transform: { ...one.transform, positionMm: [20, 10, 10] } })).objects[0]!.modifiers![0]!).objects[0]!
    const moved = { ...held, transform: { positionMm: [50, 50, 20] as const, rotation: axisRotation('z', 90), scale: [2, 2, 2] as const } }
    const [modifier] = ownOf(moved).modifiers!
    const { min, max } = meshBox(modifier!.mesh, modifier!.transform)
    // Its middle lies 10 mm along x from the object's; scaled and turned, 20 mm along y. It is 10 mm wide, scaled 20.
    const rounded = [...min, ...max].map((mm) => Math.round(100 * mm) / 100)
    expect(rounded).toEqual([40, 60, 10, 60, 80, 30])
  })

  it.each(SIMPLE_SHAPES)('can be a %s: closed, 1 mm in every direction, faces outward', (shape) => {
    const mesh = simpleShape(shape)
    expect(isClosed(mesh)).toBe(true)
    expect([...meshBox(mesh).min, ...meshBox(mesh).max].map((mm) => Math.round(1e5 * mm) / 1e5)).toEqual([-0.5, -0.5, -0.5, 0.5, 0.5, 0.5])
    const volume = { box: 1, cylinder: Math.PI / 4, sphere: Math.PI / 6 }[shape]
    expect(Math.abs(solidVolume(mesh) / volume - 1)).toBeLessThan(0.01)
  })

  it('of a design keeps its mesh to the bit', () => {
    const odd = { positions: Float32Array.from([0.1, 1 / 3, 2e-7, 5, 0, 0, 0, 5, 0, 0, 0, 5]), indices: Uint32Array.from([0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3]) }
    const read = readModifier(JSON.parse(JSON.stringify(newModifier(object, CUBE, { id: 'm', name: 'Odd', shape: shapeOfMesh(odd) }))))
    expect(modifierMesh(read!.shape)).toEqual(odd)
  })
})
