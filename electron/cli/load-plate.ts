import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { LengthUnit, ModelPart } from '../../shared/formats/model'
import { parseModel } from '../../shared/formats/parse-model'
import { machineVolume } from '../../shared/machine/machine-volume'
import { sliceModifier } from '../../shared/machine/object-modifier'
import type { PrintObject } from '../../shared/machine/print-objects'
import type { MachineProfile } from '../../shared/machine/profile'
import { carryPart } from '../../shared/machine/sliced-part'
import { arrangeFootprints } from '../../shared/mesh/arrange-footprints'
import { convexHull, meshFootprint, type Footprint } from '../../shared/mesh/footprint'
import { IDENTITY, multiplyMatrices, translation } from '../../shared/mesh/matrix'
import type { Box3, Mat4, Mesh } from '../../shared/mesh/mesh'
import { boxAround, boxSize, meshBox } from '../../shared/mesh/mesh-box'
import type { RepairStep } from '../../shared/mesh/repair-mesh'
import { suspectUnit, unitToMm } from '../../shared/mesh/suspect-unit'
import type { SliceInput } from '../../shared/slicing/slice-input'
import type { Problem } from '../../shared/units/problem'
import { checkPart, stepText } from './repair-part'
import { checkInterrupt, CommandFailure, fail, UsageError, valueOf, type Language, type Terminal } from './terminal'

/** Room between parts, mm: a brim's width fits in. */
const GAP_MM = 6
const UNIT_NAMES: Readonly<Record<string, LengthUnit>> = {
  mm: 'millimeter', millimeter: 'millimeter', millimetre: 'millimeter', cm: 'centimeter', centimeter: 'centimeter', centimetre: 'centimeter', m: 'meter', meter: 'meter', metre: 'meter',
  in: 'inch', inch: 'inch', '"': 'inch', ft: 'foot', foot: 'foot', micron: 'micron', um: 'micron', µm: 'micron',
}

/** What was done to a part so that it can be sliced. */
export interface PlateRepair {
  readonly file: string
  readonly part: string
  readonly kind: string
  readonly count: number
}

/** Everything that is to be sliced, standing on the bed. */
export interface Plate {
  readonly objects: readonly PrintObject[]
  /** Warnings of the readers and the repair. */
  readonly problems: readonly Problem[]
  readonly repairs: readonly PlateRepair[]
}

export interface PlateOptions {
  readonly machine: MachineProfile
  /** Unit of files that don't state one; mm when undefined. */
  readonly unit: string | undefined
  /** Of each model. */
  readonly copies: number
  readonly isRepairing: boolean
  /** Parts stay where their file has them: a project. */
  readonly isPlaced?: boolean
  /** Room of the print head along x and y between parts, mm; none unless they are printed one after the other. */
  readonly headMm?: readonly [number, number]
}

/** The parts of one file that keep their places to each other. */
interface Group {
  readonly name: string
  readonly parts: readonly ModelPart[]
}

/**
 * Reads model files and stands them on the bed: one in the middle, several arranged. Parts of one file keep their places to each other when they fit so.
 * @throws CommandFailure for files that can't be read, aren't solid, or don't fit the machine.
 */
export async function loadPlate(models: readonly string[], terminal: Terminal, options: PlateOptions): Promise<Plate> {
  const problems: Problem[] = []
  const repairs: PlateRepair[] = []
  const groups: Group[] = []
  for (const path of models) {
    const { group, warnings, done } = await readGroup(path, terminal, options)
    groups.push(...Array.from({ length: options.copies }, () => group))
    problems.push(...warnings)
    repairs.push(...done)
  }
  terminal.endProgress()
  const objects = options.isPlaced === true ? groups.flatMap(({ parts }, i) => parts.map((part, k) => sliceObject(part, `${i + 1}.${k + 1}`, IDENTITY))) : standOnBed(groups, machineVolume(options.machine), options.headMm)
  return { objects, problems, repairs }
}

/** @throws UsageError for a unit that nobody knows. */
function unitOf(name: string | undefined): LengthUnit | undefined {
  if (name === undefined) return undefined
  const unit = UNIT_NAMES[name.toLowerCase()]
  if (unit === undefined) throw new UsageError(`--unit takes mm, cm, m, inch, foot or micron, not “${name}”.`)
  return unit
}

