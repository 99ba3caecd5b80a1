import { basename, dirname, extname, resolve } from 'node:path'
import { stat } from 'node:fs/promises'
import { arrangeHeadRoom } from '../../shared/machine/head-clearance'
import type { MadePrint } from '../../shared/machine/make-print'
import type { MachineProfile } from '../../shared/machine/profile'
import type { ReadProject } from '../../shared/machine/project-file'
import { machineSettingLayers } from '../../shared/machine/setting-layers'
import { parseSetting, resolveSettings } from '../../shared/slicing/resolve-settings'
import type { SettingValues } from '../../shared/slicing/settings'
import type { SliceObject } from '../../shared/slicing/slice-input'
import type { SlicePool } from '../../shared/slicing/slice-pool'
import { ROLE } from '../../shared/toolpath/toolpath'
import { formatBytes, formatDuration, formatLength, formatMass, formatVolume } from '../../shared/units/format'
import type { Progress } from '../../shared/units/progress'
import { engineOption, makeByEngine } from './engine-print'
import { DEFAULT_PROFILES, findProfiles, withMoreMaterials, type ChosenProfiles } from './find-profiles'
import { countRetractions, round } from './inspect-gcode'
import { loadPlate, type Plate } from './load-plate'
import { openProject, projectProfiles, withProject } from './open-project'
import { numberOption, parseOptions } from './parse-options'
import { SLICE_HELP } from './slice-help'
import { checkInterrupt, fail, UsageError, valueOf, type Command, type CommandResult, type Terminal } from './terminal'
import { writeWholeFile } from './write-whole-file'

const OPTIONS = {
  output: { type: 'string', short: 'o' },
  set: { type: 'string', multiple: true },
  profile: { type: 'string', multiple: true },
  machine: { type: 'string' },
  material: { type: 'string', multiple: true },
  quality: { type: 'string' },
  'layer-height': { type: 'string' },
  infill: { type: 'string' },
  walls: { type: 'string' },
  volume: { type: 'string' },
  unit: { type: 'string' },
  copies: { type: 'string' },
  'no-repair': { type: 'boolean' },
  engine: { type: 'string' },
  'engine-path': { type: 'string' },
  post: { type: 'string', multiple: true },
} as const
const MAX_COPIES = 200

export const sliceCommand: Command = {
  help: SLICE_HELP,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, OPTIONS)
    const models = positionals.map((name) => resolve(terminal.cwd, name))
    const [first] = models
    if (first === undefined) throw new UsageError(terminal.language === 'ko' ? '슬라이싱할 모델 파일을 지정하세요.' : 'Name a model file to slice.')
    const output = resolve(terminal.cwd, values.output ?? `${basename(first, extname(first))}.gcode`)
    await checkOutput(output, models)
    const engine = engineOption(values.engine, values['engine-path'])
    const project = await openProject(models)
    const overrides = { ...project?.overrides, ...overridesOf(values) }
    const [firstMaterial, ...moreMaterials] = values.material ?? []
    const names = [...(values.profile ?? []), ...[values.machine, firstMaterial, values.quality].filter((name) => name !== undefined)]
    const profiles = withVolume(await withMoreMaterials(await findProfiles(names, terminal, projectProfiles(project, DEFAULT_PROFILES)), moreMaterials, terminal), values.volume)
    const copies = numberOption('copies', values.copies, [1, MAX_COPIES]) ?? 1
    // Copies need places of their own, and another bed has other places.
    const isPlaced = project !== undefined && copies === 1 && isSameBed(profiles, projectProfiles(project, DEFAULT_PROFILES))
    const { plate, made: sliced } = await onPool(async (pool) => {
      const plate = await loadPlate(models, terminal, { machine: profiles.machine, unit: values.unit, copies, isRepairing: values['no-repair'] !== true, isPlaced, ...headRoom(profiles, overrides) })
      for (const { message } of plate.problems) terminal.tell(message)
      const context = { overrides, project, title: basename(first), terminal, pool }
      return { plate, made: engine === undefined ? await makeGcode(plate, profiles, context) : await makeByEngine(engine, { objects: withProject(plate.objects, project), ...profiles, ...fromProject(context) }, terminal) }
    })
    checkInterrupt(terminal)
    const made = values.post === undefined ? sliced : await changed(sliced, values.post, profiles.machine, terminal)
    // What another engine has nothing for is told, too.
    for (const { severity, message } of made.problems) if (severity !== 'info' || engine !== undefined) terminal.tell(message)
    checkInterrupt(terminal)
    await writeWholeFile(output, extname(output).toLowerCase() === '.bgcode' ? await binaryOf(made, profiles) : made.gcode)
    return summarise(made, { output, plate, profiles, terminal })
  },
}

