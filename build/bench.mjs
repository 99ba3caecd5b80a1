// `npm run bench -- NAME`: runs the measurements of tests/bench whose name contains NAME; prints figures, never passes or fails by the clock.
import { bootstrap } from './bootstrap.mjs'
import { build } from './build.mjs'
import { runTool } from './check.mjs'

bootstrap()
await build(['node'])
const isFine = runTool('vitest/vitest.mjs', ['run', ...process.argv.slice(2), '--project=bench', '--passWithNoTests', '--disable-console-intercept'])
process.exitCode = isFine ? 0 : 1
