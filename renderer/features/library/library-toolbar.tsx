import { Button, CloseButton, Group, Menu, Select, Text, TextInput, Title } from '@mantine/core'
import { IconChevronDown, IconFileImport, IconFolder, IconSearch, IconTrash } from '@tabler/icons-react'
import { useMemo, useRef } from 'react'
import { type DesignSort, useDesigns } from '../../library/designs'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { runCommand, useCommands } from '../../ui/commands'
import { formatNumber } from '../../ui/format'

export interface Filter {
  readonly search: string
  readonly tag: string | undefined
  /** By relevance or newest when undefined. */
  readonly sort: DesignSort | undefined
  readonly isBin: boolean
}

const SORTS = ['newest', 'title', 'size'] as const

function useTags(): readonly { readonly tag: string; readonly count: number }[] {
  const designs = useDesigns({})
  return useMemo(() => {
    const counts = new Map<string, number>()
    for (const { tags } of designs ?? []) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag))
  }, [designs])
}

function ImportMenu() {
  const t = useText()
  return (
    <Button.Group>
      <Button leftSection={<IconFileImport size={17} aria-hidden />} onClick={() => runCommand('import.open')}>
        {t('library.import')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button px={8} aria-label={t('library.import.more')}>
            <IconChevronDown size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFolder size={16} aria-hidden />} onClick={() => runCommand('import.openFolder')}>
            {t('import.openFolder')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  )
}

function Search({ search, onChange }: { readonly search: string; readonly onChange: (search: string) => void }) {
  const t = useText()
  const field = useRef<HTMLInputElement>(null)
  useCommands([{ id: 'library.search', title: 'library.search', shortcut: 'mod+f', run: () => field.current?.select() }])
  return (
    <TextInput
      ref={field}
      type="search"
      flex={1}
      miw={180}
      maw={420}
      aria-label={t('library.search')}
      placeholder={t('library.search.placeholder')}
      leftSection={<IconSearch size={17} aria-hidden />}
      rightSection={search === '' ? undefined : <CloseButton size="sm" aria-label={t('library.search.clear')} onClick={() => onChange('')} />}
      value={search}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && onChange('')}
    />
  )
}

/** Title, search, filter and order of the library, and the way in for new files. */
export function LibraryToolbar({ filter, count, onChange }: { readonly filter: Filter; readonly count: number | undefined; readonly onChange: (part: Partial<Filter>) => void }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const tags = useTags()
  return (
    <>
      <Group justify="space-between">
        <Group gap="sm" align="baseline">
          <Title order={1}>{t(filter.isBin ? 'library.bin' : 'frame.library')}</Title>
          <Text size="sm" c="dimmed" role="status">
            {count === undefined ? t('frame.loading') : t(count === 1 ? 'library.count.one' : 'library.count', { count: formatNumber(count, locale) })}
          </Text>
        </Group>
        <ImportMenu />
      </Group>
      <Group gap="xs">
        <Search search={filter.search} onChange={(search) => onChange({ search })} />
        <Select
          w={190}
          searchable
          clearable
          aria-label={t('library.tag')}
          placeholder={t('library.tag.all')}
          nothingFoundMessage={t('library.tag.none')}
          clearButtonProps={{ 'aria-label': t('library.tag.all') }}
          data={tags.map(({ tag, count: uses }) => ({ value: tag, label: `${tag} (${uses})` }))}
          value={filter.tag ?? null}
          onChange={(tag) => onChange({ tag: tag ?? undefined })}
        />
        <Select
          w={190}
          aria-label={t('library.sort')}
          allowDeselect={false}
          data={[{ value: 'auto', label: t(filter.search.trim() === '' ? 'library.sort.newest' : 'library.sort.relevance') }, ...SORTS.filter((sort) => sort !== 'newest' || filter.search.trim() !== '').map((sort) => ({ value: sort, label: t(`library.sort.${sort}`) }))]}
          value={filter.sort === undefined || (filter.sort === 'newest' && filter.search.trim() === '') ? 'auto' : filter.sort}
          onChange={(sort) => onChange({ sort: sort === null || sort === 'auto' ? undefined : (sort as DesignSort) })}
        />
        <Button variant={filter.isBin ? 'light' : 'subtle'} color="gray" ml="auto" leftSection={<IconTrash size={17} aria-hidden />} aria-pressed={filter.isBin} onClick={() => onChange({ isBin: !filter.isBin })}>
          {t('library.bin')}
        </Button>
      </Group>
    </>
  )
}
