import { ActionIcon, Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconRefresh, IconTrash, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import type { MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { putBlob } from '../../library/blobs'
import { useAction } from '../../ui/action'
import { Confirm } from '../../ui/confirm'
import { formatBytes } from '../../ui/format'
import { Sheet } from '../../ui/sheet'

type Card = NonNullable<MachineStatus['card']>

/** The short name that a card takes, of a file's own: letters A to Z, digits, - and _, at most eight. */
function cardName(fileName: string): string {
  const base = fileName.replace(/\.[^.]*$/, '').toUpperCase().replace(/[^A-Z0-9_-]/g, '').slice(0, 8)
  return `${base === '' ? 'PRINT' : base}.GCO`
}

function percentOf(done: number, total: number): number {
  return total > 0 ? Math.min(100, Math.round((100 * done) / total)) : 0
}

function AtWork({ card, onStop }: { readonly card: Card; readonly onStop: () => void }) {
  const t = useText()
  const { printing, upload } = card
  if (upload !== undefined) {
    const percent = percentOf(upload.doneLines, upload.lines)
    return (
      <Stack gap={4}>
        <Text size="sm" role="status">
          {t('machines.card.uploading', { name: upload.name, percent })}
        </Text>
        <Progress value={percent} aria-label={t('machines.card')} />
      </Stack>
    )
  }
  if (printing === undefined) return undefined
  const percent = percentOf(printing.doneBytes, printing.totalBytes)
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" role="status">
          {t('machines.card.printing', { name: printing.name, percent })}
        </Text>
        <Button variant="default" size="xs" leftSection={<IconPlayerStop size={15} aria-hidden />} onClick={onStop}>
          {t('machines.card.stop')}
        </Button>
      </Group>
      <Progress value={percent} aria-label={t('machines.card')} />
      <Text size="xs" c="dimmed">
        {t('machines.card.away')}
      </Text>
    </Stack>
  )
}

function CardFiles({ card, disabled, onPrint, onRemove }: { readonly card: Card; readonly disabled: boolean; readonly onPrint: (name: string) => void; readonly onRemove: (name: string) => void }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  if (card.files.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('machines.card.none')}
      </Text>
    )
  }
  return card.files.map(({ name, bytes }) => (
    <Group key={name} justify="space-between" wrap="nowrap" gap="xs">
      <Text size="sm" className="tabular">
        {name}
      </Text>
      <Group gap={4} wrap="nowrap">
        <Text size="xs" c="dimmed">
          {formatBytes(bytes, locale)}
        </Text>
        <Button variant="default" size="xs" leftSection={<IconPlayerPlay size={15} aria-hidden />} disabled={disabled} onClick={() => onPrint(name)}>
          {t('machines.card.print')}
        </Button>
        <ActionIcon variant="subtle" color="red" aria-label={t('machines.card.remove', { name })} disabled={disabled} onClick={() => onRemove(name)}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </Group>
  ))
}

/** The card in the machine: its files, what is printed from it. Nothing where the machine has none. */
export function CardPanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const [asking, setAsking] = useState<{ readonly kind: 'stop' } | { readonly kind: 'remove'; readonly name: string }>()
  const { id: machineId, card } = machine
  const act = useAction((action: Parameters<ReturnType<typeof getClient>['machines']['card']>[0]['action']) => getClient().machines.card({ machineId, action }))
  const upload = useAction(async (file: File | null) => {
    if (file !== null) await getClient().jobs.toCard({ machineId, gcodeSha256: await putBlob(file), name: cardName(file.name) })
  })
  if (card === undefined) return undefined
  const disabled = machine.state !== 'ready' || card.printing !== undefined || card.upload !== undefined
  const name = asking?.kind === 'remove' ? asking.name : (card.printing?.name ?? '')
  return (
    <Sheet
      title={t('machines.card')}
      actions={
        <ActionIcon variant="subtle" aria-label={t('machines.card.refresh')} disabled={disabled} onClick={() => act.run({ kind: 'list' })}>
          <IconRefresh size={16} aria-hidden />
        </ActionIcon>
      }
    >
      <AtWork card={card} onStop={() => setAsking({ kind: 'stop' })} />
      <CardFiles card={card} disabled={disabled} onPrint={(file) => act.run({ kind: 'print', name: file })} onRemove={(file) => setAsking({ kind: 'remove', name: file })} />
      <FileButton accept=".gcode,.gco,.g" onChange={upload.run}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconUpload size={16} aria-hidden />} loading={upload.busy} disabled={disabled}>
            {t('machines.card.add')}
          </Button>
        )}
      </FileButton>
      <Confirm
        opened={asking !== undefined}
        title={asking?.kind === 'stop' ? t('machines.card.stop') : t('machines.card.remove', { name })}
        text={asking?.kind === 'stop' ? t('machines.card.stop.text') : t('machines.card.remove.text', { name })}
        action={asking?.kind === 'stop' ? t('machines.card.stop') : t('machines.card.remove', { name })}
        onConfirm={() => asking !== undefined && act.run(asking)}
        onClose={() => setAsking(undefined)}
      />
    </Sheet>
  )
}
