import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importForeignProfiles } from '../../../../shared/machine/import-profiles/import-foreign-profiles'
import { checkTemplates } from '../../../../shared/machine/print-templates'
import type { MachineProfile } from '../../../../shared/machine/profile'
import { resolveSettings } from '../../../../shared/slicing/resolve-settings'

/** Where Debian's package of PrusaSlicer keeps the bundles of the makers of printers. */
const FOLDER = '/usr/share/PrusaSlicer/profiles'
const bundles = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.ini')) : []

/** Why a machine's G-code or settings could not be used as they came. */
function faults(machine: MachineProfile): readonly string[] {
  const resolved = resolveSettings([{ source: machine.name, values: machine.settings }])
  if (!resolved.ok) return resolved.problems.map(({ message }) => message)
  const owners = { machine, material: { id: 'm', name: 'm', source: '', settings: {}, type: 'PLA' }, quality: { id: 'q', name: 'q', source: '', settings: {} } }
  return checkTemplates(owners, resolved.value.settings).map(({ message }) => `${machine.name}: ${message}`)
}

describe.skipIf(bundles.length === 0)('the bundles of an installed PrusaSlicer', () => {
  it.each(bundles)('%s comes over with machines that can be used as they are', (name) => {
    const result = importForeignProfiles([{ name, bytes: new Uint8Array(readFileSync(join(FOLDER, name))) }])
    if (!result.ok) throw new Error(result.problems[0]?.message)
    const machines = result.value.profiles.flatMap((stored) => (stored.kind === 'machine' ? [stored.profile] : []))
    expect(machines.length).toBeGreaterThan(0)
    expect(machines.flatMap(faults)).toEqual([])
  })

  it('keep the start and end G-code of nearly every machine', () => {
    const results = bundles.map((name) => importForeignProfiles([{ name, bytes: new Uint8Array(readFileSync(join(FOLDER, name))) }]))
    const values = results.flatMap((result) => (result.ok ? [result.value] : []))
    const machines = values.flatMap(({ profiles }) => profiles.filter(({ kind }) => kind === 'machine'))
    const left = values.flatMap((value) => value.left).filter(({ code }) => code === 'import-profile/template')
    expect(left.length).toBeLessThan(0.2 * 2 * machines.length)
  })
})
