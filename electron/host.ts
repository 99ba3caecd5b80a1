import { createProcessTerminal } from './cli/process-terminal'
import { runCommand } from './cli/run-command'
import { studioVersion } from './cli/studio-version'

// The studio served to the browsers of this computer: the same as `npx gongbang serve`, and what `npm start` runs without Electron.
process.exitCode = await runCommand(['serve', ...process.argv.slice(2)], createProcessTerminal(), studioVersion())
