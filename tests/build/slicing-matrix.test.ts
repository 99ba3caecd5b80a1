import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const folder = join(root, 'build/docs')
const text = readFileSync(join(folder, 'slicing.md'), 'utf8')

const rows = [...text.matchAll(/^\| (\d+) \| ([MEA]) \| (.+) \|$/gm)].map(([, row = '', tier = '', rest = '']) => {
  const cells = rest.split(' | ')
  const [ours = '', note = '', tests = ''] = cells.slice(-3).map((cell) => cell.trim())
  return { row: Number(row), tier, ours, note, columns: cells.length, tests: [...tests.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path) }
})

describe('the table of the slicer beside others', () => {
  it('has every row of the matrix once, with the same columns', () => {
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 51 }, (_, i) => i + 1))
    expect(new Set(rows.map(({ columns }) => columns))).toEqual(new Set([8]))
    expect(rows.every(({ ours }) => ['✔', '◐', '✘'].includes(ours))).toBe(true)
  })

  it('names a test for each ✔ of ours, and says of each ◐ what is missing', () => {
    expect(rows.filter(({ ours, tests }) => ours === '✔' && tests.length === 0).map(({ row }) => row)).toEqual([])
    expect(rows.filter(({ ours, note }) => ours === '◐' && note === '').map(({ row }) => row)).toEqual([])
  })

  it('links only to files that are there; those of rows hold tests', () => {
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path)
    expect(links.length).toBeGreaterThan(60)
    expect(links.filter((path) => !existsSync(join(folder, path)))).toEqual([])
    const empty = rows.flatMap(({ tests }) => tests).filter((path) => !/\bit(\.each|\.skipIf)?\(/.test(readFileSync(join(folder, path), 'utf8')))
    expect(empty).toEqual([])
  })
})
