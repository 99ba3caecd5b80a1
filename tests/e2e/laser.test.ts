import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locale } from '../../renderer/i18n/text'
import { raster } from '../shared/machine/grbl/rig'
import { type StudioWindow, openStudio } from './studio-window'

const LIMIT_MS = 200_000

/** A laser as a person uses it: locked, homed, zeroed, a file run, held and resumed; settings read. */
describe.each<Locale>(['en', 'ko'])('the virtual laser (%s)', (locale) => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio({ locale, colorScheme: locale === 'en' ? 'light' : 'dark' })
  })
  afterAll(() => studio.close())
  const button = (name: string) => studio.page.getByRole('button', { name, exact: true }).first()
  const press = (name: string) => button(name).click({ timeout: LIMIT_MS })
  const see = (text: string) => studio.page.getByText(text).first().waitFor({ timeout: LIMIT_MS })
  const photograph = (what: string) => studio.photograph(`laser-${locale}-${what}`)

  it('stands in the list, and says why it is locked when it is connected', async () => {
    await studio.page.goto(`${studio.page.url().split('#')[0]}#/machines/virtual-laser`)
    await press(studio.t('machines.connect'))
    await see(studio.t('problem.grbl/alarm-11'))
    await photograph('1-locked')
    // No heat on a laser.
    await expect.poll(() => studio.page.getByText(studio.t('machines.heaters'), { exact: true }).count()).toBe(0)
    expect(await button(studio.t('grbl.laser.test')).isDisabled()).toBe(true)
    expect(await studio.violations()).toEqual([])
  })

  it('homes, takes a zero, and shows every setting with its meaning', async () => {
    await press(studio.t('grbl.home'))
    await studio.page.getByText(studio.t('grbl.state.Idle'), { exact: true }).first().waitFor({ timeout: LIMIT_MS })
    await press(studio.t('grbl.zero.all'))
    await see('X 0.00  Y 0.00')
    await see(studio.t('grbl.setting.32'))
    await see(studio.t('grbl.setting.130.help'))
    await photograph('2-homed')
    expect(await studio.violations()).toEqual([])
  })

  it('jogs a step, and on while the button is held', async () => {
    const jog = button(studio.t('machines.jog', { axis: 'X', distance: '+1' }))
    // A slow computer makes a long press of a click: it moves either way.
    await jog.click()
    await studio.page.getByText('X 0.00  Y 0.00').waitFor({ state: 'detached', timeout: LIMIT_MS })
    await jog.hover()
    await studio.page.mouse.down()
    await button(studio.t('grbl.jog.stop')).waitFor({ timeout: LIMIT_MS })
    await studio.page.mouse.up()
    await button(studio.t('grbl.jog.stop')).waitFor({ state: 'detached', timeout: LIMIT_MS })
    await press(studio.t('grbl.zero.all'))
    await see('X 0.00  Y 0.00')
    expect(studio.errors).toEqual([])
  })

  it('runs a file, is held and goes on, to the end', async () => {
    await studio.page.locator('input[type=file][accept*=".nc"]').first().setInputFiles({ name: 'raster.nc', mimeType: 'text/plain', buffer: Buffer.from(raster(150, 40)) })
    await press(studio.t('grbl.file.start'))
    await press(studio.t('machines.job.hold'))
    await button(studio.t('machines.job.resume')).waitFor({ timeout: LIMIT_MS })
    await see(studio.t('grbl.state.Hold'))
    await photograph('3-held')
    await press(studio.t('machines.job.resume'))
    await see(studio.t('grbl.state.Run'))
    await photograph('4-running')
    await see(studio.t('jobs.state.done'))
    expect(await studio.violations()).toEqual([])
  })

  it('waits for another tool where the file asks for one, and is cancelled by its user', async () => {
    const file = `G21 G90\nG1 X5 Y5 F3000\nT2 M6\n${raster(150, 40)}`
    await studio.page.locator('input[type=file][accept*=".nc"]').first().setInputFiles({ name: 'tool.nc', mimeType: 'text/plain', buffer: Buffer.from(file) })
    await press(studio.t('grbl.file.start'))
    const question = studio.page.getByRole('alert').filter({ hasText: studio.t('machines.prompt') })
    await question.getByText('T2', { exact: true }).waitFor({ timeout: LIMIT_MS })
    await see(studio.t('problem.grbl/tool-change', { tool: 2 }))
    await photograph('5-tool')
    expect(await studio.violations()).toEqual([])
    await question.getByRole('button', { name: 'Continue' }).click()
    await question.waitFor({ state: 'detached', timeout: LIMIT_MS })
    await press(studio.t('machines.job.cancel'))
    await studio.page.getByRole('dialog').getByRole('button', { name: studio.t('machines.job.cancel'), exact: true }).click()
    await see(studio.t('jobs.state.cancelled'))
    await photograph('6-cancelled')
  })

  it('refuses a file that leaves the machine, by line', async () => {
    await studio.page.locator('input[type=file][accept*=".nc"]').first().setInputFiles({ name: 'far.nc', mimeType: 'text/plain', buffer: Buffer.from('G21 G90\nG1 X900 F1000\n') })
    await press(studio.t('grbl.file.start'))
    await see(studio.t('problem.grbl/outside-machine.remedy'))
    await photograph('7-refused')
    expect(studio.errors).toEqual([])
  })
})
