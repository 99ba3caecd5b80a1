import { Group, NumberInput, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Triple } from '../../workspace/plate'
import styles from './prepare.module.css'

const AXES = ['X', 'Y', 'Z'] as const
/** Number of an axis. */
export type Axis = 0 | 1 | 2

interface TripleFieldsProps {
  readonly label: string
  readonly values: Triple
  readonly unit: string
  readonly digits: number
  readonly step: number
  readonly onChange: (axis: Axis, value: number) => void
  readonly aside?: ReactNode
  /** A field was left. */
  readonly onSettle?: () => void
}

/** The triple with one number replaced. */
export function withAxis(triple: Triple, axis: Axis, value: number): Triple {
  return [axis === 0 ? value : triple[0], axis === 1 ? value : triple[1], axis === 2 ? value : triple[2]]
}

function rounded(value: number, digits: number): number {
  // Adding 0 makes -0 read as 0.
  return Number(value.toFixed(digits)) + 0
}

/** Three numbers by axis. */
export function TripleFields({ label, values, unit, digits, step, onChange, aside, onSettle }: TripleFieldsProps) {
  return (
    <div role="group" aria-label={label}>
      <Group justify="space-between" mih={24} mb={2}>
        <Text size="xs" c="dimmed">
          {`${label} (${unit})`}
        </Text>
        {aside}
      </Group>
      <div className={styles['triple']}>
        {AXES.map((axis, index) => (
          <NumberInput
            key={axis}
            size="xs"
            hideControls
            decimalScale={digits}
            step={step}
            leftSection={<Text size="xs" c="dimmed" aria-hidden>{axis}</Text>}
            leftSectionWidth={20}
            aria-label={`${label} ${axis}`}
            value={rounded(values[index as Axis], digits)}
            onChange={(value) => typeof value === 'number' && value !== rounded(values[index as Axis], digits) && onChange(index as Axis, value)}
            onBlur={() => onSettle?.()}
          />
        ))}
      </div>
    </div>
  )
}
