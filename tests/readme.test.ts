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

describe('the README of the project', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const life = text.slice(text.indexOf('## Life of a print'), text.indexOf('## The map'))
  const hops = [...life.matchAll(/^\| \d+ \|.*\| `(\w+)` \| `([\w./-]+)` \|$/gm)].map(([, symbol = '', file = '']) => ({ symbol, file }))

  it('tells the life of a print from the click to the ok', () => {
    expect(hops.length).toBeGreaterThanOrEqual(15)
    expect(hops.map(({ symbol }) => symbol)).toEqual(expect.arrayContaining(['slicePlate', 'writeGcode', 'checkGcode', 'reduceMarlin', 'openSerial', 'onOk']))
  })

  it.each(hops)('names $symbol, which $file exports', ({ symbol, file }) => {
    expect(readFileSync(join(root, file), 'utf8')).toMatch(new RegExp(`^export (async )?(function\\*?|class|const) ${symbol}\\b`, 'm'))
  })

  it('names only files that exist', () => {
    expect(namedFiles(text).filter((file) => !existsSync(join(root, file)))).toEqual([])
    expect([...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].filter(([, picture = '']) => !existsSync(join(root, picture)))).toEqual([])
  })

  it('names only scripts and commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
    const named = [...text.matchAll(/npm (?:run )?(start|test|check|bench|build|package)\b/g)].map(([, name = '']) => name)
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([])
    const commands = readFileSync(join(root, 'electron/cli/commands.ts'), 'utf8')
    expect([...text.matchAll(/npx gongbang (\w+)/g)].filter(([, name = '']) => !new RegExp(`^  ${name}: `, 'm').test(commands))).toEqual([])
  })
})
