import { strFromU8, strToU8 } from 'fflate'
import { openPackage } from '../formats/threemf/open-package'
import { write3mf, type ThreemfItem } from '../formats/threemf/write-3mf'
import type { HeightRange } from '../slicing/height-ranges'
import type { CurvePoint, LayerCurve } from '../slicing/layer-curve'
import type { LayerEvent } from '../slicing/assemble/machine-events'
import type { SettingValues } from '../slicing/settings'
import { failure, success, type Problem, type Result } from '../units/problem'
import { FieldChecker } from './check-fields'
import { type ObjectModifier, readModifier } from './object-modifier'
import { importForeignProfiles } from './import-profiles/import-foreign-profiles'
import type { MachineProfile, MaterialProfile, QualityProfile, StoredProfile } from './profile'
import { validateProfile } from './validate-profile'

/** What a project says besides where its objects stand, which the 3MF itself says. */
export interface Project {
  readonly machine: MachineProfile
  readonly material: MaterialProfile
  readonly quality: QualityProfile
  /** From the second extruder on. */
  readonly moreMaterials?: readonly MaterialProfile[]
  /** Purge volumes of the plate, mm³. */
  readonly purgeMm3?: readonly (readonly number[])[]
  readonly overrides: SettingValues
  readonly layerEvents?: readonly LayerEvent[]
  readonly heightRanges?: readonly HeightRange[]
  readonly layerCurve?: LayerCurve
  /** What each object has of its own besides paint, which the 3MF itself holds; in the order of the items. */
  readonly objects?: readonly ProjectObject[]
}

/** An object's own settings and modifiers, these in the frame of its mesh in the file. */
export interface ProjectObject {
  readonly values?: SettingValues
  readonly modifiers?: readonly ObjectModifier[]
}

/** A project as it was read: all of ours, or those profiles that another slicer's project gives. */
export interface ReadProject {
  readonly origin: 'own' | 'foreign'
  readonly profiles: readonly StoredProfile[]
  readonly moreMaterials?: readonly StoredProfile[]
  readonly purgeMm3?: readonly (readonly number[])[]
  readonly overrides: SettingValues
  readonly layerEvents: readonly LayerEvent[]
  readonly heightRanges: readonly HeightRange[]
  readonly layerCurve: LayerCurve
  readonly objects: readonly ProjectObject[]
  /** What of another slicer's settings is not in the profiles. */
  readonly left: readonly Problem[]
}

const PATH = 'Metadata/gongbang_project.json'
const FORMAT = 'gongbang-project'
const VERSION = 1
/** PrusaSlicer's settings; those of OrcaSlicer and Bambu Studio. */
const FOREIGN = [['Metadata/Slic3r_PE.config', 'PrusaSlicer.ini'], ['Metadata/project_settings.config', 'OrcaSlicer.json']] as const

/** Writes a 3MF that any slicer opens, objects where they stand in machine coordinates, with all that the studio needs to slice it the same again. */
export function writeProject(items: readonly ThreemfItem[], project: Project, picture: { readonly title: string; readonly thumbnailPng?: Uint8Array }): Uint8Array<ArrayBuffer> {
  const { machine, material, quality, moreMaterials = [], purgeMm3, overrides, layerEvents = [], heightRanges = [], layerCurve = [], objects = [] } = project
  const profiles: readonly StoredProfile[] = [{ kind: 'machine', profile: machine }, { kind: 'material', profile: material }, { kind: 'quality', profile: quality }]
  const text = JSON.stringify({ format: FORMAT, version: VERSION, profiles, ...(moreMaterials.length > 0 && { moreMaterials: moreMaterials.map((profile) => ({ kind: 'material', profile })) }), ...(purgeMm3 && { purgeMm3 }), overrides, layerEvents, heightRanges, layerCurve, ...(objects.some((object) => Object.keys(object).length > 0) && { objects }) }, null, 2)
  return write3mf(items, { ...picture, files: { [PATH]: strToU8(text) } })
}

/**
 * The project in a 3MF: ours, else what PrusaSlicer or OrcaSlicer left in it, else undefined.
 *
 * Problems: `project/damaged`, `project/newer-file`, those of profiles and of the package.
 */
export function readProject(bytes: Uint8Array): Result<ReadProject | undefined> {
  const opened = openPackage(bytes)
  if (!opened.ok) return opened
  const own = opened.value.read(PATH)
  if (own !== undefined) return readOwn(strFromU8(own))
  for (const [path, name] of FOREIGN) {
    const found = opened.value.read(path)
    const imported = found === undefined ? undefined : importForeignProfiles([{ name, bytes: found }])
    if (imported?.ok === true) return success({ origin: 'foreign', profiles: imported.value.profiles, overrides: {}, layerEvents: [], heightRanges: [], layerCurve: [], objects: [], left: imported.value.left })
  }
  return success(undefined)
}

