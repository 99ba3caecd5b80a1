import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropFile } from './drop-file'
import { boxStl } from './models'
import { type StudioWindow, openStudio } from './studio-window'

describe.each(['en', 'ko'] as const)('layer heights by hand (%s)', (locale) => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio({ locale })
  })
  afterAll(() => studio.close())

  it('are drawn with the pointer, changed with the keyboard, smoothed, and sliced so', async () => {
    const { page, t } = studio
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await dropFile(page, 'box.stl', boxStl(14, 14, 10))
    await page.getByRole('button', { name: t('import.do.prepare'), exact: true }).click({ timeout: 60_000 })
    const panel = page.getByRole('region', { name: t('prepare.curve'), exact: true })
    await panel.getByRole('button', { name: t('prepare.curve.draw'), exact: true }).click()
    const points = panel.getByRole('slider')
    await expect.poll(() => points.count()).toBe(11)
    const value = async (index: number) => Number(await points.nth(index).getAttribute('aria-valuenow'))

    // The upper half is drawn thick in one stroke.
    const box = (await panel.locator('svg[class*=chart]').boundingBox())!
    await page.mouse.move(box.x + 0.9 * box.width, box.y + 0.07 * box.height)
    await page.mouse.down()
    await page.mouse.move(box.x + 0.9 * box.width, box.y + 0.4 * box.height, { steps: 24 })
    await page.mouse.up()
    await expect.poll(() => value(9)).toBeGreaterThan(0.28)
    expect(await value(1)).toBe(0.2)

    await points.nth(0).focus()
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowLeft')
    await expect.poll(() => value(0)).toBe(0.12)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Home')
    await expect.poll(() => value(1)).toBe(0.04)
    await panel.getByRole('button', { name: t('prepare.curve.smooth'), exact: true }).click()
    await expect.poll(() => value(1)).toBe(0.1)
    await studio.photograph(`layer-heights-${locale}`)
    expect(await studio.violations()).toEqual([])

    await page.getByRole('button', { name: t('prepare.slice'), exact: true }).click()
    await page.getByRole('button', { name: t('prepare.preview'), exact: true }).click({ timeout: 120_000 })
    await page.getByRole('table', { name: t('preview.table') }).waitFor({ timeout: 60_000 })
    await studio.photograph(`layer-heights-preview-${locale}`)
  }, 240_000)

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
