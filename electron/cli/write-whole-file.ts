import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fail } from './terminal'

/** Writes a file so that it is there whole or not at all: into a temporary one beside it, then renamed. */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  try {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    fail('cli/unwritable', `${path} can't be written: ${error instanceof Error ? error.message : String(error)}`, { path })
  }
}
