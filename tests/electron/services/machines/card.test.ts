import { afterEach, describe, expect, it } from 'vitest'
import { machineStatusSchema } from '../../../../shared/contract/machines'
import type { StudioError } from '../../../../shared/units/studio-error'
import { smallPrint } from '../../../shared/machine/marlin/small-print'
import { StudioDouble } from './studio-double'

const VIRTUAL = { machineId: 'virtual' }
let studio: StudioDouble | undefined

afterEach(async () => {
  await studio?.dispose()
  studio = undefined
})

const rejected = (act: () => unknown) => Promise.resolve().then(act).then(() => 'nothing was refused', (error: unknown) => (error as StudioError).code)

async function withFile(): Promise<StudioDouble> {
  const s = (studio = new StudioDouble())
  await s.machines.connect(VIRTUAL)
  await s.until(() => s.machine().card !== undefined)
  await s.jobs.toCard({ ...VIRTUAL, gcodeSha256: s.putBlob(`${smallPrint(60)}M0 Take it off\n`), name: 'PART.GCO' })
  await s.until(() => (s.machine().card?.files.length ?? 0) > 0, 'the file')
  return s
}

describe('the card in a machine', () => {
  it('gets a file, prints it, and refuses jobs from the studio meanwhile', async () => {
    const s = await withFile()
    expect(machineStatusSchema.parse(s.machine()).card).toMatchObject({ files: [{ name: 'PART.GCO' }] })
    s.machines.card({ ...VIRTUAL, action: { kind: 'print', name: 'PART.GCO' } })
    expect(s.machine().card?.printing).toMatchObject({ name: 'PART.GCO' })
    expect(await rejected(() => s.create(smallPrint(5)))).toBe('machine/card-busy')
    expect(await rejected(() => s.machines.command({ ...VIRTUAL, command: { kind: 'home', axes: [] } }))).toBe('machine/card-busy')
    expect(await rejected(() => s.machines.card({ ...VIRTUAL, action: { kind: 'remove', name: 'PART.GCO' } }))).toBe('machine/card-busy')
    // The file waits for the user at its end, so that all this is in its midst.
    await s.until(() => s.machine().prompt !== undefined, 'the question at its end')
    expect(s.machine().prompt?.text).toBe('Take it off')
    s.machines.answer({ ...VIRTUAL, button: 0 })
    await s.until(() => s.machine().card?.printing === undefined, 'its end')
    expect(s.machines.virtual.account(VIRTUAL)).toMatchObject({ extrudedMm: expect.closeTo(15, 6) as number, refused: [] })
    const job = await s.create(smallPrint(5))
    await s.until(() => s.job(job.id).state === 'done', 'a job afterwards')
  }, 60_000)

  it('refuses names, sizes and files that are not for it', async () => {
    const s = await withFile()
    const to = (text: string, name = 'B.GCO') => rejected(() => s.jobs.toCard({ ...VIRTUAL, gcodeSha256: s.putBlob(text), name }))
    expect(await to(smallPrint(5), 'a long name.gcode')).toBe('job/card-name')
    expect(await to(`${smallPrint(5)}${'; filler\n'.repeat(60_000)}`)).toBe('job/too-large-for-card')
    expect(await to('G28\nG1 X900 F600\n')).toBe('gcode/outside-volume')
    s.machines.card({ ...VIRTUAL, action: { kind: 'remove', name: 'PART.GCO' } })
    await s.until(() => s.machine().card?.files.length === 0, 'the card without it')
  })
})
