import { contextBridge, ipcRenderer } from 'electron'
import { BRIDGE_CHANNELS, type DesktopBridge, type OpenedFile, STUDIO_PORT } from '../shared/contract/bridge'

// The page's window, as far as this script needs it; Electron's side has no DOM types.
declare const window: { readonly location: { readonly origin: string }; postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void }

// Runs in the page's isolated world, before the page. Electron's objects stay here: the page gets plain functions.

/** Listens to a channel; the listener sees the value only, never Electron's event. */
function subscribe<T>(channel: string, listener: (value: T) => void): () => void {
  const relay = (_event: unknown, value: T) => listener(value)
  ipcRenderer.on(channel, relay)
  return () => {
    ipcRenderer.off(channel, relay)
  }
}

// A port can't cross the bridge as a value; it is handed on as a window message, to our own origin only.
ipcRenderer.on(BRIDGE_CHANNELS.studioPort, (event) => window.postMessage(STUDIO_PORT, window.location.origin, [...event.ports]))

const bridge: DesktopBridge = {
  platform: process.platform,
  connectStudio: () => ipcRenderer.send(BRIDGE_CHANNELS.connectStudio),
  onOpenFiles(listener) {
    const unsubscribe = subscribe<readonly OpenedFile[]>(BRIDGE_CHANNELS.openFiles, listener)
    ipcRenderer.send(BRIDGE_CHANNELS.openFilesReady)
    return unsubscribe
  },
  onMenuCommand: (listener) => subscribe<string>(BRIDGE_CHANNELS.menuCommand, listener),
  setLanguage: (language) => ipcRenderer.send(BRIDGE_CHANNELS.setLanguage, language),
  openExternal: (url) => ipcRenderer.invoke(BRIDGE_CHANNELS.openExternal, url),
}
contextBridge.exposeInMainWorld('gongbang', bridge)
