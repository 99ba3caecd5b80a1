import { Group, Kbd, Modal, VisuallyHidden } from '@mantine/core'
import { Spotlight, createSpotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useText } from '../i18n/text'
import { offeredCommands, useCommandRegistry } from '../ui/commands'
import { shortcutKeys } from '../ui/shortcuts'

const [paletteStore, palette] = createSpotlight()

/** Opens the command palette. */
export function openPalette(): void {
  palette.open()
}

function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <Group gap={3} wrap="nowrap" aria-hidden>
      {shortcutKeys(shortcut).map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </Group>
  )
}

/** Names the dialog, which has no place of its own for a title. */
function SearchSign() {
  const t = useText()
  return (
    <>
      <IconSearch size={18} aria-hidden />
      <VisuallyHidden>
        <Modal.Title>{t('frame.palette')}</Modal.Title>
      </VisuallyHidden>
    </>
  )
}

/** Every command that is on offer, found by typing. */
export function Palette() {
  const t = useText()
  const groups = useCommandRegistry((state) => state.groups)
  const actions = useMemo(
    () =>
      offeredCommands(groups)
        .filter((command) => command.enabled !== false)
        .map((command) => ({
          id: command.id,
          label: t(command.title),
          onClick: () => command.run(),
          keywords: [command.id],
          rightSection: command.shortcut === undefined ? undefined : <Keys shortcut={command.shortcut} />,
        })),
    [groups, t],
  )
  return (
    <Spotlight
      store={paletteStore}
      actions={actions}
      shortcut={null}
      scrollable
      maxHeight={420}
      // The list is walked by the arrows in the search field; its frame can be scrolled without a mouse too.
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      highlightQuery
      nothingFound={t('frame.palette.none')}
      searchProps={{ leftSection: <SearchSign />, placeholder: t('frame.palette.search'), 'aria-label': t('frame.palette.search') }}
    />
  )
}
