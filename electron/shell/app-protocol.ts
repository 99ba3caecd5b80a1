import { protocol } from 'electron'
import { answerClientFile, decodePath, fileResponse, refuse } from '../transport/static-files'
import { APP_SCHEME, isAppUrl } from './app-origin'

/** Tells Chromium, before the app is ready, that our scheme is a real and secure origin with fetch, streams and storage. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }])
}

export interface AppProtocolParts {
  /** Folder of the built window. */
  readonly clientDir: string
  readonly contentSecurityPolicy: string
  /** Answers `GET`, `HEAD` and `PUT /blob/<sha256>`. */
  readonly answerBlob: (request: Request, sha256: string) => Promise<Response>
  /** The path behind `opened/<token>`, once. */
  readonly takeOpened: (token: string) => string | undefined
}

/** Makes the answer to every request of `app://studio/...`: the window's files, blobs, and files that the desktop opened. */
export function createAppProtocol(parts: AppProtocolParts): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isAppUrl(request.url)) return refuse(403, 'Not our host')
    const pathname = decodePath(new URL(request.url).pathname)
    if (pathname === undefined) return refuse(400, 'Malformed path')
    const [, kind, name = ''] = /^\/(blob|opened)\/([^/]+)$/.exec(pathname) ?? []
    if (kind === 'blob') return parts.answerBlob(request, name)
    if (request.method !== 'GET') return refuse(405, 'Only GET')
    if (kind === 'opened') {
      const opened = parts.takeOpened(name)
      const isGone = () => refuse(404, 'Already read, or gone')
      return opened === undefined ? isGone() : fileResponse(opened, { 'content-type': 'application/octet-stream' }).catch(isGone)
    }
    return answerClientFile(parts.clientDir, pathname, parts.contentSecurityPolicy)
  }
}
