import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { STATIONS, guideStep, stationsBehind, trialTimeScale } from '../../../../renderer/features/start/guide-step'
import { SAMPLE_FILE, sampleMesh, sampleStl } from '../../../../renderer/features/start/sample-model'
import { readModel } from '../../../../renderer/workers/import/read-model'

const nothing = { hasObjects: false, isSlicing: false, hasPrint: false, hasSeenPreview: false, job: undefined }

describe('the guide', () => {
  it('leads from the plate to a job that is done, station by station', () => {
    const way = [
      guideStep({ ...nothing, hasObjects: true }),
      guideStep({ ...nothing, hasObjects: true, isSlicing: true }),
      guideStep({ ...nothing, hasObjects: true, hasPrint: true }),
      guideStep({ ...nothing, hasObjects: true, hasPrint: true, hasSeenPreview: true }),
      guideStep({ ...nothing, hasObjects: true, hasPrint: true, hasSeenPreview: true, job: { state: 'running' } }),
      guideStep({ ...nothing, hasObjects: true, hasPrint: true, hasSeenPreview: true, job: { state: 'done' } }),
    ]
    expect(way).toEqual(['slice', 'slicing', 'preview', 'print', 'printing', 'done'])
    expect(way.map(stationsBehind)).toEqual([1, 1, 2, 3, 3, STATIONS.length])
  })

  it('goes back to slicing when the plate was changed after it', () => {
    expect(guideStep({ ...nothing, hasObjects: true, hasPrint: false, hasSeenPreview: true })).toBe('slice')
  })

  it('offers the sample again when the plate was emptied, and the print when a job failed', () => {
    expect(guideStep(nothing)).toBe('empty')
    expect(guideStep({ ...nothing, job: { state: 'cancelled' } })).toBe('failed')
    expect(guideStep({ ...nothing, job: { state: 'failed' } })).toBe('failed')
  })

  it('lets the virtual printer’s time run so that any print is seen through, within its limits', () => {
    expect(trialTimeScale(840)).toBe(60)
    expect(trialTimeScale(2)).toBe(1)
    expect(trialTimeScale(10_000_000)).toBe(10_000)
  })
})

describe('the sample', () => {
  const bytes = sampleStl()

  it('is a solid that needs no repair and fits any desktop printer', () => {
    const result = readModel({ name: SAMPLE_FILE, bytes, sha256: '' })
    if (!result.ok) throw new Error('unreadable')
    const [part] = result.value.parts
    expect(part).toMatchObject({ repairs: [], after: { isWatertight: true, shells: 1, flippedTriangles: 0 } })
    expect(result.value.box.max.every((max, axis) => max - (result.value.box.min[axis] ?? 0) < 40)).toBe(true)
    expect(result.value.box.min[2]).toBe(0)
    expect(result.value.volumeMm3).toBeGreaterThan(1000)
  })

  it('is the same file each time, so that it is imported once', () => {
    expect(createHash('sha256').update(sampleStl()).digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('hangs over by no more than 50° anywhere but on the floor and under its lip', () => {
    const { positions } = sampleMesh()
    let steepest = 0
    for (let at = 0; at < positions.length; at += 9) {
      const [a, b, c] = [0, 3, 6].map((corner) => [positions[at + corner]!, positions[at + corner + 1]!, positions[at + corner + 2]!]) as [number[], number[], number[]]
      const [ux, uy, uz] = b.map((value, axis) => value - a[axis]!) as [number, number, number]
      const [vx, vy, vz] = c.map((value, axis) => value - a[axis]!) as [number, number, number]
      const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
      const down = -normal[2]! / Math.hypot(...normal)
      if (Math.max(a[2]!, b[2]!, c[2]!) > 0) steepest = Math.max(steepest, (Math.asin(down) * 180) / Math.PI)
    }
    expect(steepest).toBeLessThan(50)
    expect(steepest).toBeGreaterThan(20)
  })
})
