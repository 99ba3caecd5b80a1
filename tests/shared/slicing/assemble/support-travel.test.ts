import { describe, expect, it } from 'vitest'
import { isInRegion } from '../../../../shared/geometry/measure-contour'
import type { Region } from '../../../../shared/geometry/region'
import { createLocalSlicePool } from '../../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../../shared/slicing/settings'
import { slicePlate } from '../../../../shared/slicing/slice-plate'
import { crossesRegion } from '../../../../shared/slicing/travel/crosses-region'
import { ROLE, type Toolpath } from '../../../../shared/toolpath/toolpath'
import { boxMesh, joinMeshes, placed, plate } from '../solids'

const pool = createLocalSlicePool()
/** A plate on four legs. */
const table = joinMeshes(...[[0, 0], [32, 0], [0, 24], [32, 24]].map(([x, y]) => boxMesh([x!, y!, 0], [x! + 4, y! + 4, 8])), boxMesh([0, 0, 8], [36, 28, 10]))

async function sliced(values: SettingValues): Promise<Toolpath> {
  const result = await slicePlate(plate([placed(table)], { supportKind: 'tree', skirtLines: 0, ...values }), pool)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

const retractions = ({ role }: Toolpath) => role.reduce((sum, one) => sum + (one === ROLE.retract ? 1 : 0), 0)
const extruded = ({ role, volumeMm3 }: Toolpath) => volumeMm3.reduce((sum, volume, i) => sum + (role[i]! > ROLE.unretract ? volume : 0), 0)

describe('ways between supports', () => {
  it('go without pulling back when that is switched off, with the same lines', async () => {
    const [always, seldom] = [await sliced({}), await sliced({ supportRetraction: false })]
    expect(retractions(seldom)).toBeLessThan(0.4 * retractions(always))
    expect(extruded(seldom)).toBeCloseTo(extruded(always), 1)
  }, 60_000)

  it('never cross the part with the filament out', async () => {
    const { role, points, moveCount, layers } = await sliced({ supportRetraction: false })
    const legs: Region = [[0, 0], [32, 0], [0, 24], [32, 24]].map(([x, y]) => Float64Array.of(100.3 + x!, 100.3 + y!, 103.7 + x!, 100.3 + y!, 103.7 + x!, 103.7 + y!, 100.3 + x!, 103.7 + y!))
    let [isOut, crossings, wasSupport] = [false, 0, false]
    for (let i = 0; i < moveCount; i++) {
      if (role[i] === ROLE.unretract) isOut = true
      if (role[i] === ROLE.retract) isOut = false
      const zMm = points[3 * i + 5]!
      const [from, to] = [[points[3 * i]!, points[3 * i + 1]!], [points[3 * i + 3]!, points[3 * i + 4]!]] as const
      // Below the plate the part is its legs; a way that begins at a support and ends in one is meant.
      if (role[i] === ROLE.travel && isOut && wasSupport && zMm < 7.5 && !isInRegion(legs, to[0], to[1]) && crossesRegion(legs, from, to)) crossings++
      if (role[i]! > ROLE.unretract) wasSupport = role[i] === ROLE.support || role[i] === ROLE['support-interface']
      if (role[i]! > ROLE.unretract) isOut = true
    }
    expect(layers.length).toBe(50)
    expect(crossings).toBe(0)
  }, 60_000)

  it('are found to cross a region exactly where they meet its boundary', () => {
    const square: Region = [Float64Array.of(0, 0, 10, 0, 10, 10, 0, 10)]
    expect([crossesRegion(square, [-5, 5], [15, 5]), crossesRegion(square, [5, 5], [15, 5]), crossesRegion(square, [-5, -1], [15, -1]), crossesRegion(square, [-5, 3], [3, -5]), crossesRegion(square, [11, -5], [11, 15])]).toEqual([true, true, false, false, false])
  })
})
