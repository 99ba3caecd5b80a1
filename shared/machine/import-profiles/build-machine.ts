import type { Problem } from '../../units/problem'
import { BUILTIN_MACHINES } from '../builtin-machines'
import type { Firmware, MachineProfile } from '../profile'
import { firstValue } from './apply-rules'
import { extruderParts } from './build-extruders'
import { leftOut, type ForeignProfile } from './foreign-profile'
import { MACHINE_KEYS } from './machine-keys'
import { translateTemplate } from './translate-template'

type Four = readonly [number, number, number, number]
const AXES = ['x', 'y', 'z', 'e'] as const
const FLAVOURS: readonly (readonly [RegExp, Firmware])[] = [[/klipper/i, 'klipper'], [/reprapfirmware|\(reprap\)/i, 'reprapfirmware'], [/smoothie/i, 'smoothie'], [/marlin|^reprap$|^reprapsprinter$/i, 'marlin']]

/** A machine of another slicer's profile over what an unknown Marlin printer is; a value out of every range is left out. */
export function buildMachine(foreign: ForeignProfile, head: Pick<MachineProfile, 'id' | 'name' | 'source' | 'settings'>): { machine: MachineProfile; left: readonly Problem[] } {
  const builder = new MachineBuilder(foreign)
  const base = plainMachine()
  const machine: MachineProfile = {
    ...base, ...head, vendor: firstValue(foreign.values.get('printer_vendor') ?? foreign.values.get('manufacturer') ?? foreign.program), usb: [],
    settings: { ...base.settings, ...head.settings },
    firmware: builder.firmware(base.firmware), volume: builder.volume(base.volume), motion: builder.motion(base.motion), heatedBed: builder.heatedBed(base.heatedBed),
    startGcode: builder.template('startGcode', 'start') ?? base.startGcode, endGcode: builder.template('endGcode', 'end') ?? base.endGcode,
    ...builder.moreTemplates(), ...extruderParts(foreign),
  }
  return { machine, left: builder.left }
}

/** What a machine that isn't known otherwise starts from. */
function plainMachine(): MachineProfile {
  const found = BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')
  if (found === undefined) throw new Error('generic-marlin is built in')
  return found
}

class MachineBuilder {
  readonly left: Problem[] = []
  private readonly keys
  constructor(private readonly foreign: ForeignProfile) {
    this.keys = MACHINE_KEYS[foreign.program]
  }

  firmware(base: Firmware): Firmware {
    const text = this.text(this.keys.flavour)
    if (text === undefined) return base
    const found = FLAVOURS.find(([pattern]) => pattern.test(text))
    if (found === undefined) this.leave('import-profile/no-such-value', this.keys.flavour)
    return found?.[1] ?? base
  }

  volume(base: MachineProfile['volume']): MachineProfile['volume'] {
    const { keys } = this
    const zMm = this.number(keys.height, [10, 5000]) ?? base.zMm
    if (keys.bed === undefined) {
      const shape = this.text(keys.shape) === 'elliptic' ? 'circle' : 'rectangle'
      return { xMm: this.number(keys.width, [10, 5000]) ?? base.xMm, yMm: this.number(keys.depth, [10, 5000]) ?? base.yMm, zMm, shape, origin: this.isOn(keys.isCentred) ? 'centre' : 'corner' }
    }
    const corners = (this.foreign.values.get(keys.bed) ?? '').split(/[,;]/).map((corner) => corner.trim().split('x').map(Number))
    if (corners.length < 3 || !corners.every((corner) => corner.length === 2 && corner.every(Number.isFinite))) {
      if (this.foreign.values.has(keys.bed)) this.leave('import-profile/not-a-value', keys.bed)
      return { ...base, zMm }
    }
    return bedOfCorners(corners.map(([x = 0, y = 0]) => [x, y] as const), zMm) ?? this.outOfRange(keys.bed, { ...base, zMm })
  }

