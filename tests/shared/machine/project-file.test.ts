import fc from 'fast-check'
import { strFromU8, strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../../shared/formats/parse-model'
import { openPackage } from '../../../shared/formats/threemf/open-package'
import { write3mf } from '../../../shared/formats/threemf/write-3mf'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { type ObjectModifier, shapeOfMesh } from '../../../shared/machine/object-modifier'
import { type Project, readProject, writeProject } from '../../../shared/machine/project-file'
import type { Mat4 } from '../../../shared/mesh/mesh'
import { type PaintedFacets, paintedFacets } from '../../../shared/mesh/paint/painted-facets'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { boxTriangles, cube, meshOf } from '../mesh/meshes'

const [machine, material, quality] = [BUILTIN_MACHINES[3]!, BUILTIN_MATERIALS[1]!, BUILTIN_QUALITIES[0]!]
const project: Project = {
  machine, material, quality: { ...quality, id: 'mine', name: '내 품질' },
  overrides: { infillPercent: 22.5, seam: 'rear', spiralVase: false },
  layerEvents: [{ kind: 'pause', zMm: 3.2 }],
  heightRanges: [{ fromMm: 2, toMm: 4, values: { infillPercent: 60 } }],
}
const block = meshOf(cube)

function parsed(bytes: Uint8Array) {
  const result = parseModel(bytes, 'x.3mf')
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

/** Turned about z and then about x, scaled, moved. */
function placement([turn, tilt, sx, sy, sz, x, y, z]: readonly number[]): Mat4 {
  const [c, s, d, e] = [Math.cos(turn!), Math.sin(turn!), Math.cos(tilt!), Math.sin(tilt!)]
  return [c * sx!, s * d * sx!, s * e * sx!, 0, -s * sy!, c * d * sy!, c * e * sy!, 0, 0, -e * sz!, d * sz!, 0, x!, y!, z!, 1]
}

/** The model part of a package, as text. */
function openedModel(bytes: Uint8Array): Uint8Array {
  const opened = openPackage(bytes)
  if (!opened.ok) throw new Error('not opened')
  return opened.value.read('3D/3dmodel.model')!
}

function transformed(positions: Float32Array, [a, b, c, , d, e, f, , g, h, i, , x, y, z]: Mat4): number[] {
  return Array.from({ length: positions.length / 3 }, (_, k) => Array.from(positions.subarray(3 * k, 3 * k + 3)) as [number, number, number]).flatMap(([px, py, pz]) => [a! * px + d! * py + g! * pz + x!, b! * px + e! * py + h! * pz + y!, c! * px + f! * py + i! * pz + z!])
}

/** Middles of facets, in an order of their own. */
function middlesOf(facets: Float64Array): string[] {
  return Array.from({ length: facets.length / 9 }, (_, t) => [0, 1, 2].map((axis) => ((facets[9 * t + axis]! + facets[9 * t + 3 + axis]! + facets[9 * t + 6 + axis]!) / 3).toFixed(4)).join(' ')).toSorted()
}

describe('a project', () => {
  it('comes back as it was: settings, profiles, stops, heights', () => {
    const read = readProject(writeProject([{ name: 'a', mesh: block }], project, { title: 'Cups & "more"' }))
    expect(read).toMatchObject({
      ok: true,
      value: { origin: 'own', profiles: [{ kind: 'machine', profile: machine }, { kind: 'material', profile: material }, { kind: 'quality', profile: project.quality }], overrides: project.overrides, layerEvents: project.layerEvents, heightRanges: project.heightRanges, left: [] },
    })
  })

  it('comes back with the materials of more extruders and the purge volumes between them', () => {
    const two = { ...project, machine: { ...machine, extruders: [{ settings: {} }, { settings: {} }] }, moreMaterials: [BUILTIN_MATERIALS[2]!], purgeMm3: [[0, 90], [140, 0]] }
    const read = readProject(writeProject([{ name: 'a', mesh: block }], two, { title: 'Two' }))
    expect(read).toMatchObject({ ok: true, value: { moreMaterials: [{ kind: 'material', profile: BUILTIN_MATERIALS[2] }], purgeMm3: two.purgeMm3 } })
  })

  it('comes back with what each object has of its own: settings, modifiers and paint', () => {
    const modifier: ObjectModifier = { id: 'm', name: 'Box', kind: 'settings', shape: { kind: 'box' }, transform: { positionMm: [1, 2, 3], rotation: [0, 0, 0, 1], scale: [4, 5, 6] }, values: { infillPercent: 90 } }
    const objects = [{ values: { wallCount: 4 } }, {}, { modifiers: [modifier, { ...modifier, id: 'n', kind: 'support-blocker' as const, shape: shapeOfMesh(block) }] }]
    const paint = { support: { 0: '4', 3: '48003' }, seam: { 2: '8' } }
    const items = [{ name: 'a', mesh: block, paint }, { name: 'a', mesh: block }, { name: 'a', mesh: block, paint: { seam: { 1: '4' } } }]
    const bytes = writeProject(items, { ...project, objects }, { title: 'Three' })
    expect(readProject(bytes)).toMatchObject({ ok: true, value: { objects } })
    expect(parsed(bytes).parts.map((part) => part.paint)).toEqual([paint, undefined, { seam: { 1: '4' } }])
    const model = strFromU8(openedModel(bytes))
    expect(model).toContain('slic3rpe:custom_supports="48003" paint_supports="48003"')
  })

  it('whose modifiers or own settings are damaged is told', () => {
    const bad = (objects: unknown) => readProject(writeProject([{ name: 'a', mesh: block }], { ...project, objects: objects as Project['objects'] & object }, { title: 'Bad' }))
    expect(bad([{ modifiers: [{ id: 'm' }] }])).toMatchObject({ ok: false, problems: [{ code: 'project/damaged' }] })
    expect(bad([{ values: { wallCount: 'many' } }]).ok).toBe(false)
  })

  it('keeps paint on the surface that it was on when an object is mirrored', () => {
    const split = { support: { 4: '80043', 9: '4', 7: '405' } }
    const mirror: Mat4 = [-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 30, 5, 2, 1]
    const [part] = parsed(write3mf([{ name: 'a', mesh: block, transform: mirror, paint: split }])).parts
    const area = ({ enforced, blocked }: PaintedFacets) => [enforced, blocked].map((facets) => middlesOf(facets))
    const placedAt = paintedFacets(transformed(block.positions, mirror), block.indices, split.support)
    expect(area(paintedFacets(part!.mesh.positions, part!.mesh.indices, part!.paint!.support!))).toEqual(area(placedAt))
  })

  it('keeps every bit of its meshes, and placements within a millionth', () => {
    const far = fc.float({ min: -500, max: 500, noNaN: true })
    const size = fc.float({ min: Math.fround(0.001), max: 300, noNaN: true })
    const angle = fc.double({ min: -3, max: 3, noNaN: true })
    const factor = fc.double({ min: 0.01, max: 50, noNaN: true })
    const place = fc.tuple(angle, angle, factor, factor, factor, fc.double({ min: -900, max: 900, noNaN: true }), fc.double({ min: -900, max: 900, noNaN: true }), fc.double({ min: 0, max: 900, noNaN: true }))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.tuple(far, far, far), fc.tuple(size, size, size), place), { minLength: 1, maxLength: 4 }), (list) => {
        const items = list.map(([from, extent, numbers], i) => ({ name: `part <${i}>`, mesh: meshOf(boxTriangles(from, [from[0] + extent[0], from[1] + extent[1], from[2] + extent[2]])), transform: placement(numbers) })).filter(({ mesh }) => mesh.positions.length === 24)
        fc.pre(items.length > 0)
        const { parts, unit } = parsed(write3mf(items))
        expect(unit).toBe('millimeter')
        expect(parts.map(({ name }) => name)).toEqual(items.map(({ name }) => name))
        items.forEach(({ mesh, transform }, i) => {
          expect(parts[i]?.mesh.positions).toEqual(mesh.positions)
          expect(parts[i]?.mesh.indices).toEqual(mesh.indices)
          transform.forEach((value, at) => expect(Math.abs((parts[i]?.transform?.[at] ?? NaN) - value)).toBeLessThan(1e-6))
        })
      }),
      { seed: 3, numRuns: 60 },
    )
  })

  it('keeps a mesh once that stands on the plate several times, and mirrors by moving vertices', () => {
    const mirrored: Mat4 = [-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 50, 0, 0, 1]
    const bytes = write3mf([{ name: 'a', mesh: block }, { name: 'a', mesh: block, transform: placement([0, 0, 1, 1, 1, 40, 0, 0]) }, { name: 'a', mesh: block, transform: mirrored }])
    const opened = openPackage(bytes)
    const xml = opened.ok ? new TextDecoder().decode(opened.value.read('3D/3dmodel.model')) : ''
    expect(xml.match(/<object /g)).toHaveLength(2)
    expect(parsed(bytes).parts.map(({ mesh, transform }) => meshBox(mesh, transform).min[0])).toEqual([0, 40, 30])
  })

  it('gives the same bytes for the same plate', () => {
    const write = () => writeProject([{ name: 'a', mesh: block }], project, { title: 'x', thumbnailPng: new Uint8Array([1, 2, 3]) })
    expect(write()).toEqual(write())
  })

  it.each([
    ['no JSON', '{', 'project/damaged'],
    ['another form', '{"format": "x"}', 'project/damaged'],
    ['a newer one', '{"format": "gongbang-project", "version": 2}', 'project/newer-file'],
    ['a profile missing', '{"format": "gongbang-project", "version": 1, "profiles": []}', 'project/damaged'],
    ['a setting out of range', '{"format": "gongbang-project", "version": 1, "profiles": [], "overrides": {"infillPercent": 900}}', 'profile/out-of-range'],
  ])('that is damaged is refused: %s', (_title, text, code) => {
    const read = readProject(write3mf([{ name: 'a', mesh: block }], { files: { 'Metadata/gongbang_project.json': strToU8(text) } }))
    expect(read.ok).toBe(false)
    expect(read.problems[0]?.code).toBe(code)
  })
})

