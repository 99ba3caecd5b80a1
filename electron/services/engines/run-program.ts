import { spawn } from 'node:child_process'
import { StudioError } from '../../../shared/units/studio-error'

export interface ProgramRun {
  readonly path: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** It is ended after this long. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Each line that it writes, to whichever stream. */
  readonly onLine?: (line: string) => void
}

export interface ProgramEnd {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  /** The end of what it wrote, both streams as they came. */
  readonly output: string
}

const KEPT_CHARACTERS = 200_000
/** From the polite request to the end that can't be refused. */
const GRACE_MS = 2000

/**
 * Runs a program to its end, without a shell. When cancelled or too slow it is asked to end, then made to, and the promise settles once it is gone.
 * @throws StudioError 'engine/timeout' | 'engine/not-started'; the signal's reason when cancelled
 */
export function runProgram({ path, args, cwd, env, timeoutMs, signal, onLine }: ProgramRun): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason)
      return
    }
    const child = spawn(path, [...args], { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    const written = new WrittenLines(onLine)
    let why: 'cancelled' | 'timeout' | undefined
    let last: NodeJS.Timeout | undefined
    const end = (reason: 'cancelled' | 'timeout') => {
      why ??= reason
      child.kill('SIGTERM')
      last ??= setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
    }
    const cancel = () => end('cancelled')
    const timer = setTimeout(() => end('timeout'), timeoutMs)
    signal?.addEventListener('abort', cancel, { once: true })
    child.stdout.on('data', (chunk: Buffer) => written.add('out', chunk))
    child.stderr.on('data', (chunk: Buffer) => written.add('error', chunk))
    const settle = (done: () => void) => {
      clearTimeout(timer)
      clearTimeout(last)
      signal?.removeEventListener('abort', cancel)
      done()
    }
    child.on('error', (error) => settle(() => reject(new StudioError('engine/not-started', `${path} could not be started: ${error.message}`, { path, why: error.message }))))
    child.on('close', (code, killedBy) =>
      settle(() => {
        if (why === 'cancelled') reject(signal?.reason)
        else if (why === 'timeout') reject(new StudioError('engine/timeout', `${path} did not end within ${Math.round(timeoutMs / 1000)} s and was stopped.`, { path, seconds: Math.round(timeoutMs / 1000) }))
        else resolve({ exitCode: code ?? undefined, signal: killedBy ?? undefined, output: written.text() })
      }),
    )
  })
}

/** What a program writes, by line, and the end of it as one text. */
class WrittenLines {
  private readonly open = { out: '', error: '' }
  private kept = ''
  constructor(private readonly onLine: ((line: string) => void) | undefined) {}

  add(stream: 'out' | 'error', chunk: Buffer): void {
    const lines = (this.open[stream] + chunk.toString('utf8')).split(/\r\n|\r|\n/)
    this.open[stream] = (lines.pop() ?? '').slice(-KEPT_CHARACTERS)
    for (const line of lines) this.take(line)
  }

  text(): string {
    const rest = [this.open.out, this.open.error].filter((line) => line !== '')
    return this.kept + rest.join('\n')
  }

  private take(line: string): void {
    this.kept = `${this.kept}${line}\n`
    if (this.kept.length > 2 * KEPT_CHARACTERS) this.kept = this.kept.slice(-KEPT_CHARACTERS)
    this.onLine?.(line)
  }
}
