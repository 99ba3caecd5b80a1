// `npm run check`: types, lint, layers, unused code. Runs all of them, then says which failed.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrap, root } from './bootstrap.mjs'

/** Runs a program of node_modules with our own Node; its output goes to ours. */
export function runTool(script, words, environment = {}) {
  const run = spawnSync(process.execPath, [join(root, 'node_modules', script), ...words], { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
  return run.status === 0
}

const CHECKS = [
  { title: 'types (tsc)', run: () => runTool('typescript/bin/tsc', ['-b']) },
  { title: 'lint (oxlint)', run: () => runTool('oxlint/bin/oxlint', ['--config', '.oxlintrc.json', '--deny-warnings', 'shared', 'electron', 'renderer', 'tests', 'build', 'vite.config.ts']) },
  { title: 'layers (vitest)', run: () => runTool('vitest/vitest.mjs', ['run', '--project', 'unit', 'tests/layers.test.ts']) },
  { title: 'unused code (knip)', run: () => runTool('knip/bin/knip.js', ['--no-progress']) },
]

/** Runs every check and answers the titles of those that failed. */
export function check() {
  return CHECKS.filter(({ title, run }) => {
    process.stdout.write(`\n== ${title}\n`)
    return !run()
  }).map(({ title }) => title)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  bootstrap()
  const failed = check()
  process.stdout.write(failed.length === 0 ? '\ncheck: all passed\n' : `\ncheck: FAILED: ${failed.join(', ')}\n`)
  process.exitCode = failed.length === 0 ? 0 : 1
}
