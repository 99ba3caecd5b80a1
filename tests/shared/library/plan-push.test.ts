import { describe, expect, it } from 'vitest'
import { MAX_DRIFT_MS } from '../../../shared/library/hlc'
import { type Op, hashOp } from '../../../shared/library/op'
import { planPush } from '../../../shared/library/plan-push'
import { versionChanges } from '../../../shared/library/design'
import { Device, NOW, hashText, version } from './ops'

/** A studio that keeps these ops. */
function planFor(kept: readonly Op[], pushed: readonly Op[], nowMs = NOW) {
  const known = {
    lastSeq: (dev: string) => Math.max(0, ...kept.filter((op) => op.dev === dev).map((op) => op.seq)),
    hashAt: (dev: string, seq: number) => kept.filter((op) => op.dev === dev && op.seq === seq).map((op) => hashOp(op, hashText))[0],
  }
  return planPush('home', pushed, known, { nowMs, hashText })
}

describe('a push', () => {
  it('is taken when it goes on where the log ends', () => {
    const ops = new Device('a').titles(3)
    expect(planFor(ops.slice(0, 1), ops.slice(1))).toMatchObject({ kind: 'accept', acked: { a: 3 }, fresh: [{ op: ops[1] }, { op: ops[2] }] })
  })

  it('can be repeated, whole or in part, and acknowledges the same', () => {
    const ops = new Device('a').titles(3)
    expect(planFor(ops, ops)).toEqual({ kind: 'accept', acked: { a: 3 }, fresh: [] })
    expect(planFor(ops, ops.slice(0, 1))).toEqual({ kind: 'accept', acked: { a: 3 }, fresh: [] })
    expect(planFor([], [ops[0]!, ops[0]!, ops[1]!])).toMatchObject({ kind: 'accept', acked: { a: 2 }, fresh: [{ op: ops[0] }, { op: ops[1] }] })
  })

  it('with a hole is refused with the seq that is wanted', () => {
    const ops = new Device('a').titles(4)
    expect(planFor(ops.slice(0, 1), ops.slice(2))).toEqual({ kind: 'gap', dev: 'a', expect: 2, found: 3 })
  })

  it('of a device that was restored from a copy is a fork: another op stands at its place', () => {
    const ops = new Device('a').titles(2)
    const restored = new Device('a')
    const again = [restored.title('Title 0'), restored.title('written after the restore')]
    expect(planFor(ops, again)).toEqual({ kind: 'fork', dev: 'a', seq: 2 })
  })

  it('of a restored device is a fork too when its new op comes later in the log', () => {
    const ops = new Device('a').titles(2)
    const restored = new Device('a')
    const again = [restored.title('Title 0'), restored.title('other'), restored.title('third')]
    expect(planFor(ops, again.slice(2))).toEqual({ kind: 'fork', dev: 'a', seq: 3 })
  })

  it('of two ops at one place in itself is a fork', () => {
    const one = new Device('a').title('one')
    const other = new Device('a').title('other')
    expect(planFor([], [one, other])).toEqual({ kind: 'fork', dev: 'a', seq: 1 })
  })

  it('is refused when its clock is more than five minutes ahead, and taken at five minutes', () => {
    expect(planFor([], [new Device('a').title('x', NOW + MAX_DRIFT_MS + 1)])).toEqual({ kind: 'clock', dev: 'a', seq: 1, hubNow: NOW })
    expect(planFor([], [new Device('a').title('x', NOW + MAX_DRIFT_MS)])).toMatchObject({ kind: 'accept' })
  })

  it('of two devices keeps a seq for each', () => {
    const a = new Device('a').titles(2)
    const b = new Device('b').titles(3)
    expect(planFor([], [a[0]!, b[0]!, b[1]!, a[1]!, b[2]!])).toMatchObject({ kind: 'accept', acked: { a: 2, b: 3 } })
  })

  it('that names another space, or another device in its time, is refused', () => {
    expect(planFor([], new Device('a', 'elsewhere').titles(1))).toMatchObject({ kind: 'bad', what: 'space' })
    const op = new Device('a').title('x')
    expect(planFor([], [{ ...op, t: op.t.replace(/a$/, 'b') }])).toMatchObject({ kind: 'bad', what: 'time' })
    expect(planFor([], [{ ...op, t: 'yesterday' }])).toMatchObject({ kind: 'bad', what: 'time' })
  })

  it('of a version is taken when its id is the hash of a whole manifest, whether its blobs are there or not', () => {
    expect(planFor([], new Device('a').write(versionChanges('1', version())))).toMatchObject({ kind: 'accept' })
    expect(planFor([], new Device('a').write(versionChanges('1', { ...version(), id: 'f'.repeat(64) })))).toMatchObject({ kind: 'bad', what: 'version' })
    expect(planFor([], new Device('a').write(versionChanges('1', version({ files: [] }))))).toMatchObject({ kind: 'bad', what: 'version' })
  })

  it('takes ops of kinds that it does not know', () => {
    expect(planFor([], new Device('a').write([{ entity: 'hologram/9', key: 'phase', value: { x: 1 } }]))).toMatchObject({ kind: 'accept' })
  })
})
