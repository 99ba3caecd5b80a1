import { type IpcMainEvent, type IpcMainInvokeEvent, MessageChannelMain, type MessagePortMain, type WebContents, ipcMain, shell } from 'electron'
import { BRIDGE_CHANNELS, type OpenedFile } from '../../shared/contract/bridge'
import { isAppUrl, isExternalAllowed } from './app-origin'
import type { MenuLanguage } from './menu-texts'

export interface BridgeParts {
  /** Serves the studio over a port until it closes. */
  readonly serveStudio: (port: MessagePortMain) => void
  readonly onLanguage: (language: MenuLanguage) => void
  /** From now on `deliver` takes the files that the desktop opened. */
  readonly onReadyForFiles: (deliver: (files: readonly OpenedFile[]) => void) => void
}

/** Whether a message comes from the top frame of our own page; the frame is null when it is gone already. */
export function isTrusted(event: Pick<IpcMainEvent | IpcMainInvokeEvent, 'senderFrame' | 'sender'>): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isAppUrl(frame.url)
}

function sendFiles(contents: WebContents): (files: readonly OpenedFile[]) => void {
  return (files) => {
    if (!contents.isDestroyed()) contents.send(BRIDGE_CHANNELS.openFiles, files)
  }
}

/** Listens to the channels of the bridge, and to nothing else; answers the disposer. */
export function listenToBridge(parts: BridgeParts): () => void {
  const onConnect = (event: IpcMainEvent) => {
    if (!isTrusted(event)) return
    const { port1, port2 } = new MessageChannelMain()
    parts.serveStudio(port1)
    event.sender.postMessage(BRIDGE_CHANNELS.studioPort, null, [port2])
  }
  const onLanguage = (event: IpcMainEvent, language: unknown) => {
    if (isTrusted(event) && (language === 'en' || language === 'ko')) parts.onLanguage(language)
  }
  const onReady = (event: IpcMainEvent) => {
    if (isTrusted(event)) parts.onReadyForFiles(sendFiles(event.sender))
  }
  ipcMain.on(BRIDGE_CHANNELS.connectStudio, onConnect)
  ipcMain.on(BRIDGE_CHANNELS.setLanguage, onLanguage)
  ipcMain.on(BRIDGE_CHANNELS.openFilesReady, onReady)
  ipcMain.handle(BRIDGE_CHANNELS.openExternal, async (event, url: unknown) => {
    if (!isTrusted(event) || typeof url !== 'string' || !isExternalAllowed(url)) return false
    return shell.openExternal(url).then(() => true, () => false)
  })
  return () => {
    ipcMain.off(BRIDGE_CHANNELS.connectStudio, onConnect)
    ipcMain.off(BRIDGE_CHANNELS.setLanguage, onLanguage)
    ipcMain.off(BRIDGE_CHANNELS.openFilesReady, onReady)
    ipcMain.removeHandler(BRIDGE_CHANNELS.openExternal)
  }
}
