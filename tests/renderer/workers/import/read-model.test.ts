import { describe, expect, it } from 'vitest'
import { changedTriangles } from '../../../../renderer/workers/import/changed-triangles'
import { readModel } from '../../../../renderer/workers/import/read-model'
import type { Mesh } from '../../../../shared/mesh/mesh'
import { boxStl } from '../../../e2e/models'

const TRIANGLE_BYTES = 50
const HEADER_BYTES = 84

function read(bytes: Uint8Array, more: Partial<Parameters<typeof readModel>[0]> = {}) {
  const result = readModel({ name: 'box.stl', bytes, sha256: 'a'.repeat(64), ...more })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

/** A box without the last of its triangles. */
function openBox(triangles = 11): Uint8Array {
  const bytes = Uint8Array.from(boxStl(20, 20, 10)).slice(0, HEADER_BYTES + TRIANGLE_BYTES * triangles)
  new DataView(bytes.buffer).setUint32(80, triangles, true)
  return bytes
}

describe('reading a model', () => {
  it('tells size, volume and triangles of a clean box and repairs nothing', () => {
    const model = read(boxStl(20, 30, 10))
    expect(model.box.max.map((max, axis) => max - (model.box.min[axis] ?? 0))).toEqual([20, 30, 10])
    expect(model.volumeMm3).toBeCloseTo(6000, 3)
    expect(model).toMatchObject({ format: 'stl', triangleCount: 12, sha256: 'a'.repeat(64) })
    expect(model.parts[0]).toMatchObject({ repairs: [], before: { isWatertight: true }, after: { isWatertight: true } })
    expect(model.parts[0]?.changed).toHaveLength(0)
    expect(model.suspicion).toBeUndefined()
  })

  it('suspects inches for a box of 0.8, and believes the unit that the user names', () => {
    const bytes = boxStl(0.8, 0.8, 0.8)
    expect(read(bytes).suspicion?.suggestedUnit).toBe('inch')
    const inches = read(bytes, { unit: 'inch' })
    expect(inches.suspicion).toBeUndefined()
    expect(inches.box.max[0] - inches.box.min[0]).toBeCloseTo(20.32, 3)
    expect(inches.volumeMm3).toBeCloseTo(20.32 ** 3, 0)
  })

  it('does not ask about millimetres that the user has confirmed', () => {
    expect(read(boxStl(0.8, 0.8, 0.8), { unit: 'millimeter' }).suspicion).toBeUndefined()
  })

  it('closes a hole, says so, and names the new triangle', () => {
    const [part] = read(openBox()).parts
    expect(part?.before).toMatchObject({ isWatertight: false, holeCount: 1 })
    expect(part?.after).toMatchObject({ isWatertight: true, holeCount: 0, triangleCount: 12 })
    expect(part?.repairs.map(({ kind }) => kind)).toContain('close-holes')
    expect(part?.changed).toHaveLength(1)
  })

  it('leaves the mesh as the file has it when no repair is wanted', () => {
    const [part] = read(openBox(), { isRepairing: false }).parts
    expect(part?.after.holeCount).toBe(1)
    expect(part?.repairs).toEqual([])
    expect(part?.mesh.indices).toHaveLength(33)
  })

  it('passes the reader’s problems on', () => {
    const result = readModel({ name: 'nothing.stl', bytes: new Uint8Array(), sha256: '' })
    expect(result.ok).toBe(false)
    expect(result.problems[0]?.severity).toBe('error')
  })
})

describe('changed triangles', () => {
  const square: Mesh = { positions: Float32Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0), indices: Uint32Array.of(0, 1, 2, 0, 2, 3) }

  it('are none when triangles only begin at another corner, or vertices have other numbers', () => {
    const same: Mesh = { positions: Float32Array.of(0, 1, 0, 1, 1, 0, 1, 0, 0, -0, 0, 0), indices: Uint32Array.of(0, 3, 1, 2, 1, 3) }
    expect(changedTriangles(square, same)).toHaveLength(0)
  })

  it('are those that were turned over', () => {
    expect([...changedTriangles(square, { positions: square.positions, indices: Uint32Array.of(0, 1, 2, 0, 3, 2) })]).toEqual([1])
  })

  it('are those that were added', () => {
    const more: Mesh = { positions: Float32Array.of(...square.positions, 0, 0, 1), indices: Uint32Array.of(...square.indices, 0, 1, 4) }
    expect([...changedTriangles(square, more)]).toEqual([2])
  })
})
