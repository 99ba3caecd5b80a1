import { readFileSync } from 'node:fs'
import { strToU8, zipSync, unzipSync, strFromU8 } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readProject } from '../../shared/machine/project-file'
import { dropFile } from './drop-file'
import { boxStl } from './models'
import { type StudioWindow, openStudio } from './studio-window'

const BUNDLE = '[print:Bench 0.3]\nlayer_height = 0.3\nperimeters = 4\nfill_density = 12%\ninterface_shells = 1\n[filament:Hall PETG]\ninherits = *common*\nfilament_type = PETG\ntemperature = 245\n'

describe('projects and profiles of other slicers', () => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio()
    await studio.page.getByRole('heading', { level: 1 }).first().waitFor()
  }, 120_000)
  afterAll(() => studio.close())
  const button = (key: Parameters<StudioWindow['t']>[0]) => studio.page.getByRole('button', { name: studio.t(key), exact: true })
  const holds = (start: string) => studio.page.locator('input, select').evaluateAll((fields, wanted) => fields.some((field) => (field instanceof HTMLSelectElement ? (field.selectedOptions[0]?.text ?? '') : (field as HTMLInputElement).value).startsWith(wanted)), start)
  const goTo = (path: string) => studio.page.goto(`${studio.page.url().split('#')[0]}#${path}`)

  it('takes profiles of a config bundle and tells what was left out', async () => {
    await goTo('/profiles')
    await studio.page.locator('input[type=file][accept*=".ini"]').setInputFiles({ name: 'bench.ini', mimeType: 'text/plain', buffer: Buffer.from(BUNDLE) })
    const dialog = studio.page.getByRole('dialog')
    await dialog.getByText('Bench 0.3', { exact: true }).waitFor()
    await dialog.getByText(studio.t('problem.import-profile/no-such-setting', { profile: 'Bench 0.3', key: 'interface_shells', value: '1' })).waitFor()
    await dialog.getByText(studio.t('problem.import-profile/missing-parent', { profile: 'Hall PETG', parent: '*common*' })).waitFor()
    expect(await studio.violations()).toEqual([])
    await studio.photograph('profiles-imported')
    await dialog.getByRole('button', { name: studio.t('frame.close') }).click()
    await dialog.waitFor({ state: 'detached' })
  }, 60_000)

  it('loses no form of a profile: an earlier one is taken back, a deleted one restored', async () => {
    await goTo('/profiles/quality')
    await studio.page.getByRole('link', { name: 'Bench 0.3', exact: true }).click()
    const name = studio.page.getByRole('textbox', { name: studio.t('profiles.name'), exact: true })
    await name.fill('Bench coarse')
    await button('frame.save').click()
    await studio.page.getByRole('link', { name: 'Bench coarse', exact: true }).waitFor()
    const earlier = studio.page.getByRole('region', { name: studio.t('profiles.earlier'), exact: true })
    await earlier.getByText('Bench 0.3').waitFor()
    await studio.photograph('profile-earlier-forms')
    await earlier.getByRole('button').click()
    await expect.poll(() => name.inputValue()).toBe('Bench 0.3')
    await button('frame.save').click()
    await studio.page.getByRole('link', { name: 'Bench 0.3', exact: true }).waitFor()
    await button('frame.delete').click()
    await studio.page.getByRole('dialog').getByRole('button', { name: studio.t('frame.delete'), exact: true }).click()
    await studio.page.getByRole('button', { name: studio.t('profiles.removed.restoreOf', { name: 'Bench 0.3' }), exact: true }).waitFor()
    await studio.photograph('profile-deleted')
    expect(await studio.violations()).toEqual([])
    await studio.page.getByRole('button', { name: studio.t('profiles.removed.restoreOf', { name: 'Bench 0.3' }), exact: true }).click()
    await studio.page.getByRole('link', { name: 'Bench 0.3', exact: true }).waitFor()
  }, 60_000)

  it('saves the plate as a project, and opens it again by a drop', async () => {
    await dropFile(studio.page, 'block.stl', boxStl(30, 20, 10))
    await button('import.do.prepare').click()
    await studio.page.getByRole('button', { name: studio.t('prepare.remove.one', { name: 'block' }) }).waitFor()
    await studio.page.getByRole('dialog').waitFor({ state: 'detached' })
    const download = studio.page.waitForEvent('download')
    await studio.page.keyboard.press('Control+s')
    const bytes = readFileSync(await (await download).path())
    expect(readProject(bytes)).toMatchObject({ ok: true, value: { origin: 'own', profiles: [{ kind: 'machine' }, { kind: 'material' }, { kind: 'quality' }] } })

    // The same project, saved elsewhere with another value.
    const files = unzipSync(bytes)
    const project = JSON.parse(strFromU8(files['Metadata/gongbang_project.json']!)) as { overrides: object }
    const changed = Buffer.from(zipSync({ ...files, 'Metadata/gongbang_project.json': strToU8(JSON.stringify({ ...project, overrides: { infillPercent: 77 } })) }))
    await dropFile(studio.page, 'other.3mf', changed)
    await button('import.project.open').click()
    await studio.page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => holds('77')).toBe(true)
    await studio.photograph('project-opened')
    expect(await studio.violations()).toEqual([])

    // Another slicer's, whose settings are wanted.
    const { 'Metadata/gongbang_project.json': _ours, ...model } = files
    const foreign = Buffer.from(zipSync({ ...model, 'Metadata/Slic3r_PE.config': strToU8('; layer_height = 0.3\n; fill_density = 63%\n; perimeters = 3\n; print_settings_id = Hall\n') }))
    await dropFile(studio.page, 'foreign.3mf', foreign)
    await button('import.project.withSettings').click()
    await studio.page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => holds('Hall')).toBe(true)
  }, 120_000)
})
