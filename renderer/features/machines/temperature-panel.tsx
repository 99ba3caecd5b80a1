import { Group, Text, useComputedColorScheme } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { MachineStatus, TemperatureSample } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { useTopicLog } from '../../client/live'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatClock } from '../../ui/format'
import { Sheet } from '../../ui/sheet'
import styles from './machines.module.css'
import { formatTemperature } from './temperature-text'

const MOST_SAMPLES = 4000
const CHART_HEIGHT_PX = 200
const TIME_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900]
const COLORS = { light: { hotend: '#a63625', bed: '#2c6d57', axis: '#66625a', grid: '#e4e0d8' }, dark: { hotend: '#e18d7f', bed: '#72ae97', axis: '#a4aba6', grid: '#333a37' } } as const

function chartData(samples: readonly TemperatureSample[]): uPlot.AlignedData {
  return [
    samples.map(({ atMs }) => atMs / 1000),
    samples.map(({ hotendC }) => hotendC),
    samples.map(({ hotendTargetC }) => hotendTargetC || null),
    samples.map(({ bedC }) => bedC),
    samples.map(({ bedTargetC }) => bedTargetC || null),
  ]
}

type Scheme = keyof typeof COLORS

function chartOptions(width: number, scheme: Scheme, onPoint: (index: number | undefined) => void): uPlot.Options {
  const colors = COLORS[scheme]
  const axis: uPlot.Axis = { stroke: colors.axis, grid: { stroke: colors.grid, width: 1 }, ticks: { show: false }, font: '12px "Pretendard Variable", sans-serif' }
  const line = (stroke: string, isTarget: boolean): uPlot.Series => ({ stroke, width: isTarget ? 1 : 2, ...(isTarget ? { dash: [5, 5] } : {}), points: { show: false } })
  return {
    width,
    height: CHART_HEIGHT_PX,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
    scales: { y: { range: (_chart, _min, max) => [0, Math.max(60, Math.ceil((max ?? 0) / 50) * 50 + 10)] } },
    // Whole seconds: a finer step would repeat the same time.
    axes: [{ ...axis, values: '{HH}:{mm}:{ss}', space: 90, incrs: TIME_STEPS_S }, { ...axis, size: 44 }],
    series: [{}, line(colors.hotend, false), line(colors.hotend, true), line(colors.bed, false), line(colors.bed, true)],
  }
}

function Legend({ sample, scheme }: { readonly sample: TemperatureSample; readonly scheme: Scheme }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const heaters = [
    ['hotend', sample.hotendC, sample.hotendTargetC],
    ['bed', sample.bedC, sample.bedTargetC],
  ] as const
  return (
    <Group gap="lg">
      {heaters.map(([heater, currentC, targetC]) => (
        <Group key={heater} gap={7} wrap="nowrap">
          <span aria-hidden className={styles['key']} style={{ background: COLORS[scheme][heater] }} />
          <Text size="sm">{t(`machines.${heater}`)}</Text>
          <Text size="sm" fw={600} className="tabular">
            {formatTemperature({ currentC, targetC })}
          </Text>
        </Group>
      ))}
      <Text size="sm" c="dimmed" className="tabular">
        {formatClock(sample.atMs, locale)}
      </Text>
    </Group>
  )
}

function Chart({ samples }: { readonly samples: readonly TemperatureSample[] }) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(undefined)
  const scheme = useComputedColorScheme('light')
  const latest = useRef(samples)
  const [point, setPoint] = useState<number>()
  useEffect(() => {
    latest.current = samples
  })
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const made = new uPlot(chartOptions(element.clientWidth, scheme, setPoint), chartData(latest.current), element)
    chart.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: CHART_HEIGHT_PX }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      chart.current = undefined
    }
  }, [scheme])
  useEffect(() => chart.current?.setData(chartData(samples)), [samples])
  const shown = (point === undefined ? undefined : samples[point]) ?? samples.at(-1)
  return (
    <>
      {shown !== undefined && <Legend sample={shown} scheme={scheme} />}
      <div ref={place} />
    </>
  )
}

/** Temperatures of the last half hour with their targets; the values under the pointer, else the newest. */
export function TemperaturePanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const machineId = machine.id
  const open = useCallback((signal: AbortSignal) => getClient().machines.temperatures({ machineId }, { signal }), [machineId])
  const samples = useTopicLog<TemperatureSample>(open, MOST_SAMPLES)
  return (
    <Sheet title={t('machines.temperatures')}>
      {samples.length === 0 ? (
        <Text c="dimmed" size="sm">
          {t('machines.temperatures.none')}
        </Text>
      ) : (
        <Chart samples={samples} />
      )}
    </Sheet>
  )
}
