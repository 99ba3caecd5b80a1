import { create } from 'zustand'

const STORED_AS = 'gongbang.guide'

/** The guided first print; kept over reloads. */
export interface Guide {
  readonly isActive: boolean
  readonly hasSeenPreview: boolean
  readonly jobId: string | undefined
}

const AWAY: Guide = { isActive: false, hasSeenPreview: false, jobId: undefined }

function readStored(): Guide {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? 'null')
    if (typeof stored !== 'object' || stored === null || !('isActive' in stored) || stored.isActive !== true) return AWAY
    const jobId = 'jobId' in stored && typeof stored.jobId === 'string' ? stored.jobId : undefined
    return { isActive: true, hasSeenPreview: 'hasSeenPreview' in stored && stored.hasSeenPreview === true, jobId }
  } catch {
    return AWAY
  }
}

export const useGuide = create<Guide>()(() => readStored())

function put(guide: Guide): void {
  useGuide.setState(guide)
  if (guide.isActive) localStorage.setItem(STORED_AS, JSON.stringify(guide))
  else localStorage.removeItem(STORED_AS)
}

/** Begins the guide from its first step. */
export function beginGuide(): void {
  put({ isActive: true, hasSeenPreview: false, jobId: undefined })
}

/** The preview was on the screen. */
export function notePreviewSeen(): void {
  const guide = useGuide.getState()
  if (guide.isActive && !guide.hasSeenPreview) put({ ...guide, hasSeenPreview: true })
}

/** The guide's job runs; undefined to begin again with the print. */
export function noteGuideJob(jobId: string | undefined): void {
  const guide = useGuide.getState()
  if (guide.isActive) put({ ...guide, jobId })
}

/** Ends the guide. */
export function endGuide(): void {
  put(AWAY)
}
