import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SCREENS } from '../../renderer/ui/navigate'
import { boxStl } from './models'
import { dropFile } from './drop-file'
import { type StudioWindow, openStudio } from './studio-window'

const SIZES = { small: { width: 1280, height: 800 }, large: { width: 1920, height: 1080 } } as const
const LOOKS = [
  { locale: 'en', colorScheme: 'light' },
  { locale: 'ko', colorScheme: 'dark' },
  { locale: 'ko', colorScheme: 'light' },
  { locale: 'en', colorScheme: 'dark' },
] as const

describe.each(LOOKS)('every screen ($locale, $colorScheme)', ({ locale, colorScheme }) => {
  let studio: StudioWindow
  let base = ''
  beforeAll(async () => {
    studio = await openStudio({ locale, colorScheme })
    await studio.page.getByRole('heading', { level: 1 }).first().waitFor()
    base = studio.page.url().split('#')[0]!
    await dropFile(studio.page, 'box.stl', boxStl(20, 16, 6))
    await studio.page.getByRole('button', { name: studio.t('import.do.prepare'), exact: true }).click()
    await studio.page.getByRole('button', { name: studio.t('prepare.slice'), exact: true }).click()
    await studio.page.getByRole('button', { name: studio.t('prepare.preview'), exact: true }).waitFor({ timeout: 60_000 })
  })
  afterAll(() => studio.close())

  it.each([...SCREENS, 'machines/virtual'])('%s has no violation of accessibility rules, in two sizes', async (screen) => {
    for (const [name, size] of Object.entries(SIZES)) {
      await studio.page.setViewportSize(size)
      await studio.page.goto(`${base}#/${screen}`)
      await studio.page.locator('main').getByRole('heading').or(studio.page.locator('main canvas')).first().waitFor()
      await studio.page.waitForLoadState('networkidle')
      await studio.photograph(`screen-${screen.replace('/', '-')}-${locale}-${colorScheme}-${name}`)
      expect(await studio.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    }
    expect(await studio.violations()).toEqual([])
  })

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
