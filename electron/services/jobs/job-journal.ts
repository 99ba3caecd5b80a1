import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { openJournal, type Journal } from '../../store/journal'

const entrySchema = z.object({
  atMs: z.number(),
  line: z.number(),
  layer: z.number(),
  progress: z.number(),
  resends: z.number(),
  positionMm: z.object({ x: z.number(), y: z.number(), z: z.number(), e: z.number() }).optional(),
  heat: z.object({ hotendC: z.number(), hotendTargetC: z.number(), bedC: z.number(), bedTargetC: z.number(), atMs: z.number() }),
})
/** How far a job was at a moment: the last line acknowledged, where the nozzle was sent, heat. */
export type JournalEntry = z.infer<typeof entrySchema>

/** Entries after which the file is cut down to its last one. */
const MAX_ENTRIES = 600

/** Journals of running jobs, a file each; a file is there only while its job runs. */
export class JobJournals {
  private readonly open = new Map<string, { readonly journal: Journal; count: number }>()

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true })
  }

  private file(jobId: string): string {
    return join(this.folder, `${jobId.replace(/[^\w-]/g, '_')}.journal`)
  }

  /** Notes how far a job is, on the disk when it returns. */
  note(jobId: string, entry: JournalEntry): void {
    const there = this.open.get(jobId) ?? { journal: openJournal(this.file(jobId)), count: 0 }
    this.open.set(jobId, there)
    there.count++
    if (there.count % MAX_ENTRIES === 0) there.journal.rewrite([entry])
    else there.journal.append(entry)
  }

  /** The last entry of a job whose studio ended; undefined where none can be read. */
  last(jobId: string): JournalEntry | undefined {
    const journal = openJournal(this.file(jobId))
    journal.close()
    const read = entrySchema.safeParse(journal.records.at(-1))
    return read.success ? read.data : undefined
  }

  /** The job is over and its end is recorded. */
  end(jobId: string): void {
    this.open.get(jobId)?.journal.close()
    this.open.delete(jobId)
    rmSync(this.file(jobId), { force: true })
  }
}
