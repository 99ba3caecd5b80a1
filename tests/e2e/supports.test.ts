import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropFile } from './drop-file'
import { boxesStl } from './models'
import { type StudioWindow, openStudio } from './studio-window'

/** A post with a plate on it: most of the plate hangs free. */
const shelf = boxesStl([{ min: [10, 10, 0], max: [16, 16, 12] }, { min: [0, 0, 12], max: [30, 26, 15] }])

describe('supports', () => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio()
  })
  afterAll(() => studio.close())

  it('are chosen among the settings and shown in the preview', async () => {
    const { page, t } = studio
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await dropFile(page, 'shelf.stl', shelf)
    await page.getByRole('button', { name: t('import.do.prepare'), exact: true }).click({ timeout: 60_000 })
    await page.getByRole('combobox', { name: t('setting.supportKind'), exact: true }).click()
    await page.getByRole('option', { name: t('setting.choice.tree'), exact: true }).click()
    await page.getByRole('button', { name: t('prepare.slice'), exact: true }).click()
    await page.getByRole('button', { name: t('prepare.preview'), exact: true }).click({ timeout: 120_000 })
    await page.getByRole('table', { name: t('preview.table') }).waitFor({ timeout: 60_000 })
    await studio.photograph('supports-tree')
    for (const role of ['support', 'support-interface'] as const) await expect.poll(() => page.getByRole('row').filter({ hasText: t(`preview.role.${role}`) }).count()).toBeGreaterThan(0)
  })

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
