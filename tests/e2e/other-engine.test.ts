import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeEngine } from '../electron/services/engines/fake-engine'
import { dropFile } from './drop-file'
import { boxStl } from './models'
import { type StudioWindow, openStudio } from './studio-window'

describe.each(['en', 'ko'] as const)('another slicing engine (%s)', (locale) => {
  let studio: StudioWindow
  const folder = mkdtempSync(join(tmpdir(), 'own-engine-'))
  beforeAll(async () => {
    studio = await openStudio({ locale })
  })
  afterAll(async () => {
    await studio.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is named in the settings, chosen on the plate, and its G-code is shown in the preview', async () => {
    const { page, t } = studio
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.evaluate(() => (location.hash = '#/settings'))
    const field = page.getByRole('textbox', { name: t('settings.engines.path', { program: 'PrusaSlicer' }) })
    await field.fill(fakeEngine(folder, 'slices'))
    await field.press('Enter')
    await page.getByText(t('settings.engines.version', { version: '2.9.4+linux' })).waitFor({ timeout: 30_000 })
    await studio.photograph(`engine-settings-${locale}`)

    await dropFile(page, 'box.stl', boxStl(20, 20, 0.4))
    await page.getByRole('button', { name: t('import.do.prepare'), exact: true }).click({ timeout: 60_000 })
    await page.getByRole('combobox', { name: t('prepare.engine'), exact: true }).click()
    await page.getByRole('option', { name: 'PrusaSlicer', exact: true }).click()
    await page.getByRole('button', { name: t('prepare.slice'), exact: true }).click()
    await page.getByRole('button', { name: t('prepare.preview'), exact: true }).waitFor({ timeout: 120_000 })
    await studio.photograph(`engine-sliced-${locale}`)
    await page.getByRole('button', { name: t('prepare.preview'), exact: true }).click()
    await page.getByRole('table', { name: t('preview.table') }).waitFor({ timeout: 60_000 })
    await expect.poll(() => page.getByRole('row').filter({ hasText: t('preview.role.outer-wall') }).count()).toBeGreaterThan(0)
  }, 240_000)

  it('says what the engine said when it fails', async () => {
    const { page, t } = studio
    fakeEngine(folder, 'fails')
    await page.evaluate(() => (location.hash = '#/prepare'))
    // A change of the plate asks for slicing again.
    await page.getByRole('combobox', { name: t('prepare.material'), exact: true }).click()
    await page.getByRole('option').nth(1).click()
    await page.getByRole('button', { name: t('prepare.slice'), exact: true }).click()
    await expect.poll(() => page.getByText('The print is taller than the maximum allowed height.').count()).toBeGreaterThan(0)
  }, 120_000)

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
