// Shows the windows of the Electron double in a real Chromium: the real preload runs in an isolated world of the page,
// the page's requests are answered by the handler that main.js gave to `protocol.handle`. Chromium doesn't know the scheme
// `app:`, so the page lives at an address of this computer, a secure origin as well, and URLs are translated on the way.
import { readFileSync } from 'node:fs'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CDPSession, Page } from 'playwright-core'
import { sendWebResponse, toWebRequest } from '../../electron/transport/web-request'
import { type BrowserWindow, type MessagePortDouble, type Stage, ipcMain, messageFrom, recorded } from '../electron/shell/electron-double'
import { BINDING, mainWorldScript, preloadWorldScript } from './electron-stage-scripts'

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

/** Answers the page's requests (and its workers') as Electron would: by the handler of the app scheme, bodies streamed. */
async function serveApp(): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const handler = recorded.handlers.get('app')
    const asked = toWebRequest(incoming, `app://studio${incoming.url ?? '/'}`)
    Promise.resolve(handler?.(asked) ?? Response.error())
      .then((response) => sendWebResponse(response, outgoing))
      .catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
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
    // A page that goes takes its ports along, as in Electron.
    this.devtools.on('Runtime.executionContextsCleared', () => {
      for (const port of this.ports.values()) port.close()
      this.ports.clear()
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
      const server = await serveApp()
      page.once('close', () => (server.closeAllConnections(), server.close()))
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      staged = new StagedWindow(window, await page.context().newCDPSession(page))
      await staged.prepare(window.options.webPreferences?.preload ?? '')
      await page.goto(url.replace('app://studio', origin))
    },
    deliver(_window, channel, message, ports) {
      void staged?.deliver(channel, message, ports)
    },
  }
}
