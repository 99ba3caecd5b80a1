import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { CURA_DEFINITION } from '../../../shared/machine/engines/cura-plan'
import { ENGINE_NAMES, type EngineKind, type EnginePlan } from '../../../shared/machine/engines/engine'
import type { EngineRequest } from '../../../shared/machine/engines/engine-request'
import { finishEngineGcode, type EnginePrint } from '../../../shared/machine/engines/finish-engine-gcode'
import { planEngine } from '../../../shared/machine/engines/plan-engine'
import { failure, success, type Problem, type Result } from '../../../shared/units/problem'
import type { OnProgress } from '../../../shared/units/progress'
import { StudioError } from '../../../shared/units/studio-error'
import type { FoundEngine } from './find-engines'
import { type ProgramEnd, runProgram } from './run-program'

export interface EngineRunOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly onProgress?: OnProgress
  readonly signal?: AbortSignal
  /** An engine that takes longer is stopped; half an hour unless given. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 30 * 60_000
/** What is told of an engine's words when it fails. */
const TOLD_LINES = 6
const TOLD_CHARACTERS = 500
/** Variables that a program needs to run at all; the rest of the studio's environment is no matter of its. */
const PASSED = ['PATH', 'Path', 'HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'SYSTEMROOT', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LANG', 'LC_ALL', 'LD_LIBRARY_PATH', 'DISPLAY', 'APPIMAGE_EXTRACT_AND_RUN']

/**
 * Slices a plate by another program: models and settings into a folder that is removed again, the program run in it, its G-code read, framed, timed and checked.
 * What the engine has no counterpart for comes as `info` among the problems.
 * @throws StudioError 'engine/timeout' | 'engine/not-started' | 'engine/failed' | 'engine/no-output'; the signal's reason when cancelled
 */
export async function sliceWithEngine(engine: Omit<FoundEngine, 'isChosen'>, request: EngineRequest, options: EngineRunOptions): Promise<Result<EnginePrint>> {
  const planned = planEngine(engine.kind, request, versionOf(engine.version))
  if (!planned.ok) return planned
  const { plan, settings } = planned.value
  const folder = await mkdtemp(join(tmpdir(), 'gongbang-engine-'))
  try {
    const bytes = await runPlan(engine, plan, { ...options, folder })
    options.onProgress?.({ stage: 'read', done: 0, total: 1 })
    const finished = finishEngineGcode(bytes, request, settings)
    const problems: Problem[] = [...planned.problems, ...plan.left, ...finished.problems]
    return finished.ok ? success({ ...finished.value, problems }, problems) : failure(...problems)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function runPlan(engine: Omit<FoundEngine, 'isChosen'>, plan: EnginePlan, { folder, env, onProgress, signal, timeoutMs = TIMEOUT_MS }: EngineRunOptions & { readonly folder: string }): Promise<Uint8Array> {
  for (const { name, bytes } of plan.files) await writeFile(join(folder, name), bytes)
  await mkdir(join(folder, 'data'))
  const [definitions] = engine.definitions
  const args = plan.args.map((arg) => (arg === CURA_DEFINITION && definitions !== undefined ? join(definitions, CURA_DEFINITION) : arg))
  const passed = Object.fromEntries(PASSED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const])))
  let furthest = 0
  const end = await runProgram({
    path: engine.path, args, cwd: folder, timeoutMs, ...(signal && { signal }),
    env: engine.definitions.length > 0 ? { ...passed, CURA_ENGINE_SEARCH_PATH: engine.definitions.join(delimiter) } : passed,
    onLine: (line) => {
      const done = progressOf(engine.kind, line)
      // Their stages overlap; ours only go forward.
      if (done === undefined || done <= furthest) return
      furthest = done
      onProgress?.({ stage: 'engine', done, total: 100 })
    },
  })
  const program = ENGINE_NAMES[engine.kind]
  if (end.exitCode !== 0) throw failedEngine(program, end)
  const bytes = await readFile(join(folder, plan.outputName)).catch(() => undefined)
  if (bytes === undefined || bytes.length === 0) throw new StudioError('engine/no-output', `${program} ended without a G-code file. It said: ${wordsOf(end)}`, { program, words: wordsOf(end) })
  return new Uint8Array(bytes)
}

function failedEngine(program: string, end: ProgramEnd): StudioError {
  const how = end.exitCode === undefined ? (end.signal ?? '') : String(end.exitCode)
  return new StudioError('engine/failed', `${program} failed (${how}): ${wordsOf(end)}`, { program, how, words: wordsOf(end) })
}

/** The last lines that an engine wrote about an error, or else its last lines, as one readable line. */
function wordsOf({ output }: ProgramEnd): string {
  const lines = output.split('\n').map((line) => line.replace(/^\[[^\]]*\]\s*(\[[^\]]*\]\s*)*/, '').trim()).filter((line) => line !== '' && progressOf('prusaslicer', line) === undefined && !line.startsWith('Progress'))
  const errors = lines.filter((line) => /error|fail|invalid|unknown|can(no|')t|could not|unable|out of|exceed|empty|outside/i.test(line))
  return (errors.length > 0 ? errors : lines).slice(-TOLD_LINES).join(' · ').slice(0, TOLD_CHARACTERS)
}

/** Percent that a line of the program's words tells: CuraEngine writes a share of 1 with a percent sign. */
function progressOf(kind: EngineKind, line: string): number | undefined {
  const [, told] = (kind === 'cura' ? /^Progress:.*?([\d.]+)%/ : /^\s*(\d{1,3}) => /).exec(line) ?? []
  return told === undefined ? undefined : Math.min(100, Number(told) * (kind === 'cura' ? 100 : 1))
}

function versionOf(text: string): readonly [number, number] | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(text) ?? []
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)]
}
