import { Dexie, type Table } from 'dexie'
import type { DesignRecord } from '../../shared/library/design'
import type { Cell } from '../../shared/library/merge-ops'
import type { Op } from '../../shared/library/op'
import type { VersionRecord } from '../../shared/library/version'
import type { StoredProfile } from '../../shared/machine/profile'

/** This window's device and how far it is: its own log, what the studio has of it, what it has of the studio. */
export interface ReplicaState {
  readonly dev: string
  /** Last op of our own log, and its hash. */
  readonly seq: number
  readonly hash: string
  /** Last own op that the studio has acknowledged. */
  readonly acked: number
  readonly hlc: string | undefined
  /** Latest reading that the studio has taken: stamps that it refuses are made again from here. */
  readonly takenHlc: string | undefined
  /** Revision up to which the studio's rows are merged. */
  readonly cursor: number
  /** Device id of the studio whose library this is; undefined before the first contact. */
  readonly studio: string | undefined
}

/** A design as it stands in its table. */
export interface DesignRow extends DesignRecord {
  readonly state: 'kept' | 'bin' | 'gone'
  /** Grows with every change of any design: what is newer than a reader has seen. */
  readonly viewRev: number
}

/** A version with the hashes of its files, for "is this file here already". */
export interface VersionRow extends VersionRecord {
  readonly blobs: readonly string[]
}

/** A user's profile under `<kind>:<id>`. */
export interface ProfileRow {
  readonly name: string
  readonly stored: StoredProfile
}

/** All fields of one entity: read and written as one record, which is several times faster than a record a field. */
export interface EntityRow {
  readonly entity: string
  /** By key. */
  readonly cells: readonly Cell[]
}

interface MetaRow {
  readonly key: 'replica' | 'viewRev'
  readonly value: unknown
}

/**
 * The window's replica of the library in IndexedDB.
 *
 * `entities`, `history` and `ops` are what is known; `designs`, `versions` and `profiles` are read from them and can be rebuilt. No
 * blob is ever in here: with a full disk a browser drops the whole database, and the studio gives it back.
 */
export class LibraryDb extends Dexie {
  declare readonly meta: Table<MetaRow, string>
  /** Our own ops by seq, also the acknowledged ones: a studio that was restored from an older copy asks for them again. */
  declare readonly ops: Table<Op, number>
  declare readonly entities: Table<EntityRow, string>
  declare readonly history: Table<Cell, [string, string, string]>
  declare readonly designs: Table<DesignRow, string>
  declare readonly versions: Table<VersionRow, string>
  declare readonly profiles: Table<ProfileRow, string>

  constructor(name: string) {
    super(name)
    this.version(1).stores({
      meta: 'key',
      ops: 'seq',
      entities: 'entity',
      history: '[entity+key+t]',
      designs: 'id, viewRev, *versionIds',
      versions: 'id, *blobs',
      profiles: 'name',
    })
  }
}

/** Every table: what a write or a merge touches as one transaction. */
export function allTables(db: LibraryDb): Table[] {
  return [db.meta, db.ops, db.entities, db.history, db.designs, db.versions, db.profiles]
}
