import { TOKEN_FRAGMENT } from '../../shared/contract/socket'

const STORED_AS = 'gongbang.token'
const PATTERN = new RegExp(`(?:^#|&)${TOKEN_FRAGMENT}=([0-9a-f]{64})(?:&|$)`)

/**
 * The host's token: taken out of the address that the host printed (and out of the history), else as it was kept. It is kept for
 * this origin, port included, so that a reload goes on; in the desktop app there is none.
 */
function takeToken(): string {
  const found = PATTERN.exec(window.location.hash)?.[1]
  if (found === undefined) return localStorage.getItem(STORED_AS) ?? ''
  localStorage.setItem(STORED_AS, found)
  window.history.replaceState(null, '', window.location.pathname + window.location.search)
  return found
}

let token: string | undefined

/** What this window shows the host. */
export function sessionToken(): string {
  token ??= takeToken()
  return token
}

/** A link with a token was opened in this very window: the next call uses it. */
export function rereadToken(): void {
  token = undefined
}
