import { createProcessTerminal } from './cli/process-terminal'
import { runCommand } from './cli/run-command'
import { studioVersion } from './cli/studio-version'

// `npx gongbang <command>`: the studio from a terminal.
process.exitCode = await runCommand(process.argv.slice(2), createProcessTerminal(), studioVersion())
