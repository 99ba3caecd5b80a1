import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IDLE_SYNC, POLL_MS, type SyncEffect, type SyncEvent, type SyncState, planSync } from '../../../shared/library/plan-sync'

function run(events: readonly SyncEvent[], from: SyncState = IDLE_SYNC) {
  let state = from
  const effects: SyncEffect[] = []
  for (const event of events) {
    const step = planSync(state, event)
    state = step.state
    effects.push(...step.effects)
  }
  return { state, effects, last: effects.at(-1) }
}

const PULLED: SyncEvent = { kind: 'pulled', isMore: false }
const PUSHED: SyncEvent = { kind: 'pushed', isMore: false, sent: 0 }
const resting = run([{ kind: 'start' }, PULLED, PUSHED]).state
const offline: SyncEvent = { kind: 'failed', failure: { kind: 'offline' } }

describe('the plan of a sync', () => {
  it('pulls first, then pushes, then waits for the poll', () => {
    expect(run([{ kind: 'start' }, PULLED, PUSHED]).effects).toEqual([{ kind: 'pull' }, { kind: 'push' }, { kind: 'wait', ms: POLL_MS }])
  })

  it('pulls and pushes until there is no more, and pulls what it pushed', () => {
    const kinds = run([{ kind: 'start' }, { kind: 'pulled', isMore: true }, PULLED, { kind: 'pushed', isMore: true, sent: 1000 }, { kind: 'pushed', isMore: false, sent: 5 }, PULLED]).effects.map(({ kind }) => kind)
    expect(kinds).toEqual(['pull', 'pull', 'push', 'push', 'pull', 'wait'])
  })

  it('pulls at a hint, pushes at a write, both at the poll', () => {
    expect(run([{ kind: 'hint' }], resting).last).toEqual({ kind: 'pull' })
    expect(run([{ kind: 'written' }], resting).last).toEqual({ kind: 'push' })
    expect(run([{ kind: 'wake' }, PULLED], resting).effects).toEqual([{ kind: 'pull' }, { kind: 'push' }])
  })

  it('does what came while an exchange ran after it, and never two at once', () => {
    const { state, effects } = run([{ kind: 'written' }, { kind: 'hint' }, { kind: 'written' }], resting)
    expect(effects).toEqual([{ kind: 'push' }])
    expect(run([PUSHED, PULLED, PUSHED], state).effects.map(({ kind }) => kind)).toEqual(['pull', 'push', 'wait'])
  })

  it('tries again after 1, 2, 4 ... at most 60 seconds, and is quick again after it went well', () => {
    let { state } = run([{ kind: 'hint' }], resting)
    const waits: number[] = []
    for (let n = 0; n < 8; n += 1) {
      const step = run([offline], state)
      waits.push((step.last as { ms: number }).ms)
      state = run([{ kind: 'wake' }], step.state).state
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    expect(run([PULLED, PUSHED, { kind: 'hint' }, offline], state).last).toEqual({ kind: 'wait', ms: 1000 })
  })

  it('lets a wait after a failure run its time, whatever is written meanwhile, and then does it', () => {
    const failed = run([{ kind: 'hint' }, offline], resting).state
    expect(run([{ kind: 'written' }, { kind: 'hint' }], failed).effects).toEqual([])
    expect(run([{ kind: 'wake' }, PULLED], failed).effects).toEqual([{ kind: 'pull' }, { kind: 'push' }])
  })

  it.each([
    [{ kind: 'gap', expect: 7 }, { kind: 'rewind', expect: 7 }],
    [{ kind: 'fork' }, { kind: 'renew' }],
    [{ kind: 'clock', hubNow: 5 }, { kind: 'restamp', hubNow: 5 }],
    [{ kind: 'behind' }, { kind: 'restart' }],
  ] as const)('answers %o with a repair, and goes on', (failure, repair) => {
    const { state, last } = run([{ kind: 'written' }, { kind: 'failed', failure }], resting)
    expect(last).toEqual(repair)
    expect(run([{ kind: 'repaired' }, PULLED], state).effects).toEqual([{ kind: 'pull' }, { kind: 'push' }])
  })

  it('does not hammer a studio that refuses again and again', () => {
    const fork: SyncEvent = { kind: 'failed', failure: { kind: 'fork' } }
    const { effects } = run([{ kind: 'start' }, ...Array.from({ length: 5 }, (): SyncEvent[] => [fork, { kind: 'repaired' }]).flat()])
    expect(effects.filter(({ kind }) => kind === 'renew')).toHaveLength(3)
    expect(effects.at(-1)).toEqual({ kind: 'wait', ms: 8000 })
  })

  it('has a version wait for its blobs, and tries at the next write', () => {
    const { state, last } = run([{ kind: 'written' }, { kind: 'held', missing: ['a'] }], resting)
    expect(last).toEqual({ kind: 'wait', ms: POLL_MS })
    expect(state).toMatchObject({ missing: ['a'], failure: undefined })
    expect(run([{ kind: 'written' }, PUSHED], state).state).toMatchObject({ missing: [] })
  })

  it('is off after a stop, and deaf to what comes late', () => {
    expect(run([{ kind: 'stop' }, PULLED, { kind: 'hint' }, { kind: 'wake' }], resting)).toMatchObject({ state: IDLE_SYNC, effects: [] })
  })

  it('always has exactly one thing under way between start and stop, whatever happens', () => {
    const failure = fc.constantFrom({ kind: 'offline' }, { kind: 'fork' }, { kind: 'behind' }, { kind: 'gap', expect: 1 }, { kind: 'clock', hubNow: 1 }, { kind: 'refused', code: 'x/y' } as const)
    const disturbance = fc.constantFrom<SyncEvent>({ kind: 'hint' }, { kind: 'written' }, { kind: 'start' })
    fc.assert(
      fc.property(fc.array(fc.record({ before: fc.array(disturbance, { maxLength: 2 }), isMore: fc.boolean(), failure: fc.option(failure, { nil: undefined }) }), { maxLength: 60 }), (turns) => {
        let { state } = planSync(IDLE_SYNC, { kind: 'start' })
        let pending: SyncEffect = { kind: 'pull' }
        for (const { before, isMore, failure: failed } of turns) {
          for (const event of before) {
            const step = planSync(state, event)
            state = step.state
            expect(step.effects.length).toBeLessThanOrEqual(1)
            // Only a wait is ever replaced: an exchange or a repair is never begun beside another.
            expect(step.effects.length === 0 || pending.kind === 'wait').toBe(true)
            pending = step.effects[0] ?? pending
          }
          const step = planSync(state, answer(pending, isMore, failed as never))
          state = step.state
          expect(step.effects).toHaveLength(1)
          pending = step.effects[0]!
        }
      }),
    )
  })
})

function answer(effect: SyncEffect, isMore: boolean, failure: Extract<SyncEvent, { kind: 'failed' }>['failure'] | undefined): SyncEvent {
  if (effect.kind === 'wait') return { kind: 'wake' }
  if (failure !== undefined) return { kind: 'failed', failure }
  if (effect.kind === 'pull') return { kind: 'pulled', isMore }
  return effect.kind === 'push' ? { kind: 'pushed', isMore, sent: isMore ? 1 : 0 } : { kind: 'repaired' }
}
