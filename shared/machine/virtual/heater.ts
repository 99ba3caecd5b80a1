/** A heated block with its sensor and its controller. */
export interface HeaterKind {
  readonly id: string
  readonly powerW: number
  /** Heat that warms it by one degree, J/K, and that it loses per degree above the room, W/K. */
  readonly capacityJPerK: number
  readonly lossWPerK: number
  /** The sensor follows the block with this delay, s; that is where overshoot comes from. */
  readonly sensorLagS: number
  /** Above this the board kills itself. */
  readonly maxC: number
  /** Full power below target - this, °C. */
  readonly bandC: number
  /** Marlin's WATCH_TEMP_PERIOD, s, in which the temperature must rise by 2 °C. */
  readonly watchS: number
}

/** A 40 W cartridge in an aluminium block: 20 to 200 °C in about a minute. */
export function hotendKind(index: number, maxHotendC: number): HeaterKind {
  return { id: `E${index}`, powerW: 40, capacityJPerK: 9, lossWPerK: 0.1, sensorLagS: 0.8, maxC: maxHotendC + 15, bandC: 10, watchS: 40 }
}

/** A 220 W bed: 20 to 60 °C in about a minute. */
export function bedKind(maxBedC: number): HeaterKind {
  return { id: 'bed', powerW: 220, capacityJPerK: 280, lossWPerK: 1.1, sensorLagS: 1.5, maxC: maxBedC + 15, bandC: 2, watchS: 60 }
}

/** Fault that the board's protection finds: text of the `Error:` line and of the `echo:` line after it. */
export interface HeaterAlarm {
  readonly error: string
  readonly echo: string
}

/** Strength of the integral part, power per degree-second at a band of one degree: strong enough to overshoot a little. */
const INTEGRAL = 40
/** Marlin's THERMAL_PROTECTION_HYSTERESIS and _PERIOD. */
const RUNAWAY_DROP_C = 4
const RUNAWAY_MS = 40_000
const WATCH_RISE_C = 2

/** Heats, cools and watches itself in steps of time. Temperatures in °C. */
export class Heater {
  targetC = 0
  /** What the sensor says. */
  currentC: number
  /** 0..127, as reports say it. */
  power = 0
  private blockC: number
  private integral = 0
  private watchFrom = Infinity
  private watchTargetC = 0
  private wasReached = false
  private coldSinceMs = Infinity

  constructor(
    readonly kind: HeaterKind,
    private readonly ambientC: number,
  ) {
    this.currentC = ambientC
    this.blockC = ambientC
  }

  setTarget(targetC: number, nowMs: number): void {
    this.targetC = Math.max(0, Math.min(targetC, this.kind.maxC - 15))
    this.wasReached = false
    this.coldSinceMs = Infinity
    this.watch(nowMs)
  }

  /** True while steps change anything. */
  get isActive(): boolean {
    return this.targetC > 0 || Math.abs(this.blockC - this.ambientC) > 0.05 || Math.abs(this.currentC - this.ambientC) > 0.05
  }

  /** Lets `dtS` pass (at most 0.2) up to `nowMs`. `control`: working, burning at full power, or with a broken wire. */
  step(dtS: number, nowMs: number, control: 'works' | 'burns' | 'broken'): HeaterAlarm | undefined {
    const { kind } = this
    this.power = control === 'burns' ? 127 : this.regulate(dtS)
    const heatW = control === 'broken' ? 0 : (kind.powerW * this.power) / 127
    this.blockC += ((heatW - kind.lossWPerK * (this.blockC - this.ambientC)) / kind.capacityJPerK) * dtS
    this.currentC += (this.blockC - this.currentC) * (1 - Math.exp(-dtS / kind.sensorLagS))
    return this.check(nowMs)
  }

  /** Power 0..127: full below the band, proportional and integral inside it. */
  private regulate(dtS: number): number {
    const { kind, targetC } = this
    if (targetC <= 0) {
      this.integral = 0
      return 0
    }
    const error = targetC - this.currentC
    if (error > kind.bandC) {
      this.integral = 0
      return 127
    }
    this.integral = Math.max(0, Math.min(127, this.integral + error * dtS * (INTEGRAL / kind.bandC)))
    return Math.round(Math.max(0, Math.min(127, (error * 127) / kind.bandC + this.integral)))
  }

  private watch(nowMs: number): void {
    const isFar = this.targetC > 0 && this.currentC < this.targetC - (WATCH_RISE_C + RUNAWAY_DROP_C + 1)
    this.watchFrom = isFar ? nowMs + this.kind.watchS * 1000 : Infinity
    this.watchTargetC = this.currentC + WATCH_RISE_C
  }

  private check(nowMs: number): HeaterAlarm | undefined {
    const { kind, currentC, targetC } = this
    if (currentC > kind.maxC) return this.alarm('MAXTEMP triggered', 'Err: MAXTEMP')
    if (nowMs >= this.watchFrom) {
      if (currentC < this.watchTargetC) return this.alarm('Heating failed', 'Heating Failed')
      this.watch(nowMs)
    }
    if (targetC <= 0) return undefined
    if (currentC >= targetC - 1) this.wasReached = true
    if (!this.wasReached || currentC >= targetC - RUNAWAY_DROP_C) this.coldSinceMs = nowMs
    else if (nowMs - this.coldSinceMs > RUNAWAY_MS) return this.alarm('Thermal Runaway', 'Thermal Runaway')
    return undefined
  }

  private alarm(error: string, echo: string): HeaterAlarm {
    return { error: `${error}, system stopped! Heater_ID: ${this.kind.id}`, echo }
  }
}
