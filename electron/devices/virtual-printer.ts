import type { MachineProfile } from '../../shared/machine/profile'
import { machineVolume } from '../../shared/machine/machine-volume'
import { extruderCount } from '../../shared/machine/print-tools'
import { FULL_TRAITS, type FirmwareAccount, type FirmwareFaults, type FirmwareOptions, type FirmwareTraits, NO_FAULTS, type VirtualFirmware } from '../../shared/machine/virtual/firmware-options'
import { createVirtualFirmware } from '../../shared/machine/virtual/virtual-firmware'
import type { GrblOptions } from '../../shared/machine/virtual-grbl/options'
import { createVirtualGrbl } from '../../shared/machine/virtual-grbl/virtual-grbl'
import { StudioError } from '../../shared/units/studio-error'
import type { DeviceEnd } from './device-end'
import type { Link } from './link'
import { createMemoryPair } from './memory-link'
import { openSerial } from './open-serial'
import { openPty } from './pty'

export interface VirtualPrinterOptions {
  readonly profile: MachineProfile
  /** 1 (real speed, the default) to 10,000. */
  readonly timeScale?: number
  readonly faults?: Partial<FirmwareFaults>
  /** Monotonic milliseconds; `performance.now` unless given. */
  readonly now?: () => number
  /** Which of Marlin's options the board has; all of them unless given. */
  readonly traits?: Partial<FirmwareTraits>
  /** The board's rate: a link at another one carries noise both ways, as on a real wire. Any rate will do unless given. */
  readonly baudRate?: number
  /** `memory` keeps it off the system's ptys; they are used where there are any unless given. */
  readonly transport?: 'pty' | 'memory'
}

/** A printer that exists only in this process, at the other end of a real pty where the system has them. */
export interface VirtualPrinter {
  /** Path that any serial program can open; undefined in memory and while unplugged. */
  readonly ptyPath: string | undefined
  /**
   * Plugs the cable in if it was pulled, opens the port and resets the board, as DTR does on many boards: the boot banner follows.
   * @throws StudioError `machine/port-busy` while another link is open, and what `openSerial` throws.
   */
  openLink(options: { readonly baudRate: number }): Promise<Link>
  /** Takes effect at once; faults replace the ones before. */
  configure(change: { readonly timeScale?: number | undefined; readonly faults?: Partial<FirmwareFaults> | undefined }): void
  /** `simulatedS`: seconds of machine time in which it had something to do. */
  account(): Omit<FirmwareAccount, 'extrudedAtHeight'> & { readonly simulatedS: number; readonly timeScale: number }
  /** Pulls the cable: links end as `lost`. The machine goes on with what it has. */
  unplug(): void
  dispose(): Promise<void>
}

const MEMORY_PATH = 'virtual'
const BOOT_MS = 1000
const AMBIENT_C = 20
/** A host that answers within this time, real ms, is at work: the wire isn't part of what runs faster. */
const HOST_GRACE_MS = 50
/** Periodic reports keep this distance, real ms, however fast the machine is. */
const REPORT_PACE_MS = 250
/** Real time that is caught up at most after the process slept, ms. */
const CATCH_UP_MS = 2000
const IDLE_TICK_MS = 5

/** Makes a printer of a profile's size and planner. Its clock runs from now on, `timeScale` times as fast as the real one. */
export function createVirtualPrinter(options: VirtualPrinterOptions): VirtualPrinter {
  return new HostedPrinter(options)
}

function firmwareOptions({ profile, faults, traits }: VirtualPrinterOptions): FirmwareOptions {
  const filamentDiameterMm = profile.settings.filamentDiameterMm
  return {
    machineType: profile.name,
    uuid: 'cede2a2f-41a2-4748-9b12-c55c62f367ff',
    motion: profile.motion,
    volume: machineVolume(profile),
    maxHotendC: profile.maxHotendC,
    maxBedC: profile.maxBedC,
    heatedBed: profile.heatedBed,
    hotends: profile.sharedNozzle === true ? 1 : extruderCount(profile),
    tools: extruderCount(profile),
    toolChangeMs: 1000 * (profile.toolChangeS ?? 0),
    toolFilamentDiametersMm: Array.from({ length: extruderCount(profile) }, (_, tool) => profile.extruders?.[tool]?.settings.filamentDiameterMm ?? profile.settings.filamentDiameterMm ?? 1.75),
    filamentDiameterMm: typeof filamentDiameterMm === 'number' ? filamentDiameterMm : 1.75,
    ambientC: AMBIENT_C,
    traits: { ...FULL_TRAITS, sdCard: true, ...traits },
    faults: withFaults(faults),
    bootMs: BOOT_MS,
  }
}