  motion(base: MachineProfile['motion']): MachineProfile['motion'] {
    const { keys } = this
    const four = (keyOf: (axis: number) => string, otherwise: Four, range: readonly [number, number]): Four => {
      const at = (axis: 0 | 1 | 2 | 3) => this.number(keyOf(axis), range) ?? otherwise[axis]
      return [at(0), at(1), at(2), at(3)]
    }
    const deviation = this.number(keys.junctionDeviation, [0.001, 1])
    const hasJerk = this.number(keys.jerk[0], [0.01, 200]) !== undefined
    const jerk = base.cornering.kind === 'jerk' ? base.cornering.jerkMmPerS : ([8, 8, 0.4, 5] as const)
    return {
      ...base,
      maxFeedMmPerS: four((axis) => keys.feed + (AXES[axis] ?? ''), base.maxFeedMmPerS, [0.1, 5000]),
      maxAccelerationMmPerS2: four((axis) => keys.acceleration + (AXES[axis] ?? ''), base.maxAccelerationMmPerS2, [1, 200_000]),
      printAccelerationMmPerS2: this.number(keys.printAcceleration, [1, 200_000]) ?? base.printAccelerationMmPerS2,
      retractAccelerationMmPerS2: this.number(keys.retractAcceleration, [1, 200_000]) ?? base.retractAccelerationMmPerS2,
      travelAccelerationMmPerS2: this.number(keys.travelAcceleration, [1, 200_000]) ?? base.travelAccelerationMmPerS2,
      cornering: deviation !== undefined ? { kind: 'junction-deviation', junctionDeviationMm: deviation } : hasJerk ? { kind: 'jerk', jerkMmPerS: four((axis) => keys.jerk[axis] ?? '', jerk, [0.01, 200]) } : base.cornering,
    }
  }

  heatedBed(base: boolean): boolean {
    return this.keys.heatedBed !== undefined && this.text(this.keys.heatedBed) !== undefined ? this.isOn(this.keys.heatedBed) : base
  }

  moreTemplates(): Partial<MachineProfile> {
    const [layerGcode, pauseGcode, colourChangeGcode] = [this.template('layerGcode', 'layer'), this.template('pauseGcode', 'layer'), this.template('colourChangeGcode', 'layer')]
    return { ...(layerGcode && { layerGcode }), ...(pauseGcode && { pauseGcode }), ...(colourChangeGcode && { colourChangeGcode }) }
  }

  template(which: 'startGcode' | 'endGcode' | 'layerGcode' | 'pauseGcode' | 'colourChangeGcode', where: 'start' | 'end' | 'layer'): string | undefined {
    const key = this.keys[which]
    const text = key === undefined ? undefined : this.foreign.values.get(key)
    if (key === undefined || text === undefined || text.trim() === '') return undefined
    const translated = translateTemplate(text, { where, values: this.foreign.values })
    if (translated === undefined) this.leave('import-profile/template', key)
    return translated
  }

  private text(key: string | undefined): string | undefined {
    const text = key === undefined ? undefined : this.foreign.values.get(key)
    return text === undefined || text.trim() === '' ? undefined : firstValue(text)
  }

  private isOn(key: string | undefined): boolean {
    return /^(1|true)$/i.test(this.text(key) ?? '')
  }

  /** A value within the range; zero stands for none. */
  private number(key: string | undefined, [min, max]: readonly [number, number]): number | undefined {
    const text = this.text(key)
    if (key === undefined || text === undefined || Number(text) === 0) return undefined
    const value = Number(text)
    return value >= min && value <= max ? value : this.outOfRange(key, undefined)
  }

  private outOfRange<T>(key: string, otherwise: T): T {
    this.leave('import-profile/out-of-range', key)
    return otherwise
  }

  private leave(code: string, key: string): void {
    if (!this.left.some(({ place }) => place?.['key'] === key)) this.left.push(leftOut(code, this.foreign.name, key, this.foreign.values.get(key) ?? ''))
  }
}

/** A bed of its corners: a rectangle when it has four, a circle when it has many; undefined when it is no size of a bed. */
function bedOfCorners(corners: readonly (readonly [number, number])[], zMm: number): MachineProfile['volume'] | undefined {
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  const [xMin, xMax, yMin, yMax] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const isCentred = Math.abs(xMin + xMax) < 1 && Math.abs(yMin + yMax) < 1
  const [xMm, yMm] = isCentred ? [xMax - xMin, yMax - yMin] : [xMax, yMax]
  if (!(xMm >= 10 && xMm <= 5000 && yMm >= 10 && yMm <= 5000)) return undefined
  return { xMm, yMm, zMm, origin: isCentred ? 'centre' : 'corner', shape: corners.length > 12 ? 'circle' : 'rectangle' }
}
