import { Center, Loader, useComputedColorScheme } from '@mantine/core'
import { IconCubeOff } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { SliceInput } from '../../../shared/slicing/slice-input'
import { useText } from '../../i18n/text'
import { EmptyState } from '../../ui/empty-state'
import { AxesWidget } from '../../viewer/axes-widget'
import { Bed } from '../../viewer/bed'
import { graphicsSupport } from '../../viewer/graphics-support'
import { Nozzle } from '../../viewer/nozzle'
import { hiddenMask } from '../../viewer/toolpath-colours'
import type { ToolpathData } from '../../viewer/toolpath-data'
import { ToolpathDrawing } from '../../viewer/toolpath-drawing'
import type { ToolpathView } from '../../viewer/toolpath-lines'
import { DARK_VIEW, LIGHT_VIEW, type ViewerTheme } from '../../viewer/viewer-theme'
import { Viewport } from '../../viewer/viewport'
import { toolpathBox } from '../../workspace/part-shape'
import type { ReadyPrint } from '../../workspace/ready-print'
import styles from './preview.module.css'
import { printViewer, shownMoves, usePreview } from './preview-state'

/** Above this many moves the processor alone would draw too slowly with smooth edges. */
const SMOOTH_MOVES = 150_000

function useView(data: ToolpathData, theme: ViewerTheme): ToolpathView {
  const { colouring, hidden, hasSeams, hasRetractions, bottom, top, moves } = usePreview()
  return useMemo(() => {
    const { first, end } = shownMoves(data.layerStarts, { bottom, top, moves })
    return { firstMove: first, endMove: end, colouring, hidden: hiddenMask(hidden), hasSeams, hasRetractions, seamColour: theme.selectionLine, retractionColour: theme.measure }
  }, [data, theme, colouring, hidden, hasSeams, hasRetractions, bottom, top, moves])
}

function Scene({ data, theme, volume }: { readonly data: ToolpathData; readonly theme: ViewerTheme; readonly volume: SliceInput['volume'] }) {
  const view = useView(data, theme)
  const isAtEnd = view.endMove >= data.moveCount
  const tip = useMemo((): readonly [number, number, number] => [data.points[4 * view.endMove] ?? 0, data.points[4 * view.endMove + 1] ?? 0, data.points[4 * view.endMove + 2] ?? 0], [data, view.endMove])
  return (
    <>
      <Bed volume={volume} theme={theme} />
      <ToolpathDrawing data={data} view={view} />
      {!isAtEnd && <Nozzle atMm={tip} colour={theme.selectionLine} />}
    </>
  )
}

export interface PreviewViewportProps {
  readonly print: ReadyPrint
  /** Absent while it is laid out. */
  readonly data: ToolpathData | undefined
  readonly volume: SliceInput['volume']
}

/** The print in 3D. */
export function PreviewViewport({ print, data, volume }: PreviewViewportProps) {
  const t = useText()
  const theme = useComputedColorScheme('light') === 'dark' ? DARK_VIEW : LIGHT_VIEW
  const box = useMemo(() => toolpathBox(print.toolpath), [print])
  return (
    <section className={styles['viewport']} aria-label={t('preview.picture.name')}>
      <Viewport viewer={printViewer} theme={theme} home={box} label={t('preview.picture', { name: print.title, count: print.layerCount })} fallback={<NoGraphics />} isAlwaysSmooth={print.toolpath.moveCount < SMOOTH_MOVES}>
        {data !== undefined && <Scene data={data} theme={theme} volume={volume} />}
      </Viewport>
      {graphicsSupport().hasWebgl2 && (
        <div className={styles['axes']}>
          <AxesWidget viewer={printViewer} theme={theme} label={t('prepare.view')} nameOf={(preset) => t(`prepare.view.${preset}`)} />
        </div>
      )}
      {data === undefined && (
        <Center className={styles['busy']}>
          <Loader aria-label={t('preview.busy')} />
        </Center>
      )}
    </section>
  )
}

function NoGraphics() {
  const t = useText()
  return (
    <Center h="100%">
      <EmptyState icon={IconCubeOff} title={t('prepare.noGraphics')} help={t('preview.noGraphics.help')} />
    </Center>
  )
}
