import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../../..')
const text = readFileSync(join(ROOT, 'shared/machine/marlin/BEHAVIOUR.md'), 'utf8')
const FOLDERS = ['tests/shared/machine/marlin', 'tests/electron/services/machines', 'tests/electron/services/jobs', 'tests/electron/services/system', 'tests/electron/cli', 'tests/shared/gcode', 'tests/electron/devices', 'tests/virtual']
const FILES: Readonly<Record<string, string>> = { machines: 'machines-service', jobs: 'jobs-service' }

const rows = text.split('\n').flatMap((line) => {
  const cells = line.split(' | ')
  const number = Number(/^\| (\d+)$/.exec(cells[0] ?? '')?.[1])
  const [, file = '', title = ''] = /^([\w-]+): (.*) \|$/.exec(cells.at(-1) ?? '') ?? []
  return number > 0 ? [{ number, file, title }] : []
})

function sourceOf(name: string): string {
  const path = FOLDERS.map((folder) => join(ROOT, folder, `${FILES[name] ?? name}.test.ts`)).find((candidate) => existsSync(candidate))
  return path === undefined ? '' : readFileSync(path, 'utf8')
}

/** Rows of the collection; what ours does besides comes behind them. */
const COLLECTED = 104

describe('the table of behaviour', () => {
  it('has every row of the collection that is about Marlin and its wire, once', () => {
    expect(rows.map(({ number }) => number).filter((number) => number <= COLLECTED)).toEqual(Array.from({ length: 73 }, (_, i) => i + 1))
  })

  it.each(rows)('names a test that is there ($number, $file: $title)', ({ file, title }) => {
    expect(title).not.toBe('')
    expect(sourceOf(file)).toContain(`('${title}'`)
  })
})
