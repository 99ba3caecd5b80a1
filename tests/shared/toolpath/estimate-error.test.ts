import { describe, expect, it } from 'vitest'
import { parseGcode } from '../../../shared/gcode/parse-gcode'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { makePrint } from '../../../shared/machine/make-print'
import type { Mesh } from '../../../shared/mesh/mesh'
import { createLocalSlicePool } from '../../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../../shared/slicing/settings'
import { plannerSeconds } from '../../virtual/planner-time'
import { boxMesh, joinMeshes, placed } from '../slicing/solids'

const pillars = joinMeshes(...Array.from({ length: 9 }, (_, i) => boxMesh([8 * (i % 3), 8 * Math.floor(i / 3), 0], [8 * (i % 3) + 3, 8 * Math.floor(i / 3) + 3, 2])))
/** A prism of so many sides that its walls are arcs, with corners as a cut through a scan has them. */
const round = prism(Array.from({ length: 240 }, (_, i) => [12 * Math.cos((i * Math.PI) / 120) + (i % 7 === 0 ? 0.02 : 0), 12 * Math.sin((i * Math.PI) / 120)] as const), 2)

/** Upright sides over an outline. */
function prism(outline: readonly (readonly [number, number])[], heightMm: number): Mesh {
  const n = outline.length
  const points = [0, heightMm].flatMap((z) => [...outline.map(([x, y]) => [x, y, z]), [0, 0, z]])
  const indices = outline.flatMap((_, i) => {
    const [a, b] = [i, (i + 1) % n]
    return [a, b, n + 1 + b, a, n + 1 + b, n + 1 + a, n, b, a, 2 * n + 1, n + 1 + a, n + 1 + b]
  })
  return { positions: Float32Array.from(points.flat()), indices: Uint32Array.from(indices) }
}

const CASES: readonly (readonly [string, string, Mesh, SettingValues])[] = [
  ['a box on a machine with jerk', 'virtual-printer', boxMesh([0, 0, 0], [30, 20, 3]), {}],
  ['pillars on a machine with jerk', 'creality-ender-3', pillars, {}],
  ['a gyroid on a machine with junction deviation', 'generic-marlin', boxMesh([0, 0, 0], [30, 30, 4]), { infillPattern: 'gyroid', infillPercent: 30 }],
  ['a round part with arcs', 'virtual-printer', round, { arcFitting: true }],
  ['accelerations by feature', 'virtual-printer', boxMesh([0, 0, 0], [20, 20, 2]), { outerWallAccelerationMmPerS2: 500, infillAccelerationMmPerS2: 3000 }],
]

describe('the estimate', () => {
  it.each(CASES)('of %s is within 3 %% of what the virtual printer’s planner takes', async (_name, machineId, mesh, overrides) => {
    const machine = BUILTIN_MACHINES.find(({ id }) => id === machineId)!
    const made = await makePrint({ objects: [placed(mesh, [80, 80, 0])], machine, material: BUILTIN_MATERIALS[0]!, quality: BUILTIN_QUALITIES[1]!, overrides, title: 'Test' }, createLocalSlicePool())
    if (!made.ok) throw new Error(made.problems[0]!.message)
    const read = parseGcode(made.value.gcode)
    if (!read.ok) throw new Error('unreadable')
    const { toolpath } = read.value
    const seconds = plannerSeconds(toolpath, machine.motion, Math.PI * 0.875 ** 2)
    const took = seconds.subarray(toolpath.layers[0]!.firstMove).reduce((sum, s) => sum + s, 0)
    expect(Math.abs(made.value.estimate.timeS / took - 1)).toBeLessThan(0.03)
  }, 60_000)
})
