import type { ImportEdge } from './read-imports'

/** A folder (or file) of the tree and what it may import. The longest matching `folder` counts. */
export interface Zone {
  readonly folder: string
  /** Folders whose files it may import; its own always. `*` at the end means each folder below, e.g. `renderer/features/*`. */
  readonly may: readonly string[]
  /** Folders of which it may import types. */
  readonly types?: readonly string[]
  readonly packages?: readonly string[]
}

const isUnder = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`)

/** The zone of a file; `renderer/features/*` stands for each feature by itself. */
export function zoneOf(zones: readonly Zone[], path: string): (Zone & { readonly own: string }) | undefined {
  let best: (Zone & { readonly own: string }) | undefined
  for (const zone of zones) {
    const base = zone.folder.replace(/\/\*$/, '')
    if (!isUnder(path, base)) continue
    const own = zone.folder.endsWith('/*') ? path.split('/').slice(0, base.split('/').length + 1).join('/') : zone.folder
    if (best === undefined || zone.folder.length > best.folder.length) best = { ...zone, own }
  }
  return best
}

/** Every import that the table doesn't allow, one sentence each. */
export function forbiddenImports(zones: readonly Zone[], edges: readonly ImportEdge[]): string[] {
  return edges.flatMap((edge) => {
    const zone = zoneOf(zones, edge.from)
    if (zone === undefined) return [`${edge.from} lies in a folder that the table doesn't name`]
    if (edge.isPackage) return zone.packages?.includes(edge.to) === true ? [] : [`${edge.from} imports the package ${edge.to}; ${zone.folder} may import ${zone.packages?.join(', ') || 'none'}`]
    const allowed = [zone.own, ...zone.may, ...(edge.isType ? (zone.types ?? []) : [])]
    return allowed.some((folder) => isUnder(edge.to, folder)) ? [] : [`${edge.from} imports ${edge.to}${edge.isType ? ' (types)' : ''}; ${zone.folder} may import ${zone.may.join(', ') || 'nothing else'}`]
  })
}
