import { ActionIcon, Button, Group, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp, IconEngineOff, IconHome } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { MachineCommand, MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { Sheet } from '../../ui/sheet'
import styles from './machines.module.css'

const STEPS_MM = ['0.1', '1', '10', '50']
const FEED_XY_MM_PER_MIN = 3000
const FEED_Z_MM_PER_MIN = 600
const FEED_E_MM_PER_MIN = 180

type Send = (command: MachineCommand) => void
type Axis = 'x' | 'y' | 'z'

interface JogProps {
  readonly axis: Axis
  readonly sign: 1 | -1
  readonly stepMm: number
  readonly place: readonly [row: number, column: number]
  readonly disabled: boolean
  readonly send: Send
  readonly children: ReactNode
}

function JogButton({ axis, sign, stepMm, place: [gridRow, gridColumn], disabled, send, children }: JogProps) {
  const t = useText()
  const distanceMm = sign * stepMm
  const label = t('machines.jog', { axis: axis.toUpperCase(), distance: `${sign > 0 ? '+' : '−'}${stepMm}` })
  return (
    <ActionIcon
      variant="default"
      size={44}
      w={52}
      style={{ gridRow, gridColumn }}
      disabled={disabled}
      aria-label={label}
      title={label}
      onClick={() => send({ kind: 'jog', axis, distanceMm, feedMmPerMin: axis === 'z' ? FEED_Z_MM_PER_MIN : FEED_XY_MM_PER_MIN })}
    >
      {children}
    </ActionIcon>
  )
}

function JogPad({ stepMm, disabled, send }: { readonly stepMm: number; readonly disabled: boolean; readonly send: Send }) {
  const t = useText()
  const shared = { stepMm, disabled, send }
  return (
    <div className={styles['jog']} role="group" aria-label={t('machines.move')}>
      <JogButton axis="y" sign={1} place={[1, 2]} {...shared}>
        <IconArrowUp size={20} aria-hidden />
      </JogButton>
      <JogButton axis="x" sign={-1} place={[2, 1]} {...shared}>
        <IconArrowLeft size={20} aria-hidden />
      </JogButton>
      <ActionIcon variant="light" size={44} w={52} style={{ gridRow: 2, gridColumn: 2 }} disabled={disabled} aria-label={t('machines.home.all')} title={t('machines.home.all')} onClick={() => send({ kind: 'home', axes: ['x', 'y', 'z'] })}>
        <IconHome size={20} aria-hidden />
      </ActionIcon>
      <JogButton axis="x" sign={1} place={[2, 3]} {...shared}>
        <IconArrowRight size={20} aria-hidden />
      </JogButton>
      <JogButton axis="y" sign={-1} place={[3, 2]} {...shared}>
        <IconArrowDown size={20} aria-hidden />
      </JogButton>
      <JogButton axis="z" sign={1} place={[1, 5]} {...shared}>
        <Text fw={600}>Z+</Text>
      </JogButton>
      <ActionIcon variant="light" size={44} w={52} style={{ gridRow: 2, gridColumn: 5 }} disabled={disabled} aria-label={t('machines.home.z')} title={t('machines.home.z')} onClick={() => send({ kind: 'home', axes: ['z'] })}>
        <IconHome size={20} aria-hidden />
      </ActionIcon>
      <JogButton axis="z" sign={-1} place={[3, 5]} {...shared}>
        <Text fw={600}>Z−</Text>
      </JogButton>
    </div>
  )
}

function Extrude({ disabled, send }: { readonly disabled: boolean; readonly send: Send }) {
  const t = useText()
  const [lengthMm, setLength] = useState<number | string>(10)
  const length = typeof lengthMm === 'number' ? lengthMm : 0
  const extrude = (sign: 1 | -1) => send({ kind: 'extrude', lengthMm: sign * length, feedMmPerMin: FEED_E_MM_PER_MIN })
  return (
    <Group gap="xs" wrap="nowrap" align="flex-end">
      <NumberInput label={t('machines.filament')} value={lengthMm} onChange={setLength} min={1} max={200} suffix=" mm" w={110} disabled={disabled} />
      <Button variant="default" disabled={disabled || length <= 0} onClick={() => extrude(1)}>
        {t('machines.extrude')}
      </Button>
      <Button variant="default" disabled={disabled || length <= 0} onClick={() => extrude(-1)}>
        {t('machines.retract')}
      </Button>
    </Group>
  )
}

function Position({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const { positionMm } = machine
  if (positionMm === undefined) return undefined
  return (
    <Text size="sm" className="tabular">
      {`X ${positionMm.x.toFixed(1)}  Y ${positionMm.y.toFixed(1)}  Z ${positionMm.z.toFixed(2)} mm`}
      {!machine.isHomed && (
        <Text span size="sm" c="dimmed">
          {` · ${t('machines.notHomed')}`}
        </Text>
      )}
    </Text>
  )
}

/** Moves by hand; not while a job runs. */
export function ControlPanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const [step, setStep] = useState('10')
  const { run: send } = useAction((command: MachineCommand) => getClient().machines.command({ machineId: machine.id, command }))
  const disabled = machine.state !== 'ready'
  return (
    <Sheet title={t('machines.move')} actions={<Position machine={machine} />}>
      <Group align="flex-start" gap="lg">
        <JogPad stepMm={Number(step)} disabled={disabled} send={send} />
        <Stack gap="xs">
          <SegmentedControl orientation="vertical" size="xs" aria-label={t('machines.step')} value={step} onChange={setStep} data={STEPS_MM.map((value) => ({ value, label: `${value} mm` }))} />
        </Stack>
      </Group>
      <Extrude disabled={disabled} send={send} />
      <Button variant="default" w="fit-content" leftSection={<IconEngineOff size={17} aria-hidden />} disabled={disabled} onClick={() => send({ kind: 'motors-off' })}>
        {t('machines.motorsOff')}
      </Button>
      {machine.state === 'disconnected' && (
        <Text size="sm" c="dimmed">
          {t('machines.connectFirst')}
        </Text>
      )}
    </Sheet>
  )
}
