import type { MachineStatus } from '../../../shared/contract/machines'
import type { JobLines } from '../../../shared/machine/marlin/job-lines'
import type { HostEffect, HostState } from '../../../shared/machine/host-state'
import { CLOSED, type JobEnd, type ParkPlan, type Reason } from '../../../shared/machine/marlin/marlin-state'
import { machinePlace } from '../../../shared/machine/grbl/job-place'
import type { JobPlace } from '../../../shared/machine/grbl/plan-grbl-job'
import { canStart } from '../../../shared/machine/grbl/run-control'
import { machineVolume } from '../../../shared/machine/machine-volume'
import type { MachineProfile } from '../../../shared/machine/profile'
import type { CardAction } from '../../../shared/machine/marlin/card'
import { StudioError } from '../../../shared/units/studio-error'
import { Bell, Ring } from './bell'
import { cardIsFree, cardStatus } from './card-status'
import { VIRTUAL_PORT, type MachineRecord } from './machine-record'
import type { Link } from '../../devices/link'
import { createDriver, grblOf, speaksGrbl, type AnyDriver, type GrblDriver, type MachineState } from './protocols'
import { grblStatus, isChatter } from './grbl-status'

/** Half an hour of one sample a second. */
const HEAT_SAMPLES = 1800
const HEAT_EVERY_MS = 1000
const TERMINAL_LINES = 2000

export interface TerminalEntry {
  readonly seq: number
  readonly atMs: number
  readonly direction: 'sent' | 'received' | 'note'
  readonly text: string
}

export interface HeatSample {
  readonly atMs: number
  readonly hotendC: number
  readonly hotendTargetC: number
  readonly bedC: number
  readonly bedTargetC: number
}

/** A job that runs here, and who is told how it ends and how it goes on. */
export interface RunningJob {
  readonly jobId: string
  readonly onEnd: (end: JobEnd & { readonly acknowledged: number; readonly line: number; readonly positionMm?: { readonly x: number; readonly y: number; readonly z: number; readonly e: number } }) => void
  readonly onProgress: () => void
}

/** How a job runs on a machine that speaks Grbl. */
export interface JobOptions {
  /** All lines in check mode before it runs, or only that. */
  readonly check?: 'first' | 'only' | undefined
  /** Taken up in its middle: index of the first line, and what is sent before it. */
  readonly fromIndex?: number | undefined
  readonly preamble?: readonly string[] | undefined
}

/** A remembered machine with what is going on at it: link, logs, job. */
export class MachineSession {
  private driver: AnyDriver | undefined
  private job: RunningJob | undefined
  isConnecting = false
  /** Its record is in the store. */
  isRemembered = false
  /** Why it isn't connected, as far as the driver doesn't say it. */
  failure: Reason | undefined
  readonly terminal = new Ring<TerminalEntry>(TERMINAL_LINES)
  readonly heat = new Ring<HeatSample>(HEAT_SAMPLES)
  readonly terminalBell = new Bell()
  readonly heatBell = new Bell()
  private updatedAt: number
  private sampledAtMs = 0

  constructor(public record: MachineRecord, private readonly parts: { readonly now: () => number; readonly onChange: () => void; readonly profileOf: (id: string) => MachineProfile }) {
    this.updatedAt = parts.now()
  }

  get state(): MachineState {
    return this.driver?.state ?? CLOSED
  }

  get profile(): MachineProfile {
    return this.parts.profileOf(this.record.profileId)
  }

  get isOpen(): boolean {
    return this.driver?.isOpen === true && this.state.phase !== 'closed'
  }

  /** Takes an open link and shakes hands on it; false when nothing that Marlin says came. */
  async attach(link: Link): Promise<boolean> {
    const driver = createDriver(this.profile, link, {
      onState: (state, before) => this.onState(state, before),
      onSent: (text) => this.onSent(text),
      onReceived: (line) => this.onReceived(line),
      onEffect: (effect) => this.onEffect(effect),
    })
    this.driver = driver
    const isThere = await driver.greet()
    if (!isThere) await driver.close()
    return isThere
  }

  async detach(): Promise<void> {
    const { driver } = this
    if (!driver) return
    this.driver = undefined
    await driver.close()
    this.changed()
  }

  private onState(state: MachineState, before: MachineState): void {
    if (state.heatAtMs !== before.heatAtMs) this.sample(state)
    if (state.run !== before.run) this.job?.onProgress()
    this.changed()
  }

  private sample(state: MachineState): void {
    if (state.heatAtMs - this.sampledAtMs < HEAT_EVERY_MS) return
    this.sampledAtMs = state.heatAtMs
    this.heat.push(heatOf(state, this.parts.now))
    this.heatBell.ring()
  }

