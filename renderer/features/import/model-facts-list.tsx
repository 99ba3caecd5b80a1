import { useLocale } from '../../i18n/locale'
import { type TextKey, useText } from '../../i18n/text'
import { Facts } from '../../ui/facts'
import { formatBytes, formatNumber } from '../../ui/format'
import type { ImportedModel, ImportedPart } from '../../workers/import/import-messages'
import { sizeText, volumeText } from './model-facts'

/** Faults by their text and their member of the report; the rare ones are named only where they are. */
const COUNTS = [
  ['holes', 'holeCount', 'always'],
  ['flipped', 'flippedTriangles', 'always'],
  ['degenerate', 'degenerateTriangles', 'always'],
  ['duplicates', 'duplicateTriangles', 'rare'],
  ['nonManifold', 'nonManifoldEdges', 'rare'],
] as const

function total(parts: readonly ImportedPart[], when: 'before' | 'after', count: (typeof COUNTS)[number][1] | 'shells'): number {
  return parts.reduce((sum, part) => sum + part[when][count], 0)
}

function watertightKey(parts: readonly ImportedPart[]): TextKey {
  if (!parts.every(({ after }) => after.isWatertight)) return 'import.fact.watertight.no'
  return parts.every(({ before }) => before.isWatertight) ? 'import.fact.watertight.yes' : 'import.fact.watertight.repaired'
}

/** The mesh report: what a file holds, and its faults as the file has them, with what is left of them. */
export function ModelFacts({ file, model }: { readonly file: File; readonly model: ImportedModel }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const { parts } = model
  const number = (value: number) => formatNumber(value, locale)
  const facts: (readonly [string, string])[] = [
    [t('import.fact.file'), `${model.format.toUpperCase()}, ${formatBytes(file.size, locale)}`],
    [t('import.fact.size'), sizeText(model.box, locale)],
    [t('import.fact.volume'), volumeText(model.volumeMm3, locale)],
    ...(parts.length > 1 ? [[t('import.fact.parts'), number(parts.length)] as const] : []),
    [t('import.fact.triangles'), number(model.triangleCount)],
    [t('import.fact.shells'), number(total(parts, 'after', 'shells'))],
    [t('import.fact.watertight'), t(watertightKey(parts))],
  ]
  for (const [name, count, when] of COUNTS) {
    const before = total(parts, 'before', count)
    const after = total(parts, 'after', count)
    if (when === 'always' || before + after > 0) facts.push([t(`import.fact.${name}`), before === after ? number(before) : `${number(before)} → ${number(after)}`])
  }
  return <Facts facts={facts} />
}
