import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locale } from '../../renderer/i18n/text'
import { type StudioWindow, openStudio } from './studio-window'

describe.each<Locale>(['en', 'ko'])('a calibration print with a stop (%s)', (locale) => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio({ locale, colorScheme: locale === 'en' ? 'light' : 'dark' })
  })
  afterAll(() => studio.close())
  const button = (key: Parameters<StudioWindow['t']>[0], values?: Parameters<StudioWindow['t']>[1]) => studio.page.getByRole('button', { name: studio.t(key, values), exact: true })

  it('is made from the start, and says what changes with the height', async () => {
    await button('start.calibration.temperature').click({ timeout: 60_000 })
    const heights = studio.page.getByRole('region', { name: studio.t('prepare.heights') })
    await heights.waitFor({ timeout: 60_000 })
    await expect.poll(() => heights.getByText(studio.t('setting.hotendC')).count()).toBe(7)
    await studio.photograph(`calibration-prepare-${locale}`)
  })

  it('slices, and takes a pause at the highest layer shown', async () => {
    await button('prepare.slice').click()
    await button('prepare.preview').click({ timeout: 120_000 })
    const stops = studio.page.getByRole('region', { name: studio.t('preview.stops') })
    await stops.waitFor({ timeout: 60_000 })
    await stops.getByRole('button', { name: studio.t('preview.stop.pause'), exact: true }).click()
    await expect.poll(() => stops.getByRole('listitem').count()).toBe(1)
    await studio.photograph(`calibration-stop-${locale}`)
    await button('preview.sliceAgain').click()
    await button('preview.sliceAgain').waitFor({ state: 'detached', timeout: 120_000 })
    await stops.getByRole('listitem').getByRole('button').last().click()
    await expect.poll(() => stops.getByRole('listitem').count()).toBe(0)
  })

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
