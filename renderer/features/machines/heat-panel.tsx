import { Button, Group, NumberInput, Slider, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { MachineCommand, MachineStatus } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { Sheet } from '../../ui/sheet'
import { useMachineProfiles } from './machine-profiles'
import { formatTemperature } from './temperature-text'

const USUAL_HOTEND_C = 210
const USUAL_BED_C = 60

interface HeaterProps {
  readonly label: string
  readonly now: { readonly currentC: number; readonly targetC: number } | undefined
  readonly maxC: number
  readonly usualC: number
  readonly disabled: boolean
  readonly onHeat: (targetC: number) => void
}

function Heater({ label, now, maxC, usualC, disabled, onHeat }: HeaterProps) {
  const t = useText()
  const [target, setTarget] = useState<number | string>(usualC)
  const isValid = typeof target === 'number' && target >= 0 && target <= maxC
  return (
    <form onSubmit={(event) => (event.preventDefault(), isValid && onHeat(target))}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Stack gap={0} w={110}>
          <Text size="sm">{label}</Text>
          <Text className="tabular" fw={600}>
            {now === undefined ? '–' : formatTemperature(now)}
          </Text>
        </Stack>
        <NumberInput aria-label={t('machines.heat.target', { heater: label })} value={target} onChange={setTarget} min={0} max={maxC} suffix=" °C" w={96} disabled={disabled} />
        <Group gap={4} wrap="nowrap">
          <Button type="submit" variant="default" px="sm" disabled={disabled || !isValid}>
            {t('machines.heat')}
          </Button>
          <Button variant="subtle" px="xs" disabled={disabled || now === undefined || now.targetC === 0} onClick={() => onHeat(0)} aria-label={t('machines.heat.off.label', { heater: label })}>
            {t('machines.heat.off')}
          </Button>
        </Group>
      </Group>
    </form>
  )
}

function Fan({ percent, disabled, onFan }: { readonly percent: number | undefined; readonly disabled: boolean; readonly onFan: (percent: number) => void }) {
  const t = useText()
  const [value, setValue] = useState(percent ?? 0)
  useEffect(() => setValue(percent ?? 0), [percent])
  return (
    <Group wrap="nowrap" gap="sm">
      <Text size="sm" w={110}>
        {`${t('machines.fan')} ${Math.round(value)} %`}
      </Text>
      <Slider flex={1} thumbLabel={t('machines.fan')} value={value} onChange={setValue} onChangeEnd={onFan} disabled={disabled} label={(shown) => `${shown} %`} />
    </Group>
  )
}

/** Heaters and fan by hand. */
export function HeatPanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const profile = useMachineProfiles().find(({ id }) => id === machine.profileId)
  const send = useAction((command: MachineCommand) => getClient().machines.command({ machineId: machine.id, command }))
  const disabled = machine.state !== 'ready' && machine.state !== 'printing' && machine.state !== 'held'
  return (
    <Sheet title={t('machines.heaters')}>
      <Heater label={t('machines.hotend')} now={machine.hotends[0]} maxC={profile?.maxHotendC ?? 300} usualC={USUAL_HOTEND_C} disabled={disabled} onHeat={(targetC) => send.run({ kind: 'heat', heater: 'hotend', targetC })} />
      {(profile?.heatedBed ?? true) && <Heater label={t('machines.bed')} now={machine.bed} maxC={profile?.maxBedC ?? 120} usualC={USUAL_BED_C} disabled={disabled} onHeat={(targetC) => send.run({ kind: 'heat', heater: 'bed', targetC })} />}
      <Fan percent={machine.fanPercent} disabled={disabled} onFan={(percent) => send.run({ kind: 'fan', percent })} />
    </Sheet>
  )
}
