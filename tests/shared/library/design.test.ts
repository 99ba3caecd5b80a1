import { describe, expect, it } from 'vitest'
import { BIN_MS, binChange, findHeads, isBinOver, newDesignChanges, purgeChanges, readDesign, restoreChange, tagChange, versionChanges } from '../../../shared/library/design'
import { type Cell, mergeOps } from '../../../shared/library/merge-ops'
import type { Op } from '../../../shared/library/op'
import { isValidVersionOp, readManifest, versionId } from '../../../shared/library/version'
import { Device, MANIFEST, NOW, hashText, version } from './ops'

const begun = newDesignChanges({ id: '1', title: 'Clamp', tags: ['jig'], createdAt: NOW })

function cellsOf(ops: readonly Op[]): Cell[] {
  return mergeOps(ops, () => undefined).changed.filter(({ entity }) => entity === 'design/1')
}

const read = (ops: readonly Op[], versions = [version()]) => readDesign('1', cellsOf(ops), (id) => versions.find((one) => one.id === id))

describe('a design', () => {
  it('is read from its fields and its newest head', () => {
    const ops = new Device('a').write([...begun, ...versionChanges('1', version())])
    expect(read(ops)).toEqual({
      id: '1', title: 'Clamp', tags: ['jig'], notes: '', heads: [version().id], versionIds: [version().id],
      createdAt: NOW, updatedAt: NOW, bytes: 684, fileNames: ['cube.stl'],
    })
  })

  it('is not there before it has a title, and has no heads before its version is there', () => {
    const device = new Device('a')
    expect(read(device.write([tagChange('1', 'x', true)]))).toBeUndefined()
    expect(read(new Device('a').write([...begun, ...versionChanges('1', version())]), [])).toMatchObject({ heads: [], versionIds: [version().id] })
  })

  it('keeps two tags that were set apart, and drops one that was taken', () => {
    const ops = [...new Device('a').write(begun), ...new Device('b').write([tagChange('1', '고정구', true), tagChange('1', 'jig', false)], NOW + 1)]
    expect(read(ops)).toMatchObject({ tags: ['고정구'] })
  })

  it('shows two versions that were made apart as two heads, and one after a merge', () => {
    const root = version()
    const left = version({ parents: [root.id], message: 'left', createdAt: NOW + 1 })
    const right = version({ parents: [root.id], message: 'right', createdAt: NOW + 2 })
    const merged = version({ parents: [left.id, right.id], message: 'merged', createdAt: NOW + 3 })
    expect(findHeads([root, left, right]).map(({ message }) => message)).toEqual(['right', 'left'])
    expect(findHeads([root, left, right, merged])).toEqual([merged])
  })

  it('is not replaced by a remix: a parent in another design', () => {
    const remix = version({ parents: ['d'.repeat(64)] })
    expect(findHeads([remix])).toEqual([remix])
  })

  it('comes back from the bin, within thirty days', () => {
    const device = new Device('a')
    const binned = [...device.write(begun), ...device.write([binChange('1', NOW + 5)], NOW + 5)]
    expect(read(binned)).toMatchObject({ binnedAt: NOW + 5 })
    expect(read([...binned, ...device.write([restoreChange('1')], NOW + 6)])).not.toHaveProperty('binnedAt')
    expect(isBinOver({ binnedAt: NOW }, NOW + BIN_MS)).toBe(false)
    expect(isBinOver({ binnedAt: NOW }, NOW + BIN_MS + 1)).toBe(true)
    expect(isBinOver({}, NOW)).toBe(false)
  })

  it('is gone when it was removed for good', () => {
    const device = new Device('a')
    expect(read([...device.write(begun), ...device.write(purgeChanges('1', NOW + 1), NOW + 1)])).toBe('gone')
  })

  it('stays when someone took it out of the bin while another device emptied it', () => {
    const a = new Device('a')
    const b = new Device('b')
    const shared = [...a.write(begun), ...a.write([binChange('1', NOW + 1)], NOW + 1)]
    const restored = b.write([restoreChange('1')], NOW + 2)
    const emptied = a.write(purgeChanges('1', NOW + 9, NOW + 1), NOW + 9)
    expect(read([...shared, ...restored, ...emptied])).toMatchObject({ title: 'Clamp' })
  })
})

describe('a version', () => {
  it('has the hash of its manifest as its name, whatever the order of its members', () => {
    const { parents, ...rest } = MANIFEST
    expect(versionId({ ...rest, parents }, hashText)).toBe(versionId(MANIFEST, hashText))
    expect(versionId({ ...MANIFEST, units: 'inch' }, hashText)).not.toBe(versionId(MANIFEST, hashText))
  })

  it('keeps its name when a later studio has put more into its manifest', () => {
    const later = { ...MANIFEST, glaze: 'celadon' }
    expect(isValidVersionOp({ entity: `version/${versionId(later, hashText)}`, value: later }, hashText)).toBe(true)
    expect(readManifest(later)).toEqual(MANIFEST)
  })

  it.each([
    ['no files', { files: [] }],
    ['a hash that is none', { files: [{ path: 'x', sha256: 'X', bytes: 1, type: '' }] }],
    ['negative bytes', { files: [{ path: 'x', sha256: 'a'.repeat(64), bytes: -1, type: '' }] }],
    ['a size that is none', { sizeMm: [1, 2] }],
  ])('is refused with %s', (_title, wrong) => {
    expect(readManifest({ ...MANIFEST, ...wrong })).toBeUndefined()
  })
})
