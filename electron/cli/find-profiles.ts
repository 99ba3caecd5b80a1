import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../shared/machine/builtin-qualities'
import type { MachineProfile, MaterialProfile, QualityProfile, StoredProfile } from '../../shared/machine/profile'
import { importProfiles } from '../../shared/machine/profile-file'
import { fail, UsageError, valueOf, type Terminal } from './terminal'

export interface ChosenProfiles {
  readonly machine: MachineProfile
  readonly material: MaterialProfile
  readonly quality: QualityProfile
  /** From the second extruder on. */
  readonly moreMaterials?: readonly MaterialProfile[]
}

const BUILTIN: readonly StoredProfile[] = [
  ...BUILTIN_MACHINES.map((profile) => ({ kind: 'machine' as const, profile })),
  ...BUILTIN_MATERIALS.map((profile) => ({ kind: 'material' as const, profile })),
  ...BUILTIN_QUALITIES.map((profile) => ({ kind: 'quality' as const, profile })),
]
/** What is chosen when nothing is named. */
export const DEFAULT_PROFILES: ChosenProfiles = {
  machine: BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin') as MachineProfile,
  material: BUILTIN_MATERIALS.find(({ id }) => id === 'pla') as MaterialProfile,
  quality: BUILTIN_QUALITIES.find(({ id }) => id === 'standard') as QualityProfile,
}

/**
 * The profiles that names choose: of each kind the last named, else `otherwise` (generic Marlin, PLA, standard unless given). A name is an id, a
 * name as it is shown, or a `.json` file that the studio exported.
 */
export async function findProfiles(names: readonly string[], terminal: Pick<Terminal, 'cwd'>, otherwise = DEFAULT_PROFILES): Promise<ChosenProfiles> {
  let chosen = otherwise
  for (const name of names) {
    const found = name.endsWith('.json') ? await profilesOfFile(resolve(terminal.cwd, name)) : [builtin(name)]
    for (const { kind, profile } of found) chosen = { ...chosen, [kind]: profile }
  }
  return chosen
}

/** The materials of more extruders by their names, from the second on. @throws UsageError for what is no material */
export async function withMoreMaterials(chosen: ChosenProfiles, names: readonly string[], terminal: Pick<Terminal, 'cwd'>): Promise<ChosenProfiles> {
  if (names.length === 0) return chosen
  const moreMaterials: MaterialProfile[] = []
  for (const name of names) {
    const { material } = await findProfiles([name], terminal, { ...chosen, material: NO_MATERIAL })
    if (material === NO_MATERIAL) throw new UsageError(`“${name}” is no material.`)
    moreMaterials.push(material)
  }
  return { ...chosen, moreMaterials }
}

const NO_MATERIAL: MaterialProfile = { id: '', name: '', type: '', source: '', settings: {} }

async function profilesOfFile(path: string): Promise<readonly StoredProfile[]> {
  const text = await readFile(path, 'utf8').catch(() => fail('cli/unreadable', `The profile file ${path} can't be read.`, { path }))
  return valueOf(importProfiles(text))
}

function builtin(name: string): StoredProfile {
  const wanted = name.trim().toLowerCase()
  const found = BUILTIN.find(({ kind, profile }) => [profile.id, profile.name, ...(kind === 'machine' ? [`${profile.vendor} ${profile.name}`] : [])].some((candidate) => candidate.toLowerCase() === wanted))
  if (found) return found
  const list = (kind: StoredProfile['kind']) => BUILTIN.filter((stored) => stored.kind === kind).map(({ profile }) => profile.id).join(', ')
  throw new UsageError(`There is no profile “${name}”.\nMachines: ${list('machine')}\nMaterials: ${list('material')}\nQualities: ${list('quality')}\nOr name a .json file that the studio exported.`)
}