describe('a project of another slicer', () => {
  it('gives the settings that PrusaSlicer left in it', () => {
    const config = '; generated by a test\n\n; layer_height = 0.15\n; perimeters = 4\n; filament_type = PETG\n; temperature = 240\n; nozzle_diameter = 0.4\n; bed_shape = 0x0,250x0,250x210,0x210\n; interface_shells = 1\n'
    const read = readProject(write3mf([{ name: 'a', mesh: block }], { files: { 'Metadata/Slic3r_PE.config': strToU8(config) } }))
    expect(read).toMatchObject({ ok: true, value: { origin: 'foreign', profiles: [{ kind: 'machine' }, { kind: 'material', profile: { type: 'PETG', settings: { hotendC: 240 } } }, { kind: 'quality', profile: { settings: { layerHeightMm: 0.15, wallCount: 4 } } }], left: [{ values: { key: 'interface_shells' } }] } })
  })

  it('gives the settings that OrcaSlicer left in it', () => {
    const config = JSON.stringify({ printer_settings_id: 'Cube', print_settings_id: 'Fine', filament_settings_id: ['House PLA'], wall_loops: '3', nozzle_temperature: ['220'], printable_area: ['0x0', '180x0', '180x180', '0x180'] })
    const read = readProject(write3mf([{ name: 'a', mesh: block }], { files: { 'Metadata/project_settings.config': strToU8(config) } }))
    expect(read).toMatchObject({ ok: true, value: { origin: 'foreign', profiles: [{ profile: { name: 'Cube', volume: { xMm: 180 } } }, { profile: { name: 'House PLA', settings: { hotendC: 220 } } }, { profile: { name: 'Fine', settings: { wallCount: 3 } } }] } })
  })

  it('is none when there are no settings', () => {
    expect(readProject(write3mf([{ name: 'a', mesh: block }]))).toMatchObject({ ok: true, value: undefined })
  })
})
