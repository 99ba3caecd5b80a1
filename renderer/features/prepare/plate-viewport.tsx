import { Button, Center } from '@mantine/core'
import { IconCube3dSphere, IconCubeOff } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Problem } from '../../../shared/units/problem'
import { useText } from '../../i18n/text'
import { runCommand } from '../../ui/commands'
import { EmptyState } from '../../ui/empty-state'
import { navigate } from '../../ui/navigate'
import { AxesWidget } from '../../viewer/axes-widget'
import { Bed } from '../../viewer/bed'
import { graphicsSupport } from '../../viewer/graphics-support'
import { Viewport } from '../../viewer/viewport'
import { refusedObjects } from '../../workspace/check-plate'
import { loadedMesh, usePartMeshes } from '../../workspace/part-meshes'
import { usePlate, useWorkspace } from '../../workspace/workspace-store'
import { CutPanel } from './cut-panel'
import { CutScene } from './cut-scene'
import { HeadRoom } from './head-room'
import { EmbossPanel, EmbossScene } from './emboss-panel'
import { MeasurePanel, MeasureScene } from './measure-panel'
import { ModifierScene } from './modifier-scene'
import { PaintPanel } from './paint-panel'
import { PaintScene } from './paint-scene'
import { PlateObjectPart } from './plate-object'
import styles from './prepare.module.css'
import { type Tool, plateViewer, usePrepare } from './prepare-state'
import { useHeldModifier } from './setting-target'
import { SelectionGizmo } from './selection-gizmo'
import { ToolRail } from './tool-rail'
import { ToolReadout } from './tool-readout'
import { homeBox, useBuildVolume, useViewerTheme } from './use-plate-scene'
import { ViewBar } from './view-bar'

function EmptyPlate() {
  const t = useText()
  return (
    <div className={styles['empty']}>
      <EmptyState icon={IconCube3dSphere} title={t('prepare.empty')} help={t('prepare.empty.help')}>
        <Button onClick={() => runCommand('import.open')}>{t('prepare.import')}</Button>
        <Button variant="default" onClick={() => navigate('/library')}>
          {t('prepare.fromLibrary')}
        </Button>
      </EmptyState>
    </div>
  )
}

function NoGraphics() {
  const t = useText()
  return (
    <Center h="100%">
      <EmptyState icon={IconCubeOff} title={t('prepare.noGraphics')} help={t('prepare.noGraphics.help')} />
    </Center>
  )
}

/** Tools with which a click beside the parts means nothing. */
const KEEPS_SELECTION: ReadonlySet<Tool> = new Set<Tool>(['measure', 'cut', 'emboss', 'paint'])

/** The object that is under the knife, or the brush. */
function useHeldObject() {
  const { objects } = usePlate()
  const isHolding = usePrepare((state) => state.tool === 'cut' || state.tool === 'paint')
  const onlyId = useWorkspace((state) => (state.selection.length === 1 ? state.selection[0] : undefined))
  usePartMeshes((state) => state.versions)
  const object = isHolding ? objects.find(({ id }) => id === onlyId) : undefined
  const mesh = object && loadedMesh(object)
  return object !== undefined && mesh !== undefined ? { object, mesh } : undefined
}

/** What stands in the scene. */
function Scene({ problems }: { readonly problems: readonly Problem[] }) {
  const theme = useViewerTheme()
  const volume = useBuildVolume()
  const { objects } = usePlate()
  const selection = useWorkspace((state) => state.selection)
  const tool = usePrepare((state) => state.tool)
  const held = useHeldObject()
  const isInModifier = useHeldModifier() !== undefined
  usePartMeshes((state) => state.versions)
  const refused = useMemo(() => refusedObjects(problems), [problems])
  const selected = useMemo(() => objects.filter(({ id }) => selection.includes(id)), [objects, selection])
  return (
    <>
      <Bed volume={volume} theme={theme} />
      <HeadRoom theme={theme} refused={refused} />
      {objects.map((object) => {
        const mesh = loadedMesh(object)
        if (object === held?.object) return tool === 'paint' ? <PaintScene key={object.id} object={object} mesh={held.mesh} theme={theme} /> : <CutScene key={object.id} object={object} mesh={held.mesh} theme={theme} />
        return mesh && <PlateObjectPart key={object.id} object={object} mesh={mesh} isSelected={selection.includes(object.id)} isRefused={refused.has(object.id)} theme={theme} />
      })}
      {selected.map((object) => (
        <ModifierScene key={object.id} object={object} theme={theme} />
      ))}
      {isInModifier ? undefined : <SelectionGizmo objects={selected} />}
      {tool === 'measure' && <MeasureScene theme={theme} />}
      {tool === 'emboss' && <EmbossScene theme={theme} />}
    </>
  )
}

/** The plate in 3D with its tools. */
export function PlateViewport({ problems }: { readonly problems: readonly Problem[] }) {
  const t = useText()
  const theme = useViewerTheme()
  const volume = useBuildVolume()
  const { objects } = usePlate()
  const home = useMemo(() => homeBox(volume), [volume])
  const held = useHeldObject()
  const tool = usePrepare((state) => state.tool)
  const hasGraphics = graphicsSupport().hasWebgl2
  return (
    <section className={styles['viewport']} aria-label={t('prepare.plate')}>
      <Viewport
        viewer={plateViewer}
        theme={theme}
        home={home}
        label={t('prepare.picture', { count: objects.length })}
        fallback={<NoGraphics />}
        onMiss={() => !KEEPS_SELECTION.has(usePrepare.getState().tool) && useWorkspace.getState().select([])}
      >
        <Scene problems={problems} />
      </Viewport>
      {hasGraphics && (
        <>
          <ToolRail />
          <ViewBar />
          <div className={styles['axes']}>
            <AxesWidget viewer={plateViewer} theme={theme} label={t('prepare.view')} nameOf={(preset) => t(`prepare.view.${preset}`)} />
          </div>
          <ToolReadout />
          {tool === 'measure' && <MeasurePanel />}
          {tool === 'emboss' && <EmbossPanel />}
          {held !== undefined && (tool === 'paint' ? <PaintPanel object={held.object} /> : <CutPanel object={held.object} mesh={held.mesh} />)}
        </>
      )}
      {objects.length === 0 && <EmptyPlate />}
    </section>
  )
}
