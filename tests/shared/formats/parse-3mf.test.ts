import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../../shared/formats/parse-model'
import { boxSize, meshBox } from '../../../shared/mesh/mesh-box'
import { measureMesh } from '../../../shared/mesh/measure-mesh'
import { boxTriangles } from '../mesh/meshes'
import { meshXml, modelXml, threemf } from './files'

const box = meshXml(boxTriangles([0, 0, 0], [1, 2, 3]))
const object = `<resources><object id="1" name="box" type="model">${box}</object></resources>`

function read(bytes: Uint8Array) {
  const result = parseModel(bytes, 'model.3mf')
  if (!result.ok) throw new Error(result.problems.map(({ code }) => code).join())
  return { ...result.value, codes: result.problems.map(({ code }) => code), boxes: result.value.parts.map(({ mesh, transform }) => meshBox(mesh, transform)) }
}

function refusal(bytes: Uint8Array): string[] {
  const result = parseModel(bytes, 'model.3mf')
  return result.ok ? [] : result.problems.map(({ code }) => code)
}

describe('3MF', () => {
  it('is read with names and metadata', () => {
    const root = modelXml(`<metadata name="Title">Box &amp; lid &#xACF5;</metadata><metadata name="LicenseTerms">CC0</metadata>${object}`, '<item objectid="1"/>')
    const { parts, metadata, unit, codes } = read(threemf(root))
    expect(parts.map(({ name, transform }) => [name, transform])).toEqual([['box', undefined]])
    expect(metadata).toEqual({ Title: 'Box & lid 공', LicenseTerms: 'CC0' })
    expect([unit, codes]).toEqual(['millimeter', []])
  })

  it.each([['micron', 0.001], ['millimeter', 1], ['centimeter', 10], ['inch', 25.4], ['foot', 304.8], ['meter', 1000]] as const)('in %s comes out in mm, placements too', (unit, factor) => {
    const { boxes } = read(threemf(modelXml(object, '<item objectid="1" transform="1 0 0 0 1 0 0 0 1 10 0 0"/>', `unit="${unit}"`)))
    expect(boxSize(boxes[0]!)).toEqual([1, 2, 3].map((value) => expect.closeTo(value * factor, 3)))
    expect(boxes[0]!.min[0]).toBeCloseTo(10 * factor, 2)
  })

  it('applies the transforms of components and of the build, innermost first', () => {
    const resources = object.replace('</resources>', '<object id="2"><components><component objectid="1" transform="0 1 0 -1 0 0 0 0 1 0 0 0"/><component objectid="1" transform="1 0 0 0 1 0 0 0 1 5 0 0"/></components></object></resources>')
    const { boxes } = read(threemf(modelXml(resources, '<item objectid="2" transform="1 0 0 0 1 0 0 0 1 100 0 7"/>')))
    expect(boxes).toEqual([{ min: [98, 0, 7], max: [100, 1, 10] }, { min: [105, 0, 7], max: [106, 2, 10] }])
  })

  it('turns the triangles of a mirrored object', () => {
    const { parts } = read(threemf(modelXml(object, '<item objectid="1" transform="-1 0 0 0 1 0 0 0 1 0 0 0"/>')))
    expect(measureMesh(parts[0]!.mesh).volumeMm3).toBeCloseTo(6, 6)
  })

  it('follows paths to other model files of the package (production extension)', () => {
    const root = modelXml('<resources><object id="5"><components><component p:path="/3D/Parts/a.model" objectid="1"/></components></object></resources>', '<item objectid="5"/><item p:path="/3D/Parts/a.model" objectid="1"/>')
    expect(read(threemf(root, { '3D/Parts/a.model': modelXml(object, '') })).parts).toHaveLength(2)
  })

  it('takes prefixed names, single quotes, comments and CDATA', () => {
    const root = modelXml(object, '<item objectid="1"/>').replaceAll(/<(\/?)(?=[a-z])/g, '<$1m:').replaceAll('<m:resources>', '<!-- <m:object id="9"> --><![CDATA[<m:build>]]><m:resources>').replace('id="1"', "id='1'")
    expect(read(threemf(root)).parts).toHaveLength(1)
  })

  it('leaves out support, and what is marked as not printed', () => {
    const resources = object.replace('</resources>', `<object id="2" type="support">${box}</object></resources>`)
    const { parts, codes } = read(threemf(modelXml(resources, '<item objectid="1"/><item objectid="2"/><item objectid="1" printable="0"/>')))
    expect(parts).toHaveLength(1)
    expect(codes).toEqual(['threemf/other-object', 'threemf/not-printed'])
  })

  it('without a build gives the objects that no other contains', () => {
    const resources = object.replace('</resources>', '<object id="2" name="pair"><components><component objectid="1"/><component objectid="1"/></components></object></resources>')
    expect(read(threemf(modelXml(resources, ''))).parts).toHaveLength(2)
  })

  it('ends when objects contain each other, and when uses multiply', () => {
    const circle = '<resources><object id="1"><components><component objectid="2"/></components></object><object id="2"><components><component objectid="1"/></components></object></resources>'
    expect(refusal(threemf(modelXml(circle, '<item objectid="1"/>')))).toContain('threemf/nesting')
    const level = (id: number) => `<object id="${id}"><components>${`<component objectid="${id - 1}"/>`.repeat(10)}</components></object>`
    const tower = object.replace('</resources>', `${Array.from({ length: 12 }, (_, i) => level(i + 2)).join('')}</resources>`)
    const { parts, codes } = read(threemf(modelXml(tower, '<item objectid="13"/>')))
    expect(parts.length).toBeLessThanOrEqual(5000)
    expect(codes).toContain('threemf/too-many-parts')
  })

  it('refuses an archive that would unpack to far more than it is', () => {
    const bomb = zipSync({ '3D/3dmodel.model': new Uint8Array(40_000_000) })
    expect(refusal(bomb)).toEqual(['threemf/too-large-unpacked'])
  })

  it('refuses paths that leave the archive', () => {
    expect(refusal(zipSync({ '../evil.model': strToU8('x'), '3D/3dmodel.model': strToU8(modelXml(object, '<item objectid="1"/>')) }))).toEqual(['threemf/unsafe-path'])
  })

  it('refuses a zip without a model, and one that is cut', () => {
    expect(refusal(zipSync({ 'readme.txt': strToU8('hello') }))).toEqual(['threemf/no-model'])
    const whole = threemf(modelXml(object, '<item objectid="1"/>'))
    expect(refusal(whole.subarray(0, whole.length - 40))).toEqual(['threemf/damaged'])
  })
})
