import { FileLines } from '../../../shared/machine/marlin/file-lines'
import type { ScanOptions } from '../../../shared/machine/marlin/scan-job'
import type { MachineProfile } from '../../../shared/machine/profile'
import type { Problem } from '../../../shared/units/problem'
import { checkOptions } from './job-plan'
import { GrowingPlan } from './known-plan'
import type { OutlineStore } from './outline-store'
import { fileSource, scanFile } from './scan-file'

/** A file too long to be held in memory: its lines are read as they are sent, and it is looked through ahead of them. */
export interface LongJob {
  readonly plan: GrowingPlan
  readonly lines: FileLines
  /** Resolves when the job may start: its beginning is looked through; with what is wrong there. */
  readonly ready: Promise<readonly Problem[]>
  /** Resolves when all is looked through; with the first things that are wrong. Never, when stopped before. */
  readonly whole: Promise<readonly Problem[]>
  stop(): void
}

export interface LongJobParts {
  readonly sha256: string
  readonly path: string
  readonly size: number
  readonly profile: MachineProfile
  readonly outlines: OutlineStore
}

/** Begins to look a long file through, or takes over what is known of it. */
export function openLongJob({ sha256, path, size, profile, outlines }: LongJobParts): LongJob {
  const options = scanOptions(profile)
  const plan = new GrowingPlan(0)
  const lines = new FileLines(fileSource(path, size), plan, options.takesMacros)
  const known = outlines.read(sha256, options)
  if (known) {
    plan.complete(known)
    lines.adopt(known)
    return { plan, lines, ready: Promise.resolve([]), whole: Promise.resolve([]), stop: () => undefined }
  }
  const { promise: ready, resolve: start, reject: fail } = deferred<readonly Problem[]>()
  const { promise: whole, resolve: end, reject: breakOff } = deferred<readonly Problem[]>()
  // Who waits for the start hears of it; who waits for the end, too.
  ready.catch(() => undefined)
  whole.catch(() => undefined)
  const stop = scanFile({ path, size, options }, (news) => {
    if (news.kind === 'refused') {
      start(news.problems)
      end(news.problems)
    } else if (news.kind === 'read') {
      plan.lineCount = Math.round((news.lineCount / news.bytes) * size)
      plan.maxTool = news.maxTool
      plan.add(news.timesS)
      start([])
    } else {
      plan.complete(news.outline)
      lines.adopt(news.outline)
      outlines.keep(sha256, options, news.outline)
      start([])
      end([])
    }
  }, (error) => {
    fail(error)
    breakOff(error)
  })
  return { plan, lines, ready, whole, stop }
}

function deferred<T>() {
  let settle: { resolve: (value: T) => void; reject: (error: Error) => void } | undefined
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, resolve: (value: T) => settle?.resolve(value), reject: (error: Error) => settle?.reject(error) }
}

function scanOptions(profile: MachineProfile): ScanOptions {
  const { firmware } = profile
  const check = checkOptions(profile, firmware === 'grbl' ? 'marlin' : firmware)
  return { check, motion: profile.motion, filamentDiameterMm: check.filamentDiameterMm, takesMacros: firmware === 'klipper' }
}
