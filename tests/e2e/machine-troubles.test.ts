import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locale } from '../../renderer/i18n/text'
import { dropFile } from './drop-file'
import { type StudioWindow, openStudio } from './studio-window'

const LIMIT_MS = 100_000

/** Four layers; the first asks to put a nut in, the second for new filament, the third and the fourth wait. */
function program(): string {
  const lines = ['M140 S60', 'M104 S200', 'G28', 'M190 S60', 'M109 S200', 'G90', 'M83', 'G92 E0']
  const stops = ['M0 Put a nut in', 'M600', 'M0 Look at the corners', 'M0 Look once more']
  stops.forEach((stop, layer) => {
    const z = ((layer + 1) * 0.2).toFixed(1)
    lines.push(';LAYER_CHANGE', `;Z:${z}`, `G1 Z${z} F600`, 'G1 X120 Y100 F6000')
    for (let i = 0; i < 200; i++) {
      if (i === 100) lines.push(stop)
      lines.push(`G1 X${(100 + 20 * Math.cos(i / 20)).toFixed(3)} Y${(100 + 20 * Math.sin(i / 20)).toFixed(3)} E0.06 F2400`)
    }
  })
  return [...lines, 'M104 S0', 'M140 S0', 'G1 Z20 F600', 'M84', ''].join('\n')
}

/** What may come in the midst of a print, on the virtual printer, as a person sees it; each step waits for the machine, none for the clock. */
describe.each<Locale>(['en', 'ko'])('troubles of a machine (%s)', (locale) => {
  let studio: StudioWindow
  let pictures = 0
  beforeAll(async () => {
    studio = await openStudio({ locale, colorScheme: locale === 'en' ? 'light' : 'dark' })
  })
  afterAll(() => studio.close())
  const press = (name: string) => studio.page.getByRole('button', { name, exact: true }).first().click({ timeout: LIMIT_MS })
  const question = () => studio.page.getByRole('alert').filter({ hasText: studio.t('machines.prompt') })
  const asked = (text: string) => question().getByText(text, { exact: true }).waitFor({ timeout: LIMIT_MS })
  const photograph = (what: string) => studio.photograph(`troubles-${locale}-${String(++pictures).padStart(2, '0')}-${what}`)

  it('shows the question of M0 with its button', async () => {
    await studio.page.getByRole('heading', { level: 1 }).first().waitFor()
    await dropFile(studio.page, 'troubles.gcode', Buffer.from(program()))
    await studio.page.getByRole('button', { name: studio.t('prepare.print'), exact: true }).first().click({ timeout: LIMIT_MS })
    await studio.page.getByText(studio.t('print.speed.faster'), { exact: true }).click()
    await press(studio.t('print.connectAndStart'))
    await asked('Put a nut in')
    await photograph('question')
    expect(await studio.violations()).toEqual([])
    await question().getByRole('button', { name: 'Continue' }).click()
  })

  it('leads through a change of filament', async () => {
    await asked('Nozzle Parked')
    await photograph('filament-change')
    await question().getByRole('button', { name: 'Continue' }).click()
    await asked('Paused')
    await photograph('filament-purge')
    await question().getByRole('button', { name: 'Continue' }).click()
    await asked('Look at the corners')
    await expect.poll(() => question().count()).toBe(1)
  })

  it('holds with the nozzle put aside, and goes on', async () => {
    await press(studio.t('machines.job.hold'))
    await question().getByRole('button', { name: 'Continue' }).click()
    await studio.page.locator('main').getByText(studio.t('machines.state.held'), { exact: true }).first().waitFor({ timeout: LIMIT_MS })
    await studio.page.getByRole('button', { name: studio.t('machines.job.resume'), exact: true }).waitFor({ timeout: LIMIT_MS })
    await photograph('held')
    await press(studio.t('machines.job.resume'))
    await asked('Look once more')
    await expect.poll(() => studio.page.getByRole('button', { name: studio.t('machines.job.hold'), exact: true }).count()).toBe(1)
  })

  it('fails when the cable is pulled, and says what to do', async () => {
    await press(studio.t('machines.virtual.unplug'))
    await studio.page.getByText(studio.t('problem.machine/link-lost'), { exact: true }).first().waitFor({ timeout: LIMIT_MS })
    await photograph('unplugged')
    await studio.page.getByRole('link', { name: studio.t('machines.job.details'), exact: true }).click()
    await studio.page.getByRole('button', { name: studio.t('jobs.resume'), exact: true }).waitFor()
    await expect.poll(() => studio.page.getByText(studio.t('jobs.heat'), { exact: true }).count()).toBe(1)
  })

  it('goes on with the job after an account of the risk', async () => {
    await press(studio.t('jobs.resume'))
    await studio.page.getByText(studio.t('jobs.resume.risks'), { exact: true }).waitFor({ timeout: LIMIT_MS })
    expect(await studio.violations()).toEqual([])
    await press(studio.t('jobs.resume.connect'))
    await studio.page.getByRole('checkbox', { name: studio.t('jobs.resume.accept') }).check()
    await photograph('resume')
    await press(studio.t('jobs.resume.go'))
    // The line where it waited was never acknowledged, so it asks once more.
    await asked('Look once more')
    await photograph('resumed')
    await question().getByRole('button', { name: 'Continue' }).click()
    await studio.page.locator('main').getByText(studio.t('jobs.state.done'), { exact: true }).first().waitFor({ timeout: LIMIT_MS })
    await expect.poll(() => question().count()).toBe(0)
  })

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
