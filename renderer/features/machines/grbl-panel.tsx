import { ActionIcon, Badge, Button, Group, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconHome, IconLockOpen, IconMinus, IconPlus, IconTargetArrow } from '@tabler/icons-react'
import { useState } from 'react'
import type { MachineCommand, MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { useText } from '../../i18n/text'
import { isTextKey, type Translate } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { Confirm } from '../../ui/confirm'
import { Figures } from '../../ui/figures'
import { Sheet } from '../../ui/sheet'

type Grbl = NonNullable<MachineStatus['grbl']>
type Send = (command: MachineCommand) => void
const OFFSETS = ['G54', 'G55', 'G56', 'G57', 'G58', 'G59'] as const
const AXES = ['x', 'y', 'z'] as const
const MAX_OVERRIDE = 200
const MIN_OVERRIDE = 10

/** Sends commands of a machine's panels; errors are told. */
export function useSend(machine: MachineStatus): Send {
  return useAction((command: MachineCommand) => getClient().machines.command({ machineId: machine.id, command })).run
}

function stateText(t: Translate, { state, sub }: Grbl): string {
  const key: string = `grbl.state.${state}`
  return `${isTextKey(key) ? t(key) : state}${sub === undefined || sub === 0 ? '' : ` ${sub}`}`
}

function place({ x, y, z }: { readonly x: number; readonly y: number; readonly z: number }): string {
  return `X ${x.toFixed(2)}  Y ${y.toFixed(2)}  Z ${z.toFixed(2)}`
}

function Homing({ grbl, disabled, send }: { readonly grbl: Grbl; readonly disabled: boolean; readonly send: Send }) {
  const t = useText()
  const [asking, setAsking] = useState(false)
  return (
    <Group gap="xs">
      {grbl.canHome && (
        <Button variant={grbl.alarm === undefined ? 'default' : 'filled'} leftSection={<IconHome size={17} aria-hidden />} disabled={disabled} onClick={() => send({ kind: 'home', axes: [] })}>
          {t('grbl.home')}
        </Button>
      )}
      {grbl.alarm !== undefined && (
        <Button variant="default" leftSection={<IconLockOpen size={17} aria-hidden />} disabled={disabled} onClick={() => setAsking(true)}>
          {t('grbl.unlock')}
        </Button>
      )}
      <Confirm opened={asking} title={t('grbl.unlock')} text={t('grbl.unlock.text')} action={t('grbl.unlock')} onConfirm={() => send({ kind: 'unlock' })} onClose={() => setAsking(false)} />
    </Group>
  )
}

function Zero({ grbl, disabled, hasHeight, send }: { readonly grbl: Grbl; readonly disabled: boolean; readonly hasHeight: boolean; readonly send: Send }) {
  const t = useText()
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Select size="xs" w={90} aria-label={t('grbl.offset')} data={[...OFFSETS]} allowDeselect={false} value={grbl.workOffset} disabled={disabled} onChange={(offset) => offset !== null && send({ kind: 'work-offset', offset: offset as (typeof OFFSETS)[number] })} />
        <Button size="xs" leftSection={<IconTargetArrow size={16} aria-hidden />} disabled={disabled} onClick={() => send({ kind: 'set-zero', axes: ['x', 'y'] })}>
          {t('grbl.zero.all')}
        </Button>
        <Button size="xs" variant="subtle" disabled={disabled} onClick={() => send({ kind: 'go-to-zero' })}>
          {t('grbl.zero.go')}
        </Button>
      </Group>
      <Group gap="xs">
        {AXES.filter((axis) => axis !== 'z' || hasHeight).map((axis) => (
          <Button key={axis} size="xs" variant="default" disabled={disabled} onClick={() => send({ kind: 'set-zero', axes: [axis] })}>
            {t('grbl.zero.axis', { axis: axis.toUpperCase() })}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}

/** Where it is, how it is, home, unlock, work zero. */
export function GrblPanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const send = useSend(machine)
  const { grbl, positionMm } = machine
  if (!grbl) return undefined
  const isAtRest = machine.state === 'ready' && grbl.state === 'Idle'
  return (
    <Sheet title={t('grbl.panel')} actions={<Badge color={grbl.alarm === undefined ? 'celadon' : 'red'}>{stateText(t, grbl)}</Badge>}>
      <SimpleGrid cols={1} verticalSpacing={4}>
        <Text size="xs" c="dimmed">
          {`${t('grbl.work')} · ${grbl.workOffset}`}
        </Text>
        <Text fw={600} className="tabular">
          {place(grbl.workPositionMm)}
        </Text>
        {positionMm !== undefined && (
          <Text size="xs" c="dimmed" className="tabular">
            {`${t('grbl.machine')}  ${place(positionMm)}${machine.isHomed ? '' : ` · ${t('machines.notHomed')}`}`}
          </Text>
        )}
      </SimpleGrid>
      <Figures
        figures={[
          { label: t('grbl.feed'), value: `${Math.round(grbl.feedMmPerMin)} mm/min` },
          { label: t('grbl.power'), value: machine.purpose === 'laser' ? `${Math.round((100 * grbl.power) / Math.max(grbl.fullPower, 1))} %` : String(Math.round(grbl.power)) },
          ...(grbl.pins === '' ? [] : [{ label: t('grbl.pins'), value: grbl.pins }]),
        ]}
      />
      <Homing grbl={grbl} disabled={machine.state !== 'ready' && machine.state !== 'halted'} send={send} />
      <Zero grbl={grbl} disabled={!isAtRest && !isToolChange(machine)} hasHeight={machine.purpose === 'mill'} send={send} />
    </Sheet>
  )
}

/** A held job that waits for another tool: the machine may be moved and measured. */
export function isToolChange({ state, prompt }: MachineStatus): boolean {
  return state === 'held' && /^T\d+$/.test(prompt?.text ?? '')
}

function Override({ label, value, onChange }: { readonly label: string; readonly value: number; readonly onChange: (value: number) => void }) {
  const t = useText()
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="sm" w={64}>
        {label}
      </Text>
      <ActionIcon variant="default" aria-label={t('grbl.override.less', { what: label })} disabled={value <= MIN_OVERRIDE} onClick={() => onChange(Math.max(MIN_OVERRIDE, value - 10))}>
        <IconMinus size={16} aria-hidden />
      </ActionIcon>
      <Text size="sm" w={52} ta="center" className="tabular">
        {`${value} %`}
      </Text>
      <ActionIcon variant="default" aria-label={t('grbl.override.more', { what: label })} disabled={value >= MAX_OVERRIDE} onClick={() => onChange(Math.min(MAX_OVERRIDE, value + 10))}>
        <IconPlus size={16} aria-hidden />
      </ActionIcon>
      {value !== 100 && (
        <Button size="xs" variant="subtle" onClick={() => onChange(100)}>
          {t('grbl.override.reset', { what: label })}
        </Button>
      )}
    </Group>
  )
}

/** Feed, rapids and power of what runs, changed under way. */
export function OverridePanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const send = useSend(machine)
  const { grbl } = machine
  if (!grbl || (machine.state !== 'printing' && machine.state !== 'held' && machine.state !== 'ready')) return undefined
  return (
    <Sheet title={t('grbl.override')}>
      <Override label={t('grbl.override.feed')} value={grbl.overrides.feed} onChange={(feed) => send({ kind: 'override', feed })} />
      <Override label={t('grbl.override.power')} value={grbl.overrides.power} onChange={(power) => send({ kind: 'override', power })} />
      <Group gap={6}>
        <Text size="sm" w={64}>
          {t('grbl.override.rapid')}
        </Text>
        {([25, 50, 100] as const).map((rapid) => (
          <Button key={rapid} size="xs" variant={grbl.overrides.rapid === rapid ? 'filled' : 'default'} aria-pressed={grbl.overrides.rapid === rapid} onClick={() => send({ kind: 'override', rapid })}>
            {`${rapid} %`}
          </Button>
        ))}
      </Group>
    </Sheet>
  )
}