/** What the print head takes between parts that are printed one after the other. */
function headRoom(profiles: ChosenProfiles, overrides: SettingValues): { headMm?: readonly [number, number] } {
  const resolved = resolveSettings(machineSettingLayers({ ...profiles, overrides }))
  const headMm = resolved.ok ? arrangeHeadRoom(profiles.machine, resolved.value.settings) : undefined
  return headMm === undefined ? {} : { headMm }
}

function isSameBed(a: ChosenProfiles, b: ChosenProfiles): boolean {
  return JSON.stringify(a.machine.volume) === JSON.stringify(b.machine.volume)
}

/** The output must be a place for a file, and no model. */
async function checkOutput(output: string, models: readonly string[]): Promise<void> {
  if (models.includes(output)) throw new UsageError(`The output ${output} is one of the models.`)
  const folder = await stat(dirname(output)).catch(() => undefined)
  if (!folder?.isDirectory()) fail('cli/no-folder', `There is no folder ${dirname(output)} for the output.`, { path: dirname(output) })
  const there = await stat(output).catch(() => undefined)
  if (there?.isDirectory() === true) fail('cli/output-is-folder', `${output} is a folder. Name a file for the output.`, { path: output })
}

interface OverrideOptions {
  readonly set?: string[] | undefined
  readonly 'layer-height'?: string | undefined
  readonly infill?: string | undefined
  readonly walls?: string | undefined
}

/** Settings from the command line; `--set` wins over the short forms. */
function overridesOf(options: OverrideOptions): SettingValues {
  const pairs: [string, string][] = []
  const add = (key: string, text: string | undefined) => {
    if (text !== undefined) pairs.push([key, text])
  }
  add('layerHeightMm', options['layer-height'])
  add('infillPercent', options.infill?.replace(/%$/, ''))
  add('wallCount', options.walls)
  for (const text of options.set ?? []) {
    const at = text.indexOf('=')
    if (at < 1) throw new UsageError(`--set takes key=value, not “${text}”.`)
    pairs.push([text.slice(0, at).trim(), text.slice(at + 1).trim()])
  }
  const results = pairs.map(([key, text]) => parseSetting(key, text))
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems))
  if (problems.length > 0) throw new UsageError(problems.map(({ message }) => message).join('\n'))
  return results.reduce<SettingValues>((all, result) => (result.ok ? { ...all, ...result.value } : all), {})
}

function withVolume(profiles: ChosenProfiles, text: string | undefined): ChosenProfiles {
  if (text === undefined) return profiles
  const [xMm, yMm, zMm] = text.split(/[x×*]/i).map(Number)
  const isSize = (mm: number | undefined): mm is number => mm !== undefined && mm >= 10 && mm <= 5000
  if (!isSize(xMm) || !isSize(yMm) || !(zMm === undefined || isSize(zMm))) throw new UsageError(`--volume takes WIDTHxDEPTHxHEIGHT in mm, for example 250x250x250, not “${text}”.`)
  const machine: MachineProfile = { ...profiles.machine, volume: { ...profiles.machine.volume, xMm, yMm, zMm: zMm ?? profiles.machine.volume.zMm } }
  return { ...profiles, machine }
}

/** Runs something with workers that start at once, so that they are there when the models are read. */
async function onPool<T>(run: (pool: SlicePool) => Promise<T>): Promise<T> {
  const { createNodeSlicePool } = await import('../services/slicing/node-slice-pool')
  const { spareCompiling } = await import('../services/slicing/spare-compiling')
  spareCompiling()
  const pool = createNodeSlicePool()
  try {
    return await run(pool)
  } finally {
    await pool.dispose()
  }
}

/** What the studio or another engine made. */
type Made = Pick<MadePrint, 'gcode' | 'toolpath' | 'estimate' | 'layerCount' | 'problems'>

interface MakeContext {
  readonly overrides: SettingValues
  readonly project: ReadProject | undefined
  readonly title: string
  readonly terminal: Terminal
  readonly pool: SlicePool
}

/** The file as the user's own programs changed it. */
async function changed(made: Made, commands: readonly string[], machine: MachineProfile, terminal: Terminal): Promise<Made> {
  const { postGcode } = await import('./post-gcode')
  const { gcode, problems } = await postGcode(made.gcode, commands, machine, terminal)
  return { ...made, gcode, problems: [...made.problems, ...problems] }
}

