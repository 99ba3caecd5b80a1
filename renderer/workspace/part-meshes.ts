import { create } from 'zustand'
import type { Mat4, Mesh } from '../../shared/mesh/mesh'
import type { ProjectObject } from '../../shared/machine/project-file'
import type { ObjectPaint } from '../../shared/mesh/paint/paint-tree'
import { type ReadError, readPartError } from './part-error'
import { loadVersionParts } from './version-parts'

/** A part of a version's file: named, repaired and scaled as its version says. */
export interface VersionPart {
  readonly name: string
  readonly mesh: Mesh
  /** Where the file's scene has it; identity when absent. */
  readonly transform?: Mat4
  /** What the file has painted on it. */
  readonly paint?: ObjectPaint
  /** Settings and modifiers that another slicer's project has for it. */
  readonly own?: ProjectObject
}

export type VersionParts =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly parts: readonly VersionPart[] }
  | { readonly kind: 'failed'; readonly error: ReadError }

/** What is loaded, by version. A version never changes, so what is here stays right. */
export const usePartMeshes = create<{ readonly versions: ReadonlyMap<string, VersionParts> }>()(() => ({ versions: new Map() }))

const underWay = new Map<string, Promise<readonly VersionPart[]>>()

function put(versionId: string, parts: VersionParts): void {
  usePartMeshes.setState(({ versions }) => ({ versions: new Map(versions).set(versionId, parts) }))
}

/** Keeps parts that somebody has in hand, so that they needn't be read again. */
export function provideParts(versionId: string, parts: readonly VersionPart[]): void {
  put(versionId, { kind: 'ready', parts })
}

/** The parts of a version: from memory, or read from its blob and parsed. Two calls share one reading. */
export function partsOf(versionId: string): Promise<readonly VersionPart[]> {
  const kept = usePartMeshes.getState().versions.get(versionId)
  if (kept?.kind === 'ready') return Promise.resolve(kept.parts)
  const running = underWay.get(versionId)
  if (running !== undefined) return running
  put(versionId, { kind: 'loading' })
  const reading = loadVersionParts(versionId)
    .then((parts) => {
      put(versionId, { kind: 'ready', parts })
      return parts
    })
    .catch((error: unknown) => {
      put(versionId, { kind: 'failed', error: readPartError(error) })
      throw error
    })
    .finally(() => underWay.delete(versionId))
  underWay.set(versionId, reading)
  return reading
}

/** The mesh of an object's part when it is loaded. */
export function loadedMesh(object: { readonly versionId: string; readonly partIndex: number }): Mesh | undefined {
  const parts = usePartMeshes.getState().versions.get(object.versionId)
  return parts?.kind === 'ready' ? parts.parts[object.partIndex]?.mesh : undefined
}

/** Forgets versions that aren't wanted any more. */
export function forgetPartsExcept(versionIds: ReadonlySet<string>): void {
  const { versions } = usePartMeshes.getState()
  if ([...versions.keys()].every((id) => versionIds.has(id))) return
  usePartMeshes.setState({ versions: new Map([...versions].filter(([id]) => versionIds.has(id))) })
}
