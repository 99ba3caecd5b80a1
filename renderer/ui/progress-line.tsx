import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useText } from '../i18n/text'

/** Work that ends sooner than this is not worth a bar. */
const SHOWN_AFTER_MS = 400

export interface ProgressLineProps {
  readonly label: string
  /** 0..1; undefined while it can't be told. */
  readonly value?: number | undefined
  readonly onCancel?: (() => void) | undefined
  /** Shows at once instead of after a moment. */
  readonly immediate?: boolean
}

/** A progress bar with a label and a way to stop; appears when the work takes a moment. */
export function ProgressLine({ label, value, onCancel, immediate = false }: ProgressLineProps) {
  const t = useText()
  const [shown, setShown] = useState(immediate)
  useEffect(() => {
    if (shown) return undefined
    const timer = setTimeout(() => setShown(true), SHOWN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [shown])
  if (!shown) return undefined
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <Group wrap="nowrap" gap="md" role="status">
      <Stack gap={4} flex={1}>
        <Group justify="space-between" gap="xs">
          <Text size="sm">{label}</Text>
          {percent !== undefined && <Text size="sm" c="dimmed" className="tabular">{`${percent} %`}</Text>}
        </Group>
        <Progress value={percent ?? 100} animated={percent === undefined} aria-label={label} />
      </Stack>
      {onCancel && (
        <Button variant="default" size="xs" onClick={onCancel}>
          {t('frame.cancel')}
        </Button>
      )}
    </Group>
  )
}
