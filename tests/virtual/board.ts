import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { machineVolume } from '../../shared/machine/machine-volume'
import { FULL_TRAITS, type FirmwareFaults, type FirmwareOptions, NO_FAULTS, type VirtualFirmware } from '../../shared/machine/virtual/firmware-options'
import { createVirtualFirmware } from '../../shared/machine/virtual/virtual-firmware'

/** The board of the recordings: two hotends, a room of 19.38 °C, everything that Marlin can have. */
export function boardOptions(change: Partial<FirmwareOptions> = {}): FirmwareOptions {
  const profile = BUILTIN_MACHINES.find(({ id }) => id === 'creality-ender-3')!
  return {
    machineType: 'Peer Printer', uuid: 'cede2a2f-41a2-4748-9b12-c55c62f367ff', motion: profile.motion, volume: machineVolume(profile), maxHotendC: 260, maxBedC: 110, heatedBed: true, hotends: 2,
    filamentDiameterMm: 1.75, ambientC: 19.38, traits: FULL_TRAITS, faults: NO_FAULTS, bootMs: 0, ...change,
  }
}

/** A host that talks with a board in simulated time. */
export class Conversation {
  readonly firmware: VirtualFirmware
  private readonly encoder = new TextEncoder()
  private readonly decoder = new TextDecoder('latin1')
  private number = 0

  constructor(change: Partial<FirmwareOptions> = {}) {
    this.firmware = createVirtualFirmware(boardOptions(change))
    this.heardAfter(0)
  }

  /** Sends text as it is and lets time pass; what the board said meanwhile, by lines. */
  send(text: string | Uint8Array, ms = 0): string[] {
    this.firmware.receive(typeof text === 'string' ? this.encoder.encode(text) : text, this.firmware.nowMs)
    return this.heardAfter(ms)
  }

  /** Sends one command, and lets time pass. */
  say(command: string, ms = 0): string[] {
    return this.send(`${command}\n`, ms)
  }

  /** Sends a command with the next line number and its checksum. */
  sayNumbered(command: string, ms = 0): string[] {
    return this.send(numbered(++this.number, command), ms)
  }

  /** Sends a command and lets time pass until it is answered, at most an hour; what was said, and how long it took. */
  finish(command: string): { lines: string[]; ms: number } {
    const from = this.firmware.nowMs
    const lines = this.say(command)
    while (this.firmware.demand === 'blocked' && this.firmware.nowMs - from < 3_600_000) lines.push(...this.heardUntil(this.firmware.nextWakeMs))
    return { lines, ms: this.firmware.nowMs - from }
  }

  heardAfter(ms: number): string[] {
    return this.heardUntil(this.firmware.nowMs + ms)
  }

  private heardUntil(atMs: number): string[] {
    const text = this.decoder.decode(this.firmware.advance(atMs))
    return text === '' ? [] : text.replace(/\n$/, '').split('\n')
  }
}

/** `N3 G1 X1*99` and a newline, with the right checksum. */
export function numbered(number: number, command: string): string {
  const body = `N${number} ${command}`
  let checksum = 0
  for (let i = 0; i < body.length; i++) checksum ^= body.charCodeAt(i)
  return `${body}*${checksum}\n`
}

/** Faults over none. */
export function faults(change: Partial<FirmwareFaults>): FirmwareFaults {
  return { ...NO_FAULTS, ...change }
}
