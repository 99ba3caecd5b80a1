import { StudioError } from '../../shared/units/studio-error'
import { COMMANDS, commandNames } from './commands'
import { overview } from './overview'
import { CommandFailure, Interrupted, UsageError, type CommandResult, type Terminal } from './terminal'

/** 0: done, 1: failed, 2: the command line is wrong, 130: interrupted. */
export type ExitCode = 0 | 1 | 2 | 130

/** Runs one command line. Nothing is printed on standard output but its result; with `--json` exactly one object. */
export async function runCommand(argv: readonly string[], terminal: Terminal, version: string): Promise<ExitCode> {
  const isJson = argv.includes('--json')
  try {
    const [name, ...args] = argv
    if (name === '--version' || name === '-v') return finish(terminal, isJson, { json: { ok: true, version }, text: version })
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      if (name === undefined) throw new UsageError(overview(terminal.language, version))
      terminal.write(`${overview(terminal.language, version)}\n`)
      return 0
    }
    if (!Object.hasOwn(COMMANDS, name)) throw new UsageError(terminal.language === 'ko' ? `“${name}” 명령은 없습니다. 쓸 수 있는 명령: ${commandNames()}` : `There is no command “${name}”. Commands: ${commandNames()}.`)
    const command = await (COMMANDS[name] as (typeof COMMANDS)[string]).load()
    if (args.includes('--help') || args.includes('-h')) {
      terminal.write(`${command.help[terminal.language].trim()}\n`)
      return 0
    }
    return finish(terminal, isJson, await command.run(args, terminal))
  } catch (error) {
    terminal.endProgress()
    return report(error, terminal, isJson)
  }
}

function finish(terminal: Terminal, isJson: boolean, result: CommandResult): ExitCode {
  terminal.endProgress()
  if (isJson) terminal.write(`${JSON.stringify(result.json)}\n`)
  else if (result.text !== '') terminal.write(`${result.text}\n`)
  return result.exitCode ?? 0
}

function report(error: unknown, terminal: Terminal, isJson: boolean): ExitCode {
  const { exitCode, problems } = explain(error, terminal)
  for (const { message, severity } of problems) terminal.tell(severity === 'error' || problems.length === 1 ? message : `(${message})`)
  if (isJson) terminal.write(`${JSON.stringify({ ok: false, problems })}\n`)
  return exitCode
}

interface Told {
  readonly code: string
  readonly severity: string
  readonly message: string
}

function explain(error: unknown, terminal: Terminal): { exitCode: ExitCode; problems: readonly Told[] } {
  const one = (exitCode: ExitCode, code: string, message: string) => ({ exitCode, problems: [{ code, severity: 'error', message }] })
  if (terminal.signal.aborted || error instanceof Interrupted) return one(130, 'cli/interrupted', terminal.language === 'ko' ? '중단했습니다.' : 'Interrupted.')
  if (error instanceof UsageError) return one(2, 'cli/usage', error.message)
  if (error instanceof CommandFailure) return { exitCode: 1, problems: error.problems }
  if (error instanceof StudioError) return one(1, error.code, error.message)
  const refused = refusalOf(error)
  if (refused !== undefined) return one(1, refused.code, refused.message)
  // A bug: its stack helps whoever reports it.
  return one(1, 'cli/internal', error instanceof Error ? (error.stack ?? error.message) : String(error))
}

/** A call's expected failure, as the contract carries it. */
function refusalOf(error: unknown): { readonly code: string; readonly message: string } | undefined {
  const data = error instanceof Error && 'data' in error ? (error.data as { readonly code?: unknown; readonly message?: unknown } | undefined) : undefined
  return typeof data?.code === 'string' && typeof data.message === 'string' ? { code: data.code, message: data.message } : undefined
}
