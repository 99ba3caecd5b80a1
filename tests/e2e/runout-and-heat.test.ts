import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locale } from '../../renderer/i18n/text'
import { dropFile } from './drop-file'
import { type StudioWindow, openStudio } from './studio-window'

const LIMIT_MS = 100_000

/** Waits for its user, prints 200 lines of 0.06 mm, and waits again; twice. */
function program(): string {
  const lines = ['M140 S60', 'M104 S200', 'G28', 'M190 S60', 'M109 S200', 'G90', 'M83', 'G92 E0', 'G1 Z0.2 F600']
  for (const stop of ['M0 Ready', 'M0 Once more']) {
    lines.push(stop, 'G1 X120 Y100 F6000')
    for (let i = 0; i < 200; i++) lines.push(`G1 X${(100 + 20 * Math.cos(i / 20)).toFixed(3)} Y${(100 + 20 * Math.sin(i / 20)).toFixed(3)} E0.06 F2400`)
  }
  return [...lines, 'M104 S0', 'M140 S0', 'M84', ''].join('\n')
}

/** Filament that ends and a heater that runs away, as a person sees them; each step waits for the machine, none for the clock. */
describe.each<Locale>(['en', 'ko'])('filament and heat (%s)', (locale) => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio({ locale, colorScheme: locale === 'en' ? 'dark' : 'light' })
  })
  afterAll(() => studio.close())
  const button = (name: string) => studio.page.getByRole('button', { name, exact: true }).first()
  const question = () => studio.page.getByRole('alert').filter({ hasText: studio.t('machines.prompt') })
  const asked = (text: string) => question().getByText(text, { exact: true }).waitFor({ timeout: LIMIT_MS })

  it('asks for new filament where it ended, and prints on with it', async () => {
    await studio.page.getByRole('heading', { level: 1 }).first().waitFor()
    await dropFile(studio.page, 'runout.gcode', Buffer.from(program()))
    await button(studio.t('prepare.print')).click({ timeout: LIMIT_MS })
    await studio.page.getByText(studio.t('print.speed.faster'), { exact: true }).click()
    await button(studio.t('print.connectAndStart')).click()
    await asked('Ready')
    await button(studio.t('machines.virtual.faults')).click()
    await studio.page.getByRole('textbox', { name: studio.t('machines.virtual.filamentMm'), exact: true }).fill('5')
    await button(studio.t('machines.virtual.faults.apply')).click()
    await question().getByRole('button', { name: 'Continue' }).click()
    await asked('Nozzle Parked')
    await studio.photograph(`runout-${locale}`)
    expect(await studio.violations()).toEqual([])
    await question().getByRole('button', { name: 'Continue' }).click()
    await asked('Paused')
    await question().getByRole('button', { name: 'Continue' }).click()
    await asked('Once more')
  })

  it('stops with the heater’s name when it runs away, and says what to do', async () => {
    await studio.page.getByRole('switch', { name: studio.t('machines.virtual.thermalRunaway'), exact: true }).check()
    // The machine waits for its user; its heater doesn't.
    await button(studio.t('machines.virtual.faults.apply')).click()
    await studio.page.getByText(studio.t('problem.machine/thermal-fault.remedy'), { exact: true }).first().waitFor({ timeout: LIMIT_MS })
    await studio.photograph(`thermal-fault-${locale}`)
    await studio.page.getByRole('link', { name: studio.t('machines.job.details'), exact: true }).click()
    await studio.page.locator('main').getByText(studio.t('jobs.state.failed'), { exact: true }).first().waitFor()
    await studio.photograph(`thermal-fault-job-${locale}`)
    expect(await studio.violations()).toEqual([])
  })

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
