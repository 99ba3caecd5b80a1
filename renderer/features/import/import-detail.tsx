import { Button, Group, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useText } from '../../i18n/text'
import { ProblemList } from '../../ui/problem-list'
import { ProgressLine } from '../../ui/progress-line'
import { DuplicateNote } from './duplicate-note'
import { ImportButtons } from './import-buttons'
import { type ImportItem, asksForUnit } from './import-item'
import { type ImportTarget, describeItem, leaveOut, retry } from './import-store'
import styles from './import.module.css'
import { ItemPicture } from './item-picture'
import { ModelFacts } from './model-facts-list'
import { openGcodeFile } from './open-gcode'
import { RepairNote } from './repair-note'
import { UnitQuestion, UnitSelect } from './unit-choice'

function Description({ item }: { readonly item: ImportItem }) {
  const t = useText()
  return (
    <>
      <TextInput label={t('import.name')} maxLength={200} value={item.title} onChange={(event) => describeItem(item.id, { title: event.currentTarget.value })} />
      <TagsInput
        label={t('import.tags')}
        placeholder={item.tags.length === 0 ? t('import.tags.add') : ''}
        splitChars={[',']}
        clearable={false}
        value={[...item.tags]}
        onChange={(tags) => describeItem(item.id, { tags })}
      />
    </>
  )
}

function Reading({ item }: { readonly item: ImportItem }) {
  const t = useText()
  if (item.phase.kind !== 'reading' && item.phase.kind !== 'waiting') return undefined
  const progress = item.phase.kind === 'reading' ? item.phase.progress : undefined
  return (
    <ProgressLine
      immediate
      label={t('import.reading', { name: item.file.name })}
      value={progress === undefined || progress.total === 0 ? undefined : progress.done / progress.total}
      onCancel={() => leaveOut(item.id)}
    />
  )
}

function Body({ item, target }: { readonly item: ImportItem; readonly target: ImportTarget | undefined }) {
  const t = useText()
  const { phase } = item
  switch (phase.kind) {
    case 'waiting':
    case 'reading':
      return <Reading item={item} />
    case 'failed':
      return (
        <>
          <ProblemList problems={phase.problems} />
          {phase.problems.every(({ code }) => code !== 'import/unknown-kind') && (
            <Button variant="default" w="fit-content" onClick={() => retry(item.id)}>
              {t('import.retry')}
            </Button>
          )}
        </>
      )
    case 'gcode':
      return (
        <>
          <Text size="sm">{t('import.gcode.help')}</Text>
          <Button w="fit-content" onClick={() => void openGcodeFile(item.file).then(() => leaveOut(item.id))}>
            {t('import.gcode.open')}
          </Button>
        </>
      )
    case 'saving':
      return <ProgressLine immediate label={t('import.saving')} />
    case 'saved':
      return <Text c="dimmed">{t('import.saved')}</Text>
    case 'ready':
      return (
        <>
          {phase.duplicate !== undefined && <DuplicateNote duplicate={phase.duplicate} />}
          {asksForUnit(item) && <UnitQuestion item={item} model={phase.model} />}
          {target === undefined && phase.duplicate === undefined && <Description item={item} />}
          <ModelFacts file={item.file} model={phase.model} />
          <ProblemList problems={phase.model.problems} />
          {!asksForUnit(item) && <UnitSelect item={item} model={phase.model} />}
        </>
      )
  }
}

/** All that is known of one offered file, what has to be asked, and the buttons to take it. */
export function ImportDetail({ item, isAlone, target }: { readonly item: ImportItem; readonly isAlone: boolean; readonly target: ImportTarget | undefined }) {
  return (
    <Stack gap="md">
      <div className={styles['detail']}>
        <Stack gap="xs">
          <ItemPicture item={item} />
          <Text size="sm" c="dimmed" ta="center" style={{ overflowWrap: 'anywhere' }}>
            {item.file.name}
          </Text>
          {item.phase.kind === 'ready' && <RepairNote item={item} model={item.phase.model} />}
        </Stack>
        <Stack gap="sm" miw={0}>
          <Body item={item} target={target} />
        </Stack>
      </div>
      <Group justify="flex-end" gap="xs">
        <ImportButtons item={item} isAlone={isAlone} target={target} />
      </Group>
    </Stack>
  )
}
