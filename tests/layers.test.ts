import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Zone, forbiddenImports } from './layers/check-layers'
import { findCycle, importGraph, readSources } from './layers/read-imports'

/** The folders of shared/ by level: each may import the levels above it in this list, and of its neighbours the types only. */
const LEVELS: readonly (readonly string[])[] = [
  ['units'],
  ['geometry'],
  ['mesh', 'toolpath'],
  ['formats', 'slicing', 'cam', 'cad', 'scan', 'gcode'],
  ['machine', 'library'],
  ['space', 'production', 'funding'],
]
/** Pure packages: same input, same output, nothing of Node or the DOM asked for. */
const PURE_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  geometry: ['clipper2-wasm'],
  mesh: ['meshoptimizer'],
  formats: ['fflate'],
  gcode: ['fflate'],
  machine: ['zod', 'fflate'],
  library: ['zod', 'hash-wasm'],
  cad: ['manifold-3d', 'opentype.js'],
}
const SHARED: readonly Zone[] = LEVELS.flatMap((folders, level) =>
  folders.map((name) => ({
    folder: `shared/${name}`,
    may: LEVELS.slice(0, level).flat().map((lower) => `shared/${lower}`),
    types: folders.map((neighbour) => `shared/${neighbour}`),
    packages: PURE_PACKAGES[name] ?? [],
  })),
)

const NODE = 'node:*'
const ORPC_SERVER = ['@orpc/server', '@orpc/contract', '@orpc/client']
const BELOW_ENTRIES = ['shared', 'electron/devices', 'electron/store', 'electron/transport', 'electron/services']
const ELECTRON: readonly Zone[] = [
  { folder: 'electron/devices', may: ['shared'], packages: [NODE, 'serialport', '@lydell/node-pty'] },
  { folder: 'electron/store', may: ['shared'], packages: [NODE, 'libsql'] },
  { folder: 'electron/transport', may: ['shared'], types: ['electron/services'], packages: [NODE, 'ws', ...ORPC_SERVER] },
  { folder: 'electron/services', may: ['shared', 'electron/devices', 'electron/store'], packages: [NODE, ...ORPC_SERVER, 'zod'] },
  { folder: 'electron/shell', may: ['shared/contract', 'electron/transport'], types: ['electron/services'], packages: [NODE, 'electron'] },
  { folder: 'electron/cli', may: BELOW_ENTRIES, packages: [NODE, ...ORPC_SERVER, 'ws'] },
  { folder: 'electron/main.ts', may: [...BELOW_ENTRIES, 'electron/shell', 'electron/cli'], packages: [NODE, 'electron'] },
  { folder: 'electron/preload.ts', may: ['shared/contract', 'electron/shell'], packages: ['electron'] },
  { folder: 'electron/host.ts', may: [...BELOW_ENTRIES, 'electron/cli'], packages: [NODE] },
  { folder: 'electron/cli.ts', may: [...BELOW_ENTRIES, 'electron/cli'], packages: [NODE] },
]

const REACT = ['react', 'react-dom']
const MANTINE = ['@mantine/core', '@mantine/hooks', '@mantine/notifications', '@mantine/spotlight', '@tabler/icons-react']
const THREE = ['three', '@react-three/fiber', 'three-mesh-bvh']
const BELOW_FEATURES = ['shared', 'renderer/ui', 'renderer/viewer', 'renderer/client', 'renderer/library', 'renderer/workspace', 'renderer/workers', 'renderer/i18n']
const FEATURE_PACKAGES = [...REACT, ...MANTINE, ...THREE, 'zustand', 'uplot', '@tanstack/react-virtual', 'dexie-react-hooks']
const RENDERER: readonly Zone[] = [
  { folder: 'renderer/i18n', may: ['shared'], packages: [...REACT, 'zustand'] },
  { folder: 'renderer/ui', may: ['shared', 'renderer/i18n'], packages: [...REACT, ...MANTINE, 'zustand'] },
  { folder: 'renderer/viewer', may: ['shared'], packages: [...REACT, ...THREE, 'zustand'] },
  { folder: 'renderer/client', may: ['shared'], packages: [...REACT, '@orpc/client', '@orpc/contract', 'hash-wasm', 'zustand'] },
  { folder: 'renderer/library', may: ['shared', 'renderer/client'], packages: [...REACT, 'dexie', 'dexie-react-hooks', 'minisearch', 'hash-wasm', 'zustand'] },
  { folder: 'renderer/workers', may: ['shared'] },
  { folder: 'renderer/workers/import', may: ['shared'], packages: ['hash-wasm'] },
  { folder: 'renderer/workers/thumbnail', may: ['shared', 'renderer/viewer'], packages: ['three'] },
  { folder: 'renderer/workspace', may: ['shared', 'renderer/client', 'renderer/library', 'renderer/workers', 'renderer/i18n', 'renderer/viewer'], packages: [...REACT, 'zustand', 'dexie', 'pretendard'] },
  { folder: 'renderer/features/*', may: BELOW_FEATURES, packages: FEATURE_PACKAGES },
  { folder: 'renderer/app', may: [...BELOW_FEATURES, 'renderer/features'], packages: FEATURE_PACKAGES },
  { folder: 'renderer/main.tsx', may: [...BELOW_FEATURES, 'renderer/app'], packages: [...REACT, ...MANTINE, 'pretendard'] },
]

