import { ActionIcon, Group, NumberInput, Select, Stack, Switch, Text, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { SETTINGS, type SettingDefinition, type SettingKey, type SettingValues } from '../../shared/slicing/settings'
import { type TextKey, isTextKey, useText } from '../i18n/text'

type Value = number | boolean | string

export interface SettingFieldProps {
  readonly settingKey: SettingKey
  readonly value: Value
  /** Marks the value as the user's own, with a button that takes it back; it isn't when absent. */
  readonly onReset?: () => void
  readonly onChange: (value: Value) => void
  readonly disabled?: boolean
}

interface ControlProps extends SettingFieldProps {
  readonly definition: SettingDefinition
  readonly label: string
}

function NumberControl({ definition, label, value, onChange, disabled }: ControlProps) {
  if (definition.kind !== 'number') return undefined
  const { min, max, step, unit, integer } = definition
  return (
    <NumberInput
      aria-label={label}
      size="xs"
      w={116}
      min={min}
      max={max}
      step={step}
      allowDecimal={integer !== true}
      suffix={unit === '' ? '' : ` ${unit}`}
      // A number on its way ("1." or nothing) is no value yet; leaving the field puts it inside the range.
      clampBehavior="blur"
      value={value as number}
      readOnly={disabled === true}
      hideControls={disabled === true}
      variant={disabled === true ? 'unstyled' : 'default'}
      onChange={(next) => typeof next === 'number' && next >= min && next <= max && onChange(next)}
    />
  )
}

function ChoiceControl({ definition, label, value, onChange, disabled }: ControlProps) {
  const t = useText()
  if (definition.kind !== 'choice') return undefined
  const name = (choice: string) => {
    const key: string = `setting.choice.${choice}`
    return isTextKey(key) ? t(key) : choice
  }
  return <Select aria-label={label} size="xs" w={150} allowDeselect={false} data={definition.choices.map((choice) => ({ value: choice, label: name(choice) }))} value={value as string} readOnly={disabled === true} variant={disabled === true ? 'unstyled' : 'default'} onChange={(next) => next !== null && onChange(next)} />
}

function Control(props: ControlProps) {
  const { definition, label, value, onChange, disabled } = props
  switch (definition.kind) {
    case 'number':
      return <NumberControl {...props} />
    case 'choice':
      return <ChoiceControl {...props} />
    case 'boolean':
      return <Switch aria-label={label} checked={value as boolean} disabled={disabled} onChange={(event) => onChange(event.currentTarget.checked)} />
    default:
      definition satisfies never
      return undefined
  }
}

/** One setting of slicing: its name with an explanation, its value, and the way back when the value is the user's own. */
export function SettingField(props: SettingFieldProps) {
  const t = useText()
  const { settingKey, onReset, disabled } = props
  const label = t(`setting.${settingKey}`)
  const help = t(`setting.${settingKey}.help` satisfies TextKey)
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs" mih={32}>
      <Tooltip label={help} multiline w={280} position="left">
        <Text size="sm" fw={onReset === undefined ? 400 : 650}>
          {label}
        </Text>
      </Tooltip>
      <Group gap={4} wrap="nowrap">
        {onReset !== undefined && disabled !== true && (
          <ActionIcon variant="subtle" size="sm" aria-label={t('setting.reset', { setting: label })} title={t('setting.reset', { setting: label })} onClick={onReset}>
            <IconArrowBackUp size={15} aria-hidden />
          </ActionIcon>
        )}
        <Control {...props} definition={SETTINGS[settingKey]} label={label} />
      </Group>
    </Group>
  )
}

/** Every setting in the order of the table, by group. */
export function settingsByGroup(keys: readonly SettingKey[]): ReadonlyMap<SettingDefinition['group'], readonly SettingKey[]> {
  const groups = new Map<SettingDefinition['group'], SettingKey[]>()
  for (const key of keys) groups.set(SETTINGS[key].group, [...(groups.get(SETTINGS[key].group) ?? []), key])
  return groups
}

/** Settings that a profile sets, with a way to take one back. */
export function SettingList({ values, shown, onChange, disabled }: { readonly values: SettingValues; readonly shown: readonly SettingKey[]; readonly onChange: (key: SettingKey, value: Value | undefined) => void; readonly disabled?: boolean }) {
  const t = useText()
  return (
    <Stack gap="xs">
      {[...settingsByGroup(shown)].map(([group, keys]) => (
        <Stack key={group} gap={2}>
          <Text size="xs" fw={650} c="dimmed">
            {t(`setting.group.${group}`)}
          </Text>
          {keys.map((key) => {
            const own = values[key]
            return <SettingField key={key} settingKey={key} value={own ?? SETTINGS[key].default} onChange={(value) => onChange(key, value)} {...(own !== undefined && { onReset: () => onChange(key, undefined) })} {...(disabled !== undefined && { disabled })} />
          })}
        </Stack>
      ))}
    </Stack>
  )
}
