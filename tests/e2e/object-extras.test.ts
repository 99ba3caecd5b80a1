import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropFile } from './drop-file'
import { boxStl } from './models'
import { type StudioWindow, openStudio } from './studio-window'

describe.each([['en', 'light'], ['ko', 'dark']] as const)('one model’s own settings, modifiers and paint (%s, %s)', (locale, colorScheme) => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio({ locale, colorScheme })
  })
  afterAll(() => studio.close())

  it('a model has settings of its own, and a modifier in it others', async () => {
    const { page, t } = studio
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await dropFile(page, 'box.stl', boxStl(40, 40, 20))
    await page.getByRole('button', { name: t('import.do.prepare'), exact: true }).click({ timeout: 60_000 })
    const scope = page.getByRole('radiogroup', { name: t('prepare.scope'), exact: true })
    await scope.getByText(t('prepare.scope.object'), { exact: true }).click()
    const infill = page.getByRole('textbox', { name: t('setting.infillPercent'), exact: true })
    const plateValue = await infill.inputValue()
    await infill.fill('35')
    await infill.blur()
    await expect.poll(() => page.getByText(t('prepare.setting.changed', { count: 1 }), { exact: true }).count()).toBe(1)
    // What only the plate can have isn't offered for a model.
    expect(await page.getByRole('textbox', { name: t('setting.layerHeightMm'), exact: true }).count()).toBe(0)
    const search = page.getByRole('textbox', { name: t('prepare.setting.search'), exact: true })
    await search.fill('layerHeightMm')
    await expect.poll(() => page.getByText(t('prepare.scope.elsewhere', { count: 2 }), { exact: true }).count()).toBe(1)
    await search.fill('')
    await scope.getByText(t('prepare.scope.plate'), { exact: true }).click()
    await expect.poll(() => infill.inputValue()).toBe(plateValue)
    expect(await page.getByRole('textbox', { name: t('setting.layerHeightMm'), exact: true }).count()).toBe(1)

    await page.getByRole('button', { name: t('prepare.modifier.add'), exact: true }).click()
    await page.getByRole('menuitem', { name: t('prepare.modifier.shape.cylinder'), exact: true }).click()
    await expect.poll(() => infill.inputValue()).toContain('35')
    await infill.fill('80')
    await infill.blur()
    await expect.poll(() => page.getByText(t('prepare.modifier.count', { count: 1 }), { exact: true }).count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: new RegExp(`^${t('prepare.modifier.shape.cylinder')}`) }).first().click()
    await page.keyboard.press('f')
    await studio.photograph(`object-modifier-${locale}`)
    expect(await studio.violations()).toEqual([])
  }, 240_000)

  it('a design of the library can be a modifier, and is taken out again', async () => {
    const { page, t } = studio
    await page.getByRole('button', { name: t('prepare.modifier.add'), exact: true }).click()
    await page.getByRole('menuitem', { name: t('prepare.modifier.shape.design'), exact: true }).click()
    const design = page.getByRole('combobox', { name: t('prepare.modifier.design'), exact: true })
    await design.click()
    await page.getByRole('option', { name: 'box', exact: true }).click()
    const rows = page.getByRole('list', { name: t('prepare.modifiers'), exact: true }).getByRole('listitem')
    await expect.poll(() => rows.count()).toBe(2)
    await page.getByRole('combobox', { name: t('prepare.modifier.kind'), exact: true }).click()
    await page.getByRole('option', { name: t('prepare.modifier.kind.support-blocker'), exact: true }).click()
    await expect.poll(() => rows.nth(1).getByText(t('prepare.modifier.kind.support-blocker'), { exact: true }).count()).toBe(1)
    // Keys go to the plate once no field has them.
    await rows.nth(1).getByRole('button', { pressed: true }).focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => rows.count()).toBe(1)
    expect(await page.getByRole('list', { name: t('prepare.objects'), exact: true }).getByRole('listitem').count()).toBe(1)
  }, 240_000)

  it('is painted with the brush, each stroke one step of undo', async () => {
    const { page, t } = studio
    await page.keyboard.press('Escape')
    await page.keyboard.press('p')
    const panel = page.getByRole('region', { name: t('prepare.paint.panel'), exact: true })
    await panel.waitFor()
    const wipe = panel.getByRole('button', { name: t('prepare.paint.wipe'), exact: true })
    expect(await wipe.isDisabled()).toBe(true)
    await panel.getByText(t('prepare.paint.what.seam'), { exact: true }).click()
    const canvas = (await page.getByRole('region', { name: t('prepare.plate'), exact: true }).locator('canvas').first().boundingBox())!
    const [x, y] = [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2]
    await page.mouse.move(x - 40, y)
    await page.mouse.down()
    await page.mouse.move(x + 40, y + 6, { steps: 12 })
    await page.mouse.up()
    await expect.poll(() => wipe.isDisabled()).toBe(false)
    await page.keyboard.press('w')
    await page.mouse.move(x - 30, y + 40)
    await page.mouse.down()
    await page.mouse.move(x + 30, y + 44, { steps: 8 })
    await page.mouse.up()
    await studio.photograph(`object-paint-${locale}`)
    expect(await studio.violations()).toEqual([])
    await page.setViewportSize({ width: 1024, height: 720 })
    await studio.photograph(`object-paint-small-${locale}`)
    expect(await studio.violations()).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.keyboard.press('Control+z')
    expect(await wipe.isDisabled()).toBe(false)
    await page.keyboard.press('Control+z')
    await expect.poll(() => wipe.isDisabled()).toBe(true)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => wipe.isDisabled()).toBe(false)
  }, 240_000)

  it('is there after a reload, and sliced so', async () => {
    const { page, t } = studio
    await page.reload()
    await expect.poll(() => page.getByText(t('prepare.own'), { exact: false }).count(), { timeout: 60_000 }).toBe(1)
    await page.getByRole('button', { name: t('prepare.slice'), exact: true }).click()
    await page.getByRole('button', { name: t('prepare.preview'), exact: true }).click({ timeout: 120_000 })
    await page.getByRole('table', { name: t('preview.table') }).waitFor({ timeout: 60_000 })
    await studio.photograph(`object-preview-${locale}`)
  }, 240_000)

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
