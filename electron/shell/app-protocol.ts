import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { Readable } from 'node:stream'
import { protocol } from 'electron'
import { APP_SCHEME, isAppUrl } from './app-origin'

/** Tells Chromium, before the app is ready, that our scheme is a real and secure origin with fetch, streams and storage. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }])
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
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

function refuse(status: number, why: string): Response {
  return new Response(`${why}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' } })
}

async function fileResponse(path: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  const { size } = await stat(path)
  const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
  return new Response(body, { headers: { ...headers, 'content-length': String(size), 'x-content-type-options': 'nosniff' } })
}

/** The file of the window that a path names, after links are resolved; undefined when it isn't there or lies outside. */
async function findClientFile(clientDir: string, pathname: string): Promise<string | undefined> {
  const root = await realpath(clientDir)
  const file = await realpath(join(root, pathname === '/' ? 'index.html' : pathname)).catch(() => undefined)
  if (file === undefined || !file.startsWith(root + sep)) return undefined
  return (await stat(file)).isFile() ? file : undefined
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
      return opened === undefined ? refuse(404, 'Already read') : fileResponse(opened, { 'content-type': 'application/octet-stream' })
    }
    const file = await findClientFile(parts.clientDir, pathname)
    if (file === undefined) return refuse(404, 'No such file')
    return fileResponse(file, {
      'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': parts.contentSecurityPolicy,
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    })
  }
}

/** Decodes once; a path that climbs, or that can't be decoded, is answered with undefined. */
function decodePath(pathname: string): string | undefined {
  try {
    const decoded = decodeURIComponent(pathname)
    return decoded.includes('\0') || decoded.includes('\\') || decoded.split('/').includes('..') ? undefined : decoded
  } catch {
    return undefined
  }
}
