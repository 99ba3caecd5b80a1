import { ORPCError, implement } from '@orpc/server'
import { ROLES, type CallMeta, type Role } from '../../shared/contract/base'
import { contract } from '../../shared/contract/contract'
import { StudioError } from '../../shared/units/studio-error'
import type { JobsService } from './jobs/jobs-service'
import type { MachinesService } from './machines/machines-service'
import type { SyncService } from './sync/sync-service'
import type { SystemService } from './system/system-service'

/** Who calls, as the door has found out. */
export interface CallContext {
  readonly role: Role
}

export interface StudioServices {
  readonly system: SystemService
  readonly machines: MachinesService
  readonly jobs: JobsService
  readonly sync: SyncService
}

export interface StudioRouterParts {
  readonly services: StudioServices
  /** Hears of bugs: what was thrown and is no expected failure. The caller is told "internal" only. */
  readonly onBug: (call: string, error: unknown) => void
}

/** Each role may make the calls of the roles before it. */
function mayCall(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed)
}

/** An expected failure as the contract declares it. */
function coded({ code, message, values }: StudioError): ORPCError<string, unknown> {
  const kind = code.endsWith('/not-found') ? 'NOT_FOUND' : 'EXPECTED'
  return new ORPCError(kind, { message, data: { code, message, values }, status: kind === 'NOT_FOUND' ? 404 : 409 })
}

/** Binds the contract to the services: one line a call. Checks the caller's role, and turns what is thrown into the contract's failures. */
export function createStudioRouter({ services, onBug }: StudioRouterParts) {
  const { system, machines, jobs, sync } = services
  const fail = (path: string, error: unknown): unknown => {
    if (error instanceof StudioError) return coded(error)
    if (!(error instanceof ORPCError)) onBug(path, error)
    return error
  }
  /** A live topic as an iterator that ends with the caller. */
  async function* live<T>(path: string, topic: AsyncIterable<T>): AsyncGenerator<T, void, void> {
    try {
      yield* topic
    } catch (error) {
      throw fail(path, error)
    }
  }
  const os = implement(contract)
    .$context<CallContext>()
    .use(async ({ context, procedure, path, next }) => {
      const { role } = procedure['~orpc'].meta as CallMeta
      if (!mayCall(context.role, role)) {
        const message = `This needs the role ${role}; the caller is a ${context.role}.`
        throw new ORPCError('FORBIDDEN', { message, data: { code: 'call/forbidden', message, values: { role, caller: context.role } } })
      }
      try {
        return await next()
      } catch (error) {
        throw fail(path.join('.'), error)
      }
    })
  return os.router({
    system: {
      hello: os.system.hello.handler(() => system.hello()),
      doctor: os.system.doctor.handler(() => system.doctor()),
    },
    machines: {
      ports: os.machines.ports.handler(() => machines.ports()),
      list: os.machines.list.handler(() => machines.list()),
      watch: os.machines.watch.handler(({ signal }) => live('machines.watch', machines.watch(signal))),
      add: os.machines.add.handler(({ input }) => machines.add(input)),
      update: os.machines.update.handler(({ input }) => machines.update(input)),
      remove: os.machines.remove.handler(({ input }) => machines.remove(input)),
      connect: os.machines.connect.handler(({ input }) => machines.connect(input)),
      disconnect: os.machines.disconnect.handler(({ input }) => machines.disconnect(input)),
      command: os.machines.command.handler(({ input }) => machines.command(input)),
      answer: os.machines.answer.handler(({ input }) => machines.answer(input)),
      emergencyStop: os.machines.emergencyStop.handler(({ input }) => machines.emergencyStop(input)),
      temperatures: os.machines.temperatures.handler(({ input, signal }) => live('machines.temperatures', machines.temperatures(input, signal))),
      terminal: os.machines.terminal.handler(({ input, signal }) => live('machines.terminal', machines.terminal(input, signal))),
      virtual: {
        configure: os.machines.virtual.configure.handler(({ input }) => machines.virtual.configure(input)),
        account: os.machines.virtual.account.handler(({ input }) => machines.virtual.account(input)),
        unplug: os.machines.virtual.unplug.handler(({ input }) => machines.virtual.unplug(input)),
      },
    },
    jobs: {
      list: os.jobs.list.handler(({ input }) => jobs.list(input)),
      watch: os.jobs.watch.handler(({ signal }) => live('jobs.watch', jobs.watch(signal))),
      create: os.jobs.create.handler(({ input }) => jobs.create(input)),
      start: os.jobs.start.handler(({ input }) => jobs.start(input)),
      hold: os.jobs.hold.handler(({ input }) => jobs.hold(input)),
      resume: os.jobs.resume.handler(({ input }) => jobs.resume(input)),
      cancel: os.jobs.cancel.handler(({ input }) => jobs.cancel(input)),
      remove: os.jobs.remove.handler(({ input }) => jobs.remove(input)),
    },
    sync: {
      push: os.sync.push.handler(({ input }) => sync.push(input)),
      pull: os.sync.pull.handler(({ input }) => sync.pull(input)),
      events: os.sync.events.handler(({ signal }) => live('sync.events', sync.events(signal))),
      haveBlobs: os.sync.haveBlobs.handler(({ input }) => sync.haveBlobs(input)),
    },
  })
}

export type StudioRouter = ReturnType<typeof createStudioRouter>