const ZONES: readonly Zone[] = [...SHARED, { folder: 'shared/contract', may: ['shared'], packages: ['zod', '@orpc/contract'] }, ...ELECTRON, ...RENDERER]

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const sources = readSources(root, ['shared', 'electron', 'renderer'])
const ENTRY = /^(electron\/(main|preload|host|cli|hub)\.ts|renderer\/main\.tsx)$/

describe('the import table', () => {
  it('is kept by every file of the tree', () => {
    expect(sources.size).toBeGreaterThan(50)
    expect(forbiddenImports(ZONES, importGraph(sources))).toEqual([])
  })

  it('has no cycle of imports', () => {
    expect(findCycle(importGraph(sources))).toBeUndefined()
  })

  it('keeps every entry under 100 lines', () => {
    const long = [...sources].filter(([path, code]) => ENTRY.test(path) && code.trimEnd().split('\n').length > 100)
    expect(long.map(([path]) => path)).toEqual([])
  })
})

/** A small tree with one planted import. */
function planted(path: string, code: string): string[] {
  const files = new Map([
    ['shared/units/millimetres.ts', 'export const mm = 1'],
    ['shared/mesh/mesh.ts', 'export const mesh = 1'],
    ['shared/slicing/slice.ts', 'export const slice = 1'],
    ['electron/host.ts', 'export const host = 1'],
    ['electron/devices/serial.ts', 'export const serial = 1'],
    ['renderer/ui/panel.tsx', 'export const panel = <p />'],
    ['renderer/features/jobs/list.tsx', 'export const list = 1'],
    ['renderer/workers/slicing/slicing-worker.ts', 'export const worker = 1'],
  ])
  files.set(path, code)
  return forbiddenImports(ZONES, importGraph(files))
}

describe('the checker', () => {
  it.each([
    ['a higher level of shared', 'shared/mesh/a.ts', `import { slice } from '../slicing/slice'`],
    ['a neighbour of the same level', 'shared/gcode/a.ts', `import { slice } from '../slicing/slice'`],
    ['a re-export', 'shared/mesh/a.ts', `export * from '../slicing/slice'`],
    ['an import that only runs', 'shared/mesh/a.ts', `import '../slicing/slice'`],
    ['a dynamic import', 'shared/mesh/a.ts', `export const load = () => import('../slicing/slice')`],
    ['a type query of a higher level', 'shared/mesh/a.ts', `export type Slice = import('../slicing/slice').Slice`],
    ['a module of Node in shared', 'shared/mesh/a.ts', `import { readFileSync } from 'node:fs'`],
    ['Electron outside the shell', 'electron/services/a.ts', `import { app } from 'electron'`],
    ['an entry', 'electron/services/a.ts', `import { host } from '../host'`],
    ['devices from the store', 'electron/store/a.ts', `import { serial } from '../devices/serial'`],
    ['another feature', 'renderer/features/library/a.tsx', `import { list } from '../jobs/list'`],
    ['a worker from the viewer', 'renderer/viewer/a.ts', `export const worker = new Worker(new URL('../workers/slicing/slicing-worker.ts', import.meta.url))`],
    ['Node code from the window', 'renderer/app/a.tsx', `import { serial } from '../../electron/devices/serial'`],
    ['three from the components', 'renderer/ui/a.tsx', `import { Mesh } from 'three'`],
    ['a folder that the table does not name', 'shared/misc/a.ts', `import { mm } from '../units/millimetres'`],
  ])('refuses %s', (_title, path, code) => {
    expect(planted(path, code)).toHaveLength(1)
  })

  it.each([
    ['a lower level', 'shared/slicing/a.ts', `import { mesh } from '../mesh/mesh'`],
    ['types of a neighbour', 'shared/gcode/a.ts', `import type { Slice } from '../slicing/slice'`],
    ['its own feature', 'renderer/features/jobs/a.tsx', `import { list } from './list'`],
    ['a component', 'renderer/features/jobs/a.tsx', `import { panel } from '../../ui/panel'`],
  ])('allows %s', (_title, path, code) => {
    expect(planted(path, code)).toEqual([])
  })

  it('finds a cycle, and not one that types alone close', () => {
    const cyclic = new Map([
      ['shared/units/a.ts', `import { b } from './b'`],
      ['shared/units/b.ts', `export { c as b } from './c'`],
      ['shared/units/c.ts', `import { a } from './a'`],
    ])
    expect(findCycle(importGraph(cyclic))).toHaveLength(4)
    cyclic.set('shared/units/c.ts', `import type { a } from './a'`)
    expect(findCycle(importGraph(cyclic))).toBeUndefined()
  })
})
