import type { ParsedModel } from '../../shared/formats/model'
import { parseModel } from '../../shared/formats/parse-model'
import type { MeshReport } from '../../shared/mesh/diagnose-mesh'
import { determinant, IDENTITY } from '../../shared/mesh/matrix'
import type { Box3 } from '../../shared/mesh/mesh'
import { boxAround, boxSize, meshBox } from '../../shared/mesh/mesh-box'
import { suspectUnit, type UnitSuspicion } from '../../shared/mesh/suspect-unit'
import { formatBytes, formatVolume } from '../../shared/units/format'
import { checkPart, stepText, type CheckedPart } from './repair-part'
import { checkInterrupt, valueOf, type CommandResult, type Language, type Terminal } from './terminal'

/**
 * What is in a model file: its parts with size, volume and faults, what a repair would do, and whether its unit is doubtful.
 * @throws CommandFailure when it can't be read. Exit code 1 when nothing in it is solid.
 */
export function inspectModel(bytes: Uint8Array, name: string, terminal: Terminal): CommandResult {
  const result = parseModel(bytes, name, { onProgress: ({ stage }) => {
    checkInterrupt(terminal)
    terminal.progress(stage)
  } })
  const model = valueOf(result)
  const parts = model.parts.map((part) => checkPart(part, true))
  terminal.endProgress()
  const box = boxAround(parts.map(({ part }) => meshBox(part.mesh, part.transform)))
  const suspicion = model.unit === undefined ? suspectUnit(box) : undefined
  const isSolid = parts.some(({ after }) => !after.isSheet)
  const json = {
    ok: isSolid, kind: 'model', file: name, bytes: bytes.length, format: model.format,
    ...(model.unit !== undefined && { unit: model.unit }),
    ...(Object.keys(model.metadata).length > 0 && { metadata: model.metadata }),
    triangles: parts.reduce((sum, { before }) => sum + before.triangleCount, 0),
    sizeMm: boxSize(box).map(round),
    box,
    volumeCm3: round(parts.reduce((sum, { after, part }) => sum + (after.volumeMm3 / 1000) * Math.abs(determinant(part.transform ?? IDENTITY)), 0)),
    isWatertight: parts.every(({ before }) => before.isWatertight),
    ...(suspicion && { suspiciousUnit: suspicion }),
    parts: parts.map(({ part, before, after, steps }) => ({ name: part.name, report: brief(before), repair: { steps, report: brief(after) }, problems: before.problems })),
    warnings: result.problems,
  }
  return { json, text: describe({ model, name, parts, box, suspicion, bytes: bytes.length, language: terminal.language }), ...(isSolid ? {} : { exitCode: 1 as const }) }
}

function round(value: number): number {
  return Number(value.toPrecision(7))
}

/** A report with its ten largest holes, without its problems, which stand beside it. */
function brief(report: MeshReport) {
  return { ...report, holes: report.holes.slice(0, 10), problems: undefined }
}

interface Described {
  readonly model: ParsedModel
  readonly name: string
  readonly parts: readonly CheckedPart[]
  readonly box: Box3
  readonly suspicion: UnitSuspicion | undefined
  readonly bytes: number
  readonly language: Language
}

function describe({ model, name, parts, box, suspicion, bytes, language }: Described): string {
  const isKorean = language === 'ko'
  const size = boxSize(box).map((mm) => Number(mm.toFixed(2))).join(' × ')
  const triangles = parts.reduce((sum, { before }) => sum + before.triangleCount, 0)
  const lines = [isKorean
    ? `${name}: ${model.format.toUpperCase()}, ${formatBytes(bytes)}, 파트 ${parts.length}개, 삼각형 ${triangles}개, ${size} mm`
    : `${name}: ${model.format.toUpperCase()}, ${formatBytes(bytes)}, ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}, ${triangles} triangles, ${size} mm`]
  for (const [key, value] of Object.entries(model.metadata)) lines.push(`  ${key}: ${value}`)
  if (suspicion !== undefined) {
    const { suggestedUnit, largestMm } = suspicion
    lines.push(isKorean ? `  크기가 이상합니다. 단위가 ${suggestedUnit}이면 가장 긴 변이 ${round(largestMm)} mm입니다.` : `  Its size is doubtful: in ${suggestedUnit} its largest side would be ${round(largestMm)} mm.`)
  }
  return [...lines, ...parts.flatMap((part) => describePart(part, language))].join('\n')
}

function describePart({ part, before, after, steps }: CheckedPart, language: Language): string[] {
  const isKorean = language === 'ko'
  const shells = isKorean ? `껍질 ${before.shells}개` : `${before.shells} ${before.shells === 1 ? 'shell' : 'shells'}`
  const state = before.isWatertight ? (isKorean ? '밀폐됨' : 'watertight') : before.isSheet ? (isKorean ? '두께 없는 면' : 'a surface without an inside') : isKorean ? '열려 있음' : 'open'
  const lines = [`  ${part.name}: ${formatVolume(after.volumeMm3 / 1000)}, ${shells}, ${state}`]
  for (const problem of before.problems) lines.push(`    ${problem.message}`)
  if (steps.length === 0) return lines
  const outcome = after.isWatertight ? (isKorean ? '밀폐됨' : 'watertight then') : isKorean ? '여전히 열려 있음' : 'still open then'
  lines.push(isKorean ? `    수리하면 (${outcome}):` : `    A repair (${outcome}):`, ...steps.map((step) => `      ${stepText(step, language)}`))
  return lines
}
