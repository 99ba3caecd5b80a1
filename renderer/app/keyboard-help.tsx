import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { useText } from '../i18n/text'
import { offeredCommands, useCommandRegistry } from '../ui/commands'
import { shortcutKeys } from '../ui/shortcuts'

/** Every shortcut that works now. */
export function KeyboardHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useText()
  const groups = useCommandRegistry((state) => state.groups)
  const withKeys = offeredCommands(groups).flatMap((command) => (command.shortcut === undefined || command.enabled === false ? [] : [{ ...command, shortcut: command.shortcut }]))
  return (
    <Modal opened={opened} onClose={onClose} title={t('frame.help')} closeButtonProps={{ 'aria-label': t('frame.close') }}>
      <Stack gap="xs">
        {withKeys.length === 0 && <Text>{t('frame.help.none')}</Text>}
        {withKeys.map((command) => (
          <Group key={command.id} justify="space-between" wrap="nowrap">
            <Text size="sm">{t(command.title)}</Text>
            <Group gap={4} wrap="nowrap">
              {shortcutKeys(command.shortcut).map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  )
}
