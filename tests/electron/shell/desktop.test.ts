import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessagePortMain } from 'electron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DesktopStudio, runDesktop } from '../../../electron/shell/desktop'
import { BRIDGE_CHANNELS } from '../../../shared/contract/bridge'
import { type BrowserWindow, app, ipcMain, messageFrom, recorded, resetDouble } from './electron-double'

let folder = ''
let isJobRunning = false
let isDisposed = false
const served: MessagePortMain[] = []

const studio: DesktopStudio = {
  serve: (port) => void served.push(port),
  answerBlob: async (request, sha256) => new Response(`${request.method} ${sha256}`),
  isJobRunning: () => isJobRunning,
  dispose: async () => void (isDisposed = true),
}

async function run(startStudio: () => Promise<DesktopStudio> = async () => studio): Promise<BrowserWindow> {
  await runDesktop({ startStudio, dist: join(folder, 'dist'), contentSecurityPolicy: "default-src 'none'" })
  return recorded.windows[0]!
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  return recorded.handlers.get('app')!(new Request(`app://studio${path}`, init))
}

/** Lets promises that are already settled run their course. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => {
  resetDouble()
  folder = mkdtempSync(join(tmpdir(), 'desktop-'))
  recorded.userData = folder
  mkdirSync(join(folder, 'dist/client/assets'), { recursive: true })
  writeFileSync(join(folder, 'dist/client/index.html'), '<p>studio</p>')
  writeFileSync(join(folder, 'dist/client/assets/a.wasm'), '\0asm')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  isJobRunning = false
  isDisposed = false
  served.length = 0
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the window', () => {
  it('is hardened', async () => {
    const { options } = await run()
    expect(options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      preload: join(folder, 'dist/preload/preload.cjs'),
    })
  })

  it('loads the app scheme, which is registered as a secure origin', async () => {
    const window = await run()
    expect(window.webContents.mainFrame.url).toBe('app://studio/')
    expect(recorded.schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }])
    expect(recorded.schemes[0]?.privileges).not.toHaveProperty('bypassCSP')
  })

  it.each(['https://example.com/', 'file:///etc/passwd', 'app://elsewhere/', 'javascript:alert(1)', 'app://user@studio/'])('does not navigate to %s', async (url) => {
    const { webContents } = await run()
    expect(['will-navigate', 'will-frame-navigate', 'will-redirect'].map((name) => webContents.asks(name as 'will-navigate', url))).toEqual([false, false, false])
    expect(webContents.asks('will-navigate', 'app://studio/#/library')).toBe(true)
    expect(webContents.asks('will-attach-webview', url)).toBe(false)
  })

  it('opens no second window, and only listed https links in the browser', async () => {
    const { webContents } = await run()
    const ask = (url: string) => webContents.openHandler!({ url } as Parameters<NonNullable<typeof webContents.openHandler>>[0]).action
    const urls = ['https://marlinfw.org/docs', 'https://evil.example/', 'http://github.com/', 'https://github.com:8443/', 'https://github.com.evil.example/', 'file:///x']
    expect(urls.map(ask)).toEqual(urls.map(() => 'deny'))
    expect(recorded.openedExternally).toEqual(['https://marlinfw.org/docs'])
  })

  it('opens again where it was, and in the middle when that place is gone', async () => {
    writeFileSync(join(folder, 'window.json'), JSON.stringify({ bounds: { x: 100, y: 50, width: 1000, height: 700 }, isMaximized: true }))
    const window = await run()
    expect(window.options).toMatchObject({ x: 100, y: 50, width: 1000, height: 700 })
    expect(window.isMaximized()).toBe(true)
    resetDouble()
    recorded.userData = folder
    writeFileSync(join(folder, 'window.json'), JSON.stringify({ bounds: { x: 9000, y: 50, width: 1000, height: 700 } }))
    expect((await run()).options).toMatchObject({ x: 460, y: 170, width: 1000, height: 700 })
  })

  it('stays open when a job runs and the user keeps it', async () => {
    const window = await run()
    isJobRunning = true
    window.close()
    await settle()
    expect(window.isGone).toBe(false)
    recorded.answer = 1
    window.close()
    await settle()
    expect(window.isGone).toBe(true)
    expect(recorded.messageBoxes).toHaveLength(2)
  })
})

describe('permissions', () => {
  it('are denied by request and by check, and every device too', async () => {
    await run()
    const granted: boolean[] = []
    for (const permission of ['media', 'geolocation', 'serial', 'usb', 'hid', 'notifications', 'openExternal', 'fileSystem'] as const) {
      const details = { requestingUrl: 'app://studio/', isMainFrame: true }
      recorded.requestHandler!(null as never, permission as 'media', (isGranted) => granted.push(isGranted), details as never)
      granted.push(recorded.checkHandler!(null, permission as 'media', 'app://studio/', details as never))
    }
    granted.push(recorded.deviceHandler!({ deviceType: 'serial', origin: 'app://studio/', device: {} as never }))
    expect(granted).toHaveLength(17)
    expect(granted).not.toContain(true)
  })

  it('lets our own page copy text, and nobody else', async () => {
    await run()
    const check = (origin: string) => recorded.checkHandler!(null, 'clipboard-sanitized-write', origin, {} as never)
    expect([check('app://studio/'), check('https://example.com/')]).toEqual([true, false])
  })
})

describe('the app protocol', () => {
  it('serves the page with its content security policy, and wasm with its type', async () => {
    await run()
    const page = await ask('/')
    expect([page.status, await page.text(), page.headers.get('content-security-policy')]).toEqual([200, '<p>studio</p>', "default-src 'none'"])
    expect((await ask('/assets/a.wasm')).headers.get('content-type')).toBe('application/wasm')
  })

  it.each(['/%2e%2e/secret.txt', '/..%2f..%2fsecret.txt', '/assets/..%5c..%5csecret.txt', '/%00', '/%zz', '/assets', '/nothing.js'])('does not serve %s', async (path) => {
    await run()
    const response = await ask(path)
    expect([400, 404]).toContain(response.status)
    expect(await response.text()).not.toBe('secret')
  })

  it('refuses other hosts and other methods', async () => {
    await run()
    expect((await recorded.handlers.get('app')!(new Request('app://other/'))).status).toBe(403)
    expect((await ask('/', { method: 'POST', body: 'x' })).status).toBe(405)
  })

  it('hands blobs to the studio', async () => {
    await run()
    expect(await (await ask('/blob/abc', { method: 'PUT', body: 'x' })).text()).toBe('PUT abc')
  })
})

describe('files that the desktop opens', () => {
  it('wait for the window, can be read once, and come with a second instance too', async () => {
    const model = join(folder, 'part.STL')
    writeFileSync(model, 'solid')
    const window = await run()
    app.emit('second-instance', {}, ['gongbang', 'part.STL', '--flag', 'missing.stl', 'notes.txt'], folder)
    expect(window.webContents.sent).toEqual([])
    ipcMain.emit(BRIDGE_CHANNELS.openFilesReady, messageFrom(window))
    const [{ name, url }] = window.webContents.sent[0]!.words[0] as [{ name: string; url: string }]
    expect(name).toBe('part.STL')
    expect(await (await ask(url)).text()).toBe('solid')
    expect((await ask(url)).status).toBe(404)
  })

  it('come from macOS before the app is ready', async () => {
    const model = join(folder, 'a.3mf')
    writeFileSync(model, 'zip')
    const running = run()
    app.emit('open-file', { preventDefault() {} }, model)
    const window = await running
    ipcMain.emit(BRIDGE_CHANNELS.openFilesReady, messageFrom(window))
    expect(window.webContents.sent[0]?.words[0]).toMatchObject([{ name: 'a.3mf' }])
  })
})

describe('files that are no files, and windows that are gone', () => {
  it('takes no folder, no pipe and nothing of another kind', async () => {
    mkdirSync(join(folder, 'folder.stl'))
    spawnSync('mkfifo', [join(folder, 'pipe.stl')])
    writeFileSync(join(folder, 'notes.txt'), 'x')
    const window = await run()
    ipcMain.emit(BRIDGE_CHANNELS.openFilesReady, messageFrom(window))
    app.emit('second-instance', {}, ['gongbang', 'folder.stl', 'pipe.stl'], folder)
    for (const name of ['folder.stl', 'pipe.stl', 'notes.txt', 'missing.stl']) app.emit('open-file', { preventDefault() {} }, join(folder, name))
    expect(window.webContents.sent).toEqual([])
  })

  it('says that a file is gone that was taken away before it was read', async () => {
    writeFileSync(join(folder, 'part.stl'), 'solid')
    const window = await run()
    ipcMain.emit(BRIDGE_CHANNELS.openFilesReady, messageFrom(window))
    app.emit('second-instance', {}, ['gongbang', 'part.stl'], folder)
    rmSync(join(folder, 'part.stl'))
    const [{ url }] = window.webContents.sent[0]!.words[0] as [{ url: string }]
    expect((await ask(url)).status).toBe(404)
  })

  it('keeps a file that comes while the page is loaded anew for the next page', async () => {
    writeFileSync(join(folder, 'part.stl'), 'solid')
    const window = await run()
    ipcMain.emit(BRIDGE_CHANNELS.openFilesReady, messageFrom(window))
    window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true })
    window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    app.emit('second-instance', {}, ['gongbang', 'part.stl'], folder)
    expect(window.webContents.sent).toEqual([])
    ipcMain.emit(BRIDGE_CHANNELS.openFilesReady, messageFrom(window))
    expect(window.webContents.sent[0]?.words[0]).toMatchObject([{ name: 'part.stl' }])
  })

  it('opens a window for a file when there is none', async () => {
    writeFileSync(join(folder, 'part.stl'), 'solid')
    const window = await run()
    window.close()
    await settle()
    expect(window.isGone).toBe(true)
    app.emit('open-file', { preventDefault() {} }, join(folder, 'part.stl'))
    expect(recorded.windows).toHaveLength(2)
    ipcMain.emit(BRIDGE_CHANNELS.openFilesReady, messageFrom(recorded.windows[1]!))
    expect(recorded.windows[1]!.webContents.sent[0]?.words[0]).toMatchObject([{ name: 'part.stl' }])
  })

  it('shows the page again when its process died, but not for ever', async () => {
    const window = await run()
    for (const reason of ['clean-exit', 'oom', 'crashed']) window.webContents.emit('render-process-gone', {}, { reason, exitCode: 1 })
    expect(window.webContents.reloads).toBe(1)
  })
})

describe('the bridge', () => {
  it('gives the studio to the top frame of our own page only', async () => {
    const window = await run()
    ipcMain.emit(BRIDGE_CHANNELS.connectStudio, messageFrom(window, { url: 'https://example.com/', parent: null }))
    ipcMain.emit(BRIDGE_CHANNELS.connectStudio, messageFrom(window, null))
    expect(served).toHaveLength(0)
    ipcMain.emit(BRIDGE_CHANNELS.connectStudio, messageFrom(window))
    expect(served).toHaveLength(1)
    expect(window.webContents.sent[0]?.channel).toBe(BRIDGE_CHANNELS.studioPort)
  })

  it('opens listed links only', async () => {
    const window = await run()
    const open = (url: unknown) => ipcMain.invoke(messageFrom(window), BRIDGE_CHANNELS.openExternal, [url])
    expect(await Promise.all([open('https://github.com/x'), open('https://evil.example'), open(7)])).toEqual([true, false, false])
    expect(recorded.openedExternally).toEqual(['https://github.com/x'])
  })

  it('listens to no other channel', async () => {
    await run()
    const known = Object.values(BRIDGE_CHANNELS)
    expect(ipcMain.eventNames().filter((name) => !known.includes(name as (typeof known)[number]))).toEqual([])
  })
})

describe('the menu', () => {
  const labels = () => recorded.menu.map((item) => item.label)

  it('speaks the language of the system, then that of the window', async () => {
    recorded.locale = 'ko-KR'
    const window = await run()
    expect(labels()).toContain('파일')
    ipcMain.emit(BRIDGE_CHANNELS.setLanguage, messageFrom(window), 'en')
    expect(labels()).toContain('File')
  })

  it('runs commands of the window', async () => {
    const window = await run()
    const file = recorded.menu.find((item) => item.label === 'File')!
    const [first] = file.submenu as Electron.MenuItemConstructorOptions[]
    first!.click!(undefined as never, undefined, undefined as never)
    expect(window.webContents.sent).toEqual([{ channel: BRIDGE_CHANNELS.menuCommand, words: ['import.open'] }])
  })
})

describe('start and end', () => {
  it('ends at once when another instance runs', async () => {
    recorded.isFirstInstance = false
    await run()
    expect(recorded.windows).toHaveLength(0)
    expect(recorded.quits).toEqual(['quit'])
  })

  it('says why when the studio does not start', async () => {
    await expect(run(() => Promise.reject(new Error('the disk is full')))).rejects.toThrow('the disk is full')
    expect(recorded.quits).toEqual(['Gongbang Studio could not start: the disk is full', 'exit 1'])
  })

  it('disposes the studio before it ends', async () => {
    const window = await run()
    window.close()
    await settle()
    await settle()
    expect(isDisposed).toBe(true)
    expect(recorded.quits).toContain('quit')
  })
})
