import type { ModelPart } from '../../shared/formats/model'
import { diagnoseMesh, type MeshReport } from '../../shared/mesh/diagnose-mesh'
import { repairMesh, type RepairKind, type RepairStep } from '../../shared/mesh/repair-mesh'
import type { Problem } from '../../shared/units/problem'
import type { BothLanguages, Language } from './terminal'

/** What a repair step did, with `{count}` for how often. */
const STEP_TEXTS: Readonly<Record<RepairKind, BothLanguages>> = {
  'weld-vertices': { en: 'joined {count} corners that stand at the same place', ko: '같은 위치의 꼭짓점 {count}개를 합쳤습니다' },
  'remove-degenerate': { en: 'left out {count} triangles without area', ko: '면적이 없는 삼각형 {count}개를 뺐습니다' },
  'remove-duplicates': { en: 'left out {count} doubled triangles', ko: '겹친 삼각형 {count}개를 뺐습니다' },
  'remove-inner-walls': { en: 'left out {count} triangles of walls without thickness inside', ko: '내부의 두께 없는 벽 삼각형 {count}개를 뺐습니다' },
  'join-cracks': { en: 'closed cracks at {count} corners', ko: '꼭짓점 {count}곳의 틈을 메웠습니다' },
  'split-edges': { en: 'split {count} edges where corners of others lie on them', ko: '다른 꼭짓점이 놓인 모서리 {count}개를 나눴습니다' },
  'remove-fragments': { en: 'left out {count} triangles of loose open pieces', ko: '떨어져 나온 열린 조각의 삼각형 {count}개를 뺐습니다' },
  'turn-triangles': { en: 'turned {count} triangles outward', ko: '뒤집힌 삼각형 {count}개를 바깥쪽으로 돌렸습니다' },
  'close-holes': { en: 'closed {count} holes', ko: '구멍 {count}개를 막았습니다' },
  'separate-solids': { en: 'separated solids at {count} edges that they share', ko: '함께 쓰던 모서리 {count}개에서 입체를 분리했습니다' },
}

/** A part as it goes on: repaired or as it was, with what is known of it. */
export interface CheckedPart {
  readonly part: ModelPart
  readonly before: MeshReport
  readonly after: MeshReport
  readonly steps: readonly RepairStep[]
  /** Why it can't be made, or what remains wrong with it. */
  readonly problems: readonly Problem[]
}

/** Diagnoses a part and repairs it when asked to; a surface without an inside, or one that stays open, is said as a problem. */
export function checkPart(part: ModelPart, isRepairing: boolean): CheckedPart {
  const { mesh, steps, before, after } = isRepairing ? repairMesh(part.mesh) : untouched(part)
  const { paint, ...rest } = part
  const isLost = paint !== undefined && steps.length > 0
  return { part: { ...rest, mesh, ...(paint && !isLost && { paint }) }, before, after, steps, problems: [...remaining(part.name, after), ...(isLost ? [paintLost(part.name)] : [])] }
}

/** Says a repair step in a half sentence. */
export function stepText({ kind, count }: RepairStep, language: Language): string {
  const text = STEP_TEXTS[kind][language].replace('{count}', String(count))
  return language === 'en' && count === 1 ? text.replace(/\b1 (triangle|corner|hole|edge)s\b/, '1 $1') : text
}

function untouched({ mesh }: ModelPart) {
  const report = diagnoseMesh(mesh)
  return { mesh, steps: [], before: report, after: report }
}

function paintLost(name: string): Problem {
  return { code: 'plate/paint-lost', severity: 'warning', values: { name }, message: `What was painted on ${name} is gone: its surface had to be repaired. Paint it again.` }
}

function remaining(name: string, report: MeshReport): Problem[] {
  if (report.isSheet) return report.problems.filter(({ severity }) => severity === 'error').map((problem) => ({ ...problem, message: `${name}: ${problem.message}` }))
  if (report.isWatertight) return []
  return [{
    code: 'mesh/still-open', severity: 'warning', values: { name, holes: report.holeCount, edges: report.nonManifoldEdges },
    message: `${name} is not watertight: holes: ${report.holeCount}, edges of more than two triangles: ${report.nonManifoldEdges}. Look at the layers before printing.`,
  }]
}
