import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StudioError } from '../../shared/units/studio-error'
import { openStore, type Store } from '../store/open-store'
import { dataFolder } from './data-folder'
import type { Terminal } from './terminal'

/** A studio's data as a command uses it. */
export interface StudioData {
  readonly store: Store
  /** Another studio has the user's data open; this is a folder for the time being. */
  readonly isTemporary: boolean
  close(): void
}

/**
 * Opens the user's data folder for this command; while a studio has it open, a temporary one.
 * @param needsOwn the command needs what is in the user's folder
 * @throws StudioError 'store/in-use' when it needs its own and another studio has it
 */
export function openStudioData(terminal: Pick<Terminal, 'env'>, { needsOwn }: { readonly needsOwn: boolean }): StudioData {
  try {
    const store = openStore(dataFolder(terminal.env))
    return { store, isTemporary: false, close: () => store.close() }
  } catch (error) {
    if (needsOwn || !(error instanceof StudioError) || error.code !== 'store/in-use') throw error
  }
  const folder = mkdtempSync(join(tmpdir(), 'gongbang-'))
  const store = openStore(folder)
  const close = () => {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { store, isTemporary: true, close }
}
