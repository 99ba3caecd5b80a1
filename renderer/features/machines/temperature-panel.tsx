import { Text, useComputedColorScheme } from '@mantine/core'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { MachineStatus, TemperatureSample } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { useTopicLog } from '../../client/live'
import { useText } from '../../i18n/text'
import { Sheet } from '../../ui/sheet'

const MOST_SAMPLES = 4000
const CHART_HEIGHT_PX = 200
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

interface ChartLabels {
  readonly hotend: string
  readonly hotendTarget: string
  readonly bed: string
  readonly bedTarget: string
}

function chartOptions(width: number, labels: ChartLabels, scheme: 'light' | 'dark'): uPlot.Options {
  const colors = COLORS[scheme]
  const axis: uPlot.Axis = { stroke: colors.axis, grid: { stroke: colors.grid, width: 1 }, ticks: { show: false }, font: '12px "Pretendard Variable", sans-serif' }
  const line = (label: string, stroke: string, isTarget: boolean): uPlot.Series => ({ label, stroke, width: isTarget ? 1 : 2, ...(isTarget ? { dash: [5, 5] } : {}), points: { show: false }, value: (_chart, value: number | null) => (value === null ? '–' : `${value.toFixed(1)} °C`) })
  return {
    width,
    height: CHART_HEIGHT_PX,
    legend: { live: true },
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (_chart, _min, max) => [0, Math.max(60, Math.ceil((max ?? 0) / 50) * 50 + 10)] } },
    axes: [{ ...axis, values: '{HH}:{mm}:{ss}', space: 90 }, { ...axis, size: 44 }],
    series: [{ value: '{HH}:{mm}:{ss}' }, line(labels.hotend, colors.hotend, false), line(labels.hotendTarget, colors.hotend, true), line(labels.bed, colors.bed, false), line(labels.bedTarget, colors.bed, true)],
  }
}

function Chart({ samples, labels }: { readonly samples: readonly TemperatureSample[]; readonly labels: ChartLabels }) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(undefined)
  const scheme = useComputedColorScheme('light')
  const latest = useRef(samples)
  useEffect(() => {
    latest.current = samples
  })
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const made = new uPlot(chartOptions(element.clientWidth, labels, scheme), chartData(latest.current), element)
    chart.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: CHART_HEIGHT_PX }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      chart.current = undefined
    }
  }, [labels, scheme])
  useEffect(() => chart.current?.setData(chartData(samples)), [samples])
  return <div ref={place} />
}

/** Temperatures of the last half hour with their targets. */
export function TemperaturePanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const machineId = machine.id
  const open = useCallback((signal: AbortSignal) => getClient().machines.temperatures({ machineId }, { signal }), [machineId])
  const samples = useTopicLog<TemperatureSample>(open, MOST_SAMPLES)
  const labels = useMemo(() => ({ hotend: t('machines.hotend'), hotendTarget: t('machines.hotend.target'), bed: t('machines.bed'), bedTarget: t('machines.bed.target') }), [t])
  return (
    <Sheet title={t('machines.temperatures')}>
      {samples.length === 0 ? (
        <Text c="dimmed" size="sm">
          {t('machines.temperatures.none')}
        </Text>
      ) : (
        <Chart samples={samples} labels={labels} />
      )}
    </Sheet>
  )
}
