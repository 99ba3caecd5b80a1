import { create } from 'zustand'
import { LibraryDb } from './library-db'

/** Which database belongs to which studio: `{ [studio id]: database name }`. */
const NAMES_KEY = 'gongbang.libraries'
const LAST_KEY = 'gongbang.library'
const FIRST_NAME = 'gongbang-library'

interface Library {
  readonly db: LibraryDb
}

/** The library that this window shows; another one after the studio turned out to be another. */
const useLibrary = create<Library>()(() => ({ db: new LibraryDb(lastName()) }))

/** The database of the library that is shown. */
export function libraryDb(): LibraryDb {
  return useLibrary.getState().db
}

/** The same in a component, which is drawn again when it is another. */
export function useLibraryDb(): LibraryDb {
  return useLibrary((library) => library.db)
}

/**
 * Shows the library of a studio. One address may be served from different data folders at different times, and their libraries
 * must not flow into each other.
 * @param bound the studio that the present database belongs to, undefined when to none yet
 */
export function showLibraryOf(studio: string, bound: string | undefined): LibraryDb {
  const names = readNames()
  if (bound === undefined || bound === studio) {
    remember({ ...names, [studio]: libraryDb().name }, libraryDb().name)
    return libraryDb()
  }
  const name = names[studio] ?? `${FIRST_NAME}-${studio}`
  remember({ ...names, [studio]: name }, name)
  const db = new LibraryDb(name)
  // The one before stays open: components read from it until they are drawn again, and a write may be under way.
  useLibrary.setState({ db })
  return db
}

function storage(): Storage | undefined {
  return typeof localStorage === 'undefined' ? undefined : localStorage
}

function lastName(): string {
  return storage()?.getItem(LAST_KEY) ?? FIRST_NAME
}

function readNames(): Readonly<Record<string, string>> {
  try {
    const names: unknown = JSON.parse(storage()?.getItem(NAMES_KEY) ?? '{}')
    return typeof names === 'object' && names !== null ? (names as Record<string, string>) : {}
  } catch {
    return {}
  }
}

function remember(names: Readonly<Record<string, string>>, last: string): void {
  storage()?.setItem(NAMES_KEY, JSON.stringify(names))
  storage()?.setItem(LAST_KEY, last)
}
