import { ActionIcon, NumberInput, Select, Switch, Text, Tooltip } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import { memo } from 'react'
import { SETTINGS, type SettingDefinition, type SettingKey, type SettingValues } from '../../../shared/slicing/settings'
import { type Translate, isTextKey, useText } from '../../i18n/text'
import { useWorkspace } from '../../workspace/workspace-store'
import styles from './prepare.module.css'

type Value = number | string | boolean

export interface SettingFieldProps {
  readonly name: SettingKey
  readonly value: Value
  /** What the profiles say. */
  readonly base: Value
}

/** A setting's value in words: choices by name, numbers with their unit. */
function valueText(t: Translate, definition: SettingDefinition, value: Value): string {
  if (typeof value === 'boolean') return t(value ? 'prepare.on' : 'prepare.off')
  const choice = `setting.choice.${value}`
  if (isTextKey(choice)) return t(choice)
  return definition.kind === 'number' && definition.unit !== '' ? `${value} ${definition.unit}` : String(value)
}

/** Sets a value by hand; the profiles' own value is no change. Values come from fields that this table made. */
function put(name: SettingKey, value: Value, base: Value): void {
  const { setOverride } = useWorkspace.getState() as { setOverride(key: SettingKey, value: SettingValues[SettingKey]): void }
  setOverride(name, value === base ? undefined : (value as SettingValues[SettingKey]))
}

function Field({ name, value, base }: SettingFieldProps) {
  const t = useText()
  const definition: SettingDefinition = SETTINGS[name]
  const label = t(`setting.${name}`)
  const described = { 'aria-label': label, 'aria-description': t(`setting.${name}.help`) }
  if (definition.kind === 'boolean') return <Switch size="sm" checked={value === true} onChange={({ currentTarget }) => put(name, currentTarget.checked, base)} {...described} />
  if (definition.kind === 'choice') {
    const data = definition.choices.map((choice) => ({ value: choice, label: valueText(t, definition, choice) }))
    return <Select size="xs" w={132} allowDeselect={false} data={data} value={String(value)} onChange={(next) => next !== null && put(name, next, base)} {...described} />
  }
  const { min, max, step, unit, integer } = definition
  return (
    <NumberInput
      size="xs"
      w={112}
      min={min}
      max={max}
      step={step}
      allowDecimal={integer !== true}
      allowNegative={min < 0}
      suffix={unit === '' ? '' : ` ${unit}`}
      value={Number(value)}
      onChange={(next) => typeof next === 'number' && next >= min && next <= max && next !== value && put(name, next, base)}
      onBlur={() => useWorkspace.getState().settle()}
      {...described}
    />
  )
}

/** A setting's name, its field, and the way back to what the profiles say. */
export const SettingField = memo(function SettingField({ name, value, base }: SettingFieldProps) {
  const t = useText()
  const isChanged = value !== base
  const label = t(`setting.${name}`)
  const reset = t('prepare.setting.reset', { setting: label, value: valueText(t, SETTINGS[name], base) })
  return (
    <div className={styles['setting']} data-changed={isChanged}>
      <Tooltip label={t(`setting.${name}.help`)} multiline w={270} position="left" events={{ hover: true, focus: true, touch: true }}>
        <Text size="sm" span className={styles['settingName']}>
          {label}
        </Text>
      </Tooltip>
      {isChanged ? (
        <Tooltip label={reset}>
          <ActionIcon variant="subtle" size={24} aria-label={reset} onClick={() => put(name, base, base)}>
            <IconRestore size={15} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : (
        <span />
      )}
      <Field name={name} value={value} base={base} />
    </div>
  )
})
