import { dirname, join } from 'node:path'
import { type BrowserWindow, type MessagePortMain, app, dialog, protocol, session } from 'electron'
import { BRIDGE_CHANNELS } from '../../shared/contract/bridge'
import { APP_SCHEME } from './app-origin'
import { type AppProtocolParts, createAppProtocol, registerAppScheme } from './app-protocol'
import { listenToBridge } from './bridge-listeners'
import { installMenu } from './menu'
import { type MenuLanguage, menuLanguage, menuTexts } from './menu-texts'
import { createOpenedFiles, filesOfCommandLine, openableFiles } from './opened-files'
import { denyPermissions } from './permissions'
import { openStudioWindow } from './studio-window'

/** The studio as the shell needs it; `main.ts` binds it to the services. */
export interface DesktopStudio {
  readonly serve: (port: MessagePortMain) => void
  readonly answerBlob: AppProtocolParts['answerBlob']
  readonly isJobRunning: () => boolean
  readonly dispose: () => Promise<void>
}

export interface DesktopParts {
  readonly startStudio: () => Promise<DesktopStudio>
  /** Folder of the built products: `client`, `preload`. */
  readonly dist: string
  readonly contentSecurityPolicy: string
}

/** Asks before a window is closed that feeds a machine. */
async function mayClose(window: BrowserWindow, isJobRunning: boolean, language: MenuLanguage): Promise<boolean> {
  if (!isJobRunning) return true
  const texts = menuTexts(language)
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: texts.jobRunningTitle,
    detail: texts.jobRunningDetail,
    buttons: [texts.keepOpen, texts.closeAnyway],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}

/**
 * A studio that hangs must not keep the app from ending; what it acknowledged is on disk already. Longer than a job is given to end
 * cleanly (heaters off, nozzle up).
 */
const DISPOSE_LIMIT_MS = 20_000

/** Disposes the studio once, before the app ends. */
function disposeBeforeQuit(studio: DesktopStudio): void {
  let isDisposed = false
  app.on('will-quit', (event) => {
    if (isDisposed) return
    event.preventDefault()
    const limit = new Promise((resolve) => setTimeout(resolve, DISPOSE_LIMIT_MS))
    void Promise.race([studio.dispose().catch((error: unknown) => console.error('dispose', error)), limit]).finally(() => {
      isDisposed = true
      app.quit()
    })
  })
}

/**
 * Runs the desktop app: one instance, one window, the studio in this process. Call it before the app is ready, since
 * the scheme can't be registered later; a second instance hands its files to the first and ends.
 */
export async function runDesktop({ startStudio, dist, contentSecurityPolicy }: DesktopParts): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  registerAppScheme()
  const opened = createOpenedFiles()
  let window: BrowserWindow | undefined
  let language: MenuLanguage = 'en'
  let show = () => {}
  app.on('open-file', (event, path) => {
    event.preventDefault()
    opened.add(openableFiles([path]))
    show()
  })
  app.on('second-instance', (_event, words, workingDirectory) => {
    opened.add(filesOfCommandLine(words.slice(1), workingDirectory))
    show()
  })
  opened.add(filesOfCommandLine(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd()))

  await app.whenReady()
  language = menuLanguage(app.getLocale())
  denyPermissions(session.defaultSession)
  const studio = await startStudio().catch((error: unknown) => {
    dialog.showErrorBox(menuTexts(language).startFailed, error instanceof Error ? error.message : String(error))
    app.exit(1)
    throw error
  })
  disposeBeforeQuit(studio)
  protocol.handle(APP_SCHEME, createAppProtocol({ clientDir: join(dist, 'client'), contentSecurityPolicy, answerBlob: studio.answerBlob, takeOpened: opened.take }))

  const menu = (next: MenuLanguage) => {
    language = next
    installMenu(next, { platform: process.platform, isPackaged: app.isPackaged }, () => window, BRIDGE_CHANNELS.menuCommand)
  }
  menu(language)
  listenToBridge({ serveStudio: studio.serve, onLanguage: menu, onReadyForFiles: opened.deliverTo })

  const open = () => {
    window = openStudioWindow({
      preload: join(dist, 'preload/preload.cjs'),
      stateFile: join(app.getPath('userData'), 'window.json'),
      isPackaged: app.isPackaged,
      mayClose: (closing) => mayClose(closing, studio.isJobRunning(), language),
    })
    window.on('closed', () => {
      window = undefined
      opened.hold()
    })
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      // The page that took the files goes; the next one says when it is ready.
      if (isMainFrame && !isSameDocument) opened.hold()
    })
  }
  open()
  // On macOS the app lives on without a window.
  show = () => {
    if (window === undefined) return open()
    if (window.isMinimized()) window.restore()
    window.focus()
  }
  app.on('activate', () => {
    if (window === undefined) open()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}

/** The folder of the built products, seen from `dist/main/main.js`. */
export function distFolder(mainFile: string): string {
  return dirname(dirname(mainFile))
}
