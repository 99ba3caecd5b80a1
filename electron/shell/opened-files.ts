import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import type { OpenedFile } from '../../shared/contract/bridge'

/** File endings that the desktop may hand to the app; the same list stands in the installers' file associations. */
export const OPENABLE = ['.stl', '.obj', '.3mf', '.ply', '.gcode'] as const

/** The files named on a command line, absolute; options and what can't be opened are left out. */
export function filesOfCommandLine(words: readonly string[], workingDirectory: string): string[] {
  return openableFiles(words.filter((word) => !word.startsWith('-')).map((word) => resolve(workingDirectory, word)))
}

/** Those paths that are plain files of our kinds: no folders, and no pipes, whose reader would wait for ever. */
export function openableFiles(paths: readonly string[]): string[] {
  return paths.filter((path) => (OPENABLE as readonly string[]).includes(extname(path).toLowerCase()) && statSync(path, { throwIfNoEntry: false })?.isFile() === true)
}

/** Files on their way to the window: kept until it is ready, each readable once under an unguessable URL. */
export interface OpenedFiles {
  add(paths: readonly string[]): void
  /** From now on the window takes them; those that wait come at once. */
  deliverTo(listener: (files: readonly OpenedFile[]) => void): void
  /** No window takes them any more; they wait for the next. */
  hold(): void
  /** The path behind `opened/<token>`, once. */
  take(token: string): string | undefined
}

/** Makes the queue; `newToken` is injected for tests. */
export function createOpenedFiles(newToken: () => string = randomUUID): OpenedFiles {
  const paths = new Map<string, string>()
  let waiting: OpenedFile[] = []
  let deliver: ((files: readonly OpenedFile[]) => void) | undefined
  return {
    add(added) {
      const files = added.map((path) => {
        const token = newToken()
        paths.set(token, path)
        return { name: basename(path), url: `/opened/${token}` }
      })
      if (files.length === 0) return
      if (deliver === undefined) waiting.push(...files)
      else deliver(files)
    },
    deliverTo(listener) {
      deliver = listener
      const files = waiting
      waiting = []
      if (files.length > 0) listener(files)
    },
    hold() {
      deliver = undefined
    },
    take(token) {
      const path = paths.get(token)
      paths.delete(token)
      return path
    },
  }
}
