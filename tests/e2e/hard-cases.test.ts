import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../build/bootstrap.mjs'
import { translator } from '../../renderer/i18n/text'
import { launchBrowser } from './browser'
import { dropFile } from './drop-file'
import { boxStl } from './models'
import { type RunningStudio, freePort, makeDataDir, removeDataDir, startStudio } from './studio'

// What goes wrong between window, studio and machine, and how the studio goes on. In the browser, whatever else is here: the
// host is killed and found again.

const t = translator('en')
const LIMIT_MS = 120_000
/** Some minutes even at 60 times the speed: longer than any test looks at it. */
const LONG_JOB = Buffer.from(`M104 S200\nG28\n${Array.from({ length: 40_000 }, (_, i) => `G1 X${10 + (i % 2) * 2} Y20 F300`).join('\n')}\n`)
const SHORT_JOB = Buffer.from('G28\nG1 X10 Y10 F3000\nG1 X20\n')

let studio: RunningStudio
let port = 0
const dataDir = makeDataDir()
let context: BrowserContext
let page: Page
let closeBrowser = async () => {}

beforeAll(async () => {
  port = await freePort()
  studio = await startStudio({ dataDir, port })
  const browser = await launchBrowser({ profile: join(dataDir, 'browser') })
  context = browser.context
  page = browser.page
  closeBrowser = browser.close
  // On a computer that is busy with other things a click takes its time.
  context.setDefaultTimeout(LIMIT_MS)
  await page.goto(studio.url)
  await isOpen(page)
})
afterAll(async () => {
  await closeBrowser()
  await studio.stop('SIGKILL')
  removeDataDir(dataDir)
})

const button = (name: string) => page.getByRole('button', { name, exact: true })
const importButton = (on: Page) => on.getByRole('dialog').getByRole('button', { name: t('import.do'), exact: true })
const isOpen = (on: Page) => on.getByRole('status').filter({ hasText: t('frame.connection.open') }).waitFor({ timeout: LIMIT_MS })
const go = (path: string, on = page) => on.evaluate((hash) => void (window.location.hash = hash), path)

async function print(name: string, bytes: Buffer, speed: 'fast' | 'faster'): Promise<void> {
  await dropFile(page, `${name}.gcode`, bytes)
  await page.getByRole('heading', { name, exact: true }).waitFor({ timeout: LIMIT_MS })
  await button(t('prepare.print')).first().click()
  await page.getByText(t(`print.speed.${speed}`), { exact: true }).click()
  await page.getByRole('button', { name: new RegExp(`^(${t('print.connectAndStart')}|${t('print.start')})$`) }).click()
  await page.getByRole('progressbar', { name: t('machines.job.progress') }).waitFor({ timeout: LIMIT_MS })
}

/** Waits until the machine moves: a job that is at its first line proves little. */
async function isUnderWay(): Promise<void> {
  await expect.poll(async () => Number(await page.getByRole('progressbar', { name: t('machines.job.progress') }).getAttribute('aria-valuenow')), { timeout: LIMIT_MS }).toBeGreaterThan(0)
}

async function openNewestJob(): Promise<string> {
  await go('/jobs')
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByText(t('jobs.facts'), { exact: true }).waitFor({ timeout: LIMIT_MS })
  return page.locator('main').innerText()
}

describe('a cable that is pulled in the middle of a job', () => {
  it('fails the job, and tells the line, the heaters as last seen, and what to do', async () => {
    await print('long', LONG_JOB, 'fast')
    await isUnderWay()
    await go('/machines/virtual')
    await button(t('machines.virtual.unplug')).click()
    await expect.poll(openNewestJob, { timeout: LIMIT_MS }).toContain(t('jobs.state.failed'))
    const told = await openNewestJob()
    expect(told).toContain(t('problem.machine/link-lost'))
    expect(told).toContain(t('problem.machine/link-lost.remedy'))
    expect(told).toContain(t('jobs.heat'))
    expect(told).toMatch(/200/)
    const [, line = '0'] = /([\d,]+) \/ 40,00\d/.exec(told) ?? []
    expect(Number(line.replace(',', ''))).toBeGreaterThan(2)
  })

  it('leaves the studio as it was: the machine connects again and prints', async () => {
    await go('/machines/virtual')
    await button(t('machines.connect')).first().click()
    await expect.poll(() => button(t('machines.virtual.unplug')).isEnabled(), { timeout: LIMIT_MS }).toBe(true)
    await print('short', SHORT_JOB, 'faster')
    await expect.poll(openNewestJob, { timeout: LIMIT_MS }).toContain(t('jobs.state.done'))
  })
})

