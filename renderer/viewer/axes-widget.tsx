import { useEffect, useState } from 'react'
import type { ViewPreset } from './view-presets'
import type { CameraPose, Viewer } from './viewer'
import type { ViewerTheme } from './viewer-theme'
import styles from './viewer.module.css'

const SIZE = 84
const ARM = 28

interface Arm {
  readonly name: string
  readonly preset: ViewPreset
  readonly colour: 'axisX' | 'axisY' | 'axisZ'
  readonly axis: 0 | 1 | 2
  readonly sign: 1 | -1
}

const ARMS: readonly Arm[] = [
  { name: 'X', preset: 'right', colour: 'axisX', axis: 0, sign: 1 },
  { name: 'Y', preset: 'back', colour: 'axisY', axis: 1, sign: 1 },
  { name: 'Z', preset: 'top', colour: 'axisZ', axis: 2, sign: 1 },
  { name: '−X', preset: 'left', colour: 'axisX', axis: 0, sign: -1 },
  { name: '−Y', preset: 'front', colour: 'axisY', axis: 1, sign: -1 },
  { name: '−Z', preset: 'bottom', colour: 'axisZ', axis: 2, sign: -1 },
]

export interface AxesWidgetProps {
  readonly viewer: Viewer
  readonly theme: ViewerTheme
  readonly label: string
  /** Name of a view, for its knob. */
  readonly nameOf: (preset: ViewPreset) => string
}

function placed(arm: Arm, pose: CameraPose) {
  const { axis, sign } = arm
  return { arm, x: SIZE / 2 + sign * pose.right[axis] * ARM, y: SIZE / 2 - sign * pose.up[axis] * ARM, depth: sign * pose.towards[axis] }
}

/** Shows how the picture is turned, and turns it: each knob looks along its axis. */
export function AxesWidget({ viewer, theme, label, nameOf }: AxesWidgetProps) {
  const [pose, setPose] = useState<CameraPose>()
  useEffect(() => viewer.onPose(setPose), [viewer])
  if (pose === undefined) return undefined
  const arms = ARMS.map((arm) => placed(arm, pose)).sort((a, b) => a.depth - b.depth)
  return (
    <div className={styles['axes']} role="group" aria-label={label}>
      <svg width={SIZE} height={SIZE} aria-hidden>
        {arms.filter(({ arm }) => arm.sign > 0).map(({ arm, x, y }) => (
          <line key={arm.name} x1={SIZE / 2} y1={SIZE / 2} x2={x} y2={y} stroke={theme[arm.colour]} strokeWidth={2.5} />
        ))}
      </svg>
      {arms.map(({ arm, x, y, depth }) => (
        <button
          key={arm.name}
          type="button"
          className={styles['knob']}
          data-positive={arm.sign > 0}
          aria-label={nameOf(arm.preset)}
          title={nameOf(arm.preset)}
          style={{ left: x, top: y, zIndex: depth > 0 ? 2 : 1, borderColor: theme[arm.colour], ...(arm.sign > 0 ? { background: theme[arm.colour] } : {}) }}
          onClick={() => viewer.setView(arm.preset)}
        >
          {arm.sign > 0 ? arm.name : ''}
        </button>
      ))}
    </div>
  )
}
