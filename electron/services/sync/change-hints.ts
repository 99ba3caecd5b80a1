import type { OpLog } from '../../store/op-log'

export interface ChangeHint {
  readonly space: string
  readonly rev: number
}

/** Hints that spaces changed: where each stands now, then changes as they come, the newest of each space only. Ends with the signal. */
export async function* hintsOf(log: Pick<OpLog, 'spaces' | 'head' | 'watch'>, signal?: AbortSignal): AsyncGenerator<ChangeHint> {
  const waiting = new Map<string, number>()
  let wake: () => void = () => undefined
  const unwatch = log.watch(({ space, rev }) => {
    waiting.set(space, rev)
    wake()
  })
  const onAbort = () => wake()
  signal?.addEventListener('abort', onAbort)
  try {
    for (const space of log.spaces()) waiting.set(space, log.head(space))
    while (signal?.aborted !== true) {
      const [next] = waiting
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      waiting.delete(next[0])
      yield { space: next[0], rev: next[1] }
    }
  } finally {
    unwatch()
    signal?.removeEventListener('abort', onAbort)
  }
}
