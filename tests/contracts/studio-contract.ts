import { type AnyContractProcedure, isContractProcedure } from '@orpc/contract'
import type { ZodType } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StudioClient } from '../../renderer/client/client'
import { ROLES, type CallMeta } from '../../shared/contract/base'
import { contract } from '../../shared/contract/contract'
import type { Job } from '../../shared/contract/jobs'
import type { MachineStatus } from '../../shared/contract/machines'
import { smallPrint } from '../shared/machine/marlin/small-print'

/** A door with a studio behind it. */
export interface OpenDoor {
  /** A client with the owner's rights. */
  readonly client: StudioClient
  /** A client with a viewer's rights, where the door knows such callers. */
  readonly viewer?: StudioClient
  /** Brings bytes into the studio beside the calls; gives their hash. */
  putBlob(bytes: Uint8Array<ArrayBuffer>): Promise<string>
  close(): Promise<void>
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'no error',
    (error: { code?: string; data?: { code?: string } }) => error.data?.code ?? error.code,
  )
}

interface Declared {
  readonly path: string
  readonly procedure: AnyContractProcedure
}

/** Every call of the contract, by its path. */
function declaredCalls(part: object = contract, path = ''): Declared[] {
  if (isContractProcedure(part)) return [{ path, procedure: part }]
  return Object.entries(part).flatMap(([name, below]) => declaredCalls(below as object, path === '' ? name : `${path}.${name}`))
}

/** What comes of a call without input: `answered`, or the code of its refusal. A live topic is ended at once. */
async function answerTo(client: StudioClient, path: string): Promise<unknown> {
  const call = path.split('.').reduce((at: unknown, name) => (at as Record<string, unknown>)[name], client) as (input: object) => Promise<unknown>
  return codeOf(call({}).then(async (given) => (given as AsyncIterator<unknown> | undefined)?.return?.())).then((code) => (code === 'no error' ? 'answered' : code))
}

