import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, type Page, _electron, chromium } from 'playwright-core'
import { root } from '../../build/bootstrap.mjs'
import { findBrowser } from '../../build/find-browser.mjs'
import { type Locale, type Translate, translator } from '../../renderer/i18n/text'
import { type RunningStudio, freePort, makeDataDir, removeDataDir, startStudio } from './studio'

/** Quiet, without calls to the outside, and 3D drawn by the processor wherever there is no graphics device. */
const BROWSER_WORDS = [
  '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist',
]

/** Electron's program, when this computer has it: then the same tests run in the desktop app. */
function electronProgram(): string | undefined {
  const record = join(root, 'node_modules/electron/path.txt')
  if (!existsSync(record)) return undefined
  const program = join(root, 'node_modules/electron/dist', readFileSync(record, 'utf8').trim())
  return existsSync(program) ? program : undefined
}
export const IS_ELECTRON = electronProgram() !== undefined && process.env['GONGBANG_NO_ELECTRON'] === undefined

/** A window of a running studio, with what a test looks at. */
export interface StudioWindow {
  readonly page: Page
  /** The window's own texts, to find things by the name that a person reads. */
  readonly t: Translate
  /** Console errors and uncaught exceptions so far. */
  readonly errors: readonly string[]
  readonly dataDir: string
  /** Keeps a picture as `test-output/<name>.png`. */
  photograph(name: string): Promise<void>
  /** Ids of axe's violations on the screen as it is, with the first element of each. */
  violations(): Promise<string[]>
  /** Ends the studio (host or desktop app) and starts it again on the same library; the page is a new one. */
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<StudioWindow>
  close(): Promise<void>
}

interface Opened {
  readonly page: Page
  /** What the page still has to be sent to; the desktop app loads its own. */
  readonly url: string | undefined
  readonly close: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

export interface WindowOptions {
  readonly locale?: Locale
  readonly colorScheme?: 'light' | 'dark'
}

interface Ground extends Required<WindowOptions> {
  readonly dataDir: string
  readonly port: number
}

async function openInBrowser(ground: Ground): Promise<Opened> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('No browser: npm test says what to install')
  const studio: RunningStudio = await startStudio(ground)
  // A context in memory would have no durable IndexedDB, so each window has a profile on disk.
  const context: BrowserContext = await chromium.launchPersistentContext(join(ground.dataDir, 'browser'), {
    executablePath,
    headless: true,
    chromiumSandbox: process.getuid?.() !== 0,
    args: BROWSER_WORDS,
    viewport: { width: 1440, height: 900 },
    locale: ground.locale === 'ko' ? 'ko-KR' : 'en-US',
    colorScheme: ground.colorScheme,
    acceptDownloads: true,
  })
  const page = context.pages()[0] ?? (await context.newPage())
  return {
    page,
    url: studio.url,
    async close(signal) {
      await context.close()
      await studio.stop(signal)
    },
  }
}

async function openInElectron(ground: Ground): Promise<Opened> {
  const words = [root, `--lang=${ground.locale}`, `--user-data-dir=${join(ground.dataDir, 'electron')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const app = await _electron.launch({ executablePath: electronProgram() ?? '', args: words, env: { ...process.env, GONGBANG_DATA: ground.dataDir } as Record<string, string>, colorScheme: ground.colorScheme })
  return {
    page: await app.firstWindow(),
    url: undefined,
    async close(signal) {
      if (signal === 'SIGKILL') app.process().kill('SIGKILL')
      await app.close().catch(() => undefined)
    },
  }
}

function watchErrors(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
}

async function openOn(ground: Ground): Promise<StudioWindow> {
  const errors: string[] = []
  const opened = await (IS_ELECTRON ? openInElectron(ground) : openInBrowser(ground))
  const { page } = opened
  watchErrors(page, errors)
  if (opened.url !== undefined) await page.goto(opened.url)
  return {
    page,
    t: translator(ground.locale),
    errors,
    dataDir: ground.dataDir,
    async photograph(name) {
      mkdirSync(join(root, 'test-output'), { recursive: true })
      await page.screenshot({ path: join(root, 'test-output', `${name}.png`) })
    },
    async violations() {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(IS_ELECTRON).analyze()
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200) ?? ''}${nodes.length > 1 ? ` and ${nodes.length - 1} more` : ''}`)
    },
    async restart(signal) {
      await opened.close(signal)
      return openOn(ground)
    },
    async close() {
      await opened.close()
      removeDataDir(ground.dataDir)
    },
  }
}

/** Opens the studio on a library of its own: in the desktop app when Electron's program is here, else in the browser. */
export async function openStudio(options: WindowOptions = {}): Promise<StudioWindow> {
  return openOn({ locale: options.locale ?? 'en', colorScheme: options.colorScheme ?? 'light', dataDir: makeDataDir(), port: await freePort() })
}
