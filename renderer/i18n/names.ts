import { type TextKey, type Translate, isTextKey } from './text'

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

/** First names of the virtual machines. */
const VIRTUAL_NAMES: Readonly<Record<string, TextKey>> = { 'Virtual printer': 'machines.virtual.name', 'Virtual laser': 'grbl.virtual.name' }

/** A machine's name; a virtual machine's first name is the window's. */
export function machineName(t: Translate, { kind, name }: { readonly kind: string; readonly name: string }): string {
  const key = VIRTUAL_NAMES[name]
  return kind === 'virtual' && key !== undefined ? t(key) : name
}

/** The name of the machine of a job: the machine itself may be gone since. */
export function jobMachineName(t: Translate, { machineName: name }: { readonly machineName: string }): string {
  return machineName(t, { kind: 'virtual', name })
}
