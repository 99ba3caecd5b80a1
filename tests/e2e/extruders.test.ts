import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropFile } from './drop-file'
import { boxStl } from './models'
import { type StudioWindow, openStudio } from './studio-window'

describe.each(['en', 'ko'] as const)('several extruders and objects one by one (%s)', (locale) => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio({ locale })
  })
  afterAll(() => studio.close())

  const goTo = (path: string) => studio.page.evaluate((hash) => void (window.location.hash = hash), path)
  const choose = async (label: string, option: string) => {
    const field = studio.page.getByRole('combobox', { name: label, exact: true })
    await field.click()
    await studio.page.getByRole('option', { name: option, exact: true }).click()
  }

  it('has a machine with two extruders of the user’s own', async () => {
    const { page, t } = studio
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await goTo('#/profiles/machine%3Avirtual-printer')
    await page.getByRole('button', { name: t('profiles.copyToChange'), exact: true }).click()
    const sheet = page.getByRole('region', { name: t('profiles.extruders'), exact: true })
    await expect.poll(() => sheet.getByRole('textbox', { name: t('profiles.extruders.count'), exact: true }).isEditable()).toBe(true)
    await page.getByRole('textbox', { name: t('profiles.name'), exact: true }).fill('Two heads')
    await sheet.getByRole('textbox', { name: t('profiles.extruders.count'), exact: true }).fill('2')
    await sheet.getByRole('region', { name: t('profiles.extruder', { number: 2 }), exact: true }).getByRole('textbox', { name: t('profiles.offset.x'), exact: true }).fill('18')
    await sheet.scrollIntoViewIfNeeded()
    await studio.photograph(`extruders-profile-${locale}`)
    expect(await studio.violations()).toEqual([])
    await page.getByRole('button', { name: t('frame.save'), exact: true }).click()
    await expect.poll(() => page.getByRole('button', { name: t('frame.save'), exact: true }).isDisabled()).toBe(true)
  }, 120_000)

  it('prints walls and infill with two materials, and a tower beside', async () => {
    const { page, t } = studio
    await goTo('#/prepare')
    await dropFile(page, 'box.stl', boxStl(24, 24, 4))
    await page.getByRole('button', { name: t('import.do.prepare'), exact: true }).click({ timeout: 60_000 })
    await choose(t('prepare.machine'), 'Gongbang Two heads')
    await choose(t('prepare.materialOf', { number: 2 }), 'PETG')
    await page.getByRole('button', { name: t('prepare.purge'), exact: true }).click()
    const cell = page.getByRole('textbox', { name: t('prepare.purge.cell', { from: 1, to: 2 }), exact: true })
    await cell.fill('55')
    await cell.blur()
    await page.getByRole('button', { name: t('prepare.extruderOf', { name: 'box', number: 1 }), exact: true }).click()
    await page.getByRole('menuitem', { name: t('prepare.extruderWith', { number: 2, material: 'PETG' }), exact: true }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: t('prepare.extruderOf', { name: 'box', number: 2 }), exact: true }).click()
    await page.getByRole('menuitem', { name: t('prepare.extruderWith', { number: 2, material: 'PETG' }), exact: true }).waitFor()
    await studio.photograph(`extruders-object-${locale}`)
    await page.getByRole('menuitem', { name: t('prepare.extruderWith', { number: 1, material: 'PLA' }), exact: true }).click()
    await page.getByRole('textbox', { name: t('prepare.setting.search'), exact: true }).fill(t('setting.infillExtruder'))
    await page.getByRole('textbox', { name: t('setting.infillExtruder'), exact: true }).fill('2')
    await studio.photograph(`extruders-plate-${locale}`)
    expect(await studio.violations()).toEqual([])
    await page.getByRole('button', { name: t('prepare.slice'), exact: true }).click()
    await page.getByRole('button', { name: t('prepare.preview'), exact: true }).click({ timeout: 120_000 })
    await page.getByRole('table', { name: t('preview.tools') }).waitFor({ timeout: 60_000 })
    await expect.poll(() => page.getByRole('row').filter({ hasText: t('preview.role.prime-tower') }).count()).toBeGreaterThan(0)
    await studio.photograph(`extruders-preview-role-${locale}`)
    await page.getByRole('radiogroup', { name: t('preview.colouring'), exact: true }).getByText(t('preview.colouring.tool'), { exact: true }).click()
    await studio.photograph(`extruders-preview-${locale}`)
    expect(await studio.violations()).toEqual([])
  }, 240_000)

  it('refuses objects that stand in the way of the head, until they are arranged', async () => {
    const { page, t } = studio
    await goTo('#/prepare')
    await page.getByRole('textbox', { name: t('prepare.setting.search'), exact: true }).fill('')
    await choose(t('prepare.machine'), t('profile.builtin.virtual-printer'))
    // With one extruder the second can't print the infill.
    await page.getByRole('button', { name: t('prepare.setting.resetAll'), exact: true }).click()
    await page.getByRole('button', { name: t('prepare.duplicate.one', { name: 'box' }), exact: true }).first().click()
    await choose(t('setting.printOrder'), t('setting.choice.by-object'))
    const refusal = page.getByText(t('problem.slicing/head-hits', { name: 'box', other: 'box' }), { exact: false })
    await refusal.first().waitFor({ timeout: 30_000 })
    await studio.photograph(`by-object-refused-${locale}`)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: new RegExp(`^${t('prepare.arrange')}`) }).click()
    await expect.poll(() => refusal.count()).toBe(0)
    await studio.photograph(`by-object-arranged-${locale}`)
    await page.getByRole('button', { name: t('prepare.slice'), exact: true }).click()
    await page.getByRole('button', { name: t('prepare.preview'), exact: true }).click({ timeout: 120_000 })
    await page.getByRole('table', { name: t('preview.table') }).waitFor({ timeout: 60_000 })
    await studio.photograph(`by-object-preview-${locale}`)
  }, 240_000)

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
