import { resolve } from 'node:path'
import { ENGINE_KINDS, ENGINE_NAMES, type EngineKind } from '../../shared/machine/engines/engine'
import type { EngineRequest } from '../../shared/machine/engines/engine-request'
import type { EnginePrint } from '../../shared/machine/engines/finish-engine-gcode'
import { StudioError } from '../../shared/units/studio-error'
import { checkInterrupt, fail, UsageError, valueOf, type Terminal } from './terminal'

/** What `--engine` and `--engine-path` name; undefined for the studio's own. @throws UsageError for a name that is none */
export function engineOption(name: string | undefined, path: string | undefined): { readonly kind: EngineKind; readonly path: string | undefined } | undefined {
  if (name === undefined || name === 'gongbang') {
    if (path !== undefined) throw new UsageError('--engine-path needs --engine.')
    return undefined
  }
  const kind = ENGINE_KINDS.find((one) => one === name)
  if (kind === undefined) throw new UsageError(`--engine takes gongbang, ${ENGINE_KINDS.join(', ')}, not “${name}”.`)
  return { kind, path }
}

/** Makes G-code of a placed plate with another slicer that is installed. @throws CommandFailure when there is none, or it fails */
export async function makeByEngine(wanted: { readonly kind: EngineKind; readonly path: string | undefined }, request: EngineRequest, terminal: Terminal): Promise<EnginePrint> {
  const { findEngines } = await import('../services/engines/find-engines')
  const { sliceWithEngine } = await import('../services/engines/slice-with-engine')
  const { kind, path } = wanted
  const own = path === undefined ? undefined : resolve(terminal.cwd, path)
  const found = await findEngines({ platform: process.platform, env: terminal.env, chosen: own === undefined ? {} : { [kind]: own } })
  const engine = found.find((one) => one.kind === kind && (own === undefined || one.path === own))
  if (engine === undefined) return fail('engine/not-found', own === undefined ? `${ENGINE_NAMES[kind]} isn't installed here. Name its program with --engine-path.` : `${own} is no ${ENGINE_NAMES[kind]} that can slice.`, { program: ENGINE_NAMES[kind], path: own ?? '' })
  try {
    const result = await sliceWithEngine(engine, request, { env: terminal.env, signal: terminal.signal, onProgress: ({ stage, done }) => terminal.progress(`${ENGINE_NAMES[kind]} ${stage} ${Math.floor(done)} %`) })
    return valueOf(result)
  } catch (error) {
    checkInterrupt(terminal)
    if (error instanceof StudioError) return fail(error.code, error.message, error.values)
    throw error
  }
}
