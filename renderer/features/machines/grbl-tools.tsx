import { Button, Checkbox, FileButton, Group, NumberInput, Slider, Stack, Text } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { useText } from '../../i18n/text'
import { putBlob } from '../../library/blobs'
import { useAction } from '../../ui/action'
import { Sheet } from '../../ui/sheet'
import { isToolChange, useSend } from './grbl-panel'

const TEST_S = 2
const PROBE = { distanceMm: 25, feedMmPerMin: 50 }

/** The beam's spot, to see where it stands: off until it is allowed, and off again by the machine itself. */
export function LaserPanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const send = useSend(machine)
  const [isAllowed, setAllowed] = useState(false)
  const [percent, setPercent] = useState(1)
  // Allowed for one look at a connected machine, not for the next one.
  useEffect(() => setAllowed(false), [machine.state])
  const hasMode = machine.grbl?.hasLaserMode === true
  return (
    <Sheet title={t('grbl.laser')}>
      <Text size="sm" c="dimmed">
        {hasMode || !machine.grbl ? t('grbl.laser.off') : t('grbl.laser.needsMode')}
      </Text>
      <Checkbox label={t('grbl.laser.allow')} checked={isAllowed} disabled={machine.state !== 'ready' || !hasMode} onChange={(event) => setAllowed(event.currentTarget.checked)} />
      <Stack gap={2}>
        <Text size="sm">{`${t('grbl.laser.power')}: ${percent} %`}</Text>
        <Slider thumbLabel={t('grbl.laser.power')} min={0.5} max={5} step={0.5} value={percent} onChange={setPercent} disabled={!isAllowed} label={null} />
      </Stack>
      <Button variant="default" w="fit-content" disabled={!isAllowed || machine.state !== 'ready' || !hasMode} onClick={() => send({ kind: 'laser-test', percent, seconds: TEST_S })}>
        {t('grbl.laser.test')}
      </Button>
    </Sheet>
  )
}

/** The height zero by a plate of known thickness. */
export function ProbePanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const send = useSend(machine)
  const [plateMm, setPlate] = useState<number | string>(15)
  const disabled = machine.grbl?.alarm !== undefined || (machine.state !== 'ready' && !isToolChange(machine))
  return (
    <Sheet title={t('grbl.probe')}>
      <Text size="sm" c="dimmed">
        {t('grbl.probe.help')}
      </Text>
      <Group align="flex-end">
        <NumberInput label={t('grbl.probe.plate')} suffix=" mm" min={0} max={100} decimalScale={3} value={plateMm} onChange={setPlate} w={140} disabled={disabled} />
        <Button variant="default" disabled={disabled || typeof plateMm !== 'number'} onClick={() => send({ kind: 'probe', ...PROBE, plateMm: Number(plateMm) })}>
          {t('grbl.probe.start')}
        </Button>
      </Group>
    </Sheet>
  )
}

/** Runs a G-code file from this computer; all of it is checked before the first line is sent. */
export function RunFilePanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const [file, setFile] = useState<File | null>(null)
  const [isChecked, setChecked] = useState(false)
  const [line, setLine] = useState<number | string>(1)
  const start = useAction(async () => {
    if (!file) return
    const gcodeSha256 = await putBlob(file)
    const fromLine = typeof line === 'number' && line > 1 ? line : undefined
    await getClient().jobs.create({ name: file.name, machineId: machine.id, gcodeSha256, sources: [], start: true, ...(isChecked && { check: 'first' as const }), ...(fromLine !== undefined && { fromLine }) })
  })
  return (
    <Sheet title={t('grbl.file')}>
      <Text size="sm" c="dimmed">
        {t('grbl.file.help')}
      </Text>
      <Group>
        <FileButton onChange={setFile} accept=".gcode,.nc,.ngc,.gc,.tap,.cnc">
          {(props) => (
            <Button {...props} variant="default">
              {file?.name ?? t('grbl.file.choose')}
            </Button>
          )}
        </FileButton>
        <NumberInput label={t('grbl.file.from')} min={1} value={line} onChange={setLine} w={120} />
      </Group>
      <Checkbox label={t('grbl.file.check')} checked={isChecked} onChange={(event) => setChecked(event.currentTarget.checked)} />
      <Button w="fit-content" leftSection={<IconPlayerPlay size={17} aria-hidden />} disabled={!file || machine.state !== 'ready'} loading={start.busy} onClick={start.run}>
        {t('grbl.file.start')}
      </Button>
    </Sheet>
  )
}
