import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../../shared/formats/parse-model'
import { write3mf } from '../../../shared/formats/threemf/write-3mf'
import { modifierMesh, sliceModifier } from '../../../shared/machine/object-modifier'
import { carryPart } from '../../../shared/machine/sliced-part'
import { IDENTITY } from '../../../shared/mesh/matrix'
import { meshBox } from '../../../shared/mesh/mesh-box'
import { solidVolume } from '../../../shared/mesh/solid-volume'
import { boxMesh, joinMeshes } from '../slicing/solids'

function partsOf(bytes: Uint8Array) {
  const read = parseModel(bytes, 'p.3mf')
  if (!read.ok) throw new Error(read.problems[0]!.message)
  return read
}

/** As PrusaSlicer writes it: one mesh, its volumes ranges of triangles. */
function prusaProject(): Uint8Array {
  const whole = joinMeshes(boxMesh([0, 0, 0], [20, 20, 10]), boxMesh([5, 5, -1], [15, 15, 20]), boxMesh([-5, 0, 0], [0, 20, 10]), boxMesh([8, 8, 2], [9, 9, 3]))
  const config = `<?xml version="1.0" encoding="UTF-8"?>
<config>
 <object id="1" instances_count="1">
  <metadata type="object" key="name" value="Bracket"/>
  <metadata type="object" key="perimeters" value="4"/>
  <metadata type="object" key="layer_height" value="0.1"/>
  <volume firstid="0" lastid="11"><metadata type="volume" key="volume_type" value="ModelPart"/><metadata type="volume" key="matrix" value="1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1"/></volume>
  <volume firstid="12" lastid="23"><metadata type="volume" key="name" value="Strong"/><metadata type="volume" key="volume_type" value="ParameterModifier"/><metadata type="volume" key="fill_density" value="60%"/><metadata type="volume" key="no_such" value="3"/></volume>
  <volume firstid="24" lastid="35"><metadata type="volume" key="name" value="Hold"/><metadata type="volume" key="volume_type" value="SupportEnforcer"/></volume>
  <volume firstid="36" lastid="47"><metadata type="volume" key="name" value="Hole"/><metadata type="volume" key="volume_type" value="NegativeVolume"/></volume>
 </object>
</config>`
  return write3mf([{ name: 'Bracket', mesh: whole, paint: { seam: { 3: '4', 20: '4' } } }], { files: { 'Metadata/Slic3r_PE_model.config': strToU8(config) } })
}

/** As OrcaSlicer writes it: an object of components, each an object. */
function orcaProject(): Uint8Array {
  const mesh = ([x0, y0, z0]: readonly number[], [x1, y1, z1]: readonly number[]) => {
    const { positions, indices } = boxMesh([x0!, y0!, z0!], [x1!, y1!, z1!])
    const vertices = Array.from({ length: 8 }, (_, i) => `<vertex x="${positions[3 * i]}" y="${positions[3 * i + 1]}" z="${positions[3 * i + 2]}"/>`).join('')
    return `<mesh><vertices>${vertices}</vertices><triangles>${Array.from({ length: 12 }, (_, i) => `<triangle v1="${indices[3 * i]}" v2="${indices[3 * i + 1]}" v3="${indices[3 * i + 2]}"/>`).join('')}</triangles></mesh>`
  }
  const model = `<?xml version="1.0"?><model unit="millimeter" xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02"><resources>
<object id="1" type="model">${mesh([0, 0, 0], [20, 20, 10])}</object><object id="2" type="model">${mesh([0, 0, 0], [4, 4, 4])}</object>
<object id="3" type="model"><components><component objectid="1" transform="1 0 0 0 1 0 0 0 1 5 0 0"/><component objectid="2" transform="1 0 0 0 1 0 0 0 1 10 6 2"/></components></object>
</resources><build><item objectid="3" transform="1 0 0 0 1 0 0 0 1 100 100 0"/></build></model>`
  const config = `<config><object id="3"><metadata key="name" value="Box"/><metadata key="wall_loops" value="3"/>
<part id="1" subtype="normal_part"><metadata key="name" value="Box"/></part>
<part id="2" subtype="modifier_part"><metadata key="name" value="Dense"/><metadata key="sparse_infill_density" value="50%"/></part></object></config>`
  const types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>'
  const rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Target="/3D/3dmodel.model" Id="r" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>'
  return zipSync({ '[Content_Types].xml': strToU8(types), '_rels/.rels': strToU8(rels), '3D/3dmodel.model': strToU8(model), 'Metadata/model_settings.config': strToU8(config) })
}

describe('a project of PrusaSlicer', () => {
  it('has its modifiers taken out of the part, which keeps its paint', () => {
    const { value, problems } = partsOf(prusaProject())
    const [part] = value.parts
    expect(value.parts).toHaveLength(1)
    expect(solidVolume(part!.mesh)).toBeCloseTo(4000, 2)
    expect(part!.paint).toEqual({ seam: { 3: '4' } })
    expect(problems.map(({ code }) => code)).toEqual(['threemf/negative-volume'])
  })

  it('gives settings and modifiers in our words, and tells what is left out', () => {
    const [part] = partsOf(prusaProject()).value.parts
    const { own, left } = carryPart(part!.name, part!.sliced!)
    expect(own.values).toEqual({ wallCount: 4 })
    expect(own.modifiers!.map(({ kind, name, values }) => [kind, name, values])).toEqual([['settings', 'Strong', { infillPercent: 60 }], ['support-enforcer', 'Hold', {}]])
    expect(left.map(({ values }) => values!['key']).toSorted()).toEqual(['layer_height', 'no_such'])
    const placed = sliceModifier(own.modifiers![0]!, IDENTITY)
    expect(meshBox(placed.mesh, placed.transform)).toEqual({ min: [5, 5, -1], max: [15, 15, 20] })
    expect(solidVolume(modifierMesh(own.modifiers![0]!.shape))).toBeCloseTo(2100, 1)
  })
})

describe('a project of OrcaSlicer', () => {
  it('has its modifiers as such, where they lie in the part', () => {
    const { value } = partsOf(orcaProject())
    expect(value.parts).toHaveLength(1)
    const [part] = value.parts
    const { own } = carryPart(part!.name, part!.sliced!)
    expect(own.values).toEqual({ wallCount: 3 })
    expect(own.modifiers!.map(({ name, values }) => [name, values])).toEqual([['Dense', { infillPercent: 50 }]])
    const { mesh, transform } = sliceModifier(own.modifiers![0]!, part!.transform!)
    expect(meshBox(mesh, transform)).toEqual({ min: [110, 106, 2], max: [114, 110, 6] })
  })

  it('without such a file is read as before', () => {
    const plain = partsOf(write3mf([{ name: 'a', mesh: boxMesh([0, 0, 0], [1, 1, 1]) }])).value.parts
    expect(plain).toHaveLength(1)
    expect(plain[0]!.sliced).toBeUndefined()
  })
})