  private onSent(text: string): void {
    for (const line of text.split('\n')) if (line !== '' && !(grblOf(this.state) && isChatter(line))) this.log('sent', line)
  }

  private onReceived(line: string): void {
    if (!(grblOf(this.state) && isChatter(line))) this.log('received', line)
  }

  log(direction: TerminalEntry['direction'], text: string): void {
    this.terminal.push({ seq: this.terminal.next, atMs: this.parts.now(), direction, text })
    this.terminalBell.ring()
  }

  private onEffect(effect: Extract<HostEffect, { kind: 'job-ended' | 'note' }>): void {
    if (effect.kind === 'note') return this.log('note', effect.reason.message)
    const { job } = this
    this.job = undefined
    job?.onEnd({ ...effect.end, acknowledged: effect.acknowledged, line: effect.line, ...(effect.positionMm && { positionMm: effect.positionMm }) })
  }

  changed(): void {
    this.updatedAt = this.parts.now()
    this.parts.onChange()
  }

  /** The driver of a machine that is connected and can be spoken to. @throws StudioError 'machine/not-connected' | 'machine/not-ready' */
  ready(): AnyDriver {
    const { name } = this.record
    if (!this.driver || !this.isOpen) throw new StudioError('machine/not-connected', `${name} isn't connected: connect it first.`, { name })
    if (this.driver.state.phase !== 'ready') throw new StudioError('machine/not-ready', `${name} can't be spoken to (${this.driver.state.phase}): connect it again.`, { name, state: this.driver.state.phase })
    return this.driver
  }

  /** The driver whatever its state. @throws StudioError 'machine/not-connected' */
  anyDriver(): AnyDriver {
    const { name } = this.record
    if (!this.driver?.isOpen) throw new StudioError('machine/not-connected', `${name} isn't connected: there is nothing to stop.`, { name })
    return this.driver
  }

  /** Starts a job. @throws StudioError 'machine/not-connected' | 'machine/not-ready' | 'machine/job-running' */
  startJob(job: RunningJob, lines: JobLines, options: JobOptions = {}): void {
    const driver = this.ready()
    if (driver.state.run) throw jobRunning(this.record.name)
    cardIsFree(driver.state, this.record.name)
    if (speaksGrbl(driver)) this.mayStartGrbl(driver)
    this.job = job
    if (speaksGrbl(driver)) driver.dispatch({ kind: 'start-job', lines, ...options })
    else driver.dispatch({ kind: 'start-job', lines, park: parkPlan(this.profile) })
  }

  /** @throws StudioError 'machine/not-connected' | 'machine/not-ready' | 'machine/job-running' | 'machine/card-busy' | 'machine/no-card' */
  card(action: CardAction): void {
    const driver = this.ready()
    const { name } = this.record
    if (driver.state.run) throw jobRunning(name)
    if (speaksGrbl(driver) || cardStatus(driver.state) === undefined) throw new StudioError('machine/no-card', `${name} has no card that it tells of.`, { name })
    if (action.kind !== 'stop' && action.kind !== 'list') cardIsFree(driver.state, name)
    driver.dispatch({ kind: 'card', action })
  }

  private mayStartGrbl({ state }: GrblDriver): void {
    const { name } = this.record
    if (state.alarm !== undefined) throw new StudioError('grbl/locked', `${name} is locked by an alarm: home it or unlock it first.`, { alarm: state.alarm })
    if (!canStart(state)) throw new StudioError('grbl/not-idle', `${name} isn't at rest (${state.machine.state ?? 'no report yet'}).`, { state: state.machine.state ?? '' })
  }

  /** Where a job would run on a machine of the Grbl family. */
  get place(): JobPlace | undefined {
    const state = grblOf(this.state)
    return state && this.isOpen ? machinePlace(state, this.profile) : undefined
  }

  /** The driver of a machine of the Grbl family that can be spoken to. @throws StudioError 'machine/not-connected' | 'machine/not-ready' | 'machine/not-possible' */
  grbl(): GrblDriver {
    const driver = this.ready()
    if (!speaksGrbl(driver)) throw new StudioError('machine/not-possible', 'This machine has no such part.', { what: 'grbl' })
    return driver
  }

