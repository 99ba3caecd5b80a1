// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { readDroppedFiles } from '../../../../renderer/features/import/read-dropped-files'

interface Tree {
  readonly [name: string]: Tree | string
}

const BATCH = 2

function entryOf(name: string, content: Tree | string): FileSystemEntry {
  if (typeof content === 'string') return { name, isFile: true, isDirectory: false, file: (done: (file: File) => void, fail: (error: Error) => void) => (content === 'unreadable' ? fail(new Error('gone')) : done(new File([content], name))) } as unknown as FileSystemEntry
  const inside = Object.entries(content).map(([child, its]) => entryOf(child, its))
  // As the browser does: a reader gives some entries at each call, at last none.
  return { name, isFile: false, isDirectory: true, createReader: () => ({ readEntries: (done: (entries: FileSystemEntry[]) => void) => done(inside.splice(0, BATCH)) }) } as unknown as FileSystemEntry
}

function dropOf(tree: Tree): DataTransfer {
  const items = Object.entries(tree).map(([name, content]) => ({ kind: 'file', webkitGetAsEntry: () => entryOf(name, content) }))
  return { items, files: [] } as unknown as DataTransfer
}

describe('a drop', () => {
  it('gives the files of folders to the bottom, with their paths, in the order of their names', async () => {
    const files = await readDroppedFiles(dropOf({ 'one.stl': 'a', shelf: { 'part10.stl': 'b', 'part2.stl': 'c', deep: { 'x.obj': 'd' } } }))
    expect(files.map(({ path }) => path)).toEqual(['one.stl', 'shelf/deep/x.obj', 'shelf/part2.stl', 'shelf/part10.stl'])
  })

  it('leaves out hidden files and what can’t be read, and goes on', async () => {
    const files = await readDroppedFiles(dropOf({ '.DS_Store': 'x', 'gone.stl': 'unreadable', shelf: { '.git': { config: 'x' }, 'a.stl': 'a' } }))
    expect(files.map(({ path }) => path)).toEqual(['shelf/a.stl'])
  })

  it('ends in a folder that holds itself', async () => {
    const endless: Record<string, unknown> = {}
    const folder = { name: 'loop', isFile: false, isDirectory: true, createReader: () => ({ readEntries: (done: (entries: unknown[]) => void) => done(endless['given'] === true ? ((endless['given'] = false), []) : ((endless['given'] = true), [folder])) }) }
    const transfer = { items: [{ kind: 'file', webkitGetAsEntry: () => folder }], files: [] } as unknown as DataTransfer
    expect(await readDroppedFiles(transfer)).toEqual([])
  })
})
