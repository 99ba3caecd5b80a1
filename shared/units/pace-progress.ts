import type { OnProgress } from './progress'

/** Progress is passed on at most this often. */
const EVERY_MS = 50

/** Passes progress on where a stage begins, and else at most twenty times a second: a worker counts faster than a window can draw. `nowMs` is any clock that only goes forward. */
export function paceProgress(tell: OnProgress, nowMs: () => number): OnProgress {
  let lastMs = 0
  let lastStage = ''
  return (progress) => {
    const now = nowMs()
    if (progress.stage === lastStage && now - lastMs < EVERY_MS) return
    lastMs = now
    lastStage = progress.stage
    tell(progress)
  }
}
