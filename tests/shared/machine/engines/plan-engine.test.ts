import { strFromU8 } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../../../shared/formats/parse-model'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../../shared/machine/builtin-qualities'
import { ENGINE_KINDS, type EngineKind, type EnginePlan } from '../../../../shared/machine/engines/engine'
import { type EngineRequest, STUDIO_KEYS } from '../../../../shared/machine/engines/engine-request'
import { planEngine } from '../../../../shared/machine/engines/plan-engine'
import { importForeignProfiles } from '../../../../shared/machine/import-profiles/import-foreign-profiles'
import { SETTINGS, type SettingDefinition, type SettingKey, type SettingValues } from '../../../../shared/slicing/settings'
import { boxMesh, placed } from '../../slicing/solids'

const machine = BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!
const request = (overrides: SettingValues): EngineRequest => ({ objects: [placed(boxMesh([0, 0, 0], [20, 20, 10]), [100, 100, 0])], machine, material: BUILTIN_MATERIALS.find(({ id }) => id === 'pla')!, quality: BUILTIN_QUALITIES.find(({ id }) => id === 'standard')!, overrides, title: 'box' })

function planOf(kind: EngineKind, overrides: SettingValues): EnginePlan {
  const planned = planEngine(kind, request(overrides), undefined)
  if (!planned.ok) throw new Error(JSON.stringify(planned.problems))
  return planned.value.plan
}

/** All that the engine is told, as one text. */
const told = ({ files, args }: EnginePlan) => [...args, ...files.filter(({ name }) => /\.(ini|json)$/.test(name)).map(({ bytes }) => strFromU8(bytes))].join('\n')
const leftKeys = ({ left }: EnginePlan) => new Set(left.map(({ place }) => place?.['key']))

/** Another value of a setting that holds together with the rest. */
function otherValue(key: SettingKey): SettingValues[SettingKey] {
  const definition: SettingDefinition = SETTINGS[key]
  if (definition.kind === 'boolean') return !definition.default as SettingValues[SettingKey]
  if (definition.kind === 'choice') return definition.choices.find((choice) => choice !== definition.default) as SettingValues[SettingKey]
  const { default: value, min, max, step, integer } = definition
  const next = value + 3 * step <= max ? value + 3 * step : value - 3 * step
  return Math.max(min, integer === true ? Math.round(next) : Math.round(next * 1000) / 1000) as SettingValues[SettingKey]
}

/** What only counts while something else is on, and what has an upper setting that decides it. */
const CONTEXT: Readonly<Partial<Record<SettingKey, SettingValues>>> = {
  ...Object.fromEntries((Object.keys(SETTINGS) as SettingKey[]).filter((key) => /^(support|tree)/.test(key) && key !== 'supportKind').map((key) => [key, { supportKind: key.startsWith('tree') ? 'tree' : 'grid' }])),
  brimKind: { brimWidthMm: 5 }, brimGapMm: { brimWidthMm: 5 }, brimEarsAngleDeg: { brimWidthMm: 5, brimKind: 'ears' }, arcToleranceMm: { arcFitting: true }, fanLeastPercent: { fanLayerTimeS: 30 }, topThicknessMm: { topLayers: 0 }, bottomThicknessMm: { bottomLayers: 0 },
}
/** What the studio does itself, or only shows. */
const QUIET: ReadonlySet<SettingKey> = new Set(STUDIO_KEYS)

