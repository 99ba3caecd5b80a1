import { BrowserWindow, type BrowserWindowConstructorOptions, type WebContents, screen, shell } from 'electron'
import { APP_URL, isAppUrl, isExternalAllowed } from './app-origin'
import { SMALLEST, fitBounds, readWindowState, saveWindowState } from './window-state'

/** What the page may do: nothing of Node, in its own world, in the sandbox. */
export function hardenedPreferences(preload: string, isPackaged: boolean): NonNullable<BrowserWindowConstructorOptions['webPreferences']> {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    devTools: !isPackaged,
  }
}

/** Keeps a page on our own origin: no navigation away, no new windows, no webviews; listed https links go to the user's browser. */
export function confineContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    // A system without a browser: the link stays where it is.
    if (isExternalAllowed(url)) shell.openExternal(url).catch(() => undefined)
    return { action: 'deny' }
  })
}

export interface StudioWindowOptions {
  readonly preload: string
  readonly stateFile: string
  readonly isPackaged: boolean
  /** Asked when the user closes the window; false keeps it open. */
  readonly mayClose: (window: BrowserWindow) => Promise<boolean>
}

/** Opens the studio's window where it was the last time and loads the built page. */
export function openStudioWindow(options: StudioWindowOptions): BrowserWindow {
  const saved = readWindowState(options.stateFile)
  const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea)
  const window = new BrowserWindow({
    ...fitBounds(saved?.bounds, workAreas),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Gongbang Studio',
    show: false,
    backgroundColor: '#1a1b1e',
    webPreferences: hardenedPreferences(options.preload, options.isPackaged),
  })
  if (saved?.isMaximized === true) window.maximize()
  confineContents(window.webContents)
  window.once('ready-to-show', () => window.show())
  askBeforeClosing(window, options)
  reloadAfterCrash(window)
  // A load that is broken off by the next one is no failure; a page that can't be had shows so itself.
  window.loadURL(APP_URL).catch((error: unknown) => console.error('window', error))
  return window
}

/** A page that crashes again so soon would crash for ever. */
const CRASH_PAUSE_MS = 30_000

/** Shows the page again when its process died (memory, graphics): jobs run in this process and go on. */
function reloadAfterCrash(window: BrowserWindow): void {
  let lastMs = -CRASH_PAUSE_MS
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    console.error('window', reason)
    const isLoop = performance.now() - lastMs < CRASH_PAUSE_MS
    lastMs = performance.now()
    if (!isLoop && !window.isDestroyed()) window.webContents.reload()
  })
}

function askBeforeClosing(window: BrowserWindow, options: StudioWindowOptions): void {
  let isAllowed = false
  let isAsking = false
  window.on('close', (event) => {
    void saveWindowState(options.stateFile, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
    if (isAllowed) return
    event.preventDefault()
    if (isAsking) return
    isAsking = true
    void options.mayClose(window).then((mayClose) => {
      isAsking = false
      isAllowed = mayClose
      if (mayClose) window.close()
    })
  })
}