/** Waits until a job of the topic is in one of the states. */
async function untilJob(client: StudioClient, jobId: string, isSo: (job: Job) => boolean): Promise<Job> {
  for await (const jobs of await client.jobs.watch()) {
    const job = jobs.find(({ id }) => id === jobId)
    if (job !== undefined && isSo(job)) return job
  }
  throw new Error('the topic ended')
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

    it('answers every call of the contract, or says that its input is missing', async () => {
      const calls = declaredCalls()
      expect(calls.length).toBeGreaterThan(25)
      const expected = calls.map(({ path, procedure }) => {
        const needs = procedure['~orpc'].inputSchema as ZodType | undefined
        return `${path}: ${needs?.safeParse({}).success === false ? 'BAD_REQUEST' : 'answered'}`
      })
      expect(await Promise.all(calls.map(async ({ path }) => `${path}: ${String(await answerTo(door.client, path))}`))).toEqual(expected)
    })

    it('lets a viewer make the calls that are declared for viewers, and no others', async () => {
      const { viewer } = door
      if (viewer === undefined) return
      const calls = declaredCalls()
      const isForViewers = ({ procedure }: Declared) => ROLES.indexOf((procedure['~orpc'].meta as CallMeta).role) === 0
      const isRefused = await Promise.all(calls.map(async ({ path }) => (await answerTo(viewer, path)) === 'call/forbidden'))
      expect(calls.filter((_, i) => !isRefused[i]).map(({ path }) => path)).toEqual(calls.filter(isForViewers).map(({ path }) => path))
    })

    it('runs a machine and its jobs from beginning to end', async () => {
      const { machines, jobs } = door.client
      const { id: machineId } = await machines.add({ name: 'First', port: 'virtual', profileId: 'generic-marlin' })
      expect((await machines.ports()).map(({ kind }) => kind)).toContain('virtual')
      expect((await machines.update({ machineId, name: 'Second' })).name).toBe('Second')
      expect((await machines.connect({ machineId })).state).toBe('ready')
      await machines.virtual.configure({ machineId, timeScale: 20 })
      await machines.command({ machineId, command: { kind: 'fan', percent: 50 } })
      const heat = await machines.temperatures({ machineId })
      expect((await heat.next()).done).toBe(false)
      await heat.return?.()
      const lines = await machines.terminal({ machineId })
      expect((await lines.next()).done).toBe(false)
      await lines.return?.()
      const made = await jobs.create({ name: 'long', machineId, gcodeSha256: await door.putBlob(new TextEncoder().encode(smallPrint(4000))), sources: [], start: false })
      expect(made.state).toBe('queued')
      expect((await jobs.start({ jobId: made.id })).state).toBe('running')
      await untilJob(door.client, made.id, ({ linesAcknowledged }) => linesAcknowledged > 0)
      await jobs.hold({ jobId: made.id })
      await untilJob(door.client, made.id, ({ state }) => state === 'held')
      await machines.virtual.configure({ machineId, timeScale: 10_000 })
      await jobs.resume({ jobId: made.id })
      expect((await untilJob(door.client, made.id, ({ state }) => state !== 'held' && state !== 'running')).state).toBe('done')
      expect((await machines.virtual.account({ machineId })).linesInOrder).toBe(true)
      await jobs.remove({ jobId: made.id })
      expect((await jobs.list({})).map(({ id }) => id)).not.toContain(made.id)
      await machines.disconnect({ machineId })
      await machines.remove({ machineId })
    }, 60_000)

    it('answers a machine, cancels, stops and pulls the cable', async () => {
      const { machines, jobs } = door.client
      const { id: machineId } = await machines.add({ name: 'Asking', port: 'virtual', profileId: 'generic-marlin' })
      await machines.connect({ machineId })
      await machines.virtual.configure({ machineId, timeScale: 10_000 })
      const create = async (text: string) => jobs.create({ name: 'job', machineId, gcodeSha256: await door.putBlob(new TextEncoder().encode(text)), sources: [], start: true })
      const asking = await create('G28\nM0 Put a nut in\nG1 X10 F600\n')
      for await (const all of await machines.watch()) if (all.find(({ id }) => id === machineId)?.prompt !== undefined) break
      await machines.answer({ machineId, button: 0 })
      expect((await untilJob(door.client, asking.id, ({ state }) => state !== 'running')).state).not.toBe('failed')
      await machines.virtual.configure({ machineId, timeScale: 100 })
      const cancelled = await create(smallPrint(4000))
      await jobs.cancel({ jobId: cancelled.id })
      await untilJob(door.client, cancelled.id, ({ state }) => state === 'cancelled')
      const untilState = async (wanted: MachineStatus['state']) => {
        for await (const all of await machines.watch()) if (all.find(({ id }) => id === machineId)?.state === wanted) return
      }
      await machines.virtual.unplug({ machineId })
      await untilState('disconnected')
      await machines.connect({ machineId })
      expect((await machines.emergencyStop({ machineId })).toWireMs).toBeGreaterThanOrEqual(0)
      await untilState('halted')
      await machines.remove({ machineId })
      expect((await machines.list()).map(({ id }) => id)).not.toContain(machineId)
    }, 60_000)

    it('says what this computer has', async () => {
      expect((await door.client.system.doctor()).length).toBeGreaterThan(3)
    })

    it('keeps operations, gives them back, and tells of them', async () => {
      const { sync } = door.client
      const hints = await sync.events()
      const op = { space: 'kept', dev: 'dev-b', seq: 1, prevHash: '', t: '000000000001-0000-dev-b', author: 'a', entity: 'design/y', key: 'title', value: 'Y' }
      expect(await sync.push({ space: 'kept', ops: [op] })).toEqual({ acked: { 'dev-b': 1 } })
      for await (const { space } of hints) if (space === 'kept') break
      expect(await sync.pull({ space: 'kept', after: 0 })).toMatchObject({ head: 1, rows: [{ rev: 1, op }] })
    })
  })
}
