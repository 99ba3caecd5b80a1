import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../shared/formats/parse-model'
import { parseGcode } from '../../shared/gcode/parse-gcode'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../shared/machine/builtin-qualities'
import { makePrint } from '../../shared/machine/make-print'
import type { Mesh } from '../../shared/mesh/mesh'
import { meshBox } from '../../shared/mesh/mesh-box'
import { createLocalSlicePool } from '../../shared/slicing/pool/local-slice-pool'
import type { SettingValues } from '../../shared/slicing/settings'
import { MOVE_ROLES, ROLE } from '../../shared/toolpath/toolpath'
import { plannerSeconds } from '../virtual/planner-time'
import { boxMesh, joinMeshes, placed } from '../shared/slicing/solids'
import { workshopPath } from '../workshop-folder'

const MODELS = workshopPath('models')
const FILAMENT_MM2 = Math.PI * 0.875 ** 2

/** A turned part: radius by height, `sides` around. */
function turnedMesh(radii: readonly number[], stepMm: number, sides: number): Mesh {
  const ring = (level: number) => Array.from({ length: sides }, (_, k) => [radii[level]! * Math.cos((2 * Math.PI * k) / sides), radii[level]! * Math.sin((2 * Math.PI * k) / sides), level * stepMm] as const)
  const top = radii.length - 1
  const points = [...radii.flatMap((_, level) => ring(level)), [0, 0, 0] as const, [0, 0, top * stepMm] as const]
  const at = (level: number, k: number) => level * sides + (k % sides)
  const indices = Array.from({ length: sides }, (_, k) => [
    ...Array.from({ length: top }, (_unused, level) => [at(level, k), at(level, k + 1), at(level + 1, k + 1), at(level, k), at(level + 1, k + 1), at(level + 1, k)]).flat(),
    points.length - 2, at(0, k + 1), at(0, k), points.length - 1, at(top, k), at(top, k + 1),
  ]).flat()
  return { positions: Float32Array.from(points.flat()), indices: Uint32Array.from(indices) }
}

function fromFile(name: string): Mesh {
  const parsed = parseModel(readFileSync(join(MODELS, name)), name)
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message)
  return parsed.value.parts[0]!.mesh
}

const wave = Array.from({ length: 41 }, (_, i) => 18 + 5 * Math.sin(i / 5))
const pillars = joinMeshes(...Array.from({ length: 36 }, (_, i) => boxMesh([7 * (i % 6), 7 * Math.floor(i / 6), 0], [7 * (i % 6) + 2.5, 7 * Math.floor(i / 6) + 2.5, 10])))
const files = existsSync(MODELS) ? ['cube_20mm.stl', '3DBenchy.stl', 'Bearing.stl', 'multipletextures.stl'] : []
interface Case {
  readonly name: string
  readonly mesh: () => Mesh
  readonly overrides: SettingValues
  readonly machineId?: string
}
const CASES: readonly Case[] = [
  ...files.map((name) => ({ name, mesh: () => fromFile(name), overrides: {} })),
  ...files.slice(1, 3).map((name) => ({ name: `${name}, arcs`, mesh: () => fromFile(name), overrides: { arcFitting: true } })),
  { name: 'wavy vase', mesh: () => turnedMesh(wave, 1, 180), overrides: { spiralVase: true } },
  { name: 'turned part, gyroid', mesh: () => turnedMesh(wave, 1, 180), overrides: { infillPattern: 'gyroid' } },
  { name: 'turned part, arcs', mesh: () => turnedMesh(wave, 1, 180), overrides: { arcFitting: true } },
  { name: '36 pillars', mesh: () => pillars, overrides: {} },
  { name: 'thin walls', mesh: () => joinMeshes(...Array.from({ length: 12 }, (_, i) => boxMesh([4 * i, 0, 0], [4 * i + 0.3 + i / 10, 40, 12]))), overrides: {} },
  { name: 'flat plate, Ender-3', mesh: () => boxMesh([0, 0, 0], [80, 60, 2]), overrides: {}, machineId: 'creality-ender-3' },
  { name: 'honeycomb, junction deviation', mesh: () => boxMesh([0, 0, 0], [60, 60, 8]), overrides: { infillPattern: 'honeycomb' }, machineId: 'generic-marlin' },
]

describe('the estimate against the planner of the virtual printer', () => {
  it.each(CASES)('$name', async ({ name, mesh, overrides, machineId = 'virtual-printer' }) => {
    const machine = BUILTIN_MACHINES.find(({ id }) => id === machineId)!
    const model = mesh()
    const { min, max } = meshBox(model)
    const object = placed(model, [100 - (min[0] + max[0]) / 2, 100 - (min[1] + max[1]) / 2, -min[2]])
    const made = await makePrint({ objects: [object], machine, material: BUILTIN_MATERIALS[0]!, quality: BUILTIN_QUALITIES[1]!, overrides, title: name }, createLocalSlicePool())
    if (!made.ok) throw new Error(made.problems[0]!.message)
    const read = parseGcode(made.value.gcode)
    if (!read.ok) throw new Error('unreadable')
    const { toolpath } = read.value
    const seconds = plannerSeconds(toolpath, machine.motion, FILAMENT_MM2)
    const byRole = MOVE_ROLES.map(() => 0)
    // What follows the last line stands in the machine's end lines: parking, which no slicing decides.
    const end = toolpath.role.findLastIndex((role) => role > ROLE.unretract) + 1
    for (let i = toolpath.layers[0]!.firstMove; i < end; i++) byRole[toolpath.role[i]!]! += seconds[i]!
    const took = byRole.reduce((sum, s) => sum + s, 0)
    const { estimate } = made.value
    const error = (estimated: number, real: number) => `${((estimated / real - 1) * 100).toFixed(2)} %`
    const plain = overrides.arcFitting === true ? await makePrint({ objects: [object], machine, material: BUILTIN_MATERIALS[0]!, quality: BUILTIN_QUALITIES[1]!, overrides: {}, title: name }, createLocalSlicePool()) : undefined
    const saved = plain?.ok ? `, ${((100 * made.value.gcode.length) / plain.value.gcode.length).toFixed(0)} % of the bytes without arcs` : ''
    console.log(`${name}: estimated ${estimate.timeS.toFixed(1)} s, took ${took.toFixed(1)} s, error ${error(estimate.timeS, took)}${saved}`)
    console.log(MOVE_ROLES.flatMap((role, r) => (byRole[r]! > 0.5 ? [`${role} ${error(estimate.byRole[role]?.timeS ?? 0, byRole[r]!)}`] : [])).join(', '))
    expect(Math.abs(estimate.timeS / took - 1)).toBeLessThan(0.03)
  })
})
