import type { Problem } from '../../shared/units/problem'

export type Language = 'en' | 'ko'

/** The terminal as a command sees it; tests give their own. */
export interface Terminal {
  readonly language: Language
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** To standard output. */
  write(text: string): void
  /** A line to standard error. */
  tell(line: string): void
  /** A status line that the next one replaces; nothing when standard error is no terminal. */
  progress(line: string): void
  endProgress(): void
  /** Lines of standard input, as they are typed; without it there are none. */
  lines?(): AsyncIterable<string>
}

/** What a command did: one JSON object, the same as text, and how it ends. */
export interface CommandResult {
  readonly json: Readonly<Record<string, unknown>>
  readonly text: string
  /** 0 unless given. */
  readonly exitCode?: 0 | 1 | 130
}

/** A text in both languages of the terminal. */
export type BothLanguages = Readonly<Record<Language, string>>

export interface Command {
  /** Printed by `--help`. */
  readonly help: BothLanguages
  run(args: readonly string[], terminal: Terminal): Promise<CommandResult>
}

/** The command line can't be understood: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Work failed for reasons that its problems tell: exit code 1. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'))
  }
}

/** Ctrl-C: exit code 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  constructor() {
    super('Interrupted.')
  }
}

/** Fails with one problem. */
export function fail(code: string, message: string, values?: Problem['values']): never {
  throw new CommandFailure([{ code, severity: 'error', message, ...(values && { values }) }])
}

/** The value of a result, or a failure with its problems. */
export function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] }): T {
  if (result.ok) return result.value
  throw new CommandFailure(result.problems)
}

/** @throws Interrupted after Ctrl-C. */
export function checkInterrupt(terminal: Pick<Terminal, 'signal'>): void {
  if (terminal.signal.aborted) throw new Interrupted()
}
