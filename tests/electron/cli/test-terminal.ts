import { runCommand } from '../../../electron/cli/run-command'
import type { Language, Terminal } from '../../../electron/cli/terminal'

export interface Ran {
  readonly code: number
  /** All of standard output. */
  readonly out: string
  /** Lines of standard error. */
  readonly told: readonly string[]
}

export interface RunOptions {
  readonly cwd: string
  readonly language?: Language
  readonly signal?: AbortSignal
  readonly onProgress?: (line: string) => void
}

/** Runs a command line as a process would, and collects what it prints. */
export async function runLine(args: readonly string[], { cwd, language = 'en', signal = new AbortController().signal, onProgress = () => undefined }: RunOptions): Promise<Ran> {
  let out = ''
  const told: string[] = []
  const terminal: Terminal = { language, cwd, env: { GONGBANG_DATA: `${cwd}/data` }, signal, write: (text) => void (out += text), tell: (line) => void told.push(line), progress: onProgress, endProgress: () => undefined }
  const code = await runCommand(args, terminal, '0.0.0')
  return { code, out, told }
}
