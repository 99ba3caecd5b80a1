import type { LibraryDb, ReplicaState } from './library-db'

/** A new device id: 16 hex digits. Not `randomUUID`, which plain-http addresses of the local network lack. */
export function newDeviceId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** How far this replica is; a fresh one begins as a new device. */
export async function readReplica(db: LibraryDb): Promise<ReplicaState> {
  const row = await db.meta.get('replica')
  if (row !== undefined) return row.value as ReplicaState
  return { dev: newDeviceId(), seq: 0, hash: '', acked: 0, hlc: undefined, takenHlc: undefined, cursor: 0, studio: undefined }
}

/** Keeps how far this replica is. */
export async function writeReplica(db: LibraryDb, state: ReplicaState): Promise<void> {
  await db.meta.put({ key: 'replica', value: state })
}
