import { describe, expect, it } from 'vitest'
import { GRBL_MACHINES } from '../../../../shared/machine/builtin-grbl-machines'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'
import { profilePlace } from '../../../../shared/machine/grbl/job-place'
import { validateProfile } from '../../../../shared/machine/validate-profile'

describe('the built-in machines that speak Grbl', () => {
  it.each(GRBL_MACHINES.map((profile) => [profile.id, profile] as const))('%s is a valid profile that names its source', (_, profile) => {
    expect(validateProfile({ kind: 'machine', profile })).toMatchObject({ ok: true })
    expect(profile.source.length).toBeGreaterThan(10)
    expect(profile.purpose === 'laser' || profile.purpose === 'mill').toBe(true)
    expect(profilePlace(profile).travelMm).toEqual([profile.volume.xMm, profile.volume.yMm, profile.volume.zMm])
  })

  it('have ids of their own, beside the printers', () => {
    const ids = [...BUILTIN_MACHINES, ...GRBL_MACHINES].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(BUILTIN_MACHINES.every(({ firmware }) => firmware !== 'grbl')).toBe(true)
  })
})
