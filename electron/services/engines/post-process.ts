import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StudioError } from '../../../shared/units/studio-error'
import { runProgram } from './run-program'

export interface PostProcessing {
  /** Program and its arguments, quotes around what holds spaces; the path of the G-code follows as the last one. */
  readonly command: string
  /** Where paths in the command begin. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
}

const TIMEOUT_MS = 10 * 60_000
const FILE = 'print.gcode'

/**
 * Has a program change G-code: it is given the path of a file, changes it in place, and ends with 0. The file lies in a folder that is removed.
 * @throws StudioError 'post/failed' with the last of its words | 'post/empty' | 'engine/timeout' | 'engine/not-started'; the signal's reason when cancelled
 */
export async function postProcess(gcode: Uint8Array, { command, cwd, env, signal }: PostProcessing): Promise<Uint8Array> {
  const [program = '', ...args] = wordsOf(command)
  const folder = await mkdtemp(join(tmpdir(), 'gongbang-post-'))
  const path = join(folder, FILE)
  try {
    await writeFile(path, gcode)
    const end = await runProgram({ path: program, args: [...args, path], cwd, env, timeoutMs: TIMEOUT_MS, ...(signal && { signal }) })
    const words = end.output.trim().split('\n').slice(-4).join(' · ').slice(0, 400)
    if (end.exitCode !== 0) throw new StudioError('post/failed', `${program} failed (${end.exitCode ?? end.signal ?? ''}): ${words}`, { program, words })
    const changed = await readFile(path).catch(() => undefined)
    if (changed === undefined || changed.length === 0) throw new StudioError('post/empty', `${program} left no G-code.`, { program })
    return new Uint8Array(changed)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}
