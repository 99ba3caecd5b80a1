import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'vite'

/** One import of a file: what the text says, and whether it vanishes at run time (`import type`, a type query). */
export interface ImportSite {
  readonly specifier: string
  readonly isType: boolean
}

/** Reads a file's imports: static, re-exported, dynamic, workers by `new URL(..., import.meta.url)`, and `import('x').Type`. */
export function readImports(fileName: string, code: string): ImportSite[] {
  const { module, errors } = parseSync(fileName, code)
  if (errors.length > 0) throw new Error(`${fileName}: ${errors[0]?.message}`)
  const sites: ImportSite[] = module.staticImports.map((site) => ({
    specifier: site.moduleRequest.value,
    // `import 'x'` has no entries and runs; an import of types only is one whose every entry is a type.
    isType: site.entries.length > 0 && site.entries.every((entry) => entry.isType),
  }))
  for (const site of module.staticExports) {
    for (const entry of site.entries) if (entry.moduleRequest) sites.push({ specifier: entry.moduleRequest.value, isType: entry.isType })
  }
  const dynamicStarts = new Set(module.dynamicImports.map((site) => site.start))
  for (const match of code.matchAll(/\bimport\(\s*(['"])([^'"]+)\1/g)) sites.push({ specifier: match[2]!, isType: !dynamicStarts.has(match.index) })
  for (const match of code.matchAll(/new URL\(\s*(['"])([^'"]+)\1\s*,\s*import\.meta\.url\s*\)/g)) sites.push({ specifier: match[2]!, isType: false })
  return sites
}

/** An edge of the import graph: a file and what it imports, a path from the root or the name of a package. */
export interface ImportEdge {
  readonly from: string
  readonly to: string
  readonly isPackage: boolean
  readonly isType: boolean
}

/** The name under which a package is listed: `@scope/name` or `name`; all of Node's modules are `node:*`. */
export function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:*'
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Resolves the imports of files given as path -> code; a relative import that leads nowhere is answered with the path it named. */
export function importGraph(files: ReadonlyMap<string, string>): ImportEdge[] {
  const edges: ImportEdge[] = []
  for (const [from, code] of files) {
    for (const { specifier, isType } of readImports(from, code)) {
      if (!specifier.startsWith('.')) {
        edges.push({ from, to: packageName(specifier), isPackage: true, isType })
        continue
      }
      const base = posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''))
      const to = [base, `${base}.ts`, `${base}.tsx`].find((path) => files.has(path)) ?? base
      edges.push({ from, to, isPackage: false, isType })
    }
  }
  return edges
}

/** Every `.ts` and `.tsx` file under the folders, path from the root -> code. */
export function readSources(root: string, folders: readonly string[]): Map<string, string> {
  const files = new Map<string, string>()
  for (const folder of folders) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const path = posix.join(folder, name.split('\\').join('/'))
      if (/\.tsx?$/.test(path) && statSync(join(root, path)).isFile()) files.set(path, readFileSync(join(root, path), 'utf8'))
    }
  }
  return files
}

/** The first cycle of run-time imports, as the files on it, or undefined. */
export function findCycle(edges: readonly ImportEdge[]): string[] | undefined {
  const next = new Map<string, string[]>()
  for (const { from, to, isPackage, isType } of edges) if (!isPackage && !isType) next.set(from, [...(next.get(from) ?? []), to])
  const settled = new Set<string>()
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (settled.has(file)) return undefined
    for (const to of next.get(file) ?? []) {
      const cycle = visit(to, [...path, file])
      if (cycle !== undefined) return cycle
    }
    settled.add(file)
    return undefined
  }
  for (const file of next.keys()) {
    const cycle = visit(file, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}
