import { raftRaiseMm } from '../adhesion/raft'
import { type HeightRange, RangedSettings } from '../height-ranges'
import type { PlannedLayer } from '../planned-layer'
import { variantSettings } from '../modifier-parts'
import type { SettingValues, SlicingSettings } from '../settings'
import { settingsWithTool, type ToolSet } from '../tools/tool-set'

/** Whose settings there are. */
export interface SettingSources {
  /** The plate's. */
  readonly settings: SlicingSettings
  /** Objects with settings of their own, whole. */
  readonly objectSettings?: ReadonlyMap<string, SlicingSettings>
  /** Values of each object's modifiers, in their order. */
  readonly objectModifiers?: ReadonlyMap<string, readonly SettingValues[]>
  readonly heightRanges?: readonly HeightRange[]
  readonly tools?: ToolSet
}

type Place = Pick<PlannedLayer, 'objectId' | 'zMm' | 'heightMm'>

/** The settings that hold where a tool prints a layer of an object: those of the modifiers there over those of the height over the tool's over the object's over the plate's. */
export class SettingsByUse {
  private readonly made = new Map<string, RangedSettings>()
  private readonly varied = new WeakMap<SlicingSettings, Map<string, SlicingSettings>>()
  private readonly ranges: readonly HeightRange[] | undefined

  constructor(private readonly sources: SettingSources) {
    this.ranges = raisedRanges(sources)
  }

  /** Of an object, whatever the height and the tool: what says which tool prints it. */
  ofObject(objectId: string): SlicingSettings {
    return this.sources.objectSettings?.get(objectId) ?? this.sources.settings
  }

  at(place: Place, tool: number): SlicingSettings {
    const object = this.sources.objectSettings?.has(place.objectId) === true ? place.objectId : ''
    const key = `${tool} ${object}`
    const found = this.made.get(key) ?? new RangedSettings(settingsWithTool(this.ofObject(place.objectId), this.sources.tools?.settings[tool], this.sources.settings), this.ranges)
    this.made.set(key, found)
    return found.at(place)
  }

  /** @param variant which of the object's modifiers it is in */
  inVariant(place: Place, tool: number, variant: number): SlicingSettings {
    const base = this.at(place, tool)
    const values = this.sources.objectModifiers?.get(place.objectId)
    if (variant === 0 || values === undefined) return base
    const known = this.varied.get(base) ?? new Map<string, SlicingSettings>()
    this.varied.set(base, known)
    const key = `${place.objectId} ${variant}`
    const found = known.get(key) ?? variantSettings(base, values, variant)
    known.set(key, found)
    return found
  }
}

/** The ranges of heights as the nozzle meets them: on a raft everything lies higher. */
function raisedRanges({ settings, heightRanges }: SettingSources): readonly HeightRange[] | undefined {
  const raiseMm = raftRaiseMm(settings)
  return raiseMm === 0 ? heightRanges : heightRanges?.map((range) => ({ ...range, fromMm: range.fromMm + raiseMm, toMm: range.toMm + raiseMm }))
}