/** A laser or mill of the profile's size; it stands in its back right corner, where homing finds its switches. */
function grblOptions({ profile, faults }: VirtualPrinterOptions): GrblOptions {
  const { xMm, yMm, zMm } = profile.volume
  const { maxFeedMmPerS: feed, maxAccelerationMmPerS2: acceleration, cornering } = profile.motion
  return {
    flavour: 'grbl', travelMm: [xMm, yMm, zMm], maxMmPerMin: [feed[0] * 60, feed[1] * 60, feed[2] * 60], accelerationMmPerS2: [acceleration[0], acceleration[1], acceleration[2]],
    junctionDeviationMm: cornering.kind === 'junction-deviation' ? cornering.junctionDeviationMm : 0.01, isLaser: profile.purpose !== 'mill', canHome: true, standsAt: [-xMm / 2, -yMm / 2, -1], surfaceZMm: -zMm / 2, faults: withFaults(faults), bootMs: BOOT_MS,
  }
}

function removed(): StudioError {
  return new StudioError('machine/port-gone', 'The virtual printer was removed: add it again.', { port: MEMORY_PATH, detail: 'removed' })
}

/** Faults over none; what is named but undefined is none, too. */
function withFaults(faults: Partial<FirmwareFaults> | undefined): FirmwareFaults {
  const named = Object.fromEntries(Object.entries(faults ?? {}).filter(([, value]) => value !== undefined))
  return { ...NO_FAULTS, ...named }
}

/** What bytes look like at another rate: about as many, mostly not printable, the same ones always the same. */
function asNoise(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte * 37 + 11) | 0x80)
}

class HostedPrinter implements VirtualPrinter {
  private readonly firmware: VirtualFirmware
  private readonly now: () => number
  private timeScale: number
  private end: DeviceEnd | undefined
  private link: Link | undefined
  /** Somebody reads at the other end: without, what the board says is lost, as on an open wire. */
  private hasHost = false
  private isOpening = false
  /** The host's rate isn't the board's. */
  private isNoisy = false
  private lastMs: number
  private heardMs = -Infinity
  private workingMs = 0
  private timer: NodeJS.Timeout | undefined
  private immediate: NodeJS.Immediate | undefined
  private isDisposed = false

  constructor(private readonly options: VirtualPrinterOptions) {
    this.now = options.now ?? (() => performance.now())
    this.timeScale = options.timeScale ?? 1
    this.firmware = options.profile.firmware === 'grbl' ? createVirtualGrbl(grblOptions(options)) : createVirtualFirmware(firmwareOptions(options))
    this.lastMs = this.now()
    this.firmware.setReportPace(this.paceMs())
    if (options.transport !== 'memory') this.plugIn(openPty())
    this.plan()
  }

  get ptyPath(): string | undefined {
    return this.end?.path
  }

  private plugIn(end: DeviceEnd | undefined): void {
    this.end = end
    end?.onData((bytes) => this.receive(bytes))
  }

  async openLink({ baudRate }: { readonly baudRate: number }): Promise<Link> {
    if (this.isDisposed) throw removed()
    if (this.link !== undefined || this.isOpening) throw new StudioError('machine/port-busy', 'The virtual printer is connected already: disconnect it first.', { port: this.ptyPath ?? MEMORY_PATH, detail: 'connected' })
    this.isOpening = true
    const link = await this.plugLink(baudRate).finally(() => (this.isOpening = false))
    if (this.isDisposed) {
      await link.close()
      throw removed()
    }
    this.isNoisy = this.options.baudRate !== undefined && this.options.baudRate !== baudRate
    this.link = link
    // What the board said until now, a boot of its own among it, nobody heard: the host begins with the banner of its reset.
    this.pass()
    this.hasHost = true
    link.onClosed(() => {
      if (this.link !== link) return
      this.link = undefined
      this.hasHost = false
    })
    this.resetBoard()
    // What was still on its way into the old cable is gone with it.
    this.firmware.plugIn()
    return link
  }

  private async plugLink(baudRate: number): Promise<Link> {
    if (this.end?.path === undefined && this.options.transport !== 'memory') this.plugIn(openPty())
    const path = this.end?.path
    const link = path === undefined ? undefined : await openSerial(path, { baudRate }).catch(withoutPty)
    if (link !== undefined) return resettable(link, () => this.resetBoard())
    const { host, device } = createMemoryPair({ path: MEMORY_PATH, baudRate, onDtr: () => this.resetBoard() })
    this.end?.pull()
    this.plugIn(device)
    return host
  }

