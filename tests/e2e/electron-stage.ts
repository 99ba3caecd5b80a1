// Shows the windows of the Electron double in a real Chromium: the real preload runs in an isolated world of the page,
// the page's requests are answered by the handler that main.js gave to `protocol.handle`. Chromium doesn't know the scheme
// `app:`, so the page lives at http://studio.localhost/, a secure origin as well, and URLs are translated on the way.
import { readFileSync } from 'node:fs'
import type { CDPSession, Page, Route } from 'playwright-core'
import { type BrowserWindow, type MessagePortDouble, type Stage, ipcMain, messageFrom, recorded } from '../electron/shell/electron-double'
import { BINDING, mainWorldScript, preloadWorldScript } from './electron-stage-scripts'

const ORIGIN = 'http://studio.localhost'
const WORLD = 'preload'

type FromPreload =
  | { readonly kind: 'send'; readonly channel: string; readonly words: unknown[] }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly words: unknown[] }
  | { readonly kind: 'port'; readonly id: number; readonly data: Encoded }
type Encoded = { readonly text: string } | { readonly base64: string } | { readonly json: unknown }

function encode(data: unknown): Encoded {
  if (typeof data === 'string') return { text: data }
  if (data instanceof ArrayBuffer) return { base64: Buffer.from(data).toString('base64') }
  if (ArrayBuffer.isView(data)) return { base64: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') }
  return { json: data }
}

function decode(encoded: Encoded): unknown {
  if ('text' in encoded) return encoded.text
  return 'json' in encoded ? encoded.json : new Uint8Array(Buffer.from(encoded.base64, 'base64'))
}

/** Answers a request of the page as Electron would: by the handler of the app scheme. */
async function answer(route: Route): Promise<void> {
  const request = route.request()
  const handler = recorded.handlers.get('app')
  if (handler === undefined) return route.abort()
  const body = request.postDataBuffer()
  const method = request.method()
  const asked = new Request(request.url().replace(ORIGIN, 'app://studio'), {
    method,
    headers: Object.entries(await request.allHeaders()).filter(([name]) => !name.startsWith(':')),
    ...(body === null || method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
  })
  const response = await handler(asked)
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) })
}

/** One window's page and the wires between its preload script and the double. */
class StagedWindow {
  private readonly ports = new Map<number, MessagePortDouble>()
  private nextPort = 1
  private worldContext: number | undefined

  constructor(
    private readonly window: BrowserWindow,
    private readonly devtools: CDPSession,
  ) {}

  /** Sets the page up; the order matters: the page's world must listen before preload exposes anything. */
  async prepare(preload: string): Promise<void> {
    this.devtools.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === WORLD) this.worldContext = context.id
    })
    this.devtools.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === BINDING) void this.receive(JSON.parse(payload) as FromPreload)
    })
    await this.devtools.send('Page.enable')
    await this.devtools.send('Runtime.enable')
    await this.devtools.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD })
    await this.devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript() })
    await this.devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: preloadWorldScript(readFileSync(preload, 'utf8')), worldName: WORLD })
  }

  async deliver(channel: string, message: unknown, ports: readonly MessagePortDouble[]): Promise<void> {
    const ids = ports.map((port) => this.open(port))
    await this.evaluate(`__deliver(${JSON.stringify({ channel, message, ports: ids })})`)
    for (const port of ports) port.start()
  }

  private open(port: MessagePortDouble): number {
    const id = this.nextPort++
    this.ports.set(id, port)
    port.on('message', ({ data }: { data: unknown }) => void this.evaluate(`__portMessage(${id}, ${JSON.stringify(encode(data))})`))
    return id
  }

  private async receive(message: FromPreload): Promise<void> {
    if (message.kind === 'port') this.ports.get(message.id)?.postMessage(decode(message.data))
    else if (message.kind === 'send') ipcMain.emit(message.channel, messageFrom(this.window), ...message.words)
    else {
      const value = await ipcMain.invoke(messageFrom(this.window), message.channel, message.words)
      await this.evaluate(`__settle(${message.id}, ${JSON.stringify(value ?? null)})`)
    }
  }

  private async evaluate(expression: string): Promise<void> {
    // The page may be on its way out; what was meant for it is lost then, as in Electron.
    if (this.worldContext !== undefined) await this.devtools.send('Runtime.evaluate', { expression, contextId: this.worldContext }).catch(() => undefined)
  }
}

/** Makes the stage that shows every window of the double in `page`. */
export function createStage(page: Page): Stage {
  let staged: StagedWindow | undefined
  return {
    async load(window, url) {
      staged = new StagedWindow(window, await page.context().newCDPSession(page))
      await staged.prepare(window.options.webPreferences?.preload ?? '')
      await page.route(`${ORIGIN}/**`, answer)
      await page.goto(url.replace('app://studio', ORIGIN))
    },
    deliver(_window, channel, message, ports) {
      void staged?.deliver(channel, message, ports)
    },
  }
}
