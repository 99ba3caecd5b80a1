import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'

/** Gives new empty folders and removes them after each test. */
export function useTempFolders(): () => string {
  let folders: string[] = []
  afterEach(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    folders = []
  })
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongbang-store-'))
    folders.push(folder)
    return folder
  }
}
