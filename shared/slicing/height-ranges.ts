import type { SettingValues, SlicingSettings } from './settings'

/** Settings of their own between two heights. */
export interface HeightRange {
  readonly fromMm: number
  readonly toMm: number
  readonly values: SettingValues
}

/** Settings by height: those of the ranges a layer lies in (by its middle), the later over the earlier, over those of the plate. */
export class RangedSettings {
  private readonly made = new Map<string, SlicingSettings>()

  constructor(
    private readonly base: SlicingSettings,
    private readonly ranges: readonly HeightRange[] = [],
  ) {}

  /** @param layer nozzle height and thickness, mm */
  at({ zMm, heightMm }: { readonly zMm: number; readonly heightMm: number }): SlicingSettings {
    if (this.ranges.length === 0) return this.base
    const middleMm = zMm - heightMm / 2
    const inside = this.ranges.map(({ fromMm, toMm }) => middleMm >= fromMm && middleMm < toMm)
    const key = inside.map(Number).join('')
    const found = this.made.get(key) ?? Object.assign({}, this.base, ...this.ranges.filter((_, i) => inside[i]).map(({ values }) => values)) as SlicingSettings
    this.made.set(key, found)
    return found
  }
}
