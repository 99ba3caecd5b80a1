// Stands in for the `electron` module in tests (an alias in vite.config.ts). Electron's own type declarations bind the
// shape of every part; nothing here enforces what Electron enforces, so tests assert the values that were handed over.
import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'

type Frame = { url: Electron.WebFrameMain['url']; parent: null }
type Handler = (request: Request) => Response | Promise<Response>
type Bound = Record<string, unknown>
type InvokeListener = Parameters<Electron.IpcMain['handle']>[1]

/** What shows a window's page; without one a window only records. */
export interface Stage {
  load(window: BrowserWindow, url: string): Promise<void>
  /** A message to the page's preload script. */
  deliver(window: BrowserWindow, channel: string, message: unknown, ports: readonly MessagePortDouble[]): void
}

/** A preventable event, as Electron's emitters give it. */
function preventable(extra: Bound = {}) {
  return { ...extra, defaultPrevented: false, preventDefault() { this.defaultPrevented = true } }
}

/** Everything that the code under test handed to Electron. */
export interface Recorded {
  isFirstInstance: boolean
  readonly quits: string[]
  schemes: Electron.CustomScheme[]
  readonly handlers: Map<string, Handler>
  menu: Electron.MenuItemConstructorOptions[]
  readonly openedExternally: string[]
  readonly windows: BrowserWindow[]
  readonly messageBoxes: Electron.MessageBoxOptions[]
  /** The button that the next message box is answered with. */
  answer: number
  locale: string
  userData: string
  requestHandler: Parameters<Electron.Session['setPermissionRequestHandler']>[0]
  checkHandler: Parameters<Electron.Session['setPermissionCheckHandler']>[0]
  deviceHandler: Parameters<Electron.Session['setDevicePermissionHandler']>[0]
  stage: Stage | undefined
  /** Kinds of sleep that are held off now, by number. */
  readonly heldAwake: Map<number, Parameters<Electron.PowerSaveBlocker['start']>[0]>
}

export const recorded: Recorded = {
  isFirstInstance: true, quits: [], schemes: [], handlers: new Map(), menu: [], openedExternally: [], windows: [], messageBoxes: [],
  answer: 0, locale: 'en-US', userData: '', requestHandler: null, checkHandler: null, deviceHandler: null, stage: undefined, heldAwake: new Map(),
}

class AppDouble extends EventEmitter {
  readonly isPackaged = false
  private readonly ready = Promise.resolve()
  requestSingleInstanceLock = () => recorded.isFirstInstance
  whenReady = () => this.ready
  getLocale = () => recorded.locale
  getPath = (_name: 'userData') => recorded.userData
  exit = (code?: number) => void recorded.quits.push(`exit ${code ?? 0}`)
  quit = () => {
    const event = preventable()
    this.emit('will-quit', event)
    if (!event.defaultPrevented) recorded.quits.push('quit')
  }
}
export const app = new AppDouble()
app satisfies Pick<Electron.App, 'isPackaged' | 'requestSingleInstanceLock' | 'whenReady' | 'getLocale' | 'exit' | 'quit'>

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => void (recorded.schemes = schemes),
  handle: (scheme: string, handler: Handler) => void recorded.handlers.set(scheme, handler),
}
protocol satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>

const defaultSession = {
  setPermissionRequestHandler: (handler) => void (recorded.requestHandler = handler),
  setPermissionCheckHandler: (handler) => void (recorded.checkHandler = handler),
  setDevicePermissionHandler: (handler) => void (recorded.deviceHandler = handler),
} satisfies Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>
export const session = { defaultSession }

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => void (recorded.menu = menu),
}

export const shell = { openExternal: async (url: string) => void recorded.openedExternally.push(url) } satisfies Pick<Electron.Shell, 'openExternal'>

export const dialog = {
  showErrorBox: (title: string, content: string) => void recorded.quits.push(`${title}: ${content}`),
  showMessageBox: async (_window: BrowserWindow, options: Electron.MessageBoxOptions) => {
    recorded.messageBoxes.push(options)
    return { response: recorded.answer, checkboxChecked: false }
  },
}
dialog satisfies Pick<Electron.Dialog, 'showErrorBox'>

const WORK_AREA = { x: 0, y: 0, width: 1920, height: 1040 }
export const screen = {
  getPrimaryDisplay: () => ({ workArea: WORK_AREA }),
  getAllDisplays: () => [{ workArea: WORK_AREA }],
}

class IpcMainDouble extends EventEmitter {
  private readonly invoked = new Map<string, InvokeListener>()
  handle = (channel: string, listener: InvokeListener) => void this.invoked.set(channel, listener)
  removeHandler = (channel: string) => void this.invoked.delete(channel)
  /** What `ipcRenderer.invoke` reaches. */
  async invoke(event: object, channel: string, words: readonly unknown[]): Promise<unknown> {
    const listener = this.invoked.get(channel)
    if (listener === undefined) throw new Error(`No handler registered for '${channel}'`)
    return listener(event as Electron.IpcMainInvokeEvent, ...words)
  }
}
export const ipcMain = new IpcMainDouble()
ipcMain satisfies Pick<Electron.IpcMain, 'handle' | 'removeHandler'>