  status(): MachineStatus {
    const { record, state } = this
    const modal = state.modal
    const reason = state.reason ?? (this.isOpen ? undefined : this.failure)
    const { x, y, z, e } = modal
    return {
      id: record.id, name: record.name, kind: record.port === VIRTUAL_PORT ? 'virtual' : 'serial', port: record.port, profileId: record.profileId,
      purpose: this.purpose, ...this.grblPart(),
      state: this.stateName(),
      ...(reason && { reason: { code: reason.code, message: reason.message, values: { ...reason.values } } }),
      ...(this.isOpen && state.notice && !isOfFastTime(record, state) && { notice: { ...state.notice, values: { ...state.notice.values } } }),
      ...(this.isOpen && { baudRate: state.baudRate }),
      ...(state.firmware && { firmware: { ...state.firmware, capabilities: { ...state.firmware.capabilities } } }),
      hotends: state.hotends.map((hotend) => ({ ...hotend })),
      ...(state.bed && { bed: { ...state.bed } }),
      ...(this.isOpen && { fanPercent: Math.round(modal.fan / 2.55) }),
      ...(x !== undefined && y !== undefined && z !== undefined && { positionMm: { x, y, z, e: e ?? 0 } }),
      isHomed: modal.isHomed,
      ...(busyOf(state) !== undefined && { busy: busyOf(state) }),
      ...(promptOf(state) && { prompt: promptOf(state) }),
      ...(this.isOpen && cardStatus(state) && { card: cardStatus(state) }),
      ...(this.job && { jobId: this.job.jobId }),
      resends: state.stream.resends,
      updatedAt: this.updatedAt,
    }
  }

  private get purpose(): MachineStatus['purpose'] {
    try {
      return this.profile.purpose ?? 'printer'
    } catch {
      // Its profile was deleted; the machine is still listed.
      return 'printer'
    }
  }

  private grblPart(): Pick<MachineStatus, 'grbl'> {
    const state = grblOf(this.state)
    const grbl = state && this.isOpen ? grblStatus(state) : undefined
    return grbl ? { grbl } : {}
  }

  private stateName(): MachineStatus['state'] {
    const { phase, run } = this.state
    if (this.isConnecting || phase === 'greeting') return 'connecting'
    if (phase === 'halted' || phase === 'faulted') return phase
    if (phase === 'closed' || !this.isOpen) return 'disconnected'
    if (grblOf(this.state)?.alarm !== undefined) return 'halted'
    if (!run) return 'ready'
    return run.state === 'held' ? 'held' : 'printing'
  }
}

/** A virtual printer whose time runs fast waits for its lines as no real one would: nothing to tell. */
function isOfFastTime({ port }: MachineRecord, { notice }: HostState): boolean {
  return port === VIRTUAL_PORT && notice?.code === 'machine/starved'
}

/** The question that is open; a board without prompts only says that it waits for the user. */
function promptOf({ prompt, busy }: HostState): MachineStatus['prompt'] {
  if (prompt?.isShown === true) return { text: prompt.text, buttons: [...prompt.buttons] }
  return prompt === undefined && busy !== undefined && /paused for (user|input)/i.test(busy) ? { text: busy, buttons: [] } : undefined
}

/** What the machine is at, in a word. */
function busyOf({ busy, run }: HostState): string | undefined {
  if (busy !== undefined) return busy
  if (run?.state === 'draining' || run?.state === 'parking') return 'holding'
  return run?.state === 'resuming' || run?.state === 'cancelling' ? run.state : undefined
}

/** Heat as a sample, of the time at which the machine told it; 0 where a heater isn't there. */
export function heatOf(state: HostState, now: () => number): HeatSample {
  const atMs = state.heatAtMs === 0 ? now() : Math.round(now() - (performance.now() - state.heatAtMs))
  const hotend = state.hotends[state.modal.tool] ?? state.hotends[0]
  return { atMs, hotendC: hotend?.currentC ?? 0, hotendTargetC: hotend?.targetC ?? 0, bedC: state.bed?.currentC ?? 0, bedTargetC: state.bed?.targetC ?? 0 }
}

export function jobRunning(name: string): StudioError {
  return new StudioError('machine/job-running', `A job runs on ${name}: hold or cancel it first.`, { name })
}

const LIFT_MM = 10
const EDGE_MM = 5

/** Where a held job's nozzle waits: at the back left, or at the back of a round bed. */
export function parkPlan(profile: MachineProfile): ParkPlan {
  const { min, max, shape } = machineVolume(profile)
  const retractMm = Number(profile.settings.retractionMm ?? 1)
  const back = max[1] - EDGE_MM
  return shape === 'circle' ? { maxZMm: max[2], liftMm: LIFT_MM, retractMm, xMm: 0, yMm: back * 0.9 } : { maxZMm: max[2], liftMm: LIFT_MM, retractMm, xMm: min[0] + EDGE_MM, yMm: back }
}
