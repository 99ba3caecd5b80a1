import { TOKEN_FRAGMENT } from '../../shared/contract/socket'

const STORED_AS = 'gongbang.token'
/** Brought by an address and not proven yet. It is this tab's own, so that a link of somebody else's can't push the good one out. */
const OFFERED_AS = 'gongbang.token.offered'
const PATTERN = new RegExp(`(?:^#|&)${TOKEN_FRAGMENT}=([0-9a-f]{64})(?:&|$)`)

/** Takes a token out of the address that the host printed, and out of the history. */
function takeOffered(): void {
  const found = PATTERN.exec(window.location.hash)?.[1]
  if (found === undefined) return
  sessionStorage.setItem(OFFERED_AS, found)
  window.history.replaceState(null, '', window.location.pathname + window.location.search)
}

/**
 * What a new line to the host begins with: the token of the address, else the one that was kept for this origin, port included, so
 * that a reload goes on.
 */
export function sessionToken(): string {
  takeOffered()
  return sessionStorage.getItem(OFFERED_AS) ?? provenToken()
}

/** The token that the host has taken, for requests beside the line; a token that an address offers is not sent before it is proven. */
export function provenToken(): string {
  return localStorage.getItem(STORED_AS) ?? ''
}

/** The host has taken the token: from now on it is the one that is kept. */
export function keepToken(token: string): void {
  if (token !== '') localStorage.setItem(STORED_AS, token)
  sessionStorage.removeItem(OFFERED_AS)
}

/** The host refused what the address offered: the one that was kept is tried again. */
export function dropOfferedToken(): void {
  sessionStorage.removeItem(OFFERED_AS)
}

/** Calls when an address with a token is opened in this very window; returns how to stop. */
export function onTokenOffered(listener: () => void): () => void {
  const onHash = () => {
    if (PATTERN.test(window.location.hash)) listener()
  }
  window.addEventListener('hashchange', onHash)
  return () => window.removeEventListener('hashchange', onHash)
}
