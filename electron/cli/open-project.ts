import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { sliceModifier } from '../../shared/machine/object-modifier'
import type { PrintObject } from '../../shared/machine/print-objects'
import type { ReadProject } from '../../shared/machine/project-file'
import type { ChosenProfiles } from './find-profiles'
import { valueOf } from './terminal'

/**
 * The studio's own project in a single 3MF; undefined for several models, other files, and 3MF of other programs, which are sliced as models.
 * @throws CommandFailure when its settings are damaged.
 */
export async function openProject(models: readonly string[]): Promise<ReadProject | undefined> {
  const [path] = models
  if (path === undefined || models.length !== 1 || extname(path).toLowerCase() !== '.3mf') return undefined
  // Only projects need what reads them.
  const { readProject } = await import('../../shared/machine/project-file')
  // What can't be read or is no 3MF is told where models are read.
  const bytes = await readFile(path).catch(() => undefined)
  const read = bytes === undefined ? undefined : readProject(bytes)
  if (read === undefined || (!read.ok && read.problems.every(({ code }) => code.startsWith('threemf/')))) return undefined
  const project = valueOf(read)
  return project?.origin === 'own' ? project : undefined
}

/** Objects with what a project says of each; copies of the project's objects follow each other. */
export function withProject(objects: readonly PrintObject[], project: ReadProject | undefined): readonly PrintObject[] {
  const own = project?.objects ?? []
  if (own.length === 0 || objects.length % own.length !== 0) return objects
  return objects.map((object, i) => {
    const { values, modifiers = [] } = own[i % own.length] ?? {}
    return { ...object, ...(values && { values }), ...(modifiers.length > 0 && { modifiers: modifiers.map((modifier) => sliceModifier(modifier, object.transform)) }) }
  })
}

/** The profiles of a project over the defaults. */
export function projectProfiles(project: ReadProject | undefined, otherwise: ChosenProfiles): ChosenProfiles {
  const more = (project?.moreMaterials ?? []).flatMap(({ kind, profile }) => (kind === 'material' ? [profile] : []))
  const chosen = (project?.profiles ?? []).reduce<ChosenProfiles>((before, { kind, profile }) => ({ ...before, [kind]: profile }), otherwise)
  return more.length > 0 ? { ...chosen, moreMaterials: more } : chosen
}
