import { randomUUID } from 'node:crypto'
import type { MachineCommand, MachineStatus, PortInfo, VirtualAccount, VirtualFaults } from '../../../shared/contract/machines'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { GRBL_MACHINES } from '../../../shared/machine/builtin-grbl-machines'
import type { JobPlace } from '../../../shared/machine/grbl/plan-grbl-job'
import type { CardAction } from '../../../shared/machine/marlin/card'
import type { JobLines } from '../../../shared/machine/marlin/job-lines'
import type { MachineProfile } from '../../../shared/machine/profile'
import { StudioError } from '../../../shared/units/studio-error'
import type { Link } from '../../devices/link'
import { listPorts } from '../../devices/list-ports'
import { openSerial } from '../../devices/open-serial'
import { createVirtualPrinter, type VirtualPrinter } from '../../devices/virtual-printer'
import type { Records } from '../../store/records'
import { Bell, followRing, followTopic } from './bell'
import { cardIsFree } from './card-status'
import { connectMachine } from './connect-machine'
import { forgetMachine, isBuiltin, loadMachines, saveMachine, VIRTUAL_PORT, type MachineRecord } from './machine-record'
import { jobRunning, MachineSession, type HeatSample, type JobOptions, type RunningJob, type TerminalEntry } from './machine-session'
import { grblCommand } from './grbl-command'
import { commandLines } from './manual-command'
import { grblOf, speaksGrbl, type MachineState } from './protocols'

/** What the service needs of the computer; tests give their own. */
export interface MachineDevices {
  listPorts(): Promise<readonly PortInfo[]>
  openSerial(path: string, options: { readonly baudRate: number }): Promise<Link>
  createVirtualPrinter(options: { readonly profile: MachineProfile }): VirtualPrinter
}

export interface MachinesServiceParts {
  readonly records: Records
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A user's own machine profile by its id; built-in ones are known anyway. */
  readonly findProfile?: (id: string) => MachineProfile | undefined
  readonly devices?: MachineDevices
}

type Named = { readonly machineId: string }

/** How the jobs service runs jobs on a machine. */
export interface JobRunner {
  readonly machine: MachineRecord
  readonly profile: MachineProfile
  /** Where a machine that speaks Grbl is, as far as it has told. */
  readonly place: JobPlace | undefined
  readonly isReady: boolean
  readonly state: MachineState
  /** @throws StudioError 'machine/not-connected' | 'machine/not-ready' | 'machine/job-running' */
  start(job: RunningJob, lines: JobLines, options?: JobOptions): void
  hold(): void
  resume(): void
  cancel(): void
  /** @throws StudioError 'machine/no-card' | 'machine/card-busy' and as `start` */
  card(action: CardAction): void
}

export interface MachinesService {
  ports(): Promise<PortInfo[]>
  list(): MachineStatus[]
  watch(signal?: AbortSignal): AsyncIterable<MachineStatus[]>
  add(input: { readonly name: string; readonly port: string; readonly profileId: string; readonly baudRate?: number | undefined; readonly isPassing?: boolean | undefined }): MachineStatus
  update(input: Named & { readonly name?: string | undefined; readonly port?: string | undefined; readonly profileId?: string | undefined; readonly baudRate?: number | null | undefined }): MachineStatus
  remove(input: Named): Promise<void>
  connect(input: Named): Promise<MachineStatus>
  disconnect(input: Named): Promise<void>
  command(input: Named & { readonly command: MachineCommand }): void
  settings(input: Named): Record<string, string>
  answer(input: Named & { readonly button: number }): void
  card(input: Named & { readonly action: CardAction }): void
  emergencyStop(input: Named): { toWireMs: number }
  temperatures(input: Named, signal?: AbortSignal): AsyncIterable<HeatSample[]>
  terminal(input: Named, signal?: AbortSignal): AsyncIterable<TerminalEntry[]>
  readonly virtual: {
    configure(input: Named & { readonly timeScale?: number | undefined; readonly faults?: Partial<VirtualFaults> | undefined }): void
    account(input: Named): VirtualAccount
    unplug(input: Named): void
  }
  /** For the jobs service. @throws StudioError 'machine/not-found' */
  runner(machineId: string): JobRunner
  /** Closes every link. */
  dispose(): Promise<void>
}

/** Makes the service behind `machines.*`: remembered machines, their links, manual control. Nothing is opened before `connect`. */
export function createMachinesService(parts: MachinesServiceParts): MachinesService {
  return new Machines(parts)
}

class Machines implements MachinesService {
  private readonly sessions = new Map<string, MachineSession>()
  private readonly printers = new Map<string, VirtualPrinter>()
  private readonly connecting = new Map<string, { readonly stop: AbortController; readonly done: Promise<MachineStatus> }>()
  private readonly bell = new Bell()
  private readonly devices: MachineDevices

  constructor(private readonly parts: MachinesServiceParts) {
    this.devices = parts.devices ?? { listPorts, openSerial, createVirtualPrinter }
    for (const record of loadMachines(parts.records)) {
      const session = this.session(record)
      session.isRemembered = true
      this.sessions.set(record.id, session)
    }
  }

