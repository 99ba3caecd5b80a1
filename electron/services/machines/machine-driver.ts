import type { Link } from '../../devices/link'
import type { HostEffect, HostState, Protocol } from '../../../shared/machine/host-state'
import { LineSplitter } from '../../../shared/machine/marlin/line-splitter'

/** What a driver tells of. */
export interface DriverListener<State extends HostState> {
  onState(state: State, before: State): void
  onSent(text: string): void
  onReceived(line: string): void
  onEffect(effect: Extract<HostEffect, { kind: 'job-ended' | 'note' }>): void
}

/** An event as the driver's callers make it: the driver adds the time. */
type Happening<Event> = Event extends { readonly atMs: number } ? Omit<Event, 'atMs'> : never
/** What the driver itself tells a protocol; every family's events include these. */
type LinkEvent = { readonly atMs: number } & ({ readonly kind: 'opened'; readonly baudRate: number } | { readonly kind: 'line'; readonly line: string } | { readonly kind: 'time' } | { readonly kind: 'lost'; readonly detail: string })

/** Noise after which a baud rate is taken for wrong. */
const NOISE = { bytes: 48, share: 0.3 } as const

/** One open link and the protocol on it: feeds the reducer with lines and time, and performs its effects. */
export class MachineDriver<State extends HostState, Event extends { readonly kind: string; readonly atMs: number }> {
  state: State
  private readonly splitter = new LineSplitter()
  private readonly stops: (() => void)[] = []
  private timer: NodeJS.Timeout | undefined
  private timerAtMs = Infinity
  private isEnding = false
  private closing: Promise<void> | undefined
  private onGreeted: ((isThere: boolean) => void) | undefined
  /** Text to write once all lines that came together are read: one system call for several lines. */
  private gathered = ''
  private gatheredText = ''
  private isGathering = false
  /** `performance.now()` at which the last bytes were handed to the link. */
  wroteAtMs = 0

  constructor(private readonly protocol: Protocol<State, Event | LinkEvent>, private readonly link: Link, private readonly listener: DriverListener<State>) {
    this.state = protocol.closed
    this.stops.push(
      link.onData((bytes) => {
        this.isGathering = true
        this.splitter.push(bytes, (line) => this.receive(line))
        this.isGathering = false
        this.flush()
        this.lookAtGreeting()
      }),
      link.onClosed(({ kind, detail }) => {
        if (kind === 'lost') this.happen({ kind: 'lost', detail, atMs: performance.now() })
        void this.close()
      }),
    )
  }

  /** Shakes hands; resolves when that worked or didn't. False when the machine said nothing that Marlin says. */
  greet(): Promise<boolean> {
    this.happen({ kind: 'opened', baudRate: this.link.baudRate, atMs: performance.now() })
    return new Promise((resolve) => {
      this.onGreeted = resolve
      this.lookAtGreeting()
    })
  }

  private lookAtGreeting(): void {
    if (this.onGreeted === undefined || (this.state.phase === 'greeting' && !this.isNoise && this.isOpen)) return
    this.onGreeted(this.state.phase !== 'greeting' && this.state.phase !== 'closed')
    this.onGreeted = undefined
  }

  private get isNoise(): boolean {
    const { total, unprintable } = this.splitter
    return total >= NOISE.bytes && unprintable / total > NOISE.share
  }

  /** Tells the protocol what is asked of the machine. */
  dispatch(happening: Happening<Event>): void {
    // Happening is the event without its time, which is added here.
    this.happen({ ...happening, atMs: performance.now() } as unknown as Event)
  }

  private happen(event: Event | LinkEvent): void {
    const before = this.state
    const { state, effects } = this.protocol.reduce(before, event)
    this.state = state
    for (const effect of effects) this.perform(effect)
    this.arm()
    this.listener.onState(state, before)
    this.lookAtGreeting()
  }

  private receive(line: string): void {
    this.listener.onReceived(line)
    this.happen({ kind: 'line', line, atMs: performance.now() })
  }

  private perform(effect: HostEffect): void {
    switch (effect.kind) {
      case 'write':
        this.gathered += effect.wire ?? effect.text
        this.gatheredText += effect.text
        return this.isGathering ? undefined : this.flush()
      case 'pulse-dtr':
        this.flush()
        // The link is closed behind it, not before.
        this.isEnding = true
        this.closing = this.link.pulseDtr().then(() => this.closeLink(), () => this.closeLink())
        return
      case 'close':
        this.flush()
        void this.close()
        return
      case 'job-ended':
      case 'note':
        return this.listener.onEffect(effect)
      default:
        effect satisfies never
    }
  }

  private flush(): void {
    const text = this.gathered
    if (text === '') return
    const said = this.gatheredText
    this.gathered = ''
    this.gatheredText = ''
    this.wroteAtMs = this.link.write(Buffer.from(text, 'latin1'))
    if (said !== '') this.listener.onSent(said)
  }

  /** Sets the timer for the state's next deadline; one that is too early is let fire, which costs less than setting it anew for every line. */
  private arm(): void {
    const { wakeAtMs } = this.state
    if (wakeAtMs >= this.timerAtMs || wakeAtMs === Infinity || this.isEnding) return
    clearTimeout(this.timer)
    this.timerAtMs = wakeAtMs
    this.timer = setTimeout(() => {
      this.timerAtMs = Infinity
      if (performance.now() >= this.state.wakeAtMs) this.happen({ kind: 'time', atMs: performance.now() })
      else this.arm()
    }, Math.max(1, wakeAtMs - performance.now() + 1))
  }

  get isOpen(): boolean {
    return !this.isEnding
  }

  /** Ends timer and link; the state stays as it is. */
  close(): Promise<void> {
    this.isEnding = true
    this.closing ??= this.closeLink()
    return this.closing
  }

  private async closeLink(): Promise<void> {
    clearTimeout(this.timer)
    for (const stop of this.stops.splice(0)) stop()
    this.lookAtGreeting()
    await this.link.close()
  }
}
