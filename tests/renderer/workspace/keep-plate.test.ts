import { describe, expect, it } from 'vitest'
import type { PlateDocument } from '../../../renderer/workspace/plate'
import { readPlate, writePlate } from '../../../renderer/workspace/keep-plate'
import { plateTitle, printSources } from '../../../renderer/workspace/plate-summary'
import { cubeAt, plateOf } from './plates'

describe('a kept plate', () => {
  it('comes back as it was', () => {
    const plate = { ...plateOf(cubeAt('a', 1, 2), cubeAt('b', 3, 4)), overrides: { infillPercent: 30, seam: 'rear', combing: false } as const }
    expect(readPlate(writePlate(plate))).toEqual(plate)
  })

  it('keeps what is in its extruders and what is purged between them, and leaves out what is no matrix', () => {
    const plate = { ...plateOf(cubeAt('a', 1, 2)), moreMaterialIds: ['petg', 'pla'], purgeMm3: [[0, 70, 80], [60, 0, 90], [100, 110, 0]] }
    expect(readPlate(writePlate(plate))).toEqual(plate)
    expect(readPlate(JSON.stringify({ form: 1, plate: { ...plate, moreMaterialIds: [1], purgeMm3: [[0, 70], [60]] } }))).toEqual(plateOf(cubeAt('a', 1, 2)))
  })

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['another form', '{"form":99,"plate":{}}'],
    ['no plate', '{"form":1}'],
    ['no objects', '{"form":1,"plate":{"machineId":"a","materialId":"b","qualityId":"c"}}'],
  ])('is not read from %s', (_name, text) => expect(readPlate(text)).toBeUndefined())

  it('leaves out objects and settings that make no sense', () => {
    const plate = plateOf(cubeAt('a', 1, 2))
    const kept = { form: 1, plate: { ...plate, objects: [...plate.objects, { id: 'x' }, { ...cubeAt('y', 0, 0), pivotMm: [1, 'two', 3] }], overrides: { wallCount: 'many', nonsense: 1, topLayers: 6 } } }
    expect(readPlate(JSON.stringify(kept))).toEqual({ ...plate, overrides: { topLayers: 6 } })
  })
})

describe('the summary of a plate', () => {
  it('is named after what is on it', () => {
    expect(plateTitle(plateOf(cubeAt('Boat', 0, 0)))).toBe('Boat')
    expect(plateTitle(plateOf({ ...cubeAt('Boat', 0, 0), id: '1' }, { ...cubeAt('Boat', 30, 0), id: '2' }))).toBe('Boat × 2')
    expect(plateTitle(plateOf(cubeAt('Boat', 0, 0), cubeAt('Jar', 30, 0)))).toBe('Boat + 1')
  })

  it('counts a version of several parts once for each full set', () => {
    const part = (id: string, partIndex: number, versionId = 'v') => ({ ...cubeAt(id, 0, 0), partIndex, versionId })
    expect(printSources(plateOf(part('a', 0), part('b', 1), part('c', 0), part('d', 0, 'w'))).map(({ versionId, copies }) => [versionId, copies])).toEqual([['v', 2], ['w', 1]])
  })

  it('keeps stops and settings by height, and leaves out those that make no sense', () => {
    const plate: PlateDocument = { objects: [], machineId: 'm', materialId: 'p', qualityId: 'q', overrides: {}, layerEvents: [{ kind: 'pause', zMm: 2 }], heightRanges: [{ fromMm: 1, toMm: 3, values: { hotendC: 200 } }] }
    expect(readPlate(writePlate(plate))).toEqual(plate)
    const odd = JSON.stringify({ form: 1, plate: { ...plate, layerEvents: [{ kind: 'explode', zMm: 2 }, { kind: 'pause' }], heightRanges: [{ fromMm: 'x' }] } })
    expect(readPlate(odd)).toEqual({ objects: [], machineId: 'm', materialId: 'p', qualityId: 'q', overrides: {} })
  })
})
