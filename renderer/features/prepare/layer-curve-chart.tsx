import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { curveLimits, type LayerCurve } from '../../../shared/slicing/layer-curve'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatNumber } from '../../ui/format'
import styles from './layer-curve.module.css'

const WIDTH = 300
const HEIGHT = 190
/** Room for the scale's numbers and for the handles at the edges. */
const LEFT = 44
const RIGHT = 14
const TOP = 12
const BOTTOM = 26
const STEP_MM = 0.01
const LARGE_STEP_MM = 0.05

type Limits = ReturnType<typeof curveLimits>

/** Where a layer height and a height above the bed lie in the picture. */
function placesIn({ minMm, maxMm }: Limits, highestMm: number) {
  return {
    xOf: (heightMm: number) => LEFT + ((WIDTH - LEFT - RIGHT) * (heightMm - minMm)) / (maxMm - minMm),
    yOf: (zMm: number) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * zMm) / highestMm,
  }
}

function Scale({ limits, highestMm }: { readonly limits: Limits; readonly highestMm: number }) {
  const locale = useLocale((state) => state.locale)
  const number = (mm: number, digits: number) => formatNumber(mm, locale, digits)
  const { minMm, maxMm } = limits
  const { xOf, yOf } = placesIn(limits, highestMm)
  return (
    <>
      {[minMm, (minMm + maxMm) / 2, maxMm].map((mm) => (
        <g key={mm} aria-hidden>
          <line className={styles['grid']} x1={xOf(mm)} x2={xOf(mm)} y1={TOP} y2={HEIGHT - BOTTOM} />
          <text className={styles['number']} x={xOf(mm)} y={HEIGHT - 8} textAnchor={mm === maxMm ? 'end' : 'middle'}>
            {mm === maxMm ? `${number(mm, 2)} mm` : number(mm, 2)}
          </text>
        </g>
      ))}
      {[0, highestMm / 2, highestMm].map((mm) => (
        <g key={mm} aria-hidden>
          <line className={styles['grid']} x1={LEFT} x2={WIDTH - RIGHT} y1={yOf(mm)} y2={yOf(mm)} />
          <text className={styles['number']} x={LEFT - 8} y={yOf(mm) + 4} textAnchor="end">
            {number(mm, mm < 10 ? 1 : 0)}
          </text>
        </g>
      ))}
    </>
  )
}

/** The height that a key asks for; undefined for other keys. */
function heightByKey({ key, shiftKey }: KeyboardEvent, nowMm: number, { minMm, maxMm }: Limits): number | undefined {
  const step = shiftKey ? LARGE_STEP_MM : STEP_MM
  const heights: Readonly<Record<string, number>> = { ArrowRight: nowMm + step, ArrowLeft: nowMm - step, PageUp: nowMm + LARGE_STEP_MM, PageDown: nowMm - LARGE_STEP_MM, Home: minMm, End: maxMm }
  return heights[key]
}

interface ChartProps {
  readonly curve: LayerCurve
  /** Of what stands on the plate. */
  readonly topMm: number
  readonly limits: Limits
  readonly onChange: (curve: LayerCurve) => void
  /** A drag or a row of keys has ended. */
  readonly onSettled: () => void
}

/** A curve of layer heights beside the height of the plate: dragged across, or by arrow keys point by point. */
export function LayerCurveChart({ curve, topMm, limits, onChange, onSettled }: ChartProps) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const svg = useRef<SVGSVGElement>(null)
  const { minMm, maxMm } = limits
  const highestMm = Math.max(topMm, curve.at(-1)?.zMm ?? 0, 1)
  const { xOf, yOf } = placesIn(limits, highestMm)
  const put = (index: number, heightMm: number) => {
    const bounded = Math.round(Math.min(maxMm, Math.max(minMm, heightMm)) / STEP_MM) * STEP_MM
    const next = Math.round(bounded * 1000) / 1000
    if (curve[index]?.heightMm !== next) onChange(curve.map((point, i) => (i === index ? { ...point, heightMm: next } : point)))
  }
  // A drag takes the point that is nearest in height with it, so that a curve is drawn in one stroke.
  const draw = ({ clientX, clientY }: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect()
    if (box === undefined) return
    const [x, y] = [((clientX - box.left) * WIDTH) / box.width, ((clientY - box.top) * HEIGHT) / box.height]
    const nearest = curve.reduce((best, point, i) => (Math.abs(yOf(point.zMm) - y) < Math.abs(yOf(curve[best]?.zMm ?? 0) - y) ? i : best), 0)
    put(nearest, minMm + ((x - LEFT) * (maxMm - minMm)) / (WIDTH - LEFT - RIGHT))
  }
  const onKey = (index: number) => (event: KeyboardEvent<SVGCircleElement>) => {
    const wanted = heightByKey(event, curve[index]?.heightMm ?? minMm, limits)
    const turn = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
    if (wanted === undefined && turn === 0) return
    event.preventDefault()
    if (wanted !== undefined) put(index, wanted)
    else svg.current?.querySelector<SVGCircleElement>(`[data-point="${index + turn}"]`)?.focus()
  }
  const number = (mm: number, digits: number) => formatNumber(mm, locale, digits)
  return (
    <svg
      ref={svg}
      className={styles['chart']}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        draw(event)
      }}
      onPointerMove={(event) => event.buttons === 1 && draw(event)}
      onPointerUp={onSettled}
    >
      <Scale limits={limits} highestMm={highestMm} />
      <polyline className={styles['curve']} points={curve.map(({ zMm, heightMm }) => `${xOf(heightMm)},${yOf(zMm)}`).join(' ')} aria-hidden />
      {curve.map(({ zMm, heightMm }, index) => (
        <circle
          key={zMm}
          className={styles['point']}
          data-point={index}
          cx={xOf(heightMm)}
          cy={yOf(zMm)}
          r={6}
          tabIndex={0}
          role="slider"
          aria-label={t('prepare.curve.at', { z: number(zMm, 1) })}
          aria-valuemin={minMm}
          aria-valuemax={maxMm}
          aria-valuenow={heightMm}
          aria-valuetext={`${number(heightMm, 2)} mm`}
          aria-orientation="horizontal"
          onKeyDown={onKey(index)}
          onKeyUp={onSettled}
        >
          <title>{`${number(zMm, 1)} mm: ${number(heightMm, 2)} mm`}</title>
        </circle>
      ))}
    </svg>
  )
}