  private resetBoard(): void {
    this.pass()
    this.firmware.reset(this.firmware.nowMs)
    this.plan()
  }

  configure({ timeScale, faults }: { readonly timeScale?: number | undefined; readonly faults?: Partial<FirmwareFaults> | undefined }): void {
    this.pass()
    if (timeScale !== undefined) this.timeScale = Math.min(10_000, Math.max(1, timeScale))
    if (faults !== undefined) this.firmware.setFaults(withFaults(faults))
    this.firmware.setReportPace(this.paceMs())
    this.plan()
  }

  /** At real speed reports keep their own times. */
  private paceMs(): number {
    return this.timeScale === 1 ? 0 : this.timeScale * REPORT_PACE_MS
  }

  account(): Omit<FirmwareAccount, 'extrudedAtHeight'> & { readonly simulatedS: number; readonly timeScale: number } {
    this.pass()
    // Heights are for tests of the firmware: a map can't go over the wire.
    const { extrudedAtHeight: _heights, ...account } = this.firmware.account()
    return { ...account, simulatedS: this.workingMs / 1000, timeScale: this.timeScale }
  }

  unplug(): void {
    this.hasHost = false
    const { end } = this
    this.end = undefined
    this.link = undefined
    end?.pull()
  }

  async dispose(): Promise<void> {
    this.isDisposed = true
    this.cancel()
    const { link } = this
    await link?.close()
    this.unplug()
  }

  private receive(bytes: Uint8Array): void {
    if (this.isDisposed) return
    this.hasHost = true
    this.pass()
    this.heardMs = this.lastMs
    this.firmware.receive(this.isNoisy ? asNoise(bytes) : bytes, this.firmware.nowMs)
    this.send(this.firmware.advance(this.firmware.nowMs))
    if (this.firmware.isUnplugged) this.unplug()
    this.plan()
  }

  private send(bytes: Uint8Array): void {
    if (bytes.length > 0 && this.hasHost) this.end?.write(this.isNoisy ? asNoise(bytes) : bytes)
  }

  /** Simulated ms per real ms. While the board waits for a host that is at work, both clocks run alike: only the machine is fast, the wire is real. */
  private rate(): number {
    const isHostAtWork = this.lastMs - this.heardMs < HOST_GRACE_MS
    return this.firmware.demand === 'hungry' && isHostAtWork ? 1 : this.timeScale
  }

  /** Lets the real time since the last call pass for the machine, event by event, since its speed changes with what it does. */
  private pass(): void {
    const { firmware } = this
    const now = this.now()
    let leftMs = Math.min(now - this.lastMs, CATCH_UP_MS)
    this.lastMs = now
    while (leftMs > 0) {
      const rate = this.rate()
      const isWorking = firmware.demand === 'blocked' || firmware.demand === 'hungry'
      const from = firmware.nowMs
      const end = from + leftMs * rate
      const to = Math.min(end, Math.max(from, firmware.nextWakeMs))
      this.send(firmware.advance(to))
      if (isWorking) this.workingMs += to - from
      leftMs = to === end ? 0 : leftMs - (to - from) / rate
    }
  }

  private cancel(): void {
    clearTimeout(this.timer)
    clearImmediate(this.immediate)
    this.timer = undefined
    this.immediate = undefined
  }

  /** Comes back when the machine has something to do. A blocked host is served without a timer's millisecond; an idle machine isn't hurried. */
  private plan(): void {
    this.cancel()
    if (this.isDisposed) return
    const { firmware } = this
    const delayMs = (firmware.nextWakeMs - firmware.nowMs) / this.rate()
    if (delayMs === Infinity) return
    const tick = () => {
      this.pass()
      this.plan()
    }
    if (firmware.demand === 'blocked' && delayMs < 1) this.immediate = setImmediate(tick)
    else this.timer = setTimeout(tick, Math.max(firmware.demand === 'blocked' ? 1 : IDLE_TICK_MS, delayMs))
  }
}

/** Where a pty is no serial port to serialport (rates that macOS refuses, a container without /dev/pts) the link is made in memory. */
function withoutPty(error: unknown): undefined {
  if (error instanceof StudioError && error.code !== 'machine/port-busy') return undefined
  throw error
}

/** The virtual board has a reset line even where the pty has none. */
function resettable(link: Link, reset: () => void): Link {
  return {
    path: link.path,
    baudRate: link.baudRate,
    write: (bytes) => link.write(bytes),
    onData: (listener) => link.onData(listener),
    onClosed: (listener) => link.onClosed(listener),
    pulseDtr: async () => {
      reset()
      return true
    },
    close: () => link.close(),
  }
}