function readOwn(text: string): Result<ReadProject> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return failure(damaged())
  }
  const file = typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {}
  if (file['format'] !== FORMAT) return failure(damaged())
  if (file['version'] !== VERSION) return failure({ code: 'project/newer-file', severity: 'error', message: 'The project is of a newer Gongbang Studio. Update the studio to open it.' })
  const profiles = listOf(file['profiles']).map(validateProfile)
  const moreMaterials = listOf(file['moreMaterials']).map(validateProfile)
  const overrides = checkedSettings(file['overrides'])
  const ranges = listOf(file['heightRanges']).map((range) => checkedRange(range))
  const layerEvents = listOf(file['layerEvents']).map(checkedEvent)
  const layerCurve = listOf(file['layerCurve']).map(checkedPoint)
  const objects = listOf(file['objects']).map(checkedObject)
  const problems = [...profiles, ...moreMaterials, overrides, ...ranges, ...objects].flatMap((result) => (result.ok ? [] : result.problems))
  if (problems.length > 0 || !overrides.ok) return failure(...problems)
  const kinds = new Set(profiles.flatMap((result) => (result.ok ? [result.value.kind] : [])))
  if (kinds.size !== 3 || profiles.length !== 3 || layerEvents.includes(undefined) || layerCurve.includes(undefined)) return failure(damaged())
  return success({
    origin: 'own',
    profiles: profiles.flatMap((result) => (result.ok ? [result.value] : [])),
    moreMaterials: moreMaterials.flatMap((result) => (result.ok && result.value.kind === 'material' ? [result.value] : [])),
    ...checkedPurge(file['purgeMm3']),
    overrides: overrides.value,
    heightRanges: ranges.flatMap((result) => (result.ok ? [result.value] : [])),
    layerEvents: layerEvents.filter((event) => event !== undefined),
    layerCurve: layerCurve.filter((point) => point !== undefined),
    objects: objects.flatMap((result) => (result.ok ? [result.value] : [])),
    left: [],
  })
}

function damaged(): Problem {
  return { code: 'project/damaged', severity: 'error', message: 'The project’s settings in the file are damaged. Save the project again where it was made.' }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Settings are checked as those of a profile are. */
function checkedSettings(values: unknown): Result<SettingValues> {
  const checked = validateProfile({ kind: 'quality', profile: { id: 'project', name: 'project', source: '', settings: values ?? {} } })
  return checked.ok ? success(checked.value.profile.settings) : checked
}

/** Settings of an object and its modifiers are checked as all others; a modifier that can't be read makes the project damaged. */
function checkedObject(value: unknown): Result<ProjectObject> {
  const { values, modifiers } = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  const own = checkedSettings(values)
  const read = listOf(modifiers).map(readModifier)
  const ofModifiers = read.map((modifier) => checkedSettings(modifier?.values))
  const problems = [own, ...ofModifiers].flatMap((result) => (result.ok ? [] : result.problems))
  if (!own.ok || problems.length > 0) return failure(...problems)
  if (read.includes(undefined)) return failure(damaged())
  return success({ ...(Object.keys(own.value).length > 0 && { values: own.value }), ...(read.length > 0 && { modifiers: read.filter((modifier) => modifier !== undefined) }) })
}

function checkedRange(value: unknown): Result<HeightRange> {
  const check = new FieldChecker()
  const range = check.object(value, 'heightRanges')
  check.number(range?.['fromMm'], 'heightRanges.fromMm', [0, 10_000])
  check.number(range?.['toMm'], 'heightRanges.toMm', [0, 10_000])
  const values = checkedSettings(range?.['values'])
  if (check.problems.length > 0) return failure(...check.problems)
  return values.ok ? success({ fromMm: range?.['fromMm'] as number, toMm: range?.['toMm'] as number, values: values.value }) : values
}

/** A square of volumes, or nothing. */
function checkedPurge(value: unknown): Pick<ReadProject, 'purgeMm3'> {
  const rows = listOf(value)
  const isVolume = (mm3: unknown) => typeof mm3 === 'number' && mm3 >= 0 && mm3 <= 2000
  const isSquare = rows.length > 0 && rows.every((row) => Array.isArray(row) && row.length === rows.length && row.every(isVolume))
  return isSquare ? { purgeMm3: rows as readonly (readonly number[])[] } : {}
}

function checkedEvent(value: unknown): LayerEvent | undefined {
  const event = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  const { kind, zMm } = event
  return (kind === 'pause' || kind === 'colour-change') && typeof zMm === 'number' && Number.isFinite(zMm) ? { kind, zMm } : undefined
}

function checkedPoint(value: unknown): CurvePoint | undefined {
  const { zMm, heightMm } = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  return typeof zMm === 'number' && typeof heightMm === 'number' && zMm >= 0 && zMm <= 10_000 && heightMm > 0 && heightMm <= 10 ? { zMm, heightMm } : undefined
}
