import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../shared/machine/builtin-qualities'
import { parseModel } from '../../shared/formats/parse-model'
import { makePrint } from '../../shared/machine/make-print'
import type { SettingValues } from '../../shared/slicing/settings'
import { createLocalSlicePool } from '../../shared/slicing/pool/local-slice-pool'
import { placed } from '../shared/slicing/solids'
import { dropFile } from './drop-file'
import { boxesStl, domeStl } from './models'
import { type StudioWindow, openStudio } from './studio-window'

/** A table on four legs, with a plate high above the bed. */
const table = boxesStl([
  ...[[0, 0], [36, 0], [0, 26], [36, 26]].map(([x, y]) => ({ min: [x!, y!, 0] as const, max: [x! + 4, y! + 4, 14] as const })),
  { min: [0, 0, 14], max: [40, 30, 17] },
])

/** G-code of a model as a file of the user's own. */
async function gcodeOf(title: string, stl: Buffer, overrides: SettingValues): Promise<Buffer> {
  const model = parseModel(stl, 'part.stl')
  if (!model.ok) throw new Error('unreadable')
  const machine = BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!
  const made = await makePrint({ objects: [placed(model.value.parts[0]!.mesh, [95, 95, 0])], machine, material: BUILTIN_MATERIALS[0]!, quality: BUILTIN_QUALITIES[1]!, overrides, title }, createLocalSlicePool())
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return Buffer.from(made.value.gcode)
}

describe('pictures of the preview', () => {
  let studio: StudioWindow
  beforeAll(async () => {
    studio = await openStudio()
    await studio.page.getByRole('heading', { level: 1 }).first().waitFor()
  })
  afterAll(() => studio.close())

  /** Shows a file as a preview. */
  async function show(title: string, gcode: Buffer): Promise<void> {
    const { page, t } = studio
    await dropFile(page, `${title}.gcode`, gcode)
    await page.getByRole('table', { name: t('preview.table') }).waitFor({ timeout: 60_000 })
    // The name of the print says that it is this one and not the one before.
    await page.getByRole('heading', { name: title }).first().waitFor()
  }

  it.each(['grid', 'snug', 'tree'] as const)('show supports of the kind %s under the plate, apart from the part', async (supportKind) => {
    await show(`supports ${supportKind}`, await gcodeOf(`supports ${supportKind}`, table, { supportKind }))
    await studio.photograph(`preview-supports-${supportKind}`)
    await expect.poll(() => studio.page.getByRole('row').filter({ hasText: studio.t('preview.role.support') }).count()).toBeGreaterThan(0)
  }, 240_000)

  it.each(['aligned', 'rear', 'random'] as const)('show %s seams', async (seam) => {
    await show(`seams ${seam}`, await gcodeOf(`seams ${seam}`, domeStl(12), { seam, infillPercent: 10 }))
    const seams = studio.page.getByRole('switch', { name: studio.t('preview.seams'), exact: true })
    await seams.focus()
    if (!(await seams.isChecked())) await studio.page.keyboard.press('Space')
    await expect.poll(() => seams.isChecked()).toBe(true)
    await studio.photograph(`preview-seams-${seam}`)
  }, 240_000)

  it('show adaptive layers, thin where the dome is flat', async () => {
    await show('adaptive', await gcodeOf('adaptive', domeStl(14), { adaptiveLayers: true, adaptiveMinMm: 0.08, adaptiveMaxMm: 0.3 }))
    await studio.photograph('preview-adaptive-layers')
    await expect.poll(() => studio.page.getByRole('row').filter({ hasText: studio.t('preview.role.outer-wall') }).count()).toBeGreaterThan(0)
  }, 240_000)

  it('show arcs as the arcs that the machine goes along', async () => {
    const gcode = await gcodeOf('arcs', domeStl(14), { arcFitting: true })
    expect(gcode.toString('latin1').match(/^G[23] /gm)!.length).toBeGreaterThan(200)
    await show('arcs', gcode)
    await studio.photograph('preview-arcs')
  }, 240_000)

  it('reports no error on the way', () => {
    expect(studio.errors).toEqual([])
  })
})
