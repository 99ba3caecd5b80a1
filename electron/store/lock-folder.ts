import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { StudioError } from '../../shared/units/studio-error'

/**
 * Takes a data folder for this process alone; returns how to give it back.
 *
 * The lock is the operating system's, held through a transaction that stays open: it ends with its process, however that ends, so
 * no stale lock is ever left and no process id that was given anew is mistaken for the old holder.
 * @throws StudioError 'store/in-use'
 */
export function lockFolder(folder: string): () => void {
  const holderFile = join(folder, 'studio.pid')
  const lock = new Database(join(folder, 'studio.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    const pid = readHolder(holderFile)
    throw new StudioError('store/in-use', `Another Gongbang Studio (process ${pid}) has the library ${folder} open. Use that one, or end it first.`, { folder, pid })
  }
  writeFileSync(holderFile, `${process.pid}\n`)
  return () => {
    lock.exec('ROLLBACK')
    lock.close()
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return '?'
  }
}