async function readGroup(path: string, terminal: Terminal, options: PlateOptions): Promise<{ group: Group; warnings: readonly Problem[]; done: readonly PlateRepair[] }> {
  const name = basename(path)
  const unit = unitOf(options.unit)
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => fail('cli/unreadable', `${name} can't be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`, { path }))
  const result = parseModel(bytes, name, {
    onProgress: ({ stage, done, total }) => {
      checkInterrupt(terminal)
      terminal.progress(`${name}: ${stage} ${Math.floor((100 * done) / Math.max(1, total))} %`)
    },
  })
  if (!result.ok) throw new CommandFailure(result.problems.map((problem) => ({ ...problem, message: `${name}: ${problem.message}` })))
  const factor = result.value.unit === undefined && unit !== undefined ? unitToMm(unit) : 1
  const checked = result.value.parts.map((part) => checkPart(scaledPart(part, factor), options.isRepairing))
  checkInterrupt(terminal)
  const solid = checked.filter(({ after }) => !after.isSheet)
  if (solid.length === 0) throw new CommandFailure(checked.flatMap(({ problems }) => problems))
  const parts = solid.map(({ part }) => part)
  const repairs = solid.flatMap(({ part, steps }) => steps.map((step): PlateRepair => ({ file: name, part: part.name, kind: step.kind, count: step.count })))
  for (const { part, steps } of solid) if (steps.length > 0) terminal.tell(repairSentence(part.name, steps, terminal.language))
  const warnings: Problem[] = [...result.problems, ...parts.flatMap((part) => (part.sliced === undefined ? [] : carryPart(part.name, part.sliced).left))].map((problem) => ({ ...problem, message: `${name}: ${problem.message}` }))
  // A sheet beside solids is left out, and said.
  warnings.push(...checked.flatMap(({ problems }) => problems.map((problem): Problem => (problem.severity === 'error' ? { ...problem, severity: 'warning', message: `${problem.message} It was left out.` } : problem))))
  const suspicion = result.value.unit === undefined && unit === undefined ? suspectUnit(groupBox(parts)) : undefined
  if (suspicion !== undefined) {
    const { suggestedUnit, largest, largestMm } = suspicion
    warnings.push({
      code: 'model/suspicious-unit', severity: 'warning', values: { name, largest: round(largest), unit: suggestedUnit, largestMm: round(largestMm) },
      message: `${name} is only right if its numbers are mm: its largest side is then ${round(largest)} mm. If it was exported in another unit, say so, for example --unit ${suggestedUnit} (${round(largestMm)} mm).`,
    })
  }
  return { group: { name, parts }, warnings, done: repairs }
}

function repairSentence(name: string, steps: readonly RepairStep[], language: Language): string {
  const list = steps.map((step) => stepText(step, language)).join(', ')
  return language === 'ko' ? `${name} 수리: ${list}.` : `${name} was repaired: ${list}.`
}

/** The same part with its numbers in mm. */
function scaledPart(part: ModelPart, factor: number): ModelPart {
  if (factor === 1) return part
  const mesh: Mesh = { positions: part.mesh.positions.map((value) => value * factor), indices: part.mesh.indices }
  return part.transform === undefined ? { ...part, mesh } : { ...part, mesh, transform: part.transform.map((value, i) => (i >= 12 && i <= 14 ? value * factor : value)) }
}

function groupBox(parts: readonly ModelPart[]): Box3 {
  return boxAround(parts.map(({ mesh, transform }) => meshBox(mesh, transform)))
}

function round(value: number): number {
  return Number(value.toPrecision(4))
}

/** Groups as they are in their files when they all fit so, else every part for itself. */
function standOnBed(groups: readonly Group[], volume: SliceInput['volume'], headMm: PlateOptions['headMm']): readonly PrintObject[] {
  const whole = placeGroups(groups, volume, headMm)
  if (whole.ok) return whole.value
  const single = groups.flatMap(({ parts }) => parts.map((part): Group => ({ name: part.name, parts: [part] })))
  return single.length === groups.length ? valueOf(whole) : valueOf(placeGroups(single, volume, headMm))
}

function placeGroups(groups: readonly Group[], volume: SliceInput['volume'], headMm: PlateOptions['headMm']) {
  const tooTall = groups.flatMap((group): Problem[] => {
    const [xMm, yMm, zMm] = boxSize(groupBox(group.parts))
    const highest = volume.max[2] - volume.min[2]
    if (zMm <= highest + 1e-3) return []
    return [{
      code: 'arrange/too-tall', severity: 'error', values: { name: group.name, zMm: round(zMm), maxMm: round(highest) },
      message: `${group.name} is ${round(xMm)} × ${round(yMm)} × ${round(zMm)} mm, the machine reaches up to ${round(highest)} mm. Scale it down, lay it flat, or cut it.`,
    }]
  })
  if (tooTall.length > 0) return { ok: false, problems: tooTall } as const
  const footprints = groups.map(({ parts }) => groupFootprint(parts))
  const placed = arrangeFootprints(groups.map(({ name }, i) => ({ id: String(i), name, footprint: footprints[i] ?? new Float64Array() })), volume, { gapMm: GAP_MM, ...(headMm && { headMm }) })
  if (!placed.ok) return placed
  const objects = groups.flatMap(({ parts }, i) => {
    const place = placed.value[i]
    const shift = translation(place?.dxMm ?? 0, place?.dyMm ?? 0, volume.min[2] - groupBox(parts).min[2])
    return parts.map((part, k) => sliceObject(part, `${i + 1}.${k + 1}`, shift))
  })
  return { ok: true, value: objects, problems: [] } as const
}

function sliceObject({ name, mesh, transform: own, paint, sliced }: ModelPart, id: string, shift: Mat4): PrintObject {
  const transform = multiplyMatrices(shift, own ?? IDENTITY)
  const { values, modifiers = [] } = sliced === undefined ? {} : carryPart(name, sliced).own
  return { id, name, mesh, transform, ...(paint && { paint }), ...(values && { values }), ...(modifiers.length > 0 && { modifiers: modifiers.map((modifier) => sliceModifier(modifier, transform)) }) }
}

function groupFootprint(parts: readonly ModelPart[]): Footprint {
  const outlines = parts.map(({ mesh, transform }) => meshFootprint(mesh, transform))
  return outlines.length === 1 && outlines[0] ? outlines[0] : convexHull(Float64Array.from(outlines.flatMap((outline) => [...outline])))
}
