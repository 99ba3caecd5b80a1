import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUILTIN_MACHINES } from '../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../shared/machine/builtin-qualities'
import { compareProfiles } from '../../../shared/machine/compare-profiles'
import { machineVolume } from '../../../shared/machine/machine-volume'
import type { MachineProfile, StoredProfile } from '../../../shared/machine/profile'
import { exportProfiles, importProfiles } from '../../../shared/machine/profile-file'
import { machineSettingLayers } from '../../../shared/machine/setting-layers'
import { validateProfile } from '../../../shared/machine/validate-profile'
import { SETTINGS, type SlicingSettings } from '../../../shared/slicing/settings'
import { checkTemplates } from '../../../shared/machine/print-templates'

const STORED: readonly StoredProfile[] = [
  ...BUILTIN_MACHINES.map((profile) => ({ kind: 'machine' as const, profile })),
  ...BUILTIN_MATERIALS.map((profile) => ({ kind: 'material' as const, profile })),
  ...BUILTIN_QUALITIES.map((profile) => ({ kind: 'quality' as const, profile })),
]
const [pla] = BUILTIN_MATERIALS as [(typeof BUILTIN_MATERIALS)[0]]
const standard = BUILTIN_QUALITIES.find((quality) => quality.id === 'standard')!
const ender = BUILTIN_MACHINES[0]!
const defaults = Object.fromEntries(Object.entries(SETTINGS).map(([key, { default: value }]) => [key, value])) as unknown as SlicingSettings

describe('built-in profiles', () => {
  it('are at least eight machines with the virtual printer, each with its source', () => {
    expect(BUILTIN_MACHINES.filter((machine) => !['virtual-printer', 'generic-marlin'].includes(machine.id)).length).toBeGreaterThanOrEqual(8)
    expect(BUILTIN_MACHINES.find((machine) => machine.id === 'virtual-printer')).toMatchObject({ volume: { xMm: 220, yMm: 220, zMm: 250 } })
    for (const machine of BUILTIN_MACHINES) expect(machine.source.length).toBeGreaterThan(20)
  })

  it('have ids of their own', () => {
    const ids = STORED.map(({ kind, profile }) => `${kind}/${profile.id}`)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(STORED.map((stored) => [stored.profile.id, stored] as const))('%s is valid', (_id, stored) => {
    expect(validateProfile(stored)).toMatchObject({ ok: true })
  })

  it.each(BUILTIN_MACHINES.map((machine) => [machine.id, machine] as const))('%s has templates without a problem', (_id, machine) => {
    expect(checkTemplates({ machine, material: pla, quality: standard }, defaults)).toEqual([])
  })
})

describe('a profile from elsewhere', () => {
  it('is told all that is wrong with it, by path', () => {
    const bad = { kind: 'machine', profile: { ...ender, name: ' ', volume: { ...ender.volume, xMm: -5, origin: 'left' }, motion: { ...ender.motion, cornering: { kind: 'jerk', jerkMmPerS: [1, 2] } }, settings: { layerHeightMm: 9, wallCount: 1.5, color: 'red', seam: 'front' } } }
    const result = validateProfile(bad)
    expect(result.problems.map((problem) => [problem.code, problem.place?.['key']])).toEqual([
      ['profile/missing-text', 'profile.name'],
      ['profile/out-of-range', 'profile.settings.layerHeightMm'],
      ['profile/bad-field', 'profile.settings.wallCount'],
      ['profile/unknown-setting', 'profile.settings.color'],
      ['profile/bad-choice', 'profile.settings.seam'],
      ['profile/out-of-range', 'profile.volume.xMm'],
      ['profile/bad-choice', 'profile.volume.origin'],
      ['profile/bad-field', 'profile.motion.cornering.jerkMmPerS'],
    ])
  })

  it('never makes the check throw', () => {
    fc.assert(fc.property(fc.anything(), (anything) => {
      expect(validateProfile(anything).ok).toBe(false)
      expect(validateProfile({ kind: 'machine', profile: anything }).ok).toBe(false)
    }))
  })
})

describe('a profile file', () => {
  it('gives back what was exported', () => {
    expect(importProfiles(exportProfiles(STORED))).toMatchObject({ ok: true, value: STORED })
  })

  it('is refused when it is something else, or newer', () => {
    for (const text of ['', '{', '[]', 'null', '{"format":"x"}']) expect(importProfiles(text)).toMatchObject({ ok: false, problems: [{ code: 'profile/not-a-profile-file' }] })
    expect(importProfiles(exportProfiles(STORED).replace('"version": 1', '"version": 2'))).toMatchObject({ ok: false, problems: [{ code: 'profile/newer-file' }] })
  })

  it('is refused as a whole for one bad profile, which is named', () => {
    const text = exportProfiles([...STORED.slice(0, 2), { kind: 'material', profile: { ...pla, type: '' } }])
    expect(importProfiles(text)).toMatchObject({ ok: false, problems: [{ code: 'profile/missing-text', place: { record: 2, key: 'profile.type' } }] })
  })
})

describe('comparing with the parent', () => {
  it('names what was changed, added and taken away, not the name', () => {
    const { zHopMm, ...rest } = { zHopMm: 0.4, ...ender.settings }
    const own: MachineProfile = { ...ender, id: 'mine', name: 'Mine', maxHotendC: 300, volume: { ...ender.volume, zMm: 300 }, settings: { ...rest, retractionMm: 6 } }
    expect(compareProfiles({ ...ender, settings: { ...ender.settings, zHopMm } }, own)).toEqual([
      { path: 'volume.zMm', parent: 250, own: 300 },
      { path: 'maxHotendC', parent: 260, own: 300 },
      { path: 'settings.retractionMm', parent: 5, own: 6 },
      { path: 'settings.zHopMm', parent: 0.4, own: undefined },
    ])
    expect(compareProfiles(ender, ender)).toEqual([])
  })
})

describe('the layers of a print’s settings', () => {
  const layersOf = (machine: MachineProfile, overrides = {}) => Object.fromEntries(machineSettingLayers({ machine, material: pla, quality: standard, overrides }).map(({ source, values }) => [source, values]))

  it('leave a quality as it is on a 0.4 mm nozzle', () => {
    expect(layersOf(ender)['quality']).toEqual(standard.settings)
  })

  it('scale heights and widths to the nozzle', () => {
    const layers = layersOf({ ...ender, settings: { ...ender.settings, nozzleDiameterMm: 0.8 } })
    expect(layers['quality']).toMatchObject({ layerHeightMm: 0.4, firstLayerHeightMm: 0.4, topLayers: 4 })
    expect(layers['nozzle']).toMatchObject({ outerWallLineWidthMm: 0.84, infillLineWidthMm: 0.9 })
  })

  it('take the nozzle from the overrides first', () => {
    expect(layersOf(ender, { nozzleDiameterMm: 0.6 })['quality']).toMatchObject({ layerHeightMm: 0.3 })
  })

  it('limit the flow to what both machine and material can', () => {
    expect(layersOf(ender)['material']).toMatchObject({ maxFlowMm3PerS: 10 })
  })
})

describe('the volume of a machine', () => {
  it('lies where its origin says', () => {
    expect(machineVolume(ender)).toEqual({ min: [0, 0, 0], max: [220, 220, 250], shape: 'rectangle' })
    expect(machineVolume(BUILTIN_MACHINES.find((machine) => machine.id === 'anycubic-kossel')!)).toEqual({ min: [-90, -90, 0], max: [90, 90, 300], shape: 'circle' })
  })
})
