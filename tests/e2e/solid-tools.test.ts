import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../build/bootstrap.mjs'
import { dropFile } from './drop-file'
import { boxStl } from './models'
import { type StudioWindow, openStudio } from './studio-window'

/** Puts a box on an empty plate and brings it into the middle of the picture. */
async function placeBox({ page, t }: StudioWindow, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await dropFile(page, `${name}.stl`, boxStl(40, 30, 20))
  await page.getByRole('button', { name: t('import.do.prepare'), exact: true }).click({ timeout: 60_000 })
  // Its size is told once its mesh is there to be looked at.
  await objects(page).filter({ hasText: '40.0 × 30.0 × 20.0' }).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByRole('toolbar', { name: t('prepare.viewBar') }).getByRole('button', { name: t('prepare.fit') }).click()
}

/** A ring with a hole by its fill rule, and a line. */
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><style>.line { fill: none; stroke: #333; stroke-width: 3 }</style><path fill-rule="evenodd" d="M20 2a18 18 0 1 0 .01 0Z M20 9a11 11 0 1 1 -.01 0Z"/><g transform="rotate(45 20 20)"><path class="line" d="M12 20H28"/></g></svg>'

/** Presses a key of the screen: a field that has the focus would take it for itself. */
async function pressKey(page: Page, key: string): Promise<void> {
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await page.keyboard.press(key)
}

const objects = (page: Page) => page.getByRole('complementary').first().getByRole('listitem')
const tool = ({ page, t }: StudioWindow, name: 'cut' | 'emboss' | 'measure') => page.getByRole('toolbar', { name: t('prepare.tools') }).getByRole('button', { name: t(`prepare.tool.${name}`) })

/** Clicks the picture, in parts of its width and height. */
async function clickPicture(page: Page, across: number, down: number): Promise<void> {
  const frame = await page.locator('main canvas').boundingBox()
  if (frame === null) throw new Error('no picture')
  await page.mouse.click(frame.x + across * frame.width, frame.y + down * frame.height)
}

describe.each(['en', 'ko'] as const)('the tools for solids (%s)', (locale) => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio({ locale })
    await placeBox(studio, 'block')
  })
  afterAll(() => studio.close())

  it('measure the edges of a part and the way between them', async () => {
    const { page, t } = studio
    await tool(studio, 'measure').click()
    await pressKey(page, '6')
    const panel = page.getByRole('region', { name: t('prepare.tool.measure') })
    await panel.getByText(t('prepare.measure.filter.edge'), { exact: true }).click()
    await clickPicture(page, 0.5, 0.35)
    await panel.getByText('40 mm', { exact: true }).waitFor()
    await clickPicture(page, 0.5, 0.65)
    const distance = panel.getByRole('term').filter({ hasText: t('prepare.measure.distance') }).locator('xpath=following-sibling::dd')
    await expect.poll(() => distance.innerText()).toBe('30 mm')
    await studio.photograph(`tool-measure-${locale}`)
    expect(await studio.violations()).toEqual([])
    await panel.getByText(t('prepare.measure.filter.any'), { exact: true }).click()
    await clickPicture(page, 0.5, 0.5)
    await panel.getByText('1,200 mm²', { exact: true }).waitFor()
    await pressKey(page, '1')
    await clickPicture(page, 0.4, 0.7)
    await expect.poll(() => panel.getByText('90°', { exact: true }).count()).toBe(1)
    await studio.photograph(`tool-measure-faces-${locale}`)
    await panel.getByRole('button', { name: t('prepare.measure.clear') }).click()
    await expect.poll(() => panel.getByText('90°', { exact: true }).count()).toBe(0)
  })

  it('raise a text and engrave an SVG on a face; undo takes them off again', async () => {
    const { page, t } = studio
    await pressKey(page, '1')
    await tool(studio, 'emboss').click()
    const panel = page.getByRole('region', { name: t('prepare.tool.emboss') })
    await panel.getByRole('textbox', { name: t('prepare.emboss.text'), exact: true }).fill('공방 Go!')
    await panel.locator('input[type=file]').setInputFiles(join(root, 'node_modules/pretendard/dist/public/static/Pretendard-Black.otf'))
    await expect.poll(() => panel.getByRole('combobox', { name: t('prepare.emboss.font') }).inputValue()).toBe('Pretendard-Black.otf')
    await panel.getByRole('textbox', { name: t('prepare.emboss.size') }).fill('7')
    await clickPicture(page, 0.45, 0.4)
    await panel.getByRole('textbox', { name: t('prepare.emboss.depth') }).fill('1.2')
    const raise = panel.getByRole('button', { name: t('prepare.emboss.do.raised') })
    await expect.poll(() => raise.isEnabled()).toBe(true)
    await studio.photograph(`tool-emboss-${locale}`)
    expect(await studio.violations()).toEqual([])
    await raise.click()
    await objects(page).filter({ hasText: '40.0 × 30.0 × 21.2' }).waitFor()

    await panel.getByText(t('prepare.emboss.kind.svg'), { exact: true }).click()
    await panel.locator('input[type=file]').setInputFiles({ name: 'gear.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(DRAWING) })
    await panel.getByText('gear.svg').waitFor()
    await panel.getByText(t('prepare.emboss.engraved'), { exact: true }).click()
    await panel.getByRole('textbox', { name: t('prepare.emboss.size') }).fill('12')
    await clickPicture(page, 0.35, 0.62)
    const engrave = panel.getByRole('button', { name: t('prepare.emboss.do.engraved') })
    await expect.poll(() => engrave.isEnabled()).toBe(true)
    await studio.photograph(`tool-emboss-svg-${locale}`)
    await panel.getByLabel(t('prepare.emboss.own')).check()
    await expect.poll(() => engrave.isEnabled()).toBe(true)
    await engrave.click()
    await panel.getByText(t('prepare.emboss.pick')).waitFor()
    // An inlay hangs above the bed in its pocket, which it doesn't collide with.
    const inlay = t('prepare.emboss.piece', { name: 'block' })
    await objects(page).filter({ hasText: inlay }).waitFor()
    await page.getByText(t('problem.plate/floating', { name: inlay })).waitFor()
    expect(await page.getByText(t('problem.plate/collision', { name: 'block', other: inlay })).count()).toBe(0)
    await studio.photograph(`tool-emboss-made-${locale}`)
    await page.keyboard.press('Escape')
    for (let step = 0; step < 2; step++) await page.getByRole('toolbar', { name: t('prepare.viewBar') }).getByRole('button', { name: t('prepare.edit.emboss', { name: 'block' }) }).first().click()
    await objects(page).filter({ hasText: '40.0 × 30.0 × 20.0' }).waitFor()
  })

  it('cut a part with dowels in pieces that are still there after a reload; one undo makes it whole', async () => {
    const { page, t } = studio
    await tool(studio, 'cut').click()
    await page.getByText(t('prepare.cut.pick')).waitFor()
    await clickPicture(page, 0.45, 0.45)
    const panel = page.getByRole('region', { name: t('prepare.cut.panel') })
    await panel.getByRole('textbox', { name: `${t('prepare.cut.height')} Z` }).fill('8')
    await panel.getByText(t('prepare.cut.joint.dowel'), { exact: true }).click()
    await panel.getByRole('button', { name: t('prepare.cut.spread') }).click()
    await panel.getByText(t('prepare.cut.click', { count: 2 })).waitFor()
    await clickPicture(page, 0.5, 0.5)
    await panel.getByText(t('prepare.cut.click', { count: 3 })).waitFor()
    await studio.photograph(`tool-cut-${locale}`)
    expect(await studio.violations()).toEqual([])

    await panel.getByRole('button', { name: t('prepare.cut.do'), exact: true }).click()
    await expect.poll(() => objects(page).count()).toBe(5)
    await expect.poll(() => objects(page).filter({ hasText: t('prepare.cut.piece.upper', { name: 'block' }) }).count()).toBe(1)
    await studio.photograph(`tool-cut-made-${locale}`)
    await page.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => objects(page).count()).toBe(1)
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect.poll(() => objects(page).count()).toBe(5)

    await page.reload()
    await expect.poll(() => objects(page).count()).toBe(5)
    await page.getByRole('button', { name: t('prepare.slice'), exact: true }).click()
    await page.getByRole('button', { name: t('prepare.preview'), exact: true }).waitFor({ timeout: 120_000 })
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('Delete')
    await expect.poll(() => objects(page).count()).toBe(0)
  })

  it('report no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
