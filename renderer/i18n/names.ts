import { type Translate, isTextKey } from './text'

interface NamedProfile {
  readonly id: string
  readonly name: string
  /** Of a machine. */
  readonly vendor?: string
}

/** A profile's name, a machine's with its maker: what has no brand is named in the window's language, the user's own as it was given. */
export function profileName(t: Translate, { id, name, vendor = '' }: NamedProfile): string {
  const key: string = `profile.builtin.${id}`
  if (isTextKey(key)) return t(key)
  return vendor === '' || name.startsWith(vendor) ? name : `${vendor} ${name}`
}

const VIRTUAL_FIRST_NAME = 'Virtual printer'

/** A machine's name; the virtual printer's first name is the window's. */
export function machineName(t: Translate, { kind, name }: { readonly kind: string; readonly name: string }): string {
  return kind === 'virtual' && name === VIRTUAL_FIRST_NAME ? t('machines.virtual.name') : name
}

/** The name of the machine of a job: the machine may be gone since. */
export function jobMachineName(t: Translate, { machineName: name }: { readonly machineName: string }): string {
  return name === VIRTUAL_FIRST_NAME ? t('machines.virtual.name') : name
}
