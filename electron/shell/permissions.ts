import type { Session } from 'electron'
import { isAppUrl } from './app-origin'

/** The only thing a page may ask for: to copy text. Cameras, microphones, USB and serial of the web, positions, notices: no. */
const ALLOWED: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** Whether a page may have a permission: one of the list, asked by our own pages. */
export function isPermitted(permission: string, url: string | undefined): boolean {
  return ALLOWED.has(permission) && isAppUrl(url)
}

/** Denies by request and by check, and every device that web pages could pick. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => answer(isPermitted(permission, details.requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, origin) => isPermitted(permission, origin))
  session.setDevicePermissionHandler(() => false)
}
