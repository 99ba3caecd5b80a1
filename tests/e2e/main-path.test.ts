import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locale } from '../../renderer/i18n/text'
import { dropFile } from './drop-file'
import { mainModel } from './models'
import { type StudioWindow, openStudio } from './studio-window'

const PRINT_LIMIT_MS = 180_000

describe.each<Locale>(['en', 'ko'])('the main job (%s)', (locale) => {
  let studio: StudioWindow
  const model = mainModel()
  beforeAll(async () => {
    studio = await openStudio({ locale, colorScheme: locale === 'en' ? 'light' : 'dark' })
  })
  afterAll(() => studio.close())
  const button = (key: Parameters<StudioWindow['t']>[0], values?: Parameters<StudioWindow['t']>[1]) => studio.page.getByRole('button', { name: studio.t(key, values), exact: true })

  it('imports a dropped model into the library and onto the plate', async () => {
    await studio.page.getByRole('heading', { level: 1 }).first().waitFor()
    await dropFile(studio.page, model.name, model.bytes)
    await button('import.do.prepare').click({ timeout: 60_000 })
    await studio.page.getByRole('button', { name: studio.t('prepare.slice'), exact: true }).waitFor()
    await expect.poll(() => studio.page.getByText(model.title).count()).toBeGreaterThan(0)
  })

  it('arranges two of them side by side', async () => {
    await studio.page.getByRole('button', { name: studio.t('prepare.remove.one', { name: model.title }) }).waitFor()
    await studio.page.keyboard.press('Control+a')
    await studio.page.keyboard.press('Control+d')
    // The name ends with the key that does the same.
    await studio.page.getByRole('button', { name: `${studio.t('prepare.arrange')} (A)`, exact: true }).click()
    await studio.photograph(`main-path-prepare-${locale}`)
    await expect.poll(() => studio.page.getByRole('button', { name: studio.t('prepare.remove.one', { name: model.title }) }).count()).toBe(2)
  })

  it('slices, and shows every move', async () => {
    await button('prepare.slice').click()
    await studio.page.getByRole('button', { name: studio.t('prepare.preview'), exact: true }).click({ timeout: 120_000 })
    await studio.page.getByRole('table', { name: studio.t('preview.table') }).waitFor({ timeout: 60_000 })
    await expect.poll(() => studio.page.getByRole('row').filter({ hasText: studio.t('preview.role.outer-wall') }).count()).toBe(1)
    await expect.poll(() => studio.page.getByRole('heading', { name: `${model.title} × 2` }).count()).toBe(1)
    await studio.photograph(`main-path-preview-${locale}`)
  })

  it('prints on the virtual printer to the end', async () => {
    await studio.page.getByRole('button', { name: studio.t('prepare.print'), exact: true }).first().click()
    await studio.page.getByText(studio.t('print.speed.faster'), { exact: true }).click()
    await button('print.connectAndStart').click()
    await studio.page.getByRole('progressbar', { name: studio.t('machines.job.progress') }).waitFor({ timeout: 60_000 })
    await studio.photograph(`main-path-printing-${locale}`)
    await studio.page.getByText(studio.t('jobs.state.done'), { exact: true }).first().waitFor({ timeout: PRINT_LIMIT_MS })
    await studio.photograph(`main-path-done-${locale}`)
    expect(await studio.page.getByRole('progressbar', { name: studio.t('machines.job.progress') }).getAttribute('aria-valuenow')).toBe('100')
  })

  it('keeps the job in the history, with the design that it was made from', async () => {
    await studio.page.goto(`${studio.page.url().split('#')[0]}#/jobs`)
    await studio.page.getByRole('table').getByText(studio.t('jobs.state.done'), { exact: true }).first().waitFor()
    await studio.page.getByRole('table').getByRole('link').first().click()
    // The list's own link has this name too, until the job's page has taken its place.
    const source = studio.page.locator('main a[href^="#/library/"]').filter({ hasText: `${model.title} × 2` })
    await source.waitFor()
    expect(await source.getAttribute('href')).toMatch(/^#\/library\/.+/)
    await studio.photograph(`main-path-job-${locale}`)
  })

  it('has everything again after a reload with the window storage deleted', async () => {
    await studio.page.goto(`${studio.page.url().split('#')[0]}#/library`)
    await studio.page.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) if (name !== undefined) indexedDB.deleteDatabase(name)
    })
    await studio.page.reload()
    await studio.page.getByText(model.title).first().waitFor({ timeout: 30_000 })
    await studio.photograph(`main-path-library-${locale}`)
    await studio.page.goto(`${studio.page.url().split('#')[0]}#/jobs`)
    await studio.page.getByRole('table').waitFor()
    await expect.poll(() => studio.page.getByRole('table').getByText(studio.t('jobs.state.done'), { exact: true }).count()).toBe(1)
  })

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
