import { NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import type { MachineProfile } from '../../../shared/machine/profile'
import { useText } from '../../i18n/text'
import { Sheet } from '../../ui/sheet'
import { ExtruderFields, HeadFields } from './extruder-fields'

export interface MachineFieldsProps {
  readonly profile: MachineProfile
  readonly disabled: boolean
  readonly change: (part: Partial<MachineProfile>) => void
}

const FIRMWARES = [
  { value: 'marlin', label: 'Marlin' },
  { value: 'prusa', label: 'Prusa' },
  { value: 'klipper', label: 'Klipper' },
  { value: 'reprapfirmware', label: 'RepRapFirmware' },
  { value: 'smoothie', label: 'Smoothieware' },
]
const AXES = ['X', 'Y', 'Z', 'E'] as const
type Four = readonly [number, number, number, number]

interface FourProps {
  readonly label: string
  readonly unit: string
  readonly values: Four
  /** A mill or a laser has no extruder. */
  readonly hasExtruder: boolean
  readonly disabled: boolean
  readonly onChange: (values: Four) => void
}

interface FieldProps {
  readonly label: string
  readonly value: number
  readonly unit: string
  readonly disabled: boolean
  readonly onChange: (value: number) => void
}

function Field({ label, value, unit, disabled, onChange }: FieldProps) {
  return <NumberInput label={label} value={value} suffix={unit === '' ? '' : ` ${unit}`} min={0} readOnly={disabled} hideControls={disabled} variant={disabled ? 'unstyled' : 'default'} onChange={(next) => typeof next === 'number' && onChange(next)} />
}

function Volume({ profile, disabled, change }: MachineFieldsProps) {
  const t = useText()
  const { volume } = profile
  const set = (part: Partial<MachineProfile['volume']>) => change({ volume: { ...volume, ...part } })
  return (
    <Sheet title={t('profiles.volume')}>
      <SimpleGrid cols={3}>
        <Field label={t('profiles.volume.x')} value={volume.xMm} unit="mm" disabled={disabled} onChange={(xMm) => set({ xMm })} />
        <Field label={t('profiles.volume.y')} value={volume.yMm} unit="mm" disabled={disabled} onChange={(yMm) => set({ yMm })} />
        <Field label={t('profiles.volume.z')} value={volume.zMm} unit="mm" disabled={disabled} onChange={(zMm) => set({ zMm })} />
      </SimpleGrid>
      <SimpleGrid cols={2}>
        <Stack gap={4}>
          <Text size="sm">{t('profiles.shape')}</Text>
          <SegmentedControl aria-label={t('profiles.shape')} readOnly={disabled} value={volume.shape} onChange={(shape) => set({ shape: shape as typeof volume.shape })} data={(['rectangle', 'circle'] as const).map((value) => ({ value, label: t(`profiles.shape.${value}`) }))} />
        </Stack>
        <Stack gap={4}>
          <Text size="sm">{t('profiles.origin')}</Text>
          <SegmentedControl aria-label={t('profiles.origin')} readOnly={disabled} value={volume.origin} onChange={(origin) => set({ origin: origin as typeof volume.origin })} data={(['corner', 'centre'] as const).map((value) => ({ value, label: t(`profiles.origin.${value}`) }))} />
        </Stack>
      </SimpleGrid>
    </Sheet>
  )
}

function Heat({ profile, disabled, change }: MachineFieldsProps) {
  const t = useText()
  return (
    <Sheet title={t('profiles.heat')}>
      <Switch label={t('profiles.heatedBed')} checked={profile.heatedBed} disabled={disabled} onChange={(event) => change({ heatedBed: event.currentTarget.checked })} />
      <SimpleGrid cols={2}>
        <Field label={t('profiles.maxHotend')} value={profile.maxHotendC} unit="°C" disabled={disabled} onChange={(maxHotendC) => change({ maxHotendC })} />
        {profile.heatedBed && <Field label={t('profiles.maxBed')} value={profile.maxBedC} unit="°C" disabled={disabled} onChange={(maxBedC) => change({ maxBedC })} />}
      </SimpleGrid>
    </Sheet>
  )
}

/** One number for each axis. */
function FourFields({ label, unit, values, hasExtruder, disabled, onChange }: FourProps) {
  const axes = hasExtruder ? AXES : AXES.slice(0, 3)
  return (
    <SimpleGrid cols={axes.length}>
      {axes.map((axis, index) => (
        <Field key={axis} label={`${label} ${axis}`} unit={unit} value={values[index] ?? 0} disabled={disabled} onChange={(value) => onChange(values.map((old, i) => (i === index ? value : old)) as unknown as Four)} />
      ))}
    </SimpleGrid>
  )
}

function Motion({ profile, disabled, change }: MachineFieldsProps) {
  const t = useText()
  const { motion } = profile
  const set = (part: Partial<MachineProfile['motion']>) => change({ motion: { ...motion, ...part } })
  const { cornering } = motion
  const hasExtruder = profile.firmware !== 'grbl'
  return (
    <Sheet title={t('profiles.motion')}>
      <Text size="sm" c="dimmed">
        {t('profiles.motion.help')}
      </Text>
      <FourFields label={t('profiles.maxFeed')} unit="mm/s" values={motion.maxFeedMmPerS} hasExtruder={hasExtruder} disabled={disabled} onChange={(maxFeedMmPerS) => set({ maxFeedMmPerS })} />
      <FourFields label={t('profiles.maxAcceleration')} unit="mm/s²" values={motion.maxAccelerationMmPerS2} hasExtruder={hasExtruder} disabled={disabled} onChange={(maxAccelerationMmPerS2) => set({ maxAccelerationMmPerS2 })} />
      {hasExtruder && (
        <>
          <SimpleGrid cols={3}>
            <Field label={t('profiles.acceleration.print')} unit="mm/s²" value={motion.printAccelerationMmPerS2} disabled={disabled} onChange={(printAccelerationMmPerS2) => set({ printAccelerationMmPerS2 })} />
            <Field label={t('profiles.acceleration.travel')} unit="mm/s²" value={motion.travelAccelerationMmPerS2} disabled={disabled} onChange={(travelAccelerationMmPerS2) => set({ travelAccelerationMmPerS2 })} />
            <Field label={t('profiles.acceleration.retract')} unit="mm/s²" value={motion.retractAccelerationMmPerS2} disabled={disabled} onChange={(retractAccelerationMmPerS2) => set({ retractAccelerationMmPerS2 })} />
          </SimpleGrid>
          <SegmentedControl
            aria-label={t('profiles.cornering')}
            readOnly={disabled}
            value={cornering.kind}
            onChange={(kind) => set({ cornering: kind === 'jerk' ? { kind, jerkMmPerS: [8, 8, 0.4, 5] } : { kind: 'junction-deviation', junctionDeviationMm: 0.013 } })}
            data={[
              { value: 'jerk', label: t('profiles.cornering.jerk') },
              { value: 'junction-deviation', label: t('profiles.cornering.deviation') },
            ]}
          />
        </>
      )}
      {cornering.kind === 'jerk' ? (
        <FourFields label={t('profiles.jerk')} unit="mm/s" values={cornering.jerkMmPerS} hasExtruder={hasExtruder} disabled={disabled} onChange={(jerkMmPerS) => set({ cornering: { kind: 'jerk', jerkMmPerS } })} />
      ) : (
        <Field label={t('profiles.cornering.deviation')} unit="mm" value={cornering.junctionDeviationMm} disabled={disabled} onChange={(junctionDeviationMm) => set({ cornering: { kind: 'junction-deviation', junctionDeviationMm } })} />
      )}
    </Sheet>
  )
}

/** Programs that a machine may do without. */
const MORE_PROGRAMS = ['layerGcode', 'toolGcode', 'pauseGcode', 'colourChangeGcode'] as const

function Programs({ profile, disabled, change }: MachineFieldsProps) {
  const t = useText()
  const area = { autosize: true, minRows: 4, maxRows: 18, readOnly: disabled, styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' } } } as const
  return (
    <Sheet title={t('profiles.programs')}>
      <Textarea label={t('profiles.startGcode')} description={t('profiles.programs.help')} value={profile.startGcode} onChange={(event) => change({ startGcode: event.currentTarget.value })} {...area} />
      <Textarea label={t('profiles.endGcode')} value={profile.endGcode} onChange={(event) => change({ endGcode: event.currentTarget.value })} {...area} />
      {MORE_PROGRAMS.map((key) => (
        <Textarea key={key} label={t(`profiles.${key}`)} description={t(`profiles.${key}.help`)} value={profile[key] ?? ''} onChange={(event) => change({ [key]: event.currentTarget.value })} {...area} minRows={1} />
      ))}
    </Sheet>
  )
}

/** What only machines have: size, heat, how they move, their start and end programs. */
export function MachineFields(props: MachineFieldsProps) {
  const t = useText()
  const { profile, disabled, change } = props
  return (
    <>
      <Sheet title={t('profiles.board')}>
        <SimpleGrid cols={3}>
          <TextInput label={t('profiles.vendor')} value={profile.vendor} readOnly={disabled} variant={disabled ? 'unstyled' : 'default'} onChange={(event) => change({ vendor: event.currentTarget.value })} />
          <Select label={t('profiles.firmware')} allowDeselect={false} readOnly={disabled} variant={disabled ? 'unstyled' : 'default'} data={FIRMWARES} value={profile.firmware} onChange={(firmware) => firmware !== null && change({ firmware: firmware as MachineProfile['firmware'] })} />
          <Field label={t('machines.baud')} unit="" value={profile.baudRate} disabled={disabled} onChange={(baudRate) => change({ baudRate })} />
        </SimpleGrid>
      </Sheet>
      <Volume {...props} />
      {profile.firmware !== 'grbl' && (
        <>
          <Heat {...props} />
          <ExtruderFields {...props} />
          <HeadFields {...props} />
        </>
      )}
      <Motion {...props} />
      {profile.firmware !== 'grbl' && <Programs {...props} />}
    </>
  )
}
