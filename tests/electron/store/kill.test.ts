import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'
import { createBlobStore } from '../../../electron/store/blob-store'
import { openJournal } from '../../../electron/store/journal'
import { openStore } from '../../../electron/store/open-store'
import { hashText } from '../../../electron/store/hash-text'
import { hashOp } from '../../../shared/library/op'
import { useTempFolders } from './temp-folder'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../../..')
const folder = useTempFolders()
const outDir = join(root, 'node_modules/.cache/kill-test')
/** Rounds, and acknowledgements after which the writer is killed: while it does the next thing. */
const KILLS = [1, 2, 3, 8, 17, 40]

interface Acknowledged {
  seq: number
  batch: number
  readonly blobs: string[]
}

/** Lets a writer work in the folder and kills it (SIGKILL) as soon as it has acknowledged so many things. */
function writeUntilKilled(dir: string, round: number, acknowledgements: number): Promise<Acknowledged> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(outDir, 'write-until-killed.js'), dir, String(round)], { stdio: ['ignore', 'pipe', 'pipe'] })
    const told: Acknowledged = { seq: 0, batch: -1, blobs: [] }
    let errors = ''
    let count = 0
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    const lines = createInterface({ input: child.stdout })
    lines.on('line', (line) => {
      // What it managed to acknowledge before it died counts, also behind the line that made us kill it.
      const { seq, sha256, batch } = JSON.parse(line) as { seq?: number; sha256?: string; batch?: number }
      if (seq !== undefined) told.seq = seq
      if (sha256 !== undefined) told.blobs.push(sha256)
      if (batch !== undefined) told.batch = batch
      count += 1
      if (count === acknowledgements) child.kill('SIGKILL')
    })
    let signal: NodeJS.Signals | null = null
    child.on('exit', (_code, by) => (signal = by))
    lines.on('close', () => (signal === 'SIGKILL' || errors === '' ? resolve(told) : reject(new Error(errors))))
  })
}

describe('kill -9 at any moment', () => {
  beforeAll(async () => {
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      build: { ssr: true, outDir, emptyOutDir: true, minify: false, rollupOptions: { input: join(here, 'write-until-killed.ts'), external: ['libsql', /^node:/] } },
      ssr: { noExternal: true, external: ['libsql'] },
    })
  })

  it('loses nothing that was acknowledged: operations, blobs, journal records', async () => {
    const dir = folder()
    let rows = 0
    let journaled = 0
    for (const [round, kill] of KILLS.entries()) {
      const told = await writeUntilKilled(dir, round, kill)
      expect(told.seq).toBeGreaterThan(0)
      const store = openStore(dir)
      const ops = store.log.pull('home', 0, 1_000_000).rows
      const own = ops.filter(({ op }) => op.dev === `dev-${round}`).map(({ op }) => op)
      expect(own.length).toBeGreaterThanOrEqual(told.seq)
      // A batch is there whole or not at all, and the chain has no hole.
      expect(own.length % 20).toBe(0)
      own.forEach((op, at) => expect(op).toMatchObject({ seq: at + 1, prevHash: at === 0 ? '' : hashOp(own[at - 1]!, hashText) }))
      expect(ops.map(({ rev }) => rev)).toEqual(ops.map((_, at) => at + 1))
      expect(ops.length).toBe(rows + own.length)
      rows = ops.length
      store.close()

      const blobs = createBlobStore(join(dir, 'blobs'))
      expect(readdirSync(join(dir, 'blobs', 'uploads'))).toEqual([])
      for (const sha256 of told.blobs) expect(createHash('sha256').update(await blobs.readBytes(sha256)).digest('hex')).toBe(sha256)

      const journal = openJournal(join(dir, 'jobs.journal'))
      journal.close()
      expect(journal.damagedCount).toBe(0)
      expect(journal.records.length - journaled).toBeGreaterThanOrEqual(told.batch + 1)
      journal.records.slice(journaled).forEach((record, batch) => expect(record).toEqual({ round: String(round), batch }))
      journaled = journal.records.length
    }
  })
})