describe('a plan for another engine', () => {
  it.each(ENGINE_KINDS)('tells %s every setting that is changed, or lists it as left out', (kind) => {
    const silent = (Object.keys(SETTINGS) as SettingKey[]).filter((key) => {
      if (QUIET.has(key)) return false
      const context = CONTEXT[key] ?? {}
      const changed = planEngine(kind, request({ ...context, [key]: otherValue(key) }), undefined)
      // A value that doesn't hold together with the rest is refused before.
      if (!changed.ok) return false
      return told(changed.value.plan) === told(planOf(kind, context)) && !leftKeys(changed.value.plan).has(key)
    })
    expect(silent).toEqual([])
  })

  it.each(ENGINE_KINDS)('gives %s the object where it stands, and start and end lines between marks', (kind) => {
    const plan = planOf(kind, {})
    const { name, bytes } = plan.files.find((file) => /\.(stl|3mf)$/.test(file.name))!
    const model = parseModel(bytes, name)
    if (!model.ok) throw new Error('unreadable')
    const [part] = model.value.parts
    const shift = part!.transform === undefined ? [0, 0] : [part!.transform[12]!, part!.transform[13]!]
    const xs = [...part!.mesh.positions].filter((_, i) => i % 3 === 0).map((x) => x + shift[0]!)
    // CuraEngine counts from the middle of the bed.
    const middle = kind === 'cura' ? machine.volume.xMm / 2 : 0
    expect(Math.min(...xs)).toBeCloseTo(100 - middle, 4)
    expect(told(plan).match(/;GONGBANG (START|END)( DONE)?/g)!.length).toBeGreaterThanOrEqual(4)
    expect(told(plan)).not.toMatch(/\{\w+\}/)
    // The last lines of the start: an engine goes on without saying in which modes.
    expect(told(plan)).toMatch(/G90(\\n|\\\\n|\n)M82(\\n|\\\\n|\n)G92 E0(\\n|\\\\n|\n);GONGBANG START DONE/)
  })

  it.each(ENGINE_KINDS)('refuses %s what a second extruder is to print', (kind) => {
    expect(planEngine(kind, request({ infillExtruder: 2 }), undefined).problems).toMatchObject([{ code: 'engine/one-extruder', values: { number: 2 } }])
  })

  it('writes settings for PrusaSlicer that its own import reads back as they were', () => {
    const values = fc.record({
      wallCount: fc.integer({ min: 1, max: 6 }), infillPercent: fc.integer({ min: 0, max: 99 }), infillPattern: fc.constantFrom('rectilinear' as const, 'grid' as const, 'gyroid' as const, 'honeycomb' as const, 'lightning' as const), topLayers: fc.integer({ min: 0, max: 9 }),
      layerHeightMm: fc.constantFrom(0.1, 0.16, 0.2, 0.24), hotendC: fc.integer({ min: 190, max: 250 }), outerWallFeedMmPerS: fc.integer({ min: 10, max: 200 }), flowPercent: fc.integer({ min: 80, max: 120 }), supportKind: fc.constantFrom('none' as const, 'grid' as const, 'snug' as const, 'tree' as const),
      supportAngleDeg: fc.integer({ min: 20, max: 70 }), brimWidthMm: fc.integer({ min: 0, max: 9 }), seam: fc.constantFrom('aligned' as const, 'rear' as const, 'random' as const), fuzzySkin: fc.constantFrom('none' as const, 'outside' as const), spiralVase: fc.constant(false), retractionMm: fc.constantFrom(0.4, 1, 5), elephantFootMm: fc.constantFrom(0, 0.2),
    })
    fc.assert(
      fc.property(values, (overrides) => {
        const { files } = planOf('prusaslicer', overrides)
        const imported = importForeignProfiles([{ name: 'print.ini', bytes: files.find(({ name }) => name === 'print.ini')!.bytes }])
        if (!imported.ok) throw new Error('unreadable')
        const back: SettingValues = Object.assign({}, ...imported.value.profiles.map(({ profile }) => profile.settings))
        const unsupported = overrides.supportKind === 'none' ? ['supportAngleDeg'] : []
        for (const key of Object.keys(overrides).filter((one) => !unsupported.includes(one)) as (keyof typeof overrides)[]) expect([key, back[key] ?? SETTINGS[key].default]).toEqual([key, overrides[key]])
      }),
      { numRuns: 40, seed: 3 },
    )
  })

  it('refuses settings that make no sense before the engine is asked', () => {
    expect(planEngine('cura', request({ layerHeightMm: 1.2, nozzleDiameterMm: 0.4 }), undefined)).toMatchObject({ ok: false, problems: expect.arrayContaining([expect.objectContaining({ code: 'setting/layer-too-high' })]) })
  })
})
