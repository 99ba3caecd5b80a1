import { type BrowserContext, type Page, chromium } from 'playwright-core'
import { findBrowser } from '../../build/find-browser.mjs'
import type { Locale } from '../../renderer/i18n/text'

/** Quiet, without calls to the outside, and 3D drawn by the processor wherever there is no graphics device. */
const BROWSER_WORDS = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
]

export interface LaunchOptions {
  /** Folder of the profile: a context in memory would have no durable IndexedDB. */
  readonly profile: string
  readonly locale?: Locale
  readonly colorScheme?: 'light' | 'dark'
}

/** Starts the browser of this computer with one page. */
export async function launchBrowser(options: LaunchOptions): Promise<{ page: Page; context: BrowserContext; close: () => Promise<void> }> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('No browser: npm test says what to install')
  const context = await chromium.launchPersistentContext(options.profile, {
    executablePath,
    headless: true,
    // Root (a container) can't have Chromium's sandbox.
    chromiumSandbox: process.getuid?.() !== 0,
    args: BROWSER_WORDS,
    viewport: { width: 1440, height: 900 },
    locale: options.locale === 'ko' ? 'ko-KR' : 'en-US',
    colorScheme: options.colorScheme ?? 'light',
    acceptDownloads: true,
  })
  return { context, page: context.pages()[0] ?? (await context.newPage()), close: () => context.close() }
}