  private session(record: MachineRecord): MachineSession {
    return new MachineSession(record, { now: this.parts.now, onChange: () => this.bell.ring(), profileOf: (id) => this.profileOf(id) })
  }

  private profileOf(id: string): MachineProfile {
    const profile = this.parts.findProfile?.(id) ?? [...BUILTIN_MACHINES, ...GRBL_MACHINES].find((builtin) => builtin.id === id)
    if (!profile) throw new StudioError('machine/unknown-profile', `There is no machine profile “${id}” any more: choose another for this machine.`, { profileId: id })
    return profile
  }

  private find({ machineId }: Named): MachineSession {
    const session = this.sessions.get(machineId)
    if (!session) throw new StudioError('machine/not-found', 'There is no such machine any more.', { machineId })
    return session
  }

  async ports(): Promise<PortInfo[]> {
    return [...(await this.devices.listPorts()), { path: VIRTUAL_PORT, label: 'Virtual printer', kind: 'virtual', profileId: 'virtual-printer' }]
  }

  list(): MachineStatus[] {
    return [...this.sessions.values()].map((session) => session.status())
  }

  watch(signal?: AbortSignal): AsyncIterable<MachineStatus[]> {
    return followTopic(this.bell, () => this.list(), signal)
  }

  add({ name, port, profileId, baudRate, isPassing = false }: Parameters<MachinesService['add']>[0]): MachineStatus {
    this.profileOf(profileId)
    const record: MachineRecord = { id: randomUUID(), name, port, profileId, ...(baudRate !== undefined && { baudRate }) }
    const session = this.session(record)
    this.sessions.set(record.id, session)
    session.isRemembered = !isPassing
    if (!isPassing) saveMachine(this.parts.records, record)
    this.bell.ring()
    return session.status()
  }

  update({ machineId, name, port, profileId, baudRate }: Parameters<MachinesService['update']>[0]): MachineStatus {
    const session = this.find({ machineId })
    if (profileId !== undefined) this.profileOf(profileId)
    if (session.state.run && (port !== undefined || profileId !== undefined)) throw jobRunning(session.record.name)
    if (port !== undefined && port !== session.record.port && session.isOpen) throw new StudioError('machine/still-connected', 'Disconnect the machine before you give it another port.', { name: session.record.name })
    const { baudRate: before, ...rest } = session.record
    const rate = baudRate === undefined ? before : (baudRate ?? undefined)
    const record: MachineRecord = { ...rest, ...(name !== undefined && { name }), ...(port !== undefined && { port }), ...(profileId !== undefined && { profileId }), ...(rate !== undefined && { baudRate: rate }) }
    this.keep(session, record)
    // A virtual printer is built by its profile.
    if (profileId !== undefined && !session.isOpen) this.forgetPrinter(record.id)
    return session.status()
  }

  private forgetPrinter(id: string): void {
    const printer = this.printers.get(id)
    this.printers.delete(id)
    void printer?.dispose()
  }

  private keep(session: MachineSession, record: MachineRecord): void {
    session.record = record
    if (session.isRemembered) saveMachine(this.parts.records, record)
    session.changed()
  }

  async remove(input: Named): Promise<void> {
    const session = this.find(input)
    if (isBuiltin(input.machineId)) throw new StudioError('machine/virtual-stays', 'The built-in virtual machines stay.')
    await this.disconnect(input)
    await this.printers.get(session.record.id)?.dispose()
    this.printers.delete(session.record.id)
    this.sessions.delete(session.record.id)
    forgetMachine(this.parts.records, session.record.id)
    this.bell.ring()
  }

  connect(input: Named): Promise<MachineStatus> {
    const session = this.find(input)
    const underWay = this.connecting.get(session.record.id)
    if (underWay) return underWay.done
    if (session.isOpen && session.state.phase === 'ready') return Promise.resolve(session.status())
    const stop = new AbortController()
    const done = this.open(session, stop.signal).finally(() => this.connecting.delete(session.record.id))
    this.connecting.set(session.record.id, { stop, done })
    return done
  }

  private async open(session: MachineSession, signal: AbortSignal): Promise<MachineStatus> {
    session.isConnecting = true
    session.failure = undefined
    session.changed()
    try {
      this.portIsFree(session)
      await session.detach()
      const baudRate = await connectMachine(session, (rate) => this.link(session, rate), signal)
      if (session.record.lastGoodBaudRate !== baudRate) this.keep(session, { ...session.record, lastGoodBaudRate: baudRate })
    } catch (error) {
      await session.detach()
      if (error instanceof StudioError) session.failure = { code: error.code, message: error.message, values: error.values }
      throw error
    } finally {
      session.isConnecting = false
      session.changed()
    }
    return session.status()
  }

  /** Two machines may be remembered at one port; only one of them has it. */
  private portIsFree(session: MachineSession): void {
    const { port, id } = session.record
    if (port === VIRTUAL_PORT) return
    for (const other of this.sessions.values()) {
      if (other.record.id !== id && other.record.port === port && other.isOpen) throw new StudioError('machine/port-taken', `${port} is in use by ${other.record.name}: disconnect that machine first.`, { port, name: other.record.name })
    }
  }

