import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..')
const table = readFileSync(join(root, 'shared/machine/grbl/BEHAVIOUR.md'), 'utf8')
const rows = [...table.matchAll(/^\| (\d+) \|.*\| `([^`]+)` \|$/gm)].map(([, row, title]) => ({ row: Number(row), title: title as string }))

function titles(): Set<string> {
  const found = new Set<string>()
  for (const folder of ['tests/shared/machine/grbl', 'tests/electron/services/machines']) {
    for (const name of readdirSync(join(root, folder)).filter((file) => file.endsWith('.test.ts'))) {
      for (const [, title] of readFileSync(join(root, folder, name), 'utf8').matchAll(/\bit\('((?:[^'\\]|\\.)+)'/g)) found.add((title as string).replaceAll("\\'", "'"))
    }
  }
  return found
}

describe('the behaviour table', () => {
  it('has every row of links and Grbl', () => {
    const wanted = [68, 69, 71, 72, ...Array.from({ length: 31 }, (_, i) => 74 + i)]
    expect(rows.map(({ row }) => row)).toEqual(wanted)
  })

  it('names tests that exist', () => {
    const known = titles()
    expect(rows.filter(({ title }) => !known.has(title))).toEqual([])
  })
})
