import { describe, expect, it } from 'vitest'
import { fileKind, tagsOfPath, titleOfFile } from '../../../../renderer/features/import/file-kind'
import { type ImportItem, type ImportPhase, asksForUnit, importItems, isImportable, tallyItems } from '../../../../renderer/features/import/import-item'
import { readModel } from '../../../../renderer/workers/import/read-model'
import { boxStl } from '../../../e2e/models'

let lastId = 0
const newId = () => String(++lastId)
const offered = (path: string) => ({ file: new File(['x'], path.split('/').at(-1) ?? path), path })

function readyPhase(sizeMm: number, more: Partial<Extract<ImportPhase, { kind: 'ready' }>> = {}): ImportPhase {
  const result = readModel({ name: 'box.stl', bytes: boxStl(sizeMm, sizeMm, sizeMm), sha256: '' })
  if (!result.ok) throw new Error('unreadable')
  return { kind: 'ready', model: result.value, ...more }
}

function item(phase: ImportPhase, more: Partial<ImportItem> = {}): ImportItem {
  const [made] = importItems([offered('box.stl')], newId)
  return { ...(made as ImportItem), phase, ...more }
}

describe('offered files', () => {
  it('are models, toolpaths or something else, by the end of their name', () => {
    expect(['A.STL', 'b.3mf', 'c.obj', 'd.ply', 'e.gcode', 'f.g', 'g.step', 'h'].map(fileKind)).toEqual(['model', 'model', 'model', 'model', 'gcode', 'gcode', 'other', 'other'])
  })

  it('get a readable title, and their folder as a tag', () => {
    expect(titleOfFile('phone_stand  v2.stl')).toBe('phone stand v2')
    expect(titleOfFile('.stl')).toBe('.stl')
    expect(tagsOfPath('shelf/Kitchen/hook.stl')).toEqual(['kitchen'])
    expect(tagsOfPath('hook.stl')).toEqual([])
  })

  it('are all answered when they were dropped by themselves, what can’t be read with a reason', () => {
    const items = importItems([offered('a.stl'), offered('b.step'), offered('c.gcode')], newId)
    expect(items.map(({ phase }) => phase.kind)).toEqual(['waiting', 'failed', 'gcode'])
    expect(items[1]?.phase).toMatchObject({ problems: [{ code: 'import/unknown-kind', values: { name: 'b.step' } }] })
  })

  it('of a folder are only those that can be read', () => {
    expect(importItems([offered('shelf/a.stl'), offered('shelf/readme.txt'), offered('shelf/photo.jpg')], newId).map(({ path }) => path)).toEqual(['shelf/a.stl'])
  })
})

describe('importing all', () => {
  const duplicate = { designId: 'd', versionId: 'v', title: 'box', isBinned: false }

  it('takes what was read and needs no answer', () => {
    expect(isImportable(item(readyPhase(20)))).toBe(true)
  })

  it('waits for the unit of a model that is too small, until it is named', () => {
    const small = item(readyPhase(0.5))
    expect([asksForUnit(small), isImportable(small)]).toEqual([true, false])
    const answered = { ...small, unit: 'inch' } as const
    expect([asksForUnit(answered), isImportable(answered)]).toEqual([false, true])
  })

  it('leaves out what is in the library already', () => {
    expect(isImportable(item(readyPhase(20, { duplicate })))).toBe(false)
  })

  it('counts every item once, by what it waits for', () => {
    const items = [item(readyPhase(20)), item(readyPhase(0.5)), item(readyPhase(20, { duplicate })), item({ kind: 'failed', problems: [] }), item({ kind: 'saved', designId: 'd', versionId: 'v' }), item({ kind: 'reading' }), item({ kind: 'gcode' })]
    expect(tallyItems(items)).toEqual({ all: 7, pending: 1, importable: 1, asking: 1, duplicates: 1, saved: 1, failed: 1 })
  })
})
