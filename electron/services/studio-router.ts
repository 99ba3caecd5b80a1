import { ORPCError, implement } from '@orpc/server'
import { ROLES, type CallMeta, type Role } from '../../shared/contract/base'
import { contract } from '../../shared/contract/contract'
import { StudioError } from '../../shared/units/studio-error'
import type { EnginesService } from './engines/engines-service'
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
  readonly engines: EnginesService
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

/** Turns what a service threw into the contract's failures; a bug is told to `onBug`. */
function settle(path: string, error: unknown, onBug: StudioRouterParts['onBug']): unknown {
  if (error instanceof StudioError) return coded(error)
  if (!(error instanceof ORPCError)) onBug(path, error)
  return error
}

/** The contract's calls with the caller's role checked, and failures in the contract's form. */
function createCalls(onBug: StudioRouterParts['onBug']) {
  return implement(contract)
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
        throw settle(path.join('.'), error, onBug)
      }
    })
}

type Calls = ReturnType<typeof createCalls>
/** A live topic as an iterator that ends with the caller. */
type Live = <T>(path: string, topic: AsyncIterable<T>) => AsyncGenerator<T, void, void>

function bindMachines(calls: Calls['machines'], machines: MachinesService, live: Live) {
  return {
    ports: calls.ports.handler(() => machines.ports()),
    list: calls.list.handler(() => machines.list()),
    watch: calls.watch.handler(({ signal }) => live('machines.watch', machines.watch(signal))),
    add: calls.add.handler(({ input }) => machines.add(input)),
    update: calls.update.handler(({ input }) => machines.update(input)),
    remove: calls.remove.handler(({ input }) => machines.remove(input)),
    connect: calls.connect.handler(({ input }) => machines.connect(input)),
    disconnect: calls.disconnect.handler(({ input }) => machines.disconnect(input)),
    command: calls.command.handler(({ input }) => machines.command(input)),
    settings: calls.settings.handler(({ input }) => machines.settings(input)),
    card: calls.card.handler(({ input }) => machines.card(input)),
    answer: calls.answer.handler(({ input }) => machines.answer(input)),
    emergencyStop: calls.emergencyStop.handler(({ input }) => machines.emergencyStop(input)),
    temperatures: calls.temperatures.handler(({ input, signal }) => live('machines.temperatures', machines.temperatures(input, signal))),
    terminal: calls.terminal.handler(({ input, signal }) => live('machines.terminal', machines.terminal(input, signal))),
    virtual: {
      configure: calls.virtual.configure.handler(({ input }) => machines.virtual.configure(input)),
      account: calls.virtual.account.handler(({ input }) => machines.virtual.account(input)),
      unplug: calls.virtual.unplug.handler(({ input }) => machines.virtual.unplug(input)),
    },
  }
}

function bindJobs(calls: Calls['jobs'], jobs: JobsService, live: Live) {
  return {
    list: calls.list.handler(({ input }) => jobs.list(input)),
    watch: calls.watch.handler(({ signal }) => live('jobs.watch', jobs.watch(signal))),
    create: calls.create.handler(({ input }) => jobs.create(input)),
    start: calls.start.handler(({ input }) => jobs.start(input)),
    hold: calls.hold.handler(({ input }) => jobs.hold(input)),
    resume: calls.resume.handler(({ input }) => jobs.resume(input)),
    cancel: calls.cancel.handler(({ input }) => jobs.cancel(input)),
    resumePlan: calls.resumePlan.handler(({ input }) => jobs.resumePlan(input)),
    resumeFrom: calls.resumeFrom.handler(({ input }) => jobs.resumeFrom(input)),
    toCard: calls.toCard.handler(({ input }) => jobs.toCard(input)),
    remove: calls.remove.handler(({ input }) => jobs.remove(input)),
  }
}

/** Binds the contract to the services: one line a call. */
export function createStudioRouter({ services, onBug }: StudioRouterParts) {
  const { system, machines, jobs, sync, engines } = services
  const calls = createCalls(onBug)
  const live: Live = async function* (path, topic) {
    try {
      yield* topic
    } catch (error) {
      throw settle(path, error, onBug)
    }
  }
  return calls.router({
    system: {
      hello: calls.system.hello.handler(() => system.hello()),
      doctor: calls.system.doctor.handler(() => system.doctor()),
    },
    machines: bindMachines(calls.machines, machines, live),
    jobs: bindJobs(calls.jobs, jobs, live),
    sync: {
      push: calls.sync.push.handler(({ input }) => sync.push(input)),
      pull: calls.sync.pull.handler(({ input }) => sync.pull(input)),
      events: calls.sync.events.handler(({ signal }) => live('sync.events', sync.events(signal))),
      haveBlobs: calls.sync.haveBlobs.handler(({ input }) => sync.haveBlobs(input)),
    },
    engines: {
      list: calls.engines.list.handler(() => engines.list()),
      choose: calls.engines.choose.handler(({ input }) => engines.choose(input)),
      slice: calls.engines.slice.handler(({ input, signal }) => live('engines.slice', engines.slice(input, signal))),
    },
  })
}

export type StudioRouter = ReturnType<typeof createStudioRouter>
