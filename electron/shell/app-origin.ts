/** The window's own scheme and host: `app://studio/`, instead of `file:`. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'studio'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

/** Whether a URL belongs to the window's own pages. Compared by protocol and host, because Node's `origin` of such a URL is "null". */
export function isAppUrl(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false
  const { protocol, host, username, password } = new URL(url)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
}

/** Hosts that a link may open in the user's browser. */
const EXTERNAL_HOSTS: ReadonlySet<string> = new Set(['github.com', 'marlinfw.org', 'www.marlinfw.org', 'nodejs.org', 'www.apache.org', 'creativecommons.org', 'spdx.org'])

/** Whether a link may leave the app: https, the usual port, and a host of the list. */
export function isExternalAllowed(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, port, username, password } = new URL(url)
  return protocol === 'https:' && port === '' && username === '' && password === '' && EXTERNAL_HOSTS.has(hostname)
}
