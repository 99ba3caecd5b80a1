import { createHash } from 'node:crypto'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StudioError } from '../../shared/units/studio-error'
import { createStudio } from '../services/studio'
import { type StudioLine, connectStudio } from '../transport/connect-studio'
import { createInProcessClient } from '../transport/in-process'
import { findRunningStudio } from '../transport/running-studio'
import { dataFolder } from './data-folder'
import { studioVersion } from './studio-version'
import type { Terminal } from './terminal'

/** The studio as a command uses it: in this process, or one that runs already. */
export interface TerminalStudio extends Pick<StudioLine, 'client' | 'lost'> {
  /** Keeps a file in the library and gives its hash. */
  putFile(path: string): Promise<string>
  /** Another process has it; it goes on when this one ends. */
  readonly isElsewhere: boolean
  close(): Promise<void>
}

/**
 * Opens the studio of the user's library: here, or through the line of the process that has it. Two processes never open one port.
 * @param needsOwn the command needs what is in the library; otherwise, when the library's process can't be reached (another print of
 * a terminal), a studio with an empty library for the time being will do
 * @throws StudioError 'store/in-use'
 */
export async function openTerminalStudio(terminal: Pick<Terminal, 'env' | 'tell'>, { needsOwn }: { readonly needsOwn: boolean }): Promise<TerminalStudio> {
  const dataDir = dataFolder(terminal.env)
  try {
    return await openHere(dataDir, terminal)
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'store/in-use') throw error
    const running = await findRunningStudio(dataDir)
    if (running !== undefined) return openElsewhere(await connectStudio(running))
    if (needsOwn) throw error
  }
  const folder = mkdtempSync(join(tmpdir(), 'gongbang-'))
  const studio = await openHere(folder, terminal)
  const close = async () => {
    await studio.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...studio, close }
}

async function openHere(dataDir: string, { tell }: Pick<Terminal, 'tell'>): Promise<TerminalStudio> {
  const onBug = (place: string, error: unknown) => tell(`gongbang: ${place}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  const studio = await createStudio({ dataDir, door: 'process', version: studioVersion(), now: Date.now, onBug })
  return {
    isElsewhere: false,
    client: createInProcessClient(studio.router) as TerminalStudio['client'],
    lost: new AbortController().signal,
    async putFile(path) {
      const sha256 = await hashFile(path)
      await studio.blobs.put(sha256, createReadStream(path))
      return sha256
    },
    close: () => studio.dispose(),
  }
}

function openElsewhere({ client, lost, putBlob, close }: StudioLine): TerminalStudio {
  return { isElsewhere: true, client, lost, putFile: async (path) => putBlob(new Uint8Array(await readFile(path))), close: async () => close() }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
