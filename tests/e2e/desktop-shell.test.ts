import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../build/bootstrap.mjs'
import { type DesktopStudio, runDesktop } from '../../electron/shell/desktop'
import type { DesktopBridge } from '../../shared/contract/bridge'
import { app, recorded, resetDouble } from '../electron/shell/electron-double'
import { launchBrowser } from './browser'
import { createStage } from './electron-stage'

// The built preload and the shell against a double of Electron, in Chromium: what crosses the bridge, and what doesn't.

declare global {
  interface Window {
    gongbang?: DesktopBridge
    seen?: unknown[]
  }
}

const PAGE = '<!doctype html><title>shell</title><h1>shell</h1><script src="page.js"></script>'
// Code that the test evaluates is free of the policy; what the page's own script does is not.
const PAGE_SCRIPT = `
  let evaluated = 'ran'
  try { new Function('return 1')() } catch (error) { evaluated = error.name }
  window.seen = [Object.keys(window.gongbang), Object.isFrozen(window.gongbang), evaluated]
`
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
let folder = ''
let page: Page
let startedWith: unknown[] = []
let close = async () => {}

/** Echoes on its port: text as text, bytes doubled. */
const studio: DesktopStudio = {
  serve(port) {
    port.on('message', ({ data }) => port.postMessage(typeof data === 'string' ? `echo ${data}` : (data as Uint8Array).map((byte) => byte * 2)))
    port.start()
  },
  answerBlob: async (request, sha256) => new Response(`${request.method} ${sha256} ${await request.text()}`),
  isJobRunning: () => false,
  dispose: async () => {},
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shell-'))
  mkdirSync(join(folder, 'dist/client'), { recursive: true })
  cpSync(join(root, 'dist/preload'), join(folder, 'dist/preload'), { recursive: true })
  writeFileSync(join(folder, 'dist/client/index.html'), PAGE)
  writeFileSync(join(folder, 'dist/client/page.js'), PAGE_SCRIPT)
  const browser = await launchBrowser({ profile: join(folder, 'profile') })
  page = browser.page
  close = browser.close
  resetDouble()
  recorded.userData = folder
  recorded.stage = createStage(page)
  await runDesktop({ startStudio: async () => studio, dist: join(folder, 'dist'), contentSecurityPolicy: POLICY })
  await page.waitForFunction(() => window.seen !== undefined)
  startedWith = (await page.evaluate(() => window.seen)) ?? []
})
afterAll(async () => {
  await close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the bridge in the page', () => {
  it('is there before the page runs, frozen, with its declared members and no others', () => {
    const [keys, isFrozen] = startedWith as [string[], boolean]
    expect(keys.toSorted()).toEqual(['connectStudio', 'onMenuCommand', 'onOpenFiles', 'openExternal', 'platform', 'setLanguage'])
    expect(isFrozen).toBe(true)
  })

  it('leaves nothing of Node or Electron in the page', async () => {
    expect(await page.evaluate(() => ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer'].filter((name) => name in window))).toEqual([])
  })

  it('hands over a port to the studio that carries text and bytes', async () => {
    const answers = await page.evaluate(
      () =>
        new Promise<unknown[]>((resolve) => {
          const got: unknown[] = []
          window.addEventListener('message', ({ data, ports: [port] }) => {
            if (data !== 'gongbang:studio-port' || port === undefined) return
            port.onmessage = (event) => {
              got.push(typeof event.data === 'string' ? event.data : [...(event.data as Uint8Array)])
              if (got.length === 2) resolve(got)
            }
            port.postMessage('hello')
            port.postMessage(new Uint8Array([1, 2, 100]))
          })
          window.gongbang?.connectStudio()
        }),
    )
    expect(answers).toEqual(['echo hello', [2, 4, 200]])
  })

  it('delivers files that the desktop opens, readable once', async () => {
    writeFileSync(join(folder, 'part.stl'), 'solid part')
    app.emit('second-instance', {}, ['studio', join(folder, 'part.stl')], folder)
    const texts = await page.evaluate(
      () =>
        new Promise<unknown[]>((resolve) => {
          window.gongbang?.onOpenFiles((files) => {
            const read = () => fetch(files[0]?.url ?? '').then(async (response) => (response.ok ? response.text() : response.status))
            void read().then(async (first) => resolve([files[0]?.name, first, await read()]))
          })
        }),
    )
    expect(texts).toEqual(['part.stl', 'solid part', 404])
  })

  it('tells the menu its language, and stops listening when told so', async () => {
    await page.evaluate(() => window.gongbang?.setLanguage('ko'))
    await expect.poll(() => recorded.menu.map((item) => item.label)).toContain('파일')
    await page.evaluate(() => {
      window.seen = []
      const stop = window.gongbang?.onMenuCommand((id) => {
        window.seen?.push(id)
        stop?.()
      })
    })
    const { webContents } = recorded.windows[0]!
    webContents.send('gongbang:menu-command', 'go.library')
    webContents.send('gongbang:menu-command', 'go.jobs')
    await expect.poll(() => page.evaluate(() => window.seen)).toEqual(['go.library'])
  })

  it('opens listed links in the browser only', async () => {
    expect(await page.evaluate(() => Promise.all([window.gongbang?.openExternal('https://github.com/a'), window.gongbang?.openExternal('https://evil.example/')]))).toEqual([true, false])
    expect(recorded.openedExternally).toEqual(['https://github.com/a'])
  })
})

describe('the page under the app protocol', () => {
  it('reads and writes blobs on its own origin', async () => {
    expect(await page.evaluate(() => fetch('/blob/abc', { method: 'PUT', body: new Uint8Array([104, 105]) }).then((response) => response.text()))).toBe('PUT abc hi')
  })

  it('can reach nothing else', async () => {
    const directive = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), { once: true })
          fetch('https://example.com/').catch(() => undefined)
        }),
    )
    expect(await directive).toBe('connect-src')
  })

  it('makes no code from text', () => expect(startedWith[2]).toBe('EvalError'))
})
