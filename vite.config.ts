import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { EnvironmentOptions, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { embindWithoutEval } from './build/embind-without-eval.mjs'

const root = dirname(fileURLToPath(import.meta.url))

/** What stays outside the bundles of Node and Electron: native modules, and Electron itself. */
const NATIVE_MODULES = ['electron', 'libsql', 'serialport', '@lydell/node-pty']

/** Entries by name; one that isn't in the tree is left out. Worker files keep their own name, so that code finds them beside itself. */
function entries(folder: string, names: readonly string[]): Record<string, string> {
  const found = names.map((name) => join(root, folder, `${name}.ts`)).filter((file) => existsSync(file))
  const workers = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('-worker.ts'))
  const files = [...found, ...workers.map((name) => join(root, folder, name))]
  return Object.fromEntries(files.map((file) => [basename(file, '.ts'), file]))
}

/** Copies a `.wasm` that a package loads with `new URL('x.wasm', import.meta.url)` beside the bundle; Vite does this for browsers only. */
function wasmBesideBundle(): Plugin {
  return {
    name: 'gongbang:wasm-beside-bundle',
    apply: 'build',
    applyToEnvironment: (environment) => environment.config.consumer === 'server',
    transform(code, id) {
      for (const [, name] of code.matchAll(/new URL\(["']([\w./-]+\.wasm)["'],\s*import\.meta\.url\)/g)) {
        const file = name === undefined ? undefined : join(dirname(id), name)
        if (file !== undefined && existsSync(file)) this.emitFile({ type: 'asset', fileName: basename(file), source: readFileSync(file) })
      }
    },
  }
}

/** An environment that runs on Node: ES modules, every package but the native ones inside, all files flat in one folder. */
function nodeEnvironment(name: string, input: Record<string, string>, format: 'es' | 'cjs' = 'es'): EnvironmentOptions {
  const extension = format === 'cjs' ? 'cjs' : 'js'
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: NATIVE_MODULES, conditions: ['module', 'node', 'production'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: join(root, 'dist', name),
      target: 'node20',
      ssr: true,
      emitAssets: true,
      minify: false,
      sourcemap: format === 'es',
      emptyOutDir: false,
      copyPublicDir: false,
      rollupOptions: {
        input,
        external: [/^node:/, ...NATIVE_MODULES],
        output: { format, entryFileNames: `[name].${extension}`, chunkFileNames: `[name]-[hash].${extension}`, assetFileNames: '[name][extname]' },
      },
    },
  }
}

const isTest = process.env['VITEST'] !== undefined

export default defineConfig({
  root: isTest ? root : join(root, 'renderer'),
  base: './',
  cacheDir: join(root, 'node_modules/.cache/vite'),
  plugins: [react(), wasmBesideBundle(), embindWithoutEval()],
  worker: { format: 'es', plugins: () => [embindWithoutEval()] },
  build: { outDir: join(root, 'dist/client'), emptyOutDir: false, target: 'es2023', chunkSizeWarningLimit: 2500, reportCompressedSize: false },
  environments: {
    node: nodeEnvironment('node', entries('electron', ['host', 'cli', 'hub'])),
    main: nodeEnvironment('main', entries('electron', ['main'])),
    preload: nodeEnvironment('preload', { preload: join(root, 'electron/preload.ts') }, 'cjs'),
  },
  test: {
    alias: { electron: join(root, 'tests/electron/shell/electron-double.ts') },
    environment: 'node',
    testTimeout: 20_000,
    hookTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/**/*.test.{ts,tsx}'], exclude: ['tests/e2e/**', 'tests/bench/**'] } },
      { extends: true, test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], fileParallelism: false, testTimeout: 240_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } } },
      { extends: true, test: { name: 'bench', include: ['tests/bench/**/*.bench.ts'], fileParallelism: false, testTimeout: 600_000 } },
    ],
  },
})