/** One end of a channel: messages wait until `start`, and arrive in a later turn, copied. */
export class MessagePortDouble extends EventEmitter {
  other: MessagePortDouble | undefined
  private waiting: unknown[] | undefined = []
  private isClosed = false
  postMessage(message: unknown) {
    const copy: unknown = structuredClone(message)
    setImmediate(() => this.other?.arrive(copy))
  }
  start() {
    const messages = this.waiting ?? []
    this.waiting = undefined
    for (const data of messages) this.emit('message', { data, ports: [] })
  }
  close() {
    if (this.isClosed) return
    this.isClosed = true
    this.emit('close')
    this.other?.close()
  }
  private arrive(data: unknown) {
    if (this.isClosed) return
    if (this.waiting === undefined) this.emit('message', { data, ports: [] })
    else this.waiting.push(data)
  }
}
export class MessageChannelMain {
  readonly port1 = new MessagePortDouble()
  readonly port2 = new MessagePortDouble()
  constructor() {
    this.port1.other = this.port2
    this.port2.other = this.port1
  }
}
type PortShape = Pick<Electron.MessagePortMain, 'start' | 'close'> & { postMessage(message: unknown): void }
new MessageChannelMain() satisfies { port1: PortShape; port2: PortShape }

class WebContentsDouble extends EventEmitter {
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined
  readonly sent: { channel: string; words: unknown[] }[] = []
  readonly mainFrame: Frame = { url: '', parent: null }
  constructor(private readonly window: BrowserWindow) {
    super()
  }
  setWindowOpenHandler = (handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]) => void (this.openHandler = handler)
  isDestroyed = () => this.window.isGone
  reloads = 0
  reload = () => void (this.reloads += 1)
  send = (channel: string, ...words: unknown[]) => {
    this.sent.push({ channel, words })
    recorded.stage?.deliver(this.window, channel, words[0], [])
  }
  postMessage = (channel: string, message: unknown, ports: MessagePortDouble[] = []) => {
    this.sent.push({ channel, words: [message] })
    recorded.stage?.deliver(this.window, channel, message, ports)
  }
  /** Emits a navigation as Chromium would ask for it; answers whether it was let through. */
  asks(name: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview', url: string): boolean {
    const event = preventable({ url })
    this.emit(name, event)
    return !event.defaultPrevented
  }
}

export class BrowserWindow extends EventEmitter {
  isGone = false
  isShown = false
  private maximized = false
  readonly webContents = new WebContentsDouble(this)
  constructor(readonly options: Electron.BrowserWindowConstructorOptions) {
    super()
    recorded.windows.push(this)
  }
  loadURL = async (url: string) => {
    this.webContents.mainFrame.url = url
    await recorded.stage?.load(this, url)
    this.emit('ready-to-show')
  }
  show = () => void (this.isShown = true)
  focus = () => this.emit('focus')
  restore = () => this.emit('restore')
  isMinimized = () => false
  isDestroyed = () => this.isGone
  maximize = () => void (this.maximized = true)
  isMaximized = () => this.maximized
  getNormalBounds = (): Electron.Rectangle => ({ x: this.options.x ?? 0, y: this.options.y ?? 0, width: this.options.width ?? 0, height: this.options.height ?? 0 })
  close = () => {
    const event = preventable()
    this.emit('close', event)
    if (event.defaultPrevented || this.isGone) return
    this.isGone = true
    this.emit('closed')
    app.emit('window-all-closed')
  }
}
type WindowShape = Pick<Electron.BrowserWindow, 'loadURL' | 'show' | 'isMinimized' | 'maximize' | 'isMaximized' | 'getNormalBounds' | 'close'>
void ((window: BrowserWindow): WindowShape => window)

/** The event of a message from a window's page. */
export function messageFrom(window: BrowserWindow, frame: Frame | null = window.webContents.mainFrame) {
  return { sender: window.webContents, senderFrame: frame }
}

/** Forgets everything, for the next test. */
export function resetDouble(): void {
  for (const emitter of [app, ipcMain]) emitter.removeAllListeners()
  Object.assign(recorded, { isFirstInstance: true, schemes: [], menu: [], answer: 0, locale: 'en-US', requestHandler: null, checkHandler: null, deviceHandler: null, stage: undefined })
  for (const list of [recorded.quits, recorded.openedExternally, recorded.windows, recorded.messageBoxes]) list.length = 0
  recorded.handlers.clear()
}

export const powerSaveBlocker = {
  start(type: Parameters<Electron.PowerSaveBlocker['start']>[0]): number {
    const id = recorded.heldAwake.size + 1
    recorded.heldAwake.set(id, type)
    return id
  },
  stop: (id: number): boolean => recorded.heldAwake.delete(id),
  isStarted: (id: number): boolean => recorded.heldAwake.has(id),
} satisfies Electron.PowerSaveBlocker
