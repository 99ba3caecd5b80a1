import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { StudioError } from '../../shared/units/studio-error'
import { lockFolder } from './lock-folder'
import { type OpLog, createOpLog } from './op-log'
import { type Records, createRecords } from './records'

/** The studio's durable store: operation log and small records in one SQLite file. */
export interface Store {
  readonly dataDir: string
  /** This studio's own device id in the logs; made at the first start. */
  readonly deviceId: string
  readonly log: OpLog
  readonly records: Records
  /** Gives the folder back. */
  close(): void
}

/** Of the tables; a newer studio's store is not opened. */
const SCHEMA_VERSION = 1
/** `PRAGMA synchronous`: the log is fsynced on every commit. */
const FULL = 2

/**
 * Opens the store in a folder, which is made when it isn't there, and keeps other processes out of it until `close`.
 *
 * Each write is one transaction that is on the disk (WAL, synchronous=FULL) when the call returns.
 * @throws StudioError 'store/in-use' | 'store/newer'
 */
export function openStore(dataDir: string): Store {
  // A library is its owner's; other users of the computer don't read it.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(dataDir)
  try {
    const database = openDatabase(join(dataDir, 'library.db'))
    const records = createRecords(database)
    const deviceId = readDeviceId(records)
    return {
      dataDir,
      deviceId,
      records,
      log: createOpLog(database, deviceId),
      close() {
        database.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function openDatabase(file: string): Database.Database {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  const { synchronous } = database.prepare('PRAGMA synchronous').get() as { synchronous: number }
  if (synchronous !== FULL) throw new Error(`SQLite syncs with ${synchronous} instead of FULL: acknowledged operations could be lost.`)
  const version = (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version
  if (version > SCHEMA_VERSION) {
    database.close()
    throw new StudioError('store/newer', 'This library was written by a newer Gongbang Studio. Update the studio to open it.', { file, version })
  }
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
  return database
}

function readDeviceId(records: Records): string {
  const kept = records.get('store', 'device')
  if (typeof kept === 'string') return kept
  const made = randomBytes(8).toString('hex')
  records.put('store', 'device', made)
  return made
}
