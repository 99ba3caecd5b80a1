import { constants } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { CURA_DEFINITION } from '../../../shared/machine/engines/cura-plan'
import { ENGINE_KINDS, ENGINE_NAMES, type EngineKind } from '../../../shared/machine/engines/engine'
import { StudioError } from '../../../shared/units/studio-error'
import { runProgram } from './run-program'

/** A slicer on this computer. */
export interface FoundEngine {
  readonly kind: EngineKind
  readonly path: string
  /** As the program says it. */
  readonly version: string
  /** The user named it; else it was found. */
  readonly isChosen: boolean
  /** Folders of the engine's definitions, the first of which holds the one of all printers; CuraEngine only. */
  readonly definitions: readonly string[]
}

export interface EnginePlaces {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Paths that the user named. */
  readonly chosen: Readonly<Partial<Record<EngineKind, string>>>
}

const VERSION_MS = 20_000
const PROGRAMS: Readonly<Record<EngineKind, readonly string[]>> = {
  prusaslicer: ['prusa-slicer', 'prusa-slicer-console', 'PrusaSlicer', 'prusaslicer'],
  orcaslicer: ['orca-slicer', 'OrcaSlicer', 'orcaslicer'],
  cura: ['CuraEngine', 'curaengine'],
}
const MAC: Readonly<Record<EngineKind, RegExp>> = { prusaslicer: /^PrusaSlicer.*\.app$/, orcaslicer: /^OrcaSlicer.*\.app$/, cura: /Cura.*\.app$/i }
const WINDOWS: Readonly<Record<EngineKind, RegExp>> = { prusaslicer: /^(Prusa3D|PrusaSlicer.*)$/, orcaslicer: /^OrcaSlicer.*$/, cura: /Cura/i }

/** How a program of each kind is asked who it is, and what it then says. */
const WHO: Readonly<Record<EngineKind, { readonly args: readonly string[]; readonly answer: RegExp }>> = {
  prusaslicer: { args: ['--help'], answer: /PrusaSlicer[- ]v?(\d+\.\d+[^\s]*)/ },
  orcaslicer: { args: ['--help'], answer: /OrcaSlicer[- ]v?(\d+\.\d+[^\s:]*)/ },
  cura: { args: ['help'], answer: /Cura_?SteamEngine version (\d+\.\d+[^\s]*)|CuraEngine version (\d+\.\d+[^\s]*)/ },
}

/** Looks for slicers: the paths that the user named, then the search path, then where installers put them. One a kind; what doesn't say who it is, is none. */
export async function findEngines(places: EnginePlaces): Promise<readonly FoundEngine[]> {
  const found = await Promise.all(ENGINE_KINDS.map((kind) => findEngine(kind, places)))
  return found.filter((engine) => engine !== undefined)
}

/** Asks a program whether it is an engine of a kind. @throws StudioError 'engine/not-that-program' | 'engine/not-found' */
export async function askEngine(kind: EngineKind, path: string, places: Pick<EnginePlaces, 'env'>): Promise<Omit<FoundEngine, 'isChosen'>> {
  if (!(await isProgram(path))) throw new StudioError('engine/not-found', `There is no program ${path}.`, { path, program: ENGINE_NAMES[kind] })
  const { args, answer } = WHO[kind]
  const said = await runProgram({ path, args, cwd: dirname(path), env: places.env, timeoutMs: VERSION_MS }).catch(() => undefined)
  const [, ...versions] = answer.exec(said?.output ?? '') ?? []
  const version = versions.find((one) => one !== undefined)
  if (version === undefined) throw new StudioError('engine/not-that-program', `${path} doesn't say that it is ${ENGINE_NAMES[kind]}.`, { path, program: ENGINE_NAMES[kind] })
  return { kind, path, version, definitions: kind === 'cura' ? await curaDefinitions(path, places.env) : [] }
}

async function findEngine(kind: EngineKind, places: EnginePlaces): Promise<FoundEngine | undefined> {
  const own = places.chosen[kind]
  const candidates = [...(own === undefined ? [] : [own]), ...onSearchPath(kind, places), ...(await installed(kind, places))]
  for (const path of candidates) {
    if (!(await isProgram(path))) continue
    const engine = await askEngine(kind, path, places).catch(() => undefined)
    // CuraEngine can't slice without its definitions.
    if (engine !== undefined && (kind !== 'cura' || engine.definitions.length > 0)) return { ...engine, isChosen: path === own }
  }
  return undefined
}

function onSearchPath(kind: EngineKind, { env, platform }: EnginePlaces): string[] {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const suffix = platform === 'win32' ? '.exe' : ''
  return folders.flatMap((folder) => PROGRAMS[kind].map((name) => join(folder, `${name}${suffix}`)))
}

/** Where installers of each system put the programs. */
async function installed(kind: EngineKind, { platform, env }: EnginePlaces): Promise<string[]> {
  if (platform === 'darwin') {
    const apps = await matching(['/Applications', ...(env['HOME'] === undefined ? [] : [join(env['HOME'], 'Applications')])], MAC[kind])
    return apps.flatMap((app) => PROGRAMS[kind].map((name) => join(app, 'Contents', 'MacOS', name)))
  }
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA'] === undefined ? undefined : join(env['LOCALAPPDATA'], 'Programs')].filter((root) => root !== undefined)
    const homes = await matching(roots, WINDOWS[kind])
    return [...homes, ...(await matching(homes, WINDOWS[kind]))].flatMap((home) => PROGRAMS[kind].map((name) => join(home, `${name}.exe`)))
  }
  const homes = ['/usr/local/bin', '/usr/bin', '/opt/bin', '/var/lib/flatpak/exports/bin', '/snap/bin', ...(env['HOME'] === undefined ? [] : [join(env['HOME'], '.local', 'bin'), join(env['HOME'], 'Applications'), join(env['HOME'], 'bin')])]
  const images = await matching(homes, new RegExp(`^${ENGINE_NAMES[kind]}.*\\.AppImage$`, 'i'))
  return [...homes.flatMap((home) => PROGRAMS[kind].map((name) => join(home, name))), ...images]
}

async function matching(folders: readonly string[], pattern: RegExp): Promise<string[]> {
  const lists = await Promise.all(folders.map(async (folder) => (await readdir(folder).catch(() => [])).filter((name) => pattern.test(name)).toSorted().toReversed().map((name) => join(folder, name))))
  return lists.flat()
}

/** Folders with the engine's definitions: those that its own variable names, beside the program, and those of packages. */
async function curaDefinitions(path: string, env: EnginePlaces['env']): Promise<readonly string[]> {
  const named = (env['CURA_ENGINE_SEARCH_PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const here = dirname(path)
  const roots = [join(here, 'share', 'cura'), join(here, '..', 'share', 'cura'), join(here, '..', 'Resources', 'share', 'cura'), join(here, '..', 'Resources'), '/usr/share/cura', '/usr/local/share/cura']
  const places = [named, ...roots.flatMap((root) => [[join(root, 'resources', 'definitions'), join(root, 'resources', 'extruders')], [join(root, 'definitions'), join(root, 'extruders')]])]
  for (const folders of places) {
    const [first] = folders
    if (first !== undefined && (await stat(join(first, CURA_DEFINITION)).catch(() => undefined))?.isFile() === true) return folders
  }
  return []
}

async function isProgram(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) return false
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
