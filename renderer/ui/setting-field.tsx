import { ActionIcon, NumberInput, Select, Switch, Text, Tooltip } from '@mantine/core'
import { IconRestore, IconX } from '@tabler/icons-react'
import { memo } from 'react'
import { SETTINGS, type SettingDefinition, type SettingKey } from '../../shared/slicing/settings'
import { type Translate, isTextKey, useText } from '../i18n/text'
import styles from './setting-field.module.css'

export type SettingInput = number | string | boolean

export interface SettingFieldProps {
  readonly name: SettingKey
  readonly value: SettingInput
  /** What holds where nothing is changed; undefined where the setting wouldn't be there at all. */
  readonly base: SettingInput | undefined
  /** Called with `base` as the value for the way back; one function for all fields keeps them from being drawn anew. */
  readonly onChange: (name: SettingKey, value: SettingInput | undefined, base: SettingInput | undefined) => void
  /** A number's field was left: what follows is another edit. */
  readonly onSettled?: () => void
  readonly readOnly?: boolean
}

/** A setting's value in words: choices by name, numbers with their unit. */
function valueText(t: Translate, definition: SettingDefinition, value: SettingInput): string {
  if (typeof value === 'boolean') return t(value ? 'setting.on' : 'setting.off')
  const choice = `setting.choice.${value}`
  if (isTextKey(choice)) return t(choice)
  return definition.kind === 'number' && definition.unit !== '' ? `${value} ${definition.unit}` : String(value)
}

function Field({ name, value, base, onChange, onSettled, readOnly }: SettingFieldProps) {
  const t = useText()
  const definition: SettingDefinition = SETTINGS[name]
  const described = { 'aria-label': t(`setting.${name}`), 'aria-description': t(`setting.${name}.help`) }
  if (readOnly === true) {
    return (
      <Text size="sm" className="tabular">
        {valueText(t, definition, value)}
      </Text>
    )
  }
  if (definition.kind === 'boolean') return <Switch size="sm" checked={value === true} onChange={({ currentTarget }) => onChange(name, currentTarget.checked, base)} {...described} />
  if (definition.kind === 'choice') {
    const data = definition.choices.map((choice) => ({ value: choice, label: valueText(t, definition, choice) }))
    return <Select size="xs" w={132} allowDeselect={false} data={data} value={String(value)} onChange={(next) => next !== null && onChange(name, next, base)} {...described} />
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
      // A number on its way ("1." or nothing) is no value yet; leaving the field puts it inside the range.
      clampBehavior="blur"
      value={Number(value)}
      onChange={(next) => typeof next === 'number' && next >= min && next <= max && next !== value && onChange(name, next, base)}
      onBlur={onSettled}
      {...described}
    />
  )
}

/** A setting's name with its explanation, its field, and the way back to what holds without the change. */
export const SettingField = memo(function SettingField(props: SettingFieldProps) {
  const t = useText()
  const { name, value, base, onChange, readOnly } = props
  const isChanged = value !== base && readOnly !== true
  const label = t(`setting.${name}`)
  const back = base === undefined ? t('setting.remove', { setting: label }) : t('setting.reset', { setting: label, value: valueText(t, SETTINGS[name], base) })
  const Back = base === undefined ? IconX : IconRestore
  return (
    <div className={styles['setting']} data-changed={isChanged}>
      <Tooltip label={t(`setting.${name}.help`)} multiline w={270} position="left" events={{ hover: true, focus: true, touch: true }}>
        <Text size="sm" span className={styles['name']}>
          {label}
        </Text>
      </Tooltip>
      {isChanged ? (
        <Tooltip label={back}>
          <ActionIcon variant="subtle" size={24} aria-label={back} onClick={() => onChange(name, base, base)}>
            <Back size={15} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : (
        <span />
      )}
      <Field {...props} />
    </div>
  )
})
