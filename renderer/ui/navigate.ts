import { useSyncExternalStore } from 'react'

/** Every screen of the window, in the order of its navigation. */
export const SCREENS = ['start', 'library', 'prepare', 'preview', 'print', 'machines', 'jobs', 'profiles', 'settings'] as const
export type Screen = (typeof SCREENS)[number]
export type Path = `/${Screen}` | `/${Screen}/${string}` | `/${Screen}?${string}`

export interface Route {
  /** `/machines/virtual`. */
  readonly path: string
  readonly screen: Screen
  /** What follows the screen: the id of a machine, job, design. */
  readonly id: string | undefined
  /** `?from=import` after the path. */
  readonly query: URLSearchParams
}

function isScreen(name: string | undefined): name is Screen {
  return (SCREENS as readonly (string | undefined)[]).includes(name)
}

/** An id as it stands in an address; an address that somebody cut short is taken as it is. */
function decodeId(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Reads a location's hash; what is unknown leads to the start. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2)
  const [screen, id] = path.split('/').filter((part) => part !== '')
  if (!isScreen(screen)) return { path: '/start', screen: 'start', id: undefined, query: new URLSearchParams() }
  return { path, screen, id: id === undefined ? undefined : decodeId(id), query: new URLSearchParams(query) }
}

/** Goes to a screen: `navigate('/prepare')`, `navigate('/machines/virtual')`. */
export function navigate(path: Path): void {
  if (window.location.hash !== `#${path}`) window.location.hash = path
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

let lastHash: string | undefined
let lastRoute = parseRoute('')
function currentRoute(): Route {
  if (window.location.hash !== lastHash) {
    lastHash = window.location.hash
    lastRoute = parseRoute(lastHash)
  }
  return lastRoute
}

/** The screen that the window shows now. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute)
}