/** The same file as binary G-code: pictures and settings in blocks of their own. */
async function binaryOf({ gcode, estimate }: Made, { machine, material }: ChosenProfiles): Promise<Uint8Array> {
  const { textToBgcode } = await import('../../shared/gcode/bgcode/text-to-bgcode')
  return textToBgcode(gcode, {
    printer: { printer_model: machine.name, filament_type: material.type },
    print: { 'filament used [mm]': estimate.filamentMm.toFixed(2), 'filament used [g]': estimate.massG.toFixed(2), 'estimated printing time (normal mode)': formatDuration(estimate.timeS, 'en') },
  })
}

/** What a project and the command line say besides profiles. */
function fromProject({ overrides, project, title }: MakeContext) {
  return { overrides, layerEvents: project?.layerEvents ?? [], heightRanges: project?.heightRanges ?? [], layerCurve: project?.layerCurve ?? [], title }
}

async function makeGcode(plate: Plate, profiles: ChosenProfiles, { overrides, project, title, terminal, pool }: MakeContext): Promise<MadePrint> {
  const { makePrint } = await import('../../shared/machine/make-print')
  const { studioVersion } = await import('./studio-version')
  const thumbnails = overrides.thumbnails === false ? [] : await drawThumbnails(plate.objects, profiles.machine)
  checkInterrupt(terminal)
  const result = await makePrint({ objects: withProject(plate.objects, project), ...profiles, machine: withPurge(profiles.machine, project), overrides, layerEvents: project?.layerEvents ?? [], heightRanges: project?.heightRanges ?? [], layerCurve: project?.layerCurve ?? [], title, thumbnails }, pool, {
    generator: `Gongbang Studio ${studioVersion()}`,
    isCancelled: () => terminal.signal.aborted,
    onProgress: (progress) => terminal.progress(spell(progress)),
  })
  checkInterrupt(terminal)
  return valueOf(result)
}

/** The machine with a project's purge volumes, where they are as many as its extruders. */
function withPurge(machine: MachineProfile, project: ReadProject | undefined): MachineProfile {
  const { purgeMm3 } = project ?? {}
  return purgeMm3?.length === machine.extruders?.length && purgeMm3 !== undefined ? { ...machine, purgeMm3 } : machine
}

async function drawThumbnails(objects: readonly SliceObject[], machine: MachineProfile) {
  const { renderGcodeThumbnails } = await import('../../shared/gcode/render-thumbnail')
  const { thumbnailSpecs } = await import('../../shared/machine/thumbnail-specs')
  return renderGcodeThumbnails(objects, thumbnailSpecs(machine))
}

function spell({ stage, done, total }: Progress): string {
  return total > 0 ? `${stage} ${Math.floor((done / total) * 100)} %` : stage
}

function summarise(made: Made, { output, plate, profiles, terminal }: { output: string; plate: Plate; profiles: ChosenProfiles; terminal: Terminal }): CommandResult {
  const { estimate, toolpath, gcode } = made
  const json = {
    ok: true,
    output,
    bytes: gcode.length,
    layers: made.layerCount,
    timeS: round(estimate.timeS, 1),
    filamentMm: round(estimate.filamentMm, 2),
    filamentCm3: round(estimate.filamentCm3, 4),
    massG: round(estimate.massG, 3),
    ...(estimate.byTool.length > 1 && { extruders: estimate.byTool.map(({ tool, filamentMm, massG }) => ({ extruder: tool + 1, filamentMm: round(filamentMm, 2), massG: round(massG, 3) })) }),
    costMinor: estimate.costMinor,
    moves: toolpath.moveCount,
    extrusionMm: round(extrusionLength(made), 1),
    travelMm: round(estimate.byRole.travel?.lengthMm ?? 0, 1),
    retractions: countRetractions(toolpath),
    machine: profiles.machine.id,
    material: profiles.material.id,
    quality: profiles.quality.id,
    objects: plate.objects.length,
    repairs: plate.repairs,
    warnings: [...plate.problems, ...made.problems],
  }
  const file = basename(output)
  const amounts = [formatLength(estimate.filamentMm), `${formatVolume(estimate.filamentCm3)}, ${formatMass(estimate.massG)}`] as const
  const time = formatDuration(estimate.timeS, terminal.language)
  const text =
    terminal.language === 'ko'
      ? `${file}: 레이어 ${json.layers}개, ${time}, 필라멘트 ${amounts[0]} (${amounts[1]}), ${formatBytes(json.bytes)}`
      : `${file}: ${json.layers} layers, ${time}, ${amounts[0]} of filament (${amounts[1]}), ${formatBytes(json.bytes)}`
  return { json, text }
}

function extrusionLength({ estimate }: Made): number {
  return Object.entries(estimate.byRole).reduce((sum, [role, { lengthMm }]) => ((ROLE[role as keyof typeof ROLE] ?? 0) > ROLE.unretract ? sum + lengthMm : sum), 0)
}
