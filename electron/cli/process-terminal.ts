import { createInterface } from 'node:readline'
import type { Language, Terminal } from './terminal'

/** Least time between two progress lines, ms. */
const PROGRESS_MS = 80

/** The terminal of this process. Ctrl-C aborts `signal`; a second one ends the process at once. */
export function createProcessTerminal(): Terminal {
  const controller = new AbortController()
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  // `gongbang … | head` closes the pipe early; that is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  let shownAt = 0
  let isShown = false
  const clear = () => {
    if (isShown) process.stderr.write('\r\x1b[K')
    isShown = false
  }
  return {
    language: languageOf(process.env),
    cwd: process.cwd(),
    env: process.env,
    signal: controller.signal,
    write(text) {
      clear()
      process.stdout.write(text)
    },
    tell(line) {
      clear()
      process.stderr.write(`${line}\n`)
    },
    progress(line) {
      if (!process.stderr.isTTY || performance.now() - shownAt < PROGRESS_MS) return
      shownAt = performance.now()
      isShown = true
      process.stderr.write(`\r\x1b[K${line.slice(0, Math.max(20, (process.stderr.columns || 80) - 1))}`)
    },
    endProgress: clear,
    // Not as a terminal of its own: Ctrl-C stays with the process.
    lines: () => createInterface({ input: process.stdin, terminal: false, signal: controller.signal }),
  }
}

/** The language of the user's locale variables, the strongest first (POSIX: LC_ALL, LC_MESSAGES, LANG). */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '')
  return locale?.startsWith('ko') === true ? 'ko' : 'en'
}
