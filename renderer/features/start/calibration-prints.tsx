import { Button, Group, Text } from '@mantine/core'
import { type Calibration, CALIBRATIONS } from '../../../shared/machine/calibration'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { Sheet } from '../../ui/sheet'
import { startCalibration } from './start-calibration'

function CalibrationButton({ kind }: { readonly kind: Calibration }) {
  const t = useText()
  const title = t(`start.calibration.${kind}`)
  const action = useAction(() => startCalibration(kind, title, t('start.calibration.tag')))
  return (
    <Button variant="default" size="xs" loading={action.busy} title={t(`start.calibration.${kind}.help`)} onClick={() => action.run()}>
      {title}
    </Button>
  )
}

/** Prints that find the right settings of a machine and a material. */
export function CalibrationPrints() {
  const t = useText()
  return (
    <Sheet title={t('start.calibration')}>
      <Text size="sm" c="dimmed">
        {t('start.calibration.help')}
      </Text>
      <Group gap="xs" mt="xs">
        {CALIBRATIONS.map((kind) => (
          <CalibrationButton key={kind} kind={kind} />
        ))}
      </Group>
    </Sheet>
  )
}
