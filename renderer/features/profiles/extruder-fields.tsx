import { NumberInput, SimpleGrid, Stack, Switch, Text } from '@mantine/core'
import { headClearanceOf } from '../../../shared/machine/head-clearance'
import { extruderCount } from '../../../shared/machine/print-tools'
import type { ExtruderProfile, MachineProfile } from '../../../shared/machine/profile'
import { SETTINGS } from '../../../shared/slicing/settings'
import { useText } from '../../i18n/text'
import { Sheet } from '../../ui/sheet'
import { ToolSwatch } from '../../viewer/tool-swatch'

interface Props {
  readonly profile: MachineProfile
  readonly disabled: boolean
  readonly change: (part: Partial<MachineProfile>) => void
}

const MOST_EXTRUDERS = 16

interface NumberProps {
  readonly label: string
  readonly value: number
  readonly unit: string
  readonly disabled: boolean
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly onChange: (value: number) => void
}

function NumberField({ label, value, unit, disabled, min = 0, max = 2000, step = 1, onChange }: NumberProps) {
  return <NumberInput label={label} value={value} min={min} max={max} step={step} allowNegative={min < 0} clampBehavior="blur" suffix={unit === '' ? '' : ` ${unit}`} readOnly={disabled} hideControls={disabled} variant={disabled ? 'unstyled' : 'default'} onChange={(next) => typeof next === 'number' && next >= min && next <= max && onChange(next)} />
}

/** Room of the print head, for printing object by object. */
export function HeadFields({ profile, disabled, change }: Props) {
  const t = useText()
  const head = headClearanceOf(profile)
  const fields = [['leftMm', 'left'], ['rightMm', 'right'], ['frontMm', 'front'], ['backMm', 'back'], ['gantryHeightMm', 'gantry']] as const
  return (
    <Sheet title={t('profiles.head')}>
      <Text size="sm" c="dimmed">
        {t(profile.headClearance === undefined ? 'profiles.head.cautious' : 'profiles.head.help')}
      </Text>
      <SimpleGrid cols={5}>
        {fields.map(([key, name]) => (
          <NumberField key={key} label={t(`profiles.head.${name}`)} value={head[key]} unit="mm" disabled={disabled} onChange={(value) => change({ headClearance: { ...head, [key]: value } })} />
        ))}
      </SimpleGrid>
    </Sheet>
  )
}

/** One of several extruders: nozzle, retraction, and where it is. */
function Extruder({ tool, profile, disabled, change }: Props & { readonly tool: number }) {
  const t = useText()
  const { extruders = [], sharedNozzle, settings: ofMachine } = profile
  const own: ExtruderProfile = extruders[tool] ?? { settings: {} }
  const set = (part: Partial<ExtruderProfile>) => change({ extruders: extruders.map((one, i) => (i === tool ? { ...one, ...part } : one)) })
  const value = (key: 'nozzleDiameterMm' | 'retractionMm' | 'filamentDiameterMm') => own.settings[key] ?? ofMachine[key] ?? SETTINGS[key].default
  const setting = (key: 'nozzleDiameterMm' | 'retractionMm' | 'filamentDiameterMm') => (next: number) => set({ settings: { ...own.settings, [key]: next } })
  const [x, y] = own.offsetMm ?? [0, 0]
  const bounds = (key: 'nozzleDiameterMm' | 'retractionMm' | 'filamentDiameterMm') => ({ min: SETTINGS[key].min, max: SETTINGS[key].max, step: SETTINGS[key].step })
  return (
    <section aria-label={t('profiles.extruder', { number: tool + 1 })}>
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          <ToolSwatch tool={tool} /> {t('profiles.extruder', { number: tool + 1 })}
        </Text>
        <SimpleGrid cols={sharedNozzle === true ? 2 : 5}>
          {sharedNozzle !== true && <NumberField label={t('setting.nozzleDiameterMm')} value={value('nozzleDiameterMm')} unit="mm" disabled={disabled} onChange={setting('nozzleDiameterMm')} {...bounds('nozzleDiameterMm')} />}
          <NumberField label={t('setting.filamentDiameterMm')} value={value('filamentDiameterMm')} unit="mm" disabled={disabled} onChange={setting('filamentDiameterMm')} {...bounds('filamentDiameterMm')} />
          <NumberField label={t('setting.retractionMm')} value={value('retractionMm')} unit="mm" disabled={disabled} onChange={setting('retractionMm')} {...bounds('retractionMm')} />
          {sharedNozzle !== true && <NumberField label={t('profiles.offset.x')} value={x} unit="mm" min={-500} max={500} step={0.1} disabled={disabled} onChange={(next) => set({ offsetMm: [next, y] })} />}
          {sharedNozzle !== true && <NumberField label={t('profiles.offset.y')} value={y} unit="mm" min={-500} max={500} step={0.1} disabled={disabled} onChange={(next) => set({ offsetMm: [x, next] })} />}
        </SimpleGrid>
      </Stack>
    </section>
  )
}

/** So many extruders, the new ones like the machine. A single one says nothing of its own; a matrix of another size is no use. */
function withCount({ extruders = [], purgeMm3 = [] }: MachineProfile, count: number): Partial<MachineProfile> {
  return { extruders: Array.from({ length: count }, (_, i) => extruders[i] ?? { settings: {} }), ...(purgeMm3.length > 0 && purgeMm3.length !== count && { purgeMm3: evenMatrix(count) }) }
}

function evenMatrix(count: number): readonly (readonly number[])[] {
  return Array.from({ length: count }, (_, from) => Array.from({ length: count }, (_column, to) => (from === to ? 0 : SETTINGS.purgeMm3.default)))
}

/** How many extruders there are, and what each is like. */
export function ExtruderFields(props: Props) {
  const t = useText()
  const { profile, disabled, change } = props
  const count = extruderCount(profile)
  return (
    <Sheet title={t('profiles.extruders')}>
      <SimpleGrid cols={3}>
        <NumberField label={t('profiles.extruders.count')} value={count} unit="" min={1} max={MOST_EXTRUDERS} disabled={disabled} onChange={(next) => Number.isInteger(next) && change(withCount(profile, next))} />
        {count > 1 && <NumberField label={t('profiles.toolChange')} value={profile.toolChangeS ?? 0} unit="s" max={600} disabled={disabled} onChange={(toolChangeS) => change({ toolChangeS })} />}
      </SimpleGrid>
      {count > 1 && (
        <>
          <Switch label={t('profiles.sharedNozzle')} description={t('profiles.sharedNozzle.help')} checked={profile.sharedNozzle === true} disabled={disabled} onChange={({ currentTarget }) => change({ sharedNozzle: currentTarget.checked })} />
          {Array.from({ length: count }, (_, tool) => (
            <Extruder key={tool} {...props} tool={tool} />
          ))}
          {profile.sharedNozzle !== true && (
            <Text size="xs" c="dimmed">
              {t('profiles.offset.help')}
            </Text>
          )}
        </>
      )}
    </Sheet>
  )
}
