import type { PushPlan } from '../../shared/library/plan-push'
import { StudioError } from '../../shared/units/studio-error'

/** Says why a push was refused, in the contract's codes. */
export function opRefusal(plan: Exclude<PushPlan, { kind: 'accept' }>): StudioError {
  const { dev } = plan
  switch (plan.kind) {
    case 'gap':
      return new StudioError('sync/gap', `Operations of device ${dev} are missing before ${plan.found}: send them from ${plan.expect} on.`, { dev, expect: plan.expect, found: plan.found })
    case 'fork':
      return new StudioError('sync/fork', `Device ${dev} has another operation ${plan.seq} here already: it was restored from a copy and must take a new id.`, { dev, seq: plan.seq })
    case 'clock':
      return new StudioError('sync/clock', "This device's clock is more than five minutes ahead of the studio's. Set the clock right.", { dev, seq: plan.seq, hubNow: plan.hubNow })
    case 'bad':
      return new StudioError('sync/bad-op', `Operation ${plan.seq} of device ${dev} can't be taken: its ${plan.what} is not valid.`, { dev, seq: plan.seq, what: plan.what })
  }
}
