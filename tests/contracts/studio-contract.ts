import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StudioClient } from '../../renderer/client/client'
import type { MachineStatus } from '../../shared/contract/machines'

/** A door with a studio behind it. */
export interface OpenDoor {
  /** A client with the owner's rights. */
  readonly client: StudioClient
  /** A client with a viewer's rights, where the door knows such callers. */
  readonly viewer?: StudioClient
  close(): Promise<void>
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'no error',
    (error: { code?: string; data?: { code?: string } }) => error.data?.code ?? error.code,
  )
}

/** What every door to the studio must do alike: answer, refuse with codes, carry live topics and end them. */
export function studioContract(name: string, open: () => Promise<OpenDoor>): void {
  describe(`the studio through ${name}`, () => {
    let door: OpenDoor
    beforeAll(async () => {
      door = await open()
    })
    afterAll(() => door.close())

    it('says who it is', async () => {
      const hello = await door.client.system.hello()
      expect(hello.name).toBe('Gongbang Studio')
      expect(hello.deviceId).not.toBe('')
    })

    it('has the virtual printer in its list', async () => {
      const machines = await door.client.machines.list()
      expect(machines.map(({ kind }) => kind)).toContain('virtual')
    })

    it('tells an expected failure by its code, with a sentence', async () => {
      const failure = await door.client.machines.connect({ machineId: 'nobody' }).catch((error: unknown) => error)
      expect(failure).toMatchObject({ data: { code: 'machine/not-found' } })
      expect((failure as Error).message).not.toBe('')
    })

    it('refuses input that is not of the declared form', async () => {
      expect(await codeOf(door.client.machines.virtual.configure({ machineId: 'virtual', timeScale: 0 }))).toBe('BAD_REQUEST')
    })

    it('refuses a gap in the operation log and says what it expects', async () => {
      const op = { space: 'home', dev: 'dev-a', seq: 3, prevHash: 'f'.repeat(64), t: '000000000001-0000-dev-a', author: 'a', entity: 'design/x', key: 'title', value: 'X' }
      await expect(door.client.sync.push({ space: 'home', ops: [op] })).rejects.toMatchObject({ data: { code: 'sync/gap', values: { expect: 1 } } })
    })

    it('carries a live topic: what is now, then each change', async () => {
      const topic = await door.client.machines.watch()
      const nextNames = async () => ((await topic.next()).value as MachineStatus[]).map(({ name: shown }) => shown)
      expect((await nextNames()).length).toBeGreaterThan(0)
      const added = door.client.machines.add({ name: 'Bench', port: '/dev/none', profileId: 'generic-marlin' })
      for (let tries = 0; tries < 20; tries++) if ((await nextNames()).includes('Bench')) break
      const { id } = await added
      await topic.return?.()
      await door.client.machines.remove({ machineId: id })
      expect((await door.client.machines.list()).map((machine) => machine.id)).not.toContain(id)
    })

    it('ends a live topic when its listener goes', async () => {
      const end = new AbortController()
      const topic = await door.client.jobs.watch(undefined, { signal: end.signal })
      await topic.next()
      const next = topic.next()
      end.abort()
      await expect(next.then(({ done }) => done, () => true)).resolves.toBe(true)
    })

    it('says which blobs it has', async () => {
      expect(await door.client.sync.haveBlobs({ sha256: ['0'.repeat(64)] })).toEqual({ have: [] })
    })

    it('refuses a viewer what needs an operator', async () => {
      if (door.viewer === undefined) return
      expect(await codeOf(door.viewer.machines.connect({ machineId: 'virtual' }))).toBe('call/forbidden')
      expect(await codeOf(door.viewer.machines.list())).toBe('no error')
    })
  })
}
