// `npm test`: everything that can be shown on this computer. `npm test -- unit` or `-- e2e [words]` runs a part.
import { bootstrap } from './bootstrap.mjs'
import { build } from './build.mjs'
import { check, runTool } from './check.mjs'
import { requireBrowser } from './find-browser.mjs'

const isCi = process.env.CI !== undefined
const [part = 'all', ...words] = process.argv.slice(2)
const failed = []
const vitest = (project, environment) => runTool('vitest/vitest.mjs', ['run', '--project', project, ...words], { NODE_ENV: 'test', ...environment })

bootstrap()
if (part === 'all') failed.push(...check())

// The tests of the terminal, of Electron's shell and of the browser run the built studio.
let isBuilt = true
try {
  await build()
} catch (error) {
  isBuilt = false
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  failed.push('build')
}

if (part !== 'e2e') {
  process.stdout.write('\n== unit, property, contract and virtual-machine tests (vitest)\n')
  if (!vitest('unit')) failed.push('unit tests')
}
if (part !== 'unit' && isBuilt) {
  process.stdout.write('\n== browser tests (vitest, playwright)\n')
  const browser = requireBrowser()
  if (browser.file === undefined) {
    process.stderr.write(`${browser.missing}\n`)
    failed.push('browser tests: no browser')
  } else if (!vitest('e2e', { GONGBANG_BROWSER: browser.file })) failed.push('browser tests')
}

process.stdout.write(failed.length === 0 ? `\nnpm test: all passed${isCi ? ' (CI)' : ''}\n` : `\nnpm test: FAILED: ${failed.join(', ')}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