describe('a studio that is killed in the middle of a job', () => {
  it('is found again by the window itself, which shows the job as failed, and the library as it was', async () => {
    await go('/library')
    await dropFile(page, 'kept.stl', boxStl(10, 10, 5))
    await importButton(page).click({ timeout: LIMIT_MS })
    await page.getByText('kept').first().waitFor({ timeout: LIMIT_MS })
    await print('killed', LONG_JOB, 'fast')
    await isUnderWay()
    await studio.stop('SIGKILL')
    await page.getByRole('status').filter({ hasText: t('frame.connection.closed') }).waitFor({ timeout: LIMIT_MS })
    studio = await startStudio({ dataDir, port })
    await isOpen(page)
    await expect.poll(openNewestJob, { timeout: LIMIT_MS }).toContain(t('jobs.state.failed'))
    const told = await openNewestJob()
    expect(told).toMatch(/The studio ended during the job, at line [\d,]+/)
    expect(told).toContain(t('problem.job/studio-ended.remedy'))
    await go('/jobs')
    await expect.poll(() => page.getByRole('table').getByRole('row').count(), { timeout: LIMIT_MS }).toBe(4)
    await go('/library')
    await expect.poll(() => page.getByText('kept').count(), { timeout: LIMIT_MS }).toBeGreaterThan(0)
  })
})

describe('two tabs at once', () => {
  it('show the same jobs and designs, and one may end what the other began', async () => {
    const other = await context.newPage()
    await other.goto(studio.url.split('#')[0]!)
    await isOpen(other)
    await go('/library', other)
    await dropFile(other, 'from the other.stl', boxStl(8, 8, 4))
    await importButton(other).click({ timeout: LIMIT_MS })
    await page.bringToFront()
    await go('/library')
    await page.getByText('from the other').first().waitFor({ timeout: LIMIT_MS })
    await print('shared', LONG_JOB, 'fast')
    // A tab behind another is drawn by nobody.
    await other.bringToFront()
    await go('/machines/virtual', other)
    await other.getByRole('progressbar', { name: t('machines.job.progress') }).waitFor({ timeout: LIMIT_MS })
    await other.locator('main').getByRole('button', { name: t('machines.job.cancel'), exact: true }).first().click()
    await other.getByRole('dialog').getByRole('button', { name: t('machines.job.cancel') }).click()
    await page.bringToFront()
    await expect.poll(openNewestJob, { timeout: LIMIT_MS }).toContain(t('jobs.state.cancelled'))
    await other.close()
  })
})

describe('the key of the studio', () => {
  it('is kept through a reload, and no wrong link pushes it out', async () => {
    await page.reload()
    await isOpen(page)
    await page.goto('about:blank')
    await page.goto(`${studio.url.split('#')[0]}#token=${'0'.repeat(64)}`)
    await isOpen(page)
    expect(page.url()).not.toContain('token')
  })

  it('is asked for when the window has none, and taken from the printed address in the same tab', async () => {
    await page.evaluate(() => {
      localStorage.removeItem('gongbang.token')
      window.location.reload()
    })
    await page.getByRole('alert').filter({ hasText: t('frame.connection.refused.help') }).waitFor({ timeout: LIMIT_MS })
    await page.evaluate((url) => void (window.location.href = url), studio.url)
    await isOpen(page)
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
    expect(page.url()).not.toContain('token')
  })

  it('is shown again by a second start, which ends and says that the studio runs', async () => {
    const env = { ...process.env, GONGBANG_DATA: dataDir, NODE_ENV: 'production', LC_ALL: 'C' }
    const second = spawnSync(process.execPath, [join(root, 'dist/node/host.js'), '--no-open'], { env, encoding: 'utf8', timeout: 60_000 })
    expect(second.status).toBe(0)
    expect(second.stdout).toBe(`Gongbang Studio: ${studio.url}\n`)
    expect(second.stderr).toContain("This library's studio runs already")
  })

  it('works at another port', async () => {
    await studio.stop()
    studio = await startStudio({ dataDir, port: await freePort() })
    await page.goto(studio.url)
    await isOpen(page)
    await go('/library')
    await expect.poll(() => page.getByText('kept').count(), { timeout: LIMIT_MS }).toBeGreaterThan(0)
  })
})
