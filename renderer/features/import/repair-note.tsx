import { Alert, List, Switch, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconTool } from '@tabler/icons-react'
import type { RepairKind } from '../../../shared/mesh/repair-mesh'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatNumber } from '../../ui/format'
import { ProblemList } from '../../ui/problem-list'
import type { ImportedModel } from '../../workers/import/import-messages'
import { type ImportItem, isSolid } from './import-item'
import { chooseRepair } from './import-store'

function sumSteps({ parts }: ImportedModel): readonly (readonly [RepairKind, number])[] {
  const counts = new Map<RepairKind, number>()
  for (const { repairs } of parts) for (const { kind, count } of repairs) counts.set(kind, (counts.get(kind) ?? 0) + count)
  return [...counts]
}

function Done({ model }: { readonly model: ImportedModel }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const steps = sumSteps(model)
  const isMarked = model.parts.some(({ changed }) => changed.length > 0)
  return (
    <Alert color="celadon" icon={<IconTool size={18} aria-hidden />} title={t('import.ready.repaired')} role="note">
      <List size="sm" spacing={2}>
        {steps.map(([kind, count]) => (
          <List.Item key={kind}>{t(`import.repair.${kind}`, { count: formatNumber(count, locale) })}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed" mt={6}>
        {[...(isMarked ? [t('import.repair.marked')] : []), t('import.repair.kept')].join(' ')}
      </Text>
    </Alert>
  )
}

function State({ item, model }: { readonly item: ImportItem; readonly model: ImportedModel }) {
  const t = useText()
  const isRepaired = model.parts.some(({ repairs }) => repairs.length > 0)
  if (model.parts.some(({ after }) => after.isSheet)) {
    return (
      <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('import.notSolid')} role="note">
        <Text size="sm">{t('import.notSolid.help')}</Text>
      </Alert>
    )
  }
  if (isRepaired) return <Done model={model} />
  if (isSolid(model)) {
    return (
      <Alert color="celadon" icon={<IconCheck size={18} aria-hidden />} role="note">
        <Text size="sm">{t('import.solid')}</Text>
      </Alert>
    )
  }
  return item.isRepairing ? undefined : (
    <Text size="sm" c="dimmed">
      {t('import.repair.off')}
    </Text>
  )
}

/** Says what the repair did, what is left, and lets it be left out. */
export function RepairNote({ item, model }: { readonly item: ImportItem; readonly model: ImportedModel }) {
  const t = useText()
  const left = model.parts.flatMap(({ after }) => after.problems).filter(({ code }) => code !== 'mesh/sheet')
  const canChoose = !item.isRepairing || model.parts.some(({ repairs }) => repairs.length > 0)
  return (
    <>
      <State item={item} model={model} />
      <ProblemList problems={left.filter(({ severity }) => severity !== 'info')} />
      {canChoose && <Switch label={t('import.repair.do')} checked={item.isRepairing} onChange={(event) => chooseRepair(item.id, event.currentTarget.checked)} />}
    </>
  )
}
