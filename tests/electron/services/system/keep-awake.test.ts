import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createKeepAwake, holdWhile } from '../../../../electron/services/system/keep-awake'
import { smallPrint } from '../../../shared/machine/marlin/small-print'
import { StudioDouble } from '../machines/studio-double'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** A system whose inhibitor writes its arguments down, and its end. */
function systemWith(program: string) {
  const folder = mkdtempSync(join(tmpdir(), 'gongbang-test-'))
  folders.push(folder)
  const [told, ended] = [join(folder, 'told'), join(folder, 'ended')]
  const file = join(folder, program)
  writeFileSync(file, `#!/bin/sh\ntrap 'echo ended > ${ended}; exit 0' TERM\necho "$@" > ${told}.new; mv ${told}.new ${told}\nwhile :; do sleep 0.05; done\n`)
  chmodSync(file, 0o755)
  return { env: { PATH: `${folder}:/usr/bin:/bin` }, told, ended }
}

describe.skipIf(process.platform === 'win32')('keeping the computer awake', () => {
  it('holds systemd’s inhibitor as long as this process lives, and ends it', async () => {
    const { env, told, ended } = systemWith('systemd-inhibit')
    const awake = createKeepAwake('linux', env)
    awake.hold()
    await expect.poll(() => existsSync(told), { timeout: 15_000 }).toBe(true)
    expect(readFileSync(told, 'utf8')).toContain(`--what=sleep:idle --who=Gongbang Studio --why=A machine is at work --mode=block tail --pid=${process.pid} -f /dev/null`)
    awake.release()
    await expect.poll(() => existsSync(ended), { timeout: 15_000 }).toBe(true)
  })

  it('holds caffeinate on a Mac', async () => {
    const { env, told } = systemWith('caffeinate')
    const awake = createKeepAwake('darwin', env)
    awake.hold()
    await expect.poll(() => existsSync(told), { timeout: 15_000 }).toBe(true)
    expect(readFileSync(told, 'utf8').trim()).toBe(`-i -w ${process.pid}`)
    awake.release()
  })

  it('does without where the system has nothing for it', async () => {
    const awake = createKeepAwake('linux', { PATH: '/nowhere' })
    awake.hold()
    await new Promise((resolve) => setImmediate(resolve))
    expect(() => awake.release()).not.toThrow()
  })
})

describe('a job', () => {
  it('keeps the computer awake from its start to its end', async () => {
    const studio = new StudioDouble({ timeScale: 100 })
    const calls: string[] = []
    const over = new AbortController()
    const following = holdWhile(studio.jobs.watch(over.signal), () => studio.jobs.isAnyRunning(), { hold: () => void calls.push('hold'), release: () => void calls.push('release') })
    await studio.machines.connect({ machineId: 'virtual' })
    const job = await studio.create(smallPrint(400))
    // A topic tells at most ten times a second: what ends before that isn't seen.
    await expect.poll(() => calls, { timeout: 15_000 }).toEqual(['hold'])
    studio.machines.virtual.configure({ machineId: 'virtual', timeScale: 10_000 })
    await studio.until(() => studio.job(job.id).state === 'done')
    await expect.poll(() => calls, { timeout: 15_000 }).toEqual(['hold', 'release'])
    over.abort()
    await following
    await studio.dispose()
  })
})
