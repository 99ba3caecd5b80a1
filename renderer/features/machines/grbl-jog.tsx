import { ActionIcon, Button, Group, SegmentedControl, Slider, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp, IconHandStop } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { MachineStatus } from '../../../shared/contract/machines'
import { useText } from '../../i18n/text'
import { Sheet } from '../../ui/sheet'
import { isToolChange, useSend } from './grbl-panel'
import styles from './machines.module.css'

const STEPS_MM = ['0.1', '1', '10']
/** Held longer than this a button moves on until it is let go. */
const HOLD_MS = 350
/** A jog must be asked for again within 400 ms. */
const KEEP_MS = 120
const FEED_Z_SHARE = 0.25

type Send = ReturnType<typeof useSend>
type Axis = 'x' | 'y' | 'z'

interface Jogging {
  readonly press: (axis: Axis, sign: 1 | -1) => void
  readonly release: () => void
}

/** A short press moves a step, a long one goes on; let go, out of the button, out of the window: it stops. */
function useJogging(send: Send, stepMm: number, feedMmPerMin: number): Jogging {
  const held = useRef<{ readonly axis: Axis; readonly sign: 1 | -1; wait: ReturnType<typeof setTimeout> | undefined; keep: ReturnType<typeof setInterval> | undefined } | undefined>(undefined)
  const release = useCallback(() => {
    const now = held.current
    if (!now) return
    held.current = undefined
    clearTimeout(now.wait)
    clearInterval(now.keep)
    const feed = now.axis === 'z' ? feedMmPerMin * FEED_Z_SHARE : feedMmPerMin
    if (now.keep === undefined) send({ kind: 'jog', axis: now.axis, distanceMm: now.sign * stepMm, feedMmPerMin: feed })
    else send({ kind: 'jog-stop' })
  }, [send, stepMm, feedMmPerMin])
  const press = useCallback(
    (axis: Axis, sign: 1 | -1) => {
      if (held.current) return
      const feed = axis === 'z' ? feedMmPerMin * FEED_Z_SHARE : feedMmPerMin
      const go = () => send({ kind: 'jog-hold', x: axis === 'x' ? sign : 0, y: axis === 'y' ? sign : 0, z: axis === 'z' ? sign : 0, feedMmPerMin: feed })
      const wait = setTimeout(() => {
        if (!held.current) return
        go()
        held.current.keep = setInterval(go, KEEP_MS)
      }, HOLD_MS)
      held.current = { axis, sign, wait, keep: undefined }
    },
    [send, feedMmPerMin],
  )
  useEffect(() => {
    const stop = () => {
      // Out of sight nobody sees what it does: a step that was begun isn't made, either.
      const now = held.current
      if (!now) return
      held.current = undefined
      clearTimeout(now.wait)
      clearInterval(now.keep)
      send({ kind: 'jog-stop' })
    }
    window.addEventListener('blur', stop)
    return () => {
      window.removeEventListener('blur', stop)
      stop()
    }
  }, [send])
  return { press, release }
}

interface JogButtonProps {
  readonly axis: Axis
  readonly sign: 1 | -1
  readonly stepMm: number
  readonly place: readonly [row: number, column: number]
  readonly disabled: boolean
  readonly jogging: Jogging
  readonly children: ReactNode
}

function JogButton({ axis, sign, stepMm, place: [gridRow, gridColumn], disabled, jogging, children }: JogButtonProps) {
  const t = useText()
  const label = t('machines.jog', { axis: axis.toUpperCase(), distance: `${sign > 0 ? '+' : '−'}${stepMm}` })
  const isKey = (event: KeyboardEvent) => event.key === ' ' || event.key === 'Enter'
  return (
    <ActionIcon
      variant="default"
      size={44}
      w={52}
      style={{ gridRow, gridColumn, touchAction: 'none' }}
      disabled={disabled}
      aria-label={label}
      title={label}
      onPointerDown={() => jogging.press(axis, sign)}
      onPointerUp={jogging.release}
      onPointerLeave={jogging.release}
      onPointerCancel={jogging.release}
      onKeyDown={(event) => isKey(event) && !event.repeat && jogging.press(axis, sign)}
      onKeyUp={(event) => isKey(event) && jogging.release()}
      onBlur={jogging.release}
    >
      {children}
    </ActionIcon>
  )
}

/** Moves by hand: a step, or on while the button is held. */
export function GrblJog({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const send = useSend(machine)
  const [step, setStep] = useState('1')
  const [feed, setFeed] = useState(2000)
  const stepMm = Number(step)
  const jogging = useJogging(send, stepMm, feed)
  const disabled = machine.grbl?.alarm !== undefined || (machine.state !== 'ready' && !isToolChange(machine))
  const shared = { stepMm, disabled, jogging }
  return (
    <Sheet title={t('grbl.jog')}>
      <Group align="flex-start" gap="lg">
        <div className={styles['jog']} role="group" aria-label={t('grbl.jog')}>
          <JogButton axis="y" sign={1} place={[1, 2]} {...shared}>
            <IconArrowUp size={20} aria-hidden />
          </JogButton>
          <JogButton axis="x" sign={-1} place={[2, 1]} {...shared}>
            <IconArrowLeft size={20} aria-hidden />
          </JogButton>
          <JogButton axis="x" sign={1} place={[2, 3]} {...shared}>
            <IconArrowRight size={20} aria-hidden />
          </JogButton>
          <JogButton axis="y" sign={-1} place={[3, 2]} {...shared}>
            <IconArrowDown size={20} aria-hidden />
          </JogButton>
          <JogButton axis="z" sign={1} place={[1, 5]} {...shared}>
            <Text fw={600}>Z+</Text>
          </JogButton>
          <JogButton axis="z" sign={-1} place={[3, 5]} {...shared}>
            <Text fw={600}>Z−</Text>
          </JogButton>
        </div>
        <Stack gap="xs">
          <SegmentedControl orientation="vertical" size="xs" aria-label={t('machines.step')} value={step} onChange={setStep} data={STEPS_MM.map((value) => ({ value, label: `${value} mm` }))} />
        </Stack>
      </Group>
      <Stack gap={2}>
        <Text size="sm">{`${t('grbl.jog.feed')}: ${feed} mm/min`}</Text>
        <Slider thumbLabel={t('grbl.jog.feed')} min={100} max={6000} step={100} value={feed} onChange={setFeed} label={null} />
      </Stack>
      <Text size="xs" c="dimmed">
        {machine.state === 'disconnected' ? t('machines.connectFirst') : t('grbl.jog.hold')}
      </Text>
      {machine.grbl?.state === 'Jog' && (
        <Button variant="default" leftSection={<IconHandStop size={17} aria-hidden />} w="fit-content" onClick={() => send({ kind: 'jog-stop' })}>
          {t('grbl.jog.stop')}
        </Button>
      )}
    </Sheet>
  )
}
