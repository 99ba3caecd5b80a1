// `npm run package [-- --linux dir ...]`: makes the installers of this platform with electron-builder.
import { bootstrap } from './bootstrap.mjs'
import { build } from './build.mjs'
import { runTool } from './check.mjs'

bootstrap()
await build()
const isFine = runTool('electron-builder/cli.js', ['--config', 'build/electron-builder.mjs', '--publish', 'never', ...process.argv.slice(2)])
process.exitCode = isFine ? 0 : 1
