import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Page, _electron } from 'playwright-core'
import { root } from '../../build/bootstrap.mjs'
import { type Locale, type Translate, translator } from '../../renderer/i18n/text'
import { launchBrowser } from './browser'
import { type RunningStudio, freePort, makeDataDir, removeDataDir, startStudio } from './studio'

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
  const studio: RunningStudio = await startStudio(ground)
  const { page, close } = await launchBrowser({ ...ground, profile: join(ground.dataDir, 'browser') })
  return {
    page,
    url: studio.url,
    async close(signal) {
      await close()
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
  if (opened.url !== undefined) {
    await page.goto(opened.url)
    // The window takes its key out of the address after it is loaded; a test that goes elsewhere before would lose it.
    await page.waitForFunction(() => !window.location.hash.includes('token='))
  }
  return {
    page,
    t: translator(ground.locale),
    errors,
    dataDir: ground.dataDir,
    async photograph(name) {
      mkdirSync(join(root, 'test-output'), { recursive: true })
      await stillness(page)
      await page.screenshot({ path: join(root, 'test-output', `${name}.png`) })
    },
    async violations() {
      // What is half faded in has no contrast yet.
      await stillness(page)
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

/** Resolves when nothing that ends by itself is moving or fading any more; a screen that never rests is taken as it is after a while. */
async function stillness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((next) => requestAnimationFrame(next))
    const isMoving = () => document.getAnimations().some((animation) => animation.playState === 'running' && animation.effect?.getComputedTiming().iterations !== Infinity)
    const endMs = performance.now() + 5000
    // Two still frames: a fade may begin in the one after it was asked for.
    for (let still = 0; still < 2 && performance.now() < endMs; still = isMoving() ? 0 : still + 1) await frame()
  })
}

/** Opens the studio on a library of its own: in the desktop app when Electron's program is here, else in the browser. */
export async function openStudio(options: WindowOptions = {}): Promise<StudioWindow> {
  return openOn({ locale: options.locale ?? 'en', colorScheme: options.colorScheme ?? 'light', dataDir: makeDataDir(), port: await freePort() })
}
