import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { createBlobStore } from '../../../electron/store/blob-store'
import { openJournal } from '../../../electron/store/journal'
import { openStore } from '../../../electron/store/open-store'
import { hashText } from '../../../electron/store/hash-text'
import { type LogEnd, prepareOps } from '../../../shared/library/prepare-ops'

// Runs in a process of its own (see kill.test.ts): writes batches, blobs and journal records as fast as it can, and says on stdout
// what was acknowledged, until it is killed.
const [dir = '', round = '0'] = process.argv.slice(2)
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

const store = openStore(dir)
const blobs = createBlobStore(join(dir, 'blobs'))
const journal = openJournal(join(dir, 'jobs.journal'))
let end: LogEnd = { space: 'home', dev: `dev-${round}`, seq: 0, hash: '', hlc: undefined }
for (let batch = 0; ; batch += 1) {
  const changes = Array.from({ length: 20 }, (_, n) => ({ entity: `design/${n}`, key: 'title', value: `${round}/${batch}/${n}` }))
  const prepared = prepareOps(changes, end, { author: 'owner', nowMs: Date.now(), hashText })
  end = prepared.end
  const acked = store.log.push('home', prepared.ops, Date.now())
  say({ seq: acked[end.dev] })
  const bytes = new TextEncoder().encode(`${round} ${batch} `.repeat(5000))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await blobs.put(sha256, [bytes.subarray(0, 20_000), bytes.subarray(20_000)])
  say({ sha256 })
  journal.append({ round, batch })
  say({ batch })
}
