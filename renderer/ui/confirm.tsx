import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useText } from '../i18n/text'

export interface ConfirmProps {
  readonly opened: boolean
  readonly title: string
  readonly text: string
  /** The button that does it. */
  readonly action: string
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before what can't be taken back. */
export function Confirm({ opened, title, text, action, onConfirm, onClose }: ConfirmProps) {
  const t = useText()
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('frame.close') }}>
      <Stack>
        <Text>{text}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('frame.goBack')}
          </Button>
          <Button color="red" onClick={() => (onConfirm(), onClose())}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
