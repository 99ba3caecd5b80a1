import { ActionIcon, Group, Slider, Text, Tooltip } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useMemo } from 'react'
import { MOVE_ROLES } from '../../../shared/toolpath/toolpath'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatDuration, formatNumber } from '../../ui/format'
import { type ToolpathData, roleOfMove } from '../../viewer/toolpath-data'
import type { ReadyPrint } from '../../workspace/ready-print'
import { gcodeLine, lineOffsets } from './gcode-lines'
import styles from './preview.module.css'
import { shownMoves, usePreview } from './preview-state'

/** What the last move that is shown does. */
function MoveInfo({ print, data, move }: { readonly print: ReadyPrint; readonly data: ToolpathData; readonly move: number }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const offsets = useMemo(() => (print.lineOfMove === undefined ? undefined : lineOffsets(print.gcode)), [print])
  const number = (value: number | undefined, digits: number) => formatNumber(value ?? 0, locale, digits)
  const role = MOVE_ROLES[roleOfMove(data, move)] ?? 'custom'
  const [widthMm, , feed, flow] = [0, 1, 2, 3].map((part) => data.sizes[4 * move + part] ?? 0)
  const point = 4 * (move + 1)
  const line = print.lineOfMove?.[move]
  return (
    <Group gap="md" className={styles['moveInfo'] ?? ''}>
      <Text size="xs" fw={600}>
        {t(`preview.role.${role}`)}
      </Text>
      <Text size="xs" className="tabular">{`X ${number(data.points[point], 2)}  Y ${number(data.points[point + 1], 2)}  Z ${number(data.points[point + 2], 2)}`}</Text>
      <Text size="xs" className="tabular">{`${number(feed, 0)} mm/s`}</Text>
      {(widthMm ?? 0) > 0 && <Text size="xs" className="tabular">{`${number(widthMm, 2)} mm · ${number(flow, 1)} mm³/s`}</Text>}
      {line !== undefined && offsets !== undefined && (
        <Text size="xs" ff="monospace" truncate>
          {`${t('preview.line', { line })}: ${gcodeLine(print.gcode, offsets, line)}`}
        </Text>
      )}
    </Group>
  )
}

/** The moves of the top layer: how many are shown, playing, and what the last of them does. */
export function MoveBar({ print, data }: { readonly print: ReadyPrint; readonly data: ToolpathData }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const { isPlaying, bottom, top, moves } = usePreview()
  const { end, layerStart, layerEnd } = shownMoves(data.layerStarts, { bottom, top, moves })
  const count = Math.max(1, layerEnd - layerStart)
  const PlayIcon = isPlaying ? IconPlayerPause : IconPlayerPlay
  const playLabel = t(isPlaying ? 'preview.pause' : 'preview.play')
  const passedS = print.estimate.layerEndS[top]
  return (
    <div className={styles['moves']}>
      <Group gap="md" wrap="nowrap">
        <Tooltip label={playLabel}>
          <ActionIcon variant="light" size={36} radius="xl" aria-label={playLabel} onClick={() => usePreview.setState({ isPlaying: !isPlaying })}>
            <PlayIcon size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Slider flex={1} size={6} min={1} max={Math.max(2, count)} value={end - layerStart} onChange={(value) => usePreview.setState({ moves: Math.min(count, value), isPlaying: false })} label={null} thumbLabel={t('preview.moves')} disabled={count <= 1} />
        <Text size="xs" className="tabular" w={110} ta="right">
          {`${formatNumber(end - layerStart, locale)} / ${formatNumber(count, locale)}`}
        </Text>
        {passedS !== undefined && (
          <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
            {t('preview.passed', { time: formatDuration(passedS, locale) })}
          </Text>
        )}
      </Group>
      {end > 0 && <MoveInfo print={print} data={data} move={end - 1} />}
    </div>
  )
}
