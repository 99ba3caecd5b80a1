import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { Readable } from 'node:stream'

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

/** Decodes a path once; undefined when it can't be decoded, climbs, or holds what no path of ours holds. */
export function decodePath(pathname: string): string | undefined {
  try {
    const decoded = decodeURIComponent(pathname)
    return decoded.includes('\0') || decoded.includes('\\') || decoded.split('/').includes('..') ? undefined : decoded
  } catch {
    return undefined
  }
}

/** A refusal in plain text. */
export function refuse(status: number, why: string): Response {
  return new Response(`${why}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' } })
}

/** Streams a file whole. */
export async function fileResponse(path: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  const { size } = await stat(path)
  const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
  return new Response(body, { headers: { ...headers, 'content-length': String(size), 'x-content-type-options': 'nosniff' } })
}

/** The file that a path names, after links are resolved; undefined when it isn't there or lies outside. */
async function findFile(folder: string, pathname: string): Promise<string | undefined> {
  const root = await realpath(folder)
  const file = await realpath(join(root, pathname === '/' ? 'index.html' : pathname)).catch(() => undefined)
  if (file === undefined || !file.startsWith(root + sep)) return undefined
  return (await stat(file)).isFile() ? file : undefined
}

/** Answers with a file of the built window; names with a hash in them may be kept for ever. */
export async function answerClientFile(clientDir: string, pathname: string, contentSecurityPolicy: string): Promise<Response> {
  const file = await findFile(clientDir, pathname)
  if (file === undefined) return refuse(404, 'No such file')
  return fileResponse(file, {
    'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': pathname.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
  })
}
