import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CLOSED, type MarlinState } from '../../../../shared/machine/marlin/marlin-state'
import { parseReceived } from '../../../../shared/machine/marlin/received-line'
import { reduceMarlin } from '../../../../shared/machine/marlin/reduce-marlin'
import { workshopPath } from '../../../workshop-folder'

const GOLDEN = join(import.meta.dirname, '../../../golden/marlin')
/** Longer recordings of real boards, where this computer has them. */
const RECORDED = workshopPath('facts/transcripts')

interface Entry {
  readonly atMs: number
  readonly direction: '<' | '>' | '#'
  readonly text: string
}

function read(file: string): Entry[] {
  return readFileSync(file, 'utf8').split('\n').flatMap((line) => {
    const match = /^\s*(\d+\.\d+) ([<>#]) (.*)$/.exec(line)
    return match ? [{ atMs: 1000 * Number(match[1]), direction: match[2] as Entry['direction'], text: (match[3] ?? '').replace(/\\r$/, '\r') }] : []
  })
}

const received = (entries: readonly Entry[]) => entries.filter(({ direction }) => direction === '<').map(({ text }) => text)

/** Replays what a board said; what the host sends of its own accord has no effect on it. */
function replay(entries: readonly Entry[], from: MarlinState = CLOSED): MarlinState {
  let state = from.phase === 'closed' ? reduceMarlin(from, { kind: 'opened', atMs: 0, baudRate: 115_200 }).state : from
  for (const { atMs, direction, text } of entries) {
    while (state.wakeAtMs < atMs) state = reduceMarlin(state, { kind: 'time', atMs: state.wakeAtMs }).state
    if (direction === '<') state = reduceMarlin(state, { kind: 'line', atMs, line: text }).state
  }
  return state
}

describe('recorded lines', () => {
  it('shake hands as recorded', () => {
    const state = replay(read(join(GOLDEN, 'boot-and-handshake.txt')))
    expect(state).toMatchObject({ phase: 'ready', firmware: { machineType: 'Peer Printer', uuid: 'cede2a2f-41a2-4748-9b12-c55c62f367ff', capabilities: { AUTOREPORT_TEMP: true, EMERGENCY_PARSER: true, SDCARD: false } } })
    expect(state.hotends).toEqual([{ currentC: 19.38, targetC: 0 }, { currentC: 19.38, targetC: 0 }])
    expect(state.bed).toEqual({ currentC: 19.38, targetC: 0 })
  })

  it('are each read for what they are', () => {
    const kinds = received(read(join(GOLDEN, 'noise-and-torn-lines.txt'))).map((line) => parseReceived(line))
    expect(kinds).toEqual([
      { kind: 'wait' },
      { kind: 'error', error: 'line', text: 'No Checksum with line number, Last Line: 0' },
      { kind: 'resend', n: 1 },
      { kind: 'ok' },
      { kind: 'note', text: 'ÿþ' },
      { kind: 'ok' },
      { kind: 'unknown-command', text: 'J1 M105' },
      { kind: 'ok', plannerFree: 15, slotsFree: 3 },
      { kind: 'ok', n: 1, plannerFree: 15, slotsFree: 3 },
      { kind: 'busy', what: 'processing' },
      { kind: 'position', position: { x: -17.85, y: 0, z: 5, e: 5 } },
      { kind: 'busy', what: 'paused for user' },
      // The hotend's figures are torn: left out, not taken as 0.
      { kind: 'note', text: 'T:58.96 /0.00X:11.0000 Y:50.0000 Z:5.0000 E:0.0000 Count X:880 Y:4000 Z:2000' },
      { kind: 'temperatures', isWaiting: true, temperatures: { bed: { currentC: 48.16, targetC: 35 }, hotends: [{ currentC: 58.96, targetC: 0 }, { currentC: 19.38, targetC: 0 }] } },
      { kind: 'cold-extrusion' },
      { kind: 'action', action: 'prompt_begin', text: 'Click me' },
      { kind: 'action', action: 'prompt_button', text: 'Continue' },
      { kind: 'action', action: 'prompt_show', text: '' },
      { kind: 'start', isGlued: true },
      { kind: 'banner' },
      { kind: 'error', error: 'thermal', fault: 'MAXTEMP', heater: 'E0', text: 'MAXTEMP triggered, system stopped! Heater_ID: E0' },
      { kind: 'error', error: 'halted', text: 'Printer halted. kill() called!' },
      { kind: 'action', action: 'poweroff', text: '' },
    ])
  })

  it('halt the machine with the name of the heater', () => {
    const ready = replay(read(join(GOLDEN, 'boot-and-handshake.txt')))
    const state = replay(read(join(GOLDEN, 'noise-and-torn-lines.txt')).slice(-3).map((entry) => ({ ...entry, atMs: entry.atMs + 10_000 })), ready)
    expect(state).toMatchObject({ phase: 'halted', reason: { code: 'machine/thermal-fault', values: { heater: 'E0', fault: 'MAXTEMP' } } })
  })

  it.each(['Resend: 3', 'Resend:3', 'rs 3', 'rs N3', 'rs N:3'])('ask for line 3 as %j', (line) => {
    expect(parseReceived(line)).toEqual({ kind: 'resend', n: 3 })
  })
})

describe.skipIf(!existsSync(RECORDED))('longer recordings of real boards', () => {
  const files = existsSync(RECORDED) ? readdirSync(RECORDED).filter((name) => name.startsWith('marlin')) : []

  it.each(files)('never show a heat or a place that was not reported (%s)', (name) => {
    const entries = read(join(RECORDED, name))
    for (const line of received(entries)) {
      const found = parseReceived(line)
      const { temperatures } = found.kind === 'ok' || found.kind === 'temperatures' ? found : { temperatures: undefined }
      for (const { currentC, targetC } of [...(temperatures?.hotends ?? []), temperatures?.bed].filter((heat) => heat !== undefined)) {
        expect(line).toContain(`${currentC.toFixed(2)} /${targetC.toFixed(2)}`)
        expect(line).not.toMatch(new RegExp(`/${targetC.toFixed(2)}[^ ]`.replace('.', '\\.')))
      }
    }
    expect(received(entries).length).toBeGreaterThan(50)
  })

  it.each(files)('replay without a fault of ours (%s)', (name) => {
    expect(replay(read(join(RECORDED, name))).phase).not.toBe('faulted')
  })

  it('ends halted where the board was killed', () => {
    const phase = replay(read(join(RECORDED, 'marlin-plain.txt')).filter(({ atMs }) => atMs < 4000)).phase
    expect(phase).toBe('halted')
  })
})
