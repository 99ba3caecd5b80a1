// `npm test`: everything that can be shown on this computer. `npm test -- unit` or `-- e2e [words]` runs a part.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap, root } from './bootstrap.mjs'
import { build } from './build.mjs'
import { check, runTool } from './check.mjs'
import { requireBrowser } from './find-browser.mjs'

const isCi = process.env.CI !== undefined
const [part = 'all', ...words] = process.argv.slice(2)
const failed = []
const sums = { passed: 0, failed: 0, skipped: 0 }

/** Runs a project's tests and adds what came of them to the sums; a run that ends without a report counts as one failure. */
function vitest(project, environment) {
  const report = join(root, 'test-output', `${project}.json`)
  rmSync(report, { force: true })
  const isGood = runTool('vitest/vitest.mjs', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...words], { NODE_ENV: 'test', ...environment })
  const { numPassedTests = 0, numFailedTests = 1, numPendingTests = 0, numTodoTests = 0 } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
  sums.passed += numPassedTests
  // A file that can't be loaded fails the run without failing a test.
  sums.failed += isGood ? numFailedTests : Math.max(1, numFailedTests)
  sums.skipped += numPendingTests + numTodoTests
  return isGood
}

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

process.stdout.write(`\n${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped\n`)
process.stdout.write(failed.length === 0 ? `\nnpm test: all passed${isCi ? ' (CI)' : ''}\n` : `\nnpm test: FAILED: ${failed.join(', ')}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
