import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MenuItemConstructorOptions } from 'electron'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../build/bootstrap.mjs'
import { openStore } from '../../electron/store/open-store'
import { translator } from '../../renderer/i18n/text'
import { app, recorded, resetDouble } from '../electron/shell/electron-double'
import { launchBrowser } from './browser'
import { createStage } from './electron-stage'
import { boxStl } from './models'
import { startStudio } from './studio'

// The whole desktop app as it is built: dist/main with the real studio, dist/preload and dist/client in Chromium. Only
// Electron itself is the double.

const t = translator('en')
const LIMIT_MS = 120_000
let folder = ''
let page: Page
let closeBrowser = async () => {}
const errors: string[] = []
const policyBreaches: string[] = []
const before = process.env['GONGBANG_DATA']

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desktop-'))
  mkdirSync(join(folder, 'user'))
  const browser = await launchBrowser({ profile: join(folder, 'profile') })
  page = browser.page
  closeBrowser = browser.close
  browser.context.setDefaultTimeout(LIMIT_MS)
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
    if (message.text().includes('Content Security Policy')) policyBreaches.push(message.text())
  })
  resetDouble()
  recorded.userData = join(folder, 'user')
  recorded.stage = createStage(page)
  process.env['GONGBANG_DATA'] = join(folder, 'data')
  await import(pathToFileURL(join(root, 'dist/main/main.js')).href)
})
afterAll(async () => {
  await closeBrowser()
  if (before === undefined) delete process.env['GONGBANG_DATA']
  else process.env['GONGBANG_DATA'] = before
  rmSync(folder, { recursive: true, force: true })
})

const button = (name: string) => page.getByRole('button', { name, exact: true })
const shown = () => recorded.windows[0]!

/** Presses an item of the native menu. */
function press(menu: string, label: string): void {
  const items = recorded.menu.find((entry) => entry.label === menu)?.submenu as MenuItemConstructorOptions[]
  const item = items.find((entry) => entry.label === label)!
  item.click!({} as never, undefined, {} as never)
}

/** Opens a file with the app while it runs, as a double click does. */
function openWithApp(name: string, bytes: Buffer): void {
  writeFileSync(join(folder, name), bytes)
  app.emit('second-instance', {}, ['gongbang', join(folder, name)], folder)
}

/** What a command line beside the app answers. */
function terminal(args: readonly string[]): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    const words = [join(root, 'dist/node/cli.js'), ...args, '--json']
    execFile(process.execPath, words, { env: { ...process.env, NODE_ENV: 'production' } }, (_error, out) => resolve(JSON.parse(out) as Record<string, unknown>))
  })
}

async function printFast(): Promise<void> {
  await button(t('prepare.print')).first().click()
  await page.getByText(t('print.speed.faster'), { exact: true }).click()
  await button(t('print.connectAndStart')).click()
}

describe('the desktop app', () => {
  it('opens its window at the address of its own scheme, and the window reaches the studio by its port', async () => {
    expect(shown().webContents.mainFrame.url).toBe('app://studio/')
    await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: LIMIT_MS })
    await page.getByRole('status').filter({ hasText: t('frame.connection.open') }).waitFor({ timeout: LIMIT_MS })
    expect(await page.evaluate(() => window.localStorage.getItem('gongbang.token'))).toBeNull()
  })

  it('imports a model that the desktop opened with it', async () => {
    openWithApp('knob.stl', boxStl(12, 10, 3))
    await button(t('import.do.prepare')).click({ timeout: LIMIT_MS })
    await expect.poll(() => button(t('prepare.remove.one', { name: 'knob' })).count(), { timeout: LIMIT_MS }).toBe(1)
  })

  it('slices it', async () => {
    await button(t('prepare.slice')).click()
    await button(t('prepare.preview')).click({ timeout: LIMIT_MS })
    await page.getByRole('table', { name: t('preview.table') }).waitFor({ timeout: LIMIT_MS })
    await expect.poll(() => page.getByRole('row').filter({ hasText: t('preview.role.outer-wall') }).count()).toBe(1)
  })

  it('prints it on the virtual printer to the end', async () => {
    await printFast()
    await expect.poll(() => page.getByText(t('jobs.state.done'), { exact: true }).count(), { timeout: LIMIT_MS }).toBeGreaterThan(0)
  })

  it('goes where the native menu says', async () => {
    press('Go', 'Jobs')
    await page.getByRole('table').getByText(t('jobs.state.done'), { exact: true }).waitFor({ timeout: LIMIT_MS })
    await expect.poll(() => page.getByRole('table').getByRole('row').count()).toBe(2)
  })

  it('has everything again after a reload with the storage of the window deleted', async () => {
    await page.evaluate(() => indexedDB.databases().then((all) => Promise.all(all.map(({ name }) => name !== undefined && indexedDB.deleteDatabase(name)))))
    await page.reload()
    press('Go', 'Library')
    await expect.poll(() => page.getByText('knob').count(), { timeout: LIMIT_MS }).toBeGreaterThan(0)
  })

  it('asks before its window is closed while a job runs, and stays when told so', async () => {
    openWithApp('slow.gcode', Buffer.from(`G28\n${Array.from({ length: 40_000 }, (_, i) => `G1 X${10 + (i % 2) * 2} Y20 F600`).join('\n')}\n`))
    await page.getByRole('heading', { name: 'slow' }).waitFor({ timeout: LIMIT_MS })
    await button(t('prepare.print')).first().click()
    await page.getByText(t('print.speed.fast'), { exact: true }).click()
    await page.getByRole('button', { name: new RegExp(`^(${t('print.connectAndStart')}|${t('print.start')})$`) }).click()
    await page.getByRole('progressbar', { name: t('machines.job.progress') }).waitFor({ timeout: LIMIT_MS })
    recorded.answer = 0
    shown().close()
    await expect.poll(() => recorded.messageBoxes.length, { timeout: LIMIT_MS }).toBe(1)
    expect(shown().isGone).toBe(false)
  })

  it('lets a terminal list its machines, and refuses it browsers', async () => {
    expect(await terminal(['machines'])).toMatchObject({ machines: expect.arrayContaining([expect.objectContaining({ id: 'virtual', state: 'printing' })]) as unknown })
    expect(await terminal(['serve'])).toMatchObject({ problems: [{ code: 'store/in-use' }] })
  })

  it('reports no error and no breach of its policy on the way', () => {
    expect(errors).toEqual([])
    expect(policyBreaches).toEqual([])
  })

  it('ends the job cleanly and itself when it is closed anyway', async () => {
    recorded.answer = 1
    shown().close()
    await expect.poll(() => recorded.quits, { timeout: 30_000 }).toEqual(['quit'])
    // Whatever the machine was at, it was told to end: heaters off, nozzle up.
    const store = openStore(join(folder, 'data'))
    const jobs = store.records.list('job').map(({ value }) => value as { name: string; state: string })
    store.close()
    expect(jobs.find(({ name }) => name === 'slow')).toMatchObject({ state: 'cancelled' })
  })

  it('says where the studio is when a browser has the library open already', async () => {
    const studio = await startStudio({ dataDir: join(folder, 'data') })
    try {
      resetDouble()
      recorded.userData = join(folder, 'user')
      // A module runs once: a query makes it another.
      await expect(import(`${pathToFileURL(join(root, 'dist/main/main.js')).href}?again`)).rejects.toThrow('runs already')
      expect(recorded.quits[0]).toContain(`open ${new URL(studio.url).origin} in your browser`)
      expect(recorded.quits.at(-1)).toBe('exit 1')
    } finally {
      await studio.stop()
    }
  })
})
