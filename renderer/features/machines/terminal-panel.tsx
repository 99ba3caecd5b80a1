import { Button, Group, Switch, Text, TextInput } from '@mantine/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { MachineStatus, TerminalLine } from '../../../shared/contract/machines'
import { getClient } from '../../client/client'
import { isConnected, useTopicLog } from '../../client/live'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { Sheet } from '../../ui/sheet'
import { isRoutine } from './terminal-filter'
import styles from './machines.module.css'

const MOST_LINES = 2000
const MOST_SHOWN = 400
const MARKS = { sent: '›', received: '‹', note: '·' } as const

/** Earlier lines by arrow up and down, as in a shell. */
function useHistory(): { readonly remember: (line: string) => void; readonly step: (by: 1 | -1) => string | undefined } {
  const lines = useRef<string[]>([])
  const at = useRef(0)
  return {
    remember: (line) => {
      lines.current = [...lines.current.filter((known) => known !== line), line].slice(-100)
      at.current = lines.current.length
    },
    step: (by) => {
      at.current = Math.min(lines.current.length, Math.max(0, at.current + by))
      return lines.current[at.current] ?? ''
    },
  }
}

function Lines({ lines }: { readonly lines: readonly TerminalLine[] }) {
  const t = useText()
  const place = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useEffect(() => {
    const element = place.current
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight
  }, [lines])
  const onScroll = () => {
    const element = place.current
    if (element !== null) isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 20
  }
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={place} className={styles['terminal']} onScroll={onScroll} tabIndex={0} role="log" aria-live="off" aria-label={t('machines.terminal')}>
      {lines.map(({ seq, direction, text }) => (
        <div key={seq} className={styles['line']} data-direction={direction}>
          {`${MARKS[direction]} ${text}`}
        </div>
      ))}
    </div>
  )
}

function CommandLine({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const [text, setText] = useState('')
  const history = useHistory()
  const send = useAction((line: string) => getClient().machines.command({ machineId: machine.id, command: { kind: 'gcode', line } }))
  const onSubmit = () => {
    const line = text.trim()
    if (line === '') return
    history.remember(line)
    setText('')
    send.run(line)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    setText(history.step(event.key === 'ArrowUp' ? -1 : 1) ?? '')
  }
  return (
    <form onSubmit={(event) => (event.preventDefault(), onSubmit())}>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          aria-label={t('machines.terminal.line')}
          placeholder="M115"
          value={text}
          maxLength={90}
          disabled={!isConnected(machine)}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Button type="submit" variant="default" disabled={!isConnected(machine) || text.trim() === ''}>
          {t('machines.terminal.send')}
        </Button>
      </Group>
    </form>
  )
}

/** What goes over the wire, and a line to type on. */
export function TerminalPanel({ machine }: { readonly machine: MachineStatus }) {
  const t = useText()
  const machineId = machine.id
  const open = useCallback((signal: AbortSignal) => getClient().machines.terminal({ machineId }, { signal }), [machineId])
  const lines = useTopicLog<TerminalLine>(open, MOST_LINES)
  const [hidesRoutine, setHidesRoutine] = useState(true)
  const [search, setSearch] = useState('')
  const shown = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    return lines.filter((line) => (!hidesRoutine || !isRoutine(line.text)) && (wanted === '' || line.text.toLowerCase().includes(wanted))).slice(-MOST_SHOWN)
  }, [lines, hidesRoutine, search])
  return (
    <Sheet
      title={t('machines.terminal')}
      actions={
        <Group gap="sm">
          <Switch size="xs" label={t('machines.terminal.routine')} checked={hidesRoutine} onChange={(event) => setHidesRoutine(event.currentTarget.checked)} />
          <TextInput size="xs" w={150} placeholder={t('machines.terminal.filter')} aria-label={t('machines.terminal.filter')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        </Group>
      }
    >
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('machines.terminal.none')}
        </Text>
      ) : (
        <Lines lines={shown} />
      )}
      <CommandLine machine={machine} />
    </Sheet>
  )
}
