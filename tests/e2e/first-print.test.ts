import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locale } from '../../renderer/i18n/text'
import { type StudioWindow, openStudio } from './studio-window'

const SLICE_LIMIT_MS = 90_000
const PRINT_LIMIT_MS = 180_000

/** A newcomer who only ever presses the one button that the guide offers. */
describe.each<Locale>(['en', 'ko'])('a first print (%s)', (locale) => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio({ locale, colorScheme: locale === 'en' ? 'light' : 'dark' })
  })
  afterAll(() => studio.close())
  const guide = () => studio.page.getByRole('region', { name: studio.t('start.guide'), exact: true })
  const next = (key: Parameters<StudioWindow['t']>[0]) => guide().getByRole('button', { name: studio.t(key), exact: true })

  it('begins with one button on an empty studio', async () => {
    await studio.page.getByRole('button', { name: studio.t('start.try'), exact: true }).click()
    await next('start.guide.slice.do').waitFor()
    await studio.photograph(`first-print-prepare-${locale}`)
    await expect.poll(() => studio.page.getByRole('button', { name: studio.t('prepare.remove.one', { name: studio.t('start.sample.title') }) }).count()).toBe(1)
  })

  it('is led through slicing and preview', async () => {
    await next('start.guide.slice.do').click()
    await next('start.guide.preview.do').click({ timeout: SLICE_LIMIT_MS })
    await next('start.guide.print.do').waitFor()
    // The screen's own code comes when it is first shown.
    await studio.page.getByRole('heading', { name: studio.t('start.sample.title') }).waitFor()
    await studio.photograph(`first-print-preview-${locale}`)
    await expect.poll(() => studio.page.getByRole('heading', { name: studio.t('start.sample.title') }).count()).toBe(1)
  })

  it('ends with a job that is done and recorded', async () => {
    await next('start.guide.print.do').click()
    await next('start.guide.done.do').click({ timeout: PRINT_LIMIT_MS })
    await studio.page.locator('main').getByText(studio.t('jobs.state.done'), { exact: true }).first().waitFor()
    await studio.photograph(`first-print-job-${locale}`)
    await expect.poll(() => guide().count()).toBe(0)
  })

  it('has left the sample in the library, with what was made of it', async () => {
    await studio.page.goto(`${studio.page.url().split('#')[0]}#/library`)
    await studio.page.getByRole('button', { name: new RegExp(`^${studio.t('start.sample.title')} .*#${studio.t('start.sample.tag')}$`) }).click()
    const made = studio.page.getByRole('region', { name: studio.t('library.made'), exact: true })
    await made.getByRole('link').waitFor()
    await expect.poll(() => made.getByText(studio.t('jobs.state.done'), { exact: true }).count()).toBe(1)
    expect(await studio.violations()).toEqual([])
  })

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
