import { Button, Group, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useText } from '../../i18n/text'
import { runCommand } from '../../ui/commands'
import { refusedObjects } from '../../workspace/check-plate'
import { ObjectList } from './object-list'
import { PlateViewport } from './plate-viewport'
import styles from './prepare.module.css'
import { usePrepareCommands } from './prepare-commands'
import { LayerCurvePanel } from './layer-curve-panel'
import { HeightRangesNote } from './height-ranges-note'
import { ProfilePanel } from './profile-panel'
import { SettingEditor } from './setting-editor'
import { SlicePanel } from './slice-panel'
import { TransformPanel } from './transform-panel'
import { usePlateProblems } from './use-plate-scene'

/** Parts are placed on the plate, settings chosen, and the plate is sliced. */
export function PrepareScreen() {
  const t = useText()
  usePrepareCommands()
  const problems = usePlateProblems()
  const refused = useMemo(() => refusedObjects(problems), [problems])
  return (
    <div className={styles['screen']}>
      <aside className={styles['left']} aria-label={t('prepare.objects')}>
        <Group justify="space-between" wrap="nowrap">
          <Title order={1} className={styles['heading']}>
            {t('prepare.objects')}
          </Title>
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => runCommand('import.open')}>
            {t('prepare.import')}
          </Button>
        </Group>
        <div className={styles['list']}>
          <ObjectList refused={refused} />
        </div>
        <section className={styles['transform']} aria-label={t('prepare.transform')}>
          <TransformPanel />
        </section>
      </aside>
      <PlateViewport problems={problems} />
      <aside className={styles['right']} aria-label={t('prepare.settings')}>
        <div className={styles['settings']}>
          <ProfilePanel />
          <HeightRangesNote />
          <LayerCurvePanel />
          <SettingEditor />
        </div>
        <div className={styles['slice']}>
          <SlicePanel problems={problems} />
        </div>
      </aside>
    </div>
  )
}
