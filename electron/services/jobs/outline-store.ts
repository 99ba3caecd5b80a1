import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { JobOutline, ScanOptions } from '../../../shared/machine/marlin/scan-job'

/** Grows when an outline means something else. */
const FORM = 1
const MAX_OUTLINES = 12

/** Outlines of long files that were read once, so that a job starts and goes on without reading them again. What is lost is only made anew. */
export class OutlineStore {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true })
  }

  private file(sha256: string, options: ScanOptions): string {
    return join(this.folder, createHash('sha256').update(JSON.stringify([FORM, sha256, options])).digest('hex'))
  }

  read(sha256: string, options: ScanOptions): JobOutline | undefined {
    const file = this.file(sha256, options)
    try {
      const outline = deserialize(readFileSync(file)) as JobOutline
      const now = new Date()
      utimesSync(file, now, now)
      return outline
    } catch {
      return undefined
    }
  }

  keep(sha256: string, options: ScanOptions, outline: JobOutline): void {
    const file = this.file(sha256, options)
    try {
      writeFileSync(`${file}.new`, serialize(outline))
      renameSync(`${file}.new`, file)
      this.clear()
    } catch {
      rmSync(`${file}.new`, { force: true })
    }
  }

  /** Removes those that were used longest ago. */
  private clear(): void {
    const byUse = readdirSync(this.folder).map((name) => ({ name, atMs: statSync(join(this.folder, name)).mtimeMs })).sort((a, b) => b.atMs - a.atMs)
    for (const { name } of byUse.slice(MAX_OUTLINES)) rmSync(join(this.folder, name), { force: true })
  }
}
