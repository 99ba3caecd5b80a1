import { ActionIcon, Badge, Button, FileButton, Group, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconCube, IconDownload, IconPlus } from '@tabler/icons-react'
import type { DesignRecord } from '../../../shared/library/design'
import type { VersionRecord } from '../../../shared/library/version'
import { pickHead } from '../../library/add-version'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { formatBytes, formatMoment } from '../../ui/format'
import { offerToImport } from '../../workspace/file-offers'
import { downloadVersion, prepareDesigns } from './design-actions'
import styles from './library.module.css'

interface VersionProps {
  readonly design: DesignRecord
  readonly version: VersionRecord
  /** Counted from the first. */
  readonly number: number
}

function VersionEntry({ design, version, number }: VersionProps) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const prepare = useAction(() => prepareDesigns([design], version.id))
  const download = useAction(() => downloadVersion(version))
  const pick = useAction(() => pickHead(design.id, version.id))
  const isHead = design.heads.includes(version.id)
  const file = version.files[0]
  const name = t('library.version', { number })
  return (
    <div className={styles['entry']} role="listitem">
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Stack gap={0} miw={0}>
          <Group gap={6}>
            <Text size="sm" fw={600}>
              {name}
            </Text>
            {isHead && (
              <Badge size="xs" variant="light" color={design.heads.length > 1 ? 'yellow' : 'celadon'} tt="none">
                {t('library.version.head')}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed" truncate>
            {[formatMoment(version.createdAt, locale), file === undefined ? '' : `${file.path}, ${formatBytes(file.bytes, locale)}`].join(' · ')}
          </Text>
        </Stack>
        <Group gap={2} wrap="nowrap">
          <Tooltip label={t('library.version.prepare', { number })}>
            <ActionIcon variant="subtle" color="gray" loading={prepare.busy} aria-label={t('library.version.prepare', { number })} onClick={() => prepare.run()}>
              <IconCube size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('library.version.download', { number })}>
            <ActionIcon variant="subtle" color="gray" loading={download.busy} aria-label={t('library.version.download', { number })} onClick={() => download.run()}>
              <IconDownload size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {isHead && design.heads.length > 1 && (
        <Button mt={6} size="compact-xs" variant="default" loading={pick.busy} onClick={() => pick.run()}>
          {t('library.version.pick', { number })}
        </Button>
      )}
    </div>
  )
}

/** A design's versions, newest first, and adding one. */
export function VersionList({ design, versions }: { readonly design: DesignRecord; readonly versions: readonly VersionRecord[] | undefined }) {
  const t = useText()
  const add = (file: File | null) => file !== null && offerToImport({ files: [{ file, path: file.name }], target: { designId: design.id, title: design.title } })
  return (
    <section aria-label={t('library.versions')}>
      <Group justify="space-between" mb={6}>
        <Title order={2}>{t('library.versions')}</Title>
        {design.binnedAt === undefined && (
          <FileButton onChange={add} accept=".stl,.obj,.3mf,.ply" inputProps={{ 'aria-label': t('library.version.add') }}>
            {(props) => (
              <Button {...props} size="xs" variant="default" leftSection={<IconPlus size={15} aria-hidden />}>
                {t('library.version.add')}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      <div role="list">
        {(versions ?? []).map((version, index, all) => (
          <VersionEntry key={version.id} design={design} version={version} number={all.length - index} />
        ))}
      </div>
      {design.binnedAt === undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('library.version.drop')}
        </Text>
      )}
    </section>
  )
}
