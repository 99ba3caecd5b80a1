import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const FOLDERS = ['shared', 'electron', 'renderer', 'build', 'tests']
const readmes = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.split('\\').join('/')))
    .filter((path) => path.endsWith('README.md')),
)

/** File paths that a text names in backticks: with an ending of ours, and no pattern in them. */
function namedFiles(text: string): string[] {
  return [...text.matchAll(/`([\w./-]+\.(?:ts|tsx|mjs|html))`/g)].map((match) => match[1] ?? '')
}

describe("a folder's README", () => {
  it.each(readmes)('%s has at most 30 lines', (path) => {
    expect(readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(30)
  })

  it.each(readmes)('%s names only files that exist', (path) => {
    const named = namedFiles(readFileSync(join(root, path), 'utf8'))
    const gone = named.filter((file) => ![join(root, dirname(path), file), join(root, file)].some((place) => existsSync(place)))
    expect(gone).toEqual([])
  })
})
