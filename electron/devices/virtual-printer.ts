import type { FirmwareAccount, FirmwareFaults, FirmwareTraits } from '../../shared/machine/virtual/firmware-options'
import type { MachineProfile } from '../../shared/machine/profile'
import type { Link } from './link'

export interface VirtualPrinterOptions {
  readonly profile: MachineProfile
  /** 1 (real speed, the default) to 10,000. */
  readonly timeScale?: number
  readonly faults?: Partial<FirmwareFaults>
  /** Monotonic milliseconds; `performance.now` unless given. */
  readonly now?: () => number
  /** Which of Marlin's options the board has; all of them unless given. */
  readonly traits?: Partial<FirmwareTraits>
  /** `memory` keeps it off the system's ptys; they are used where there are any unless given. */
  readonly transport?: 'pty' | 'memory'
}

/** A printer that exists only in this process, at the other end of a real pty where the system has them. */
export interface VirtualPrinter {
  /** Path that any serial program can open; undefined in memory and while unplugged. */
  readonly ptyPath: string | undefined
  /** Plugs the cable in if it was pulled, opens the port and resets the board, as DTR does on many boards: the boot banner follows. */
  openLink(options: { readonly baudRate: number }): Promise<Link>
  /** Takes effect at once; faults replace the ones before. */
  configure(change: { readonly timeScale?: number; readonly faults?: Partial<FirmwareFaults> }): void
  account(): FirmwareAccount & { readonly simulatedS: number; readonly timeScale: number }
  /** Pulls the cable: links end as `lost`. The machine goes on with what it has. */
  unplug(): void
  dispose(): Promise<void>
}
