import type { ModelPart } from '../../../shared/formats/model'
import { parseModel } from '../../../shared/formats/parse-model'
import { carryPart } from '../../../shared/machine/sliced-part'
import { diagnoseMesh } from '../../../shared/mesh/diagnose-mesh'
import { boxAround, meshBox } from '../../../shared/mesh/mesh-box'
import type { Mat4, Mesh } from '../../../shared/mesh/mesh'
import { repairMesh } from '../../../shared/mesh/repair-mesh'
import { suspectUnit, unitToMm } from '../../../shared/mesh/suspect-unit'
import { type Problem, type Result, success } from '../../../shared/units/problem'
import type { OnProgress } from '../../../shared/units/progress'
import { changedTriangles } from './changed-triangles'
import type { ImportRequest, ImportedModel, ImportedPart } from './import-messages'

export interface ReadRequest extends Omit<ImportRequest, 'bytes'> {
  readonly bytes: Uint8Array
  readonly sha256: string
}

/** Parses a model's bytes, scales it to mm, diagnoses each part and repairs what can be. Everything that the import dialog tells comes from here. */
export function readModel({ name, bytes, sha256, unit, isRepairing = true }: ReadRequest, onProgress?: OnProgress): Result<ImportedModel> {
  const parsed = parseModel(bytes, name, onProgress === undefined ? {} : { onProgress })
  if (!parsed.ok) return parsed
  const { format, unit: statedUnit, parts: read, metadata } = parsed.value
  const factor = statedUnit === undefined && unit !== undefined ? unitToMm(unit) : 1
  const left: Problem[] = []
  const parts = read.map((part, index) => {
    onProgress?.({ stage: 'repair', done: index, total: read.length })
    return withOwn(importPart(scaled(part, factor), isRepairing), part, left)
  })
  const box = boxAround(parts.map(({ mesh, transform }) => meshBox(mesh, transform)))
  // A unit that the user has chosen, or the file states, is believed.
  const suspicion = statedUnit === undefined && unit === undefined ? suspectUnit(box) : undefined
  return success(
    {
      format,
      byteLength: bytes.length,
      sha256,
      parts,
      box,
      triangleCount: parts.reduce((sum, { after }) => sum + after.triangleCount, 0),
      volumeMm3: parts.reduce((sum, { after, transform }) => sum + after.volumeMm3 * growth(transform), 0),
      metadata,
      problems: [...parsed.problems, ...lostPaint(read, parts), ...left],
      ...(statedUnit === undefined ? {} : { statedUnit }),
      ...(suspicion === undefined ? {} : { suspicion }),
    },
    parsed.problems,
  )
}

/** What another slicer's project says of a part, in our words; what can't be said goes to the problems. */
function withOwn(part: ImportedPart, { sliced }: ModelPart, problems: Problem[]): ImportedPart {
  if (sliced === undefined) return part
  const { own, left } = carryPart(part.name, sliced)
  problems.push(...left)
  return Object.keys(own).length === 0 ? part : { ...part, own }
}

function importPart({ name, mesh, transform, paint }: ModelPart, isRepairing: boolean): ImportedPart {
  const placed = transform === undefined ? {} : { transform }
  const painted = paint === undefined ? {} : { paint }
  if (!isRepairing) {
    const report = diagnoseMesh(mesh)
    return { name, mesh, before: report, after: report, repairs: [], changed: NOTHING, ...placed, ...painted }
  }
  const repaired = repairMesh(mesh)
  const changed = repaired.steps.length === 0 ? NOTHING : changedTriangles(mesh, repaired.mesh)
  return { name, mesh: repaired.mesh, before: repaired.before, after: repaired.after, repairs: repaired.steps, changed, ...placed, ...(repaired.steps.length === 0 && painted) }
}

/** A repaired surface has other triangles than those that were painted. */
function lostPaint(read: readonly ModelPart[], parts: readonly ImportedPart[]): Problem[] {
  return read.flatMap(({ name, paint }, i): Problem[] => (paint === undefined || parts[i]?.paint !== undefined ? [] : [{ code: 'plate/paint-lost', severity: 'warning', values: { name }, message: `What was painted on ${name} is gone: its surface had to be repaired. Paint it again.` }]))
}

const NOTHING = new Uint32Array()

function scaled(part: ModelPart, factor: number): ModelPart {
  if (factor === 1) return part
  const mesh: Mesh = { positions: part.mesh.positions.map((value) => value * factor), indices: part.mesh.indices }
  if (part.transform === undefined) return { ...part, mesh }
  return { ...part, mesh, transform: part.transform.map((value, index) => (index >= 12 && index <= 14 ? value * factor : value)) }
}

/** By how much a placement makes a volume larger. */
function growth(m: Mat4 | undefined): number {
  if (m === undefined) return 1
  const at = (index: number) => m[index] ?? 0
  return Math.abs(at(0) * (at(5) * at(10) - at(6) * at(9)) - at(4) * (at(1) * at(10) - at(2) * at(9)) + at(8) * (at(1) * at(6) - at(2) * at(5)))
}
