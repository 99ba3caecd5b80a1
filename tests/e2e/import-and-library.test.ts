import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropFile } from './drop-file'
import { boxStl } from './models'
import { type StudioWindow, openStudio } from './studio-window'

const HEADER_BYTES = 84
const FACET_BYTES = 50

/** A box without its last triangle. */
function openBoxStl(): Buffer {
  const bytes = Buffer.from(boxStl(18, 18, 8).subarray(0, HEADER_BYTES + 11 * FACET_BYTES))
  bytes.writeUInt32LE(11, 80)
  return bytes
}

async function dropFiles(page: Page, files: readonly (readonly [string, Buffer])[], place = 'body'): Promise<void> {
  const transfer = await page.evaluateHandle(
    (list) => {
      const dropped = new DataTransfer()
      for (const [name, base64] of list) dropped.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name))
      return dropped
    },
    files.map(([name, bytes]) => [name, bytes.toString('base64')] as const),
  )
  for (const type of ['dragover', 'drop']) await page.dispatchEvent(place, type, { dataTransfer: transfer })
  await transfer.dispose()
}

describe('import and library', () => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio()
    await studio.page.getByRole('heading', { level: 1 }).first().waitFor()
  })
  afterAll(() => studio.close())
  const button = (key: Parameters<StudioWindow['t']>[0], values?: Parameters<StudioWindow['t']>[1]) => studio.page.getByRole('button', { name: studio.t(key, values), exact: true })
  const dialog = () => studio.page.getByRole('dialog')
  const card = (title: string) => studio.page.getByRole('list', { name: studio.t('library.designs') }).getByRole('button', { name: new RegExp(`^${title} `) })
  const toLibrary = () => studio.page.goto(`${studio.page.url().split('#')[0]}#/library`)

  it('lists several files, each with what it is', async () => {
    await dropFiles(studio.page, [['box.stl', boxStl(20, 16, 6)], ['hole.stl', openBoxStl()], ['tiny.stl', boxStl(0.8, 0.8, 0.8)], ['broken.stl', Buffer.from('nothing of a model '.repeat(20))], ['part.step', Buffer.from('ISO-10303-21;')]])
    await dialog().getByText(`${studio.t('import.tally.importable', { count: 2 })} · ${studio.t('import.tally.asking', { count: 1 })} · ${studio.t('import.tally.failed', { count: 2 })}`).waitFor({ timeout: 60_000 })
    await dialog().getByText('hole.stl').first().click()
    await dialog().getByText(studio.t('import.repair.close-holes', { count: 1 })).waitFor()
    await studio.photograph('import-list')
    expect(await studio.violations()).toEqual([])
  })

  it('imports all that need no answer, and keeps the rest with its reasons', async () => {
    await button('import.all', { count: 2 }).click()
    await dialog().getByText(studio.t('import.tally.saved', { count: 2 }), { exact: false }).waitFor()
    await dialog().getByText('part.step').first().click()
    await expect.poll(() => dialog().getByText(studio.t('problem.import/unknown-kind', { name: 'part.step' })).count()).toBe(1)
  })

  it('asks for the unit of a model that is too small, and takes the answer', async () => {
    await dialog().getByText('tiny.stl').first().click()
    await dialog().getByRole('radio', { name: /^Inches: 20.32 × 20.32 × 20.32 mm/ }).click()
    await button('import.all', { count: 1 }).click()
    await dialog().getByText(studio.t('import.tally.saved', { count: 3 }), { exact: false }).waitFor()
    await button('import.toLibrary').click()
    await card('tiny').click()
    await expect.poll(() => studio.page.getByText('20.32 × 20.32 × 20.32 mm').count()).toBe(1)
  })

  it('knows a file by its content, and makes it a version when that is wanted', async () => {
    await dropFile(studio.page, 'same box.stl', boxStl(20, 16, 6))
    await dialog().getByText(studio.t('import.duplicate'), { exact: true }).waitFor()
    await button('import.duplicate.anyway').click()
    await dialog().waitFor({ state: 'hidden' })
    await card('box').click()
    await studio.page.getByText(studio.t('library.version', { number: 2 }), { exact: true }).waitFor()
    await expect.poll(() => studio.page.getByRole('list', { name: studio.t('library.designs') }).getByRole('listitem').count()).toBe(3)
  })

  it('takes a file that is dropped on a design as its next version', async () => {
    await dropFiles(studio.page, [['box-2.stl', boxStl(30, 16, 6)]], '[data-drop-design]')
    await dialog().getByText(studio.t('import.title.version', { title: 'box' })).waitFor()
    await button('import.do.version').click()
    await studio.page.getByText(studio.t('library.version', { number: 3 }), { exact: true }).waitFor()
    await studio.photograph('library-design')
    await expect.poll(() => studio.page.getByText(studio.t('library.version.head'), { exact: true }).count()).toBe(1)
  })

  it('gives the original back, byte for byte', async () => {
    const [download] = await Promise.all([studio.page.waitForEvent('download'), button('library.version.download', { number: 1 }).click()])
    const stream = await download.createReadStream()
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).equals(boxStl(20, 16, 6))).toBe(true)
    expect(download.suggestedFilename()).toBe('box.stl')
  })

  it('finds while typing, by title and by tag', async () => {
    await studio.page.getByPlaceholder(studio.t('library.tags.placeholder')).fill('kitchen')
    await studio.page.keyboard.press('Enter')
    await studio.page.getByRole('searchbox').fill('kit')
    await expect.poll(() => studio.page.getByRole('list', { name: studio.t('library.designs') }).getByRole('listitem').count()).toBe(1)
    await studio.page.getByRole('searchbox').fill('')
    await expect.poll(() => studio.page.getByRole('list', { name: studio.t('library.designs') }).getByRole('listitem').count()).toBe(3)
  })

  it('selects with the keyboard, moves to the bin, restores', async () => {
    await toLibrary()
    await card('hole').focus()
    await studio.page.keyboard.press('Space')
    await studio.page.getByRole('toolbar', { name: studio.t('library.selected', { count: 1 }) }).waitFor()
    await studio.page.keyboard.press('Delete')
    await card('hole').waitFor({ state: 'detached' })
    await button('library.bin').click()
    await card('hole').waitFor()
    expect(await studio.violations()).toEqual([])
    await card('hole').focus()
    await studio.page.keyboard.press('Space')
    await button('library.restore').click()
    await card('hole').waitFor({ state: 'detached' })
    await button('library.bin').click()
    await card('hole').waitFor()
  })

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
