import { strFromU8 } from 'fflate'
import { failure, success, type Problem, type Result } from '../../units/problem'
import type { StoredProfile } from '../profile'
import { validateProfile } from '../validate-profile'
import { applyRules, firstValue, keysOfRules } from './apply-rules'
import { buildMachine } from './build-machine'
import { CURA_QUIET, CURA_RULES } from './cura-rules'
import { leftOut, type ForeignProfile, type ForeignProgram, type ImportedProfiles, type ProfileSource } from './foreign-profile'
import { isMachineKey } from './machine-keys'
import { ORCA_QUIET, ORCA_RULES } from './orca-rules'
import { PRUSA_QUIET, PRUSA_RULES } from './prusa-rules'
import { isCuraJson, readCuraDefinitions, readCuraProfile, type CuraFile } from './read-cura'
import { isOrcaJson, readOrca, type OrcaFile } from './read-orca'
import { isPrusaText, readPrusa } from './read-prusa'
import type { Rule } from './rules'

const TABLES: Readonly<Record<ForeignProgram, { readonly rules: readonly Rule[]; readonly quiet: RegExp }>> = {
  PrusaSlicer: { rules: PRUSA_RULES, quiet: PRUSA_QUIET },
  OrcaSlicer: { rules: ORCA_RULES, quiet: ORCA_QUIET },
  Cura: { rules: CURA_RULES, quiet: CURA_QUIET },
}
const MAX_BYTES = 20_000_000

/**
 * Reads profiles of PrusaSlicer (`.ini`, config bundles), OrcaSlicer (JSON presets) and Cura (`.curaprofile`, `.def.json`); what they inherit is looked for
 * among the given files. The same files give the same profiles with the same ids.
 *
 * Problems: `import-profile/unknown-file`, `import-profile/damaged` (with `values.name`) for a file; then nothing of the others is lost: they come back with
 * it as a warning in `left`, unless no file could be read.
 */
export function importForeignProfiles(files: readonly ProfileSource[]): Result<ImportedProfiles> {
  const foreign: ForeignProfile[] = []
  const left: Problem[] = []
  const orca: OrcaFile[] = []
  const cura: CuraFile[] = []
  for (const { name, bytes } of files) {
    const title = name.replace(/\.(def\.json|\w+)$/i, '')
    const content = bytes.length > MAX_BYTES ? undefined : readContent(bytes)
    if (content === undefined) left.push(unknownFile(name))
    else if (content.kind === 'zip') {
      const read = readCuraProfile(bytes, title)
      if (!read.ok) left.push(...read.problems)
      else {
        foreign.push(...read.value.profiles)
        left.push(...read.value.problems)
      }
    } else if (content.kind === 'ini') {
      const read = readPrusa(content.text, title)
      foreign.push(...read.profiles)
      left.push(...read.problems)
    } else (content.kind === 'cura' ? cura : orca).push({ title, json: content.json })
  }
  for (const read of [readOrca(orca), readCuraDefinitions(cura)]) {
    foreign.push(...read.profiles)
    left.push(...read.problems)
  }
  if (foreign.length === 0) return failure(...left.map((problem) => ({ ...problem, severity: 'error' as const })), ...(left.length === 0 ? [unknownFile(files[0]?.name ?? '')] : []))
  return success(carryOver(foreign, left))
}

type Content = { readonly kind: 'zip' } | { readonly kind: 'ini'; readonly text: string } | { readonly kind: 'orca' | 'cura'; readonly json: Readonly<Record<string, unknown>> }

function readContent(bytes: Uint8Array): Content | undefined {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { kind: 'zip' }
  const text = strFromU8(bytes)
  if (text.trimStart().startsWith('{')) {
    const json = parseJson(text)
    if (json === undefined) return undefined
    return isCuraJson(json) ? { kind: 'cura', json } : isOrcaJson(json) ? { kind: 'orca', json } : undefined
  }
  return isPrusaText(text) ? { kind: 'ini', text } : undefined
}

function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function unknownFile(name: string): Problem {
  return { code: 'import-profile/unknown-file', severity: 'error', values: { name }, message: `${name} holds no profiles that can be read: PrusaSlicer .ini, OrcaSlicer .json, Cura .curaprofile or .def.json.` }
}

function carryOver(foreign: readonly ForeignProfile[], before: readonly Problem[]): ImportedProfiles {
  const left: Problem[] = [...before]
  const profiles: StoredProfile[] = []
  const told = new Set<ReadonlyMap<string, string>>()
  for (const profile of foreign) {
    const { rules } = TABLES[profile.program]
    const made = makeProfile(profile, profile.program === 'Cura' ? rules : rules.filter(({ kind }) => kind === profile.kind))
    left.push(...made.left)
    const checked = validateProfile(made.stored)
    if (checked.ok) profiles.push(checked.value)
    else left.push(...checked.problems)
    // Parts of one configuration share their keys: what no part knows is told once.
    if (!told.has(profile.values)) left.push(...unknownKeys(profile))
    told.add(profile.values)
  }
  return { profiles, left }
}

function makeProfile(foreign: ForeignProfile, rules: readonly Rule[]): { stored: StoredProfile; left: readonly Problem[] } {
  const { program, kind, values } = foreign
  const name = foreign.name.slice(0, 80)
  const { settings, left } = applyRules(foreign, rules)
  const head = { id: `${program}:${kind}:${name}`.slice(0, 100), name, source: `${program}: ${foreign.name}`.slice(0, 500), settings }
  if (kind === 'machine') {
    const built = buildMachine(foreign, head)
    return { stored: { kind, parentId: 'generic-marlin', profile: built.machine }, left: [...left, ...built.left] }
  }
  if (kind === 'material') return { stored: { kind, profile: { ...head, type: firstValue(values.get('filament_type') ?? '').slice(0, 40) || 'PLA' } }, left }
  const nozzleMm = madeForNozzle(foreign)
  return { stored: { kind, profile: nozzleMm === undefined ? head : { ...head, settings: { ...settings, nozzleDiameterMm: nozzleMm } } }, left }
}

/** The nozzle that a quality's widths are meant for: stated, or named in what it is compatible with. */
function madeForNozzle({ values, name }: ForeignProfile): number | undefined {
  const stated = firstValue(values.get('nozzle_diameter') ?? values.get('machine_nozzle_size') ?? '')
  const named = /nozzle_diameter\[0\]\s*==\s*(\d?\.\d+)/.exec(values.get('compatible_printers_condition') ?? '') ?? /(\d\.\d+)\s*(?:mm )?nozzle/i.exec(`${values.get('compatible_printers') ?? ''} ${name}`)
  const value = Number(stated === '' ? named?.[1] : stated)
  return value >= 0.1 && value <= 2 ? value : undefined
}

function unknownKeys({ program, kind, name, values }: ForeignProfile): readonly Problem[] {
  const { rules, quiet } = TABLES[program]
  const known = keysOfRules(rules)
  const isKnown = (key: string) => known.has(key) || quiet.test(key) || isMachineKey(program, key) || (kind === 'machine' && key === 'manufacturer')
  return [...values].filter(([key, value]) => !isKnown(key) && value.trim() !== '' && firstValue(value) !== 'nil').map(([key, value]) => leftOut('import-profile/no-such-setting', name, key, value))
}
