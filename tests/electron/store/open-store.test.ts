import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../../electron/store/open-store'
import { describeStore } from '../../contracts/store'
import { Device, NOW } from '../../shared/library/ops'
import { createMemoryStore } from './memory-store'
import { useTempFolders } from './temp-folder'

const folder = useTempFolders()
describeStore('on disk', () => openStore(folder()))
describeStore('in memory', () => createMemoryStore())

/** Holds a folder's lock in another process until its input ends. */
const HOLD = `
const Database = require('libsql')
const lock = new Database(process.argv[1], { timeout: 0 })
lock.exec('BEGIN EXCLUSIVE')
require('node:fs').writeFileSync(process.argv[2], String(process.pid))
process.kill(process.pid, 'SIGKILL')
`

describe('the store on disk', () => {
  it('has everything again when it is opened again', () => {
    const dir = folder()
    const first = openStore(dir)
    const ops = new Device('a').titles(3)
    first.log.push('home', ops, NOW)
    first.records.put('machine', 'm', { name: 'Ender' })
    first.close()
    const second = openStore(dir)
    expect(second.log.pull('home', 0, 10).rows.map(({ op }) => op)).toEqual(ops)
    expect(second.records.get('machine', 'm')).toEqual({ name: 'Ender' })
    expect(second.deviceId).toBe(first.deviceId)
    expect(() => second.log.push('home', [new Device('a').title('restored')], NOW)).toThrow(/restored from a copy/)
    second.close()
  })

  it('makes its folder', () => {
    const dir = join(folder(), 'deep', '라이브러리')
    openStore(dir).close()
    expect(existsSync(join(dir, 'library.db'))).toBe(true)
  })

  it('writes ahead, so that a torn commit is none', () => {
    const dir = folder()
    openStore(dir).close()
    const database = new Database(join(dir, 'library.db'))
    expect(database.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' })
    database.close()
  })

  it('is not opened twice, and says who has it', () => {
    const dir = folder()
    const store = openStore(dir)
    expect(() => openStore(dir)).toThrow(expect.objectContaining({ code: 'store/in-use', values: { folder: dir, pid: String(process.pid) } }) as Error)
    store.close()
    openStore(dir).close()
  })

  it('takes over the lock of a process that died', () => {
    const dir = folder()
    openStore(dir).close()
    const died = spawnSync(process.execPath, ['-e', HOLD, join(dir, 'studio.lock'), join(dir, 'studio.pid')], { encoding: 'utf8' })
    expect(died.signal).toBe('SIGKILL')
    openStore(dir).close()
  })

  it('does not open a store of a newer studio', () => {
    const dir = folder()
    openStore(dir).close()
    const database = new Database(join(dir, 'library.db'))
    database.exec('PRAGMA user_version = 99')
    database.close()
    expect(() => openStore(dir)).toThrow(expect.objectContaining({ code: 'store/newer' }) as Error)
    // The refusal gave the folder back.
    expect(() => openStore(dir)).toThrow(expect.objectContaining({ code: 'store/newer' }) as Error)
  })
})