  private link(session: MachineSession, baudRate: number): Promise<Link> {
    const { port } = session.record
    return port === VIRTUAL_PORT ? this.printer(session).openLink({ baudRate }) : this.devices.openSerial(port, { baudRate })
  }

  private printer(session: MachineSession): VirtualPrinter {
    const { id, name, port } = session.record
    if (port !== VIRTUAL_PORT) throw new StudioError('machine/not-virtual', `${name} is a real machine.`, { name })
    const made = this.printers.get(id) ?? this.devices.createVirtualPrinter({ profile: session.profile })
    this.printers.set(id, made)
    return made
  }

  async disconnect(input: Named): Promise<void> {
    const session = this.find(input)
    if (session.state.run) throw jobRunning(session.record.name)
    const underWay = this.connecting.get(session.record.id)
    underWay?.stop.abort()
    await session.detach()
    await underWay?.done.catch(() => undefined)
    session.failure = undefined
    session.changed()
  }

  command(input: Named & { readonly command: MachineCommand }): void {
    const session = this.find(input)
    const { command } = input
    if (command.kind === 'gcode' && /^\s*M112\b/i.test(command.line)) return void this.emergencyStop(input)
    const driver = session.ready()
    if (speaksGrbl(driver)) {
      const { run } = driver.state
      // Overrides belong to a job; while a tool is changed the machine is moved and measured by hand.
      if (run && command.kind !== 'override' && command.kind !== 'jog-stop' && !(run.before && run.state === 'held')) throw jobRunning(session.record.name)
      return driver.dispatch(grblCommand(command, driver.state))
    }
    // Heat and fan can be changed under way; everything else would spoil the job.
    if (driver.state.run && command.kind !== 'heat' && command.kind !== 'fan') throw jobRunning(session.record.name)
    if (command.kind !== 'heat' && command.kind !== 'fan') cardIsFree(driver.state, session.record.name)
    driver.dispatch({ kind: 'command', lines: commandLines(command, driver.state, session.profile) })
  }

  settings(input: Named): Record<string, string> {
    return { ...grblOf(this.find(input).state)?.settings }
  }

  card(input: Named & { readonly action: CardAction }): void {
    this.find(input).card(input.action)
  }

  answer(input: Named & { readonly button: number }): void {
    this.find(input).ready().dispatch({ kind: 'answer', button: input.button })
  }

  emergencyStop(input: Named): { toWireMs: number } {
    const startMs = performance.now()
    const session = this.find(input)
    const driver = session.anyDriver()
    driver.dispatch({ kind: 'emergency' })
    return { toWireMs: Math.max(0, driver.wroteAtMs - startMs) }
  }

  temperatures(input: Named, signal?: AbortSignal): AsyncIterable<HeatSample[]> {
    const session = this.find(input)
    return followRing(session.heatBell, session.heat, signal)
  }

  terminal(input: Named, signal?: AbortSignal): AsyncIterable<TerminalEntry[]> {
    const session = this.find(input)
    return followRing(session.terminalBell, session.terminal, signal)
  }

  readonly virtual: MachinesService['virtual'] = {
    configure: ({ machineId, timeScale, faults }) => this.printer(this.find({ machineId })).configure({ ...(timeScale !== undefined && { timeScale }), ...(faults !== undefined && { faults: defined(faults) }) }),
    account: (input) => accountOf(this.printer(this.find(input))),
    unplug: (input) => this.printer(this.find(input)).unplug(),
  }

  runner(machineId: string): JobRunner {
    const session = this.find({ machineId })
    return {
      get machine() {
        return session.record
      },
      get profile() {
        return session.profile
      },
      get place() {
        return session.place
      },
      get isReady() {
        return session.isOpen && session.state.phase === 'ready'
      },
      get state() {
        return session.state
      },
      start: (job, lines, options) => session.startJob(job, lines, options),
      hold: () => session.ready().dispatch({ kind: 'hold' }),
      resume: () => session.ready().dispatch({ kind: 'resume' }),
      cancel: () => session.ready().dispatch({ kind: 'cancel' }),
      card: (action) => session.card(action),
    }
  }

  async dispose(): Promise<void> {
    for (const { stop } of this.connecting.values()) stop.abort()
    await Promise.all([...this.sessions.values()].map((session) => session.detach()))
    await Promise.allSettled([...this.connecting.values()].map(({ done }) => done))
    await Promise.all([...this.printers.values()].map((printer) => printer.dispose()))
    this.printers.clear()
  }
}

/** Leaves out what is undefined: it means "not given". */
function defined(faults: Partial<VirtualFaults>): Partial<VirtualFaults> {
  return Object.fromEntries(Object.entries(faults).filter(([, value]) => value !== undefined))
}

function accountOf(printer: VirtualPrinter): VirtualAccount {
  const account = printer.account()
  return { ...account, refused: account.refused.map((refusal) => ({ ...refusal })), extrudedByToolMm: [...(account.extrudedByToolMm ?? [])], finalPositionMm: { ...account.finalPositionMm } }
}
