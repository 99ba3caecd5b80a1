import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../shared/machine/builtin-qualities'
import { extruderCount } from '../../shared/machine/print-tools'
import type { MachineProfile, MaterialProfile, QualityProfile, StoredProfile } from '../../shared/machine/profile'
import type { PlateDocument } from './plate'

/** Everything that can be chosen: the built-in profiles, and the user's own first. */
export interface ProfileChoice {
  readonly machines: readonly MachineProfile[]
  readonly materials: readonly MaterialProfile[]
  readonly qualities: readonly QualityProfile[]
}

export interface ChosenProfiles {
  readonly machine: MachineProfile
  readonly material: MaterialProfile
  readonly quality: QualityProfile
  /** From the second extruder of the machine on. */
  readonly moreMaterials?: readonly MaterialProfile[]
}

export const FIRST_CHOICE = { machineId: 'virtual-printer', materialId: 'pla', qualityId: 'standard' } as const

/** Puts the user's profiles before the built-in ones; one with a built-in's id stands in its place. */
export function profileChoice(stored: readonly StoredProfile[]): ProfileChoice {
  const own = <K extends StoredProfile['kind']>(kind: K) => stored.flatMap((entry) => (entry.kind === kind ? [entry.profile as Extract<StoredProfile, { kind: K }>['profile']] : []))
  const join = <P extends { readonly id: string }>(mine: readonly P[], builtin: readonly P[]) => [...mine, ...builtin.filter(({ id }) => !mine.some((profile) => profile.id === id))]
  // What is laid on the plate is printed; mills and lasers take their files as they are.
  const printers = own('machine').filter(({ firmware }) => firmware !== 'grbl')
  return { machines: join(printers, BUILTIN_MACHINES), materials: join(own('material'), BUILTIN_MATERIALS), qualities: join(own('quality'), BUILTIN_QUALITIES) }
}

/** The profiles that the plate names; where one is gone, the first choice of its kind. */
export function chosenProfiles(choice: ProfileChoice, { machineId, materialId, qualityId, moreMaterialIds = [] }: Pick<PlateDocument, 'machineId' | 'materialId' | 'qualityId' | 'moreMaterialIds'>): ChosenProfiles {
  const pick = <P extends { readonly id: string }>(list: readonly P[], id: string, otherwise: string): P => {
    const found = list.find((profile) => profile.id === id) ?? list.find((profile) => profile.id === otherwise) ?? list[0]
    if (found === undefined) throw new Error('there is no built-in profile')
    return found
  }
  const machine = pick(choice.machines, machineId, FIRST_CHOICE.machineId)
  const material = pick(choice.materials, materialId, FIRST_CHOICE.materialId)
  const more = Array.from({ length: extruderCount(machine) - 1 }, (_, i) => pick(choice.materials, moreMaterialIds[i] ?? material.id, material.id))
  return { machine, material, quality: pick(choice.qualities, qualityId, FIRST_CHOICE.qualityId), ...(more.length > 0 && { moreMaterials: more }) }
}
