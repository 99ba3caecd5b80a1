/** A file that the desktop handed to the app: by double click, "open with", or the command line. */
export interface OpenedFile {
  readonly name: string
  /** Relative to the page's origin. Fetch it once to read its bytes; it is gone afterwards. */
  readonly url: string
}

/** What a native menu item asks of the window: the id of one of its commands. */
export type MenuCommandId = string

/**
 * What the preload script puts on `window.gongbang` in the desktop app, and the only way from the window to Electron.
 * In a browser it is absent. Listeners are called for what came before them, too; each `on...` returns its unsubscribe.
 */
export interface DesktopBridge {
  readonly platform: string
  /** Asks for a MessagePort to the studio: it comes as a `message` event on `window`, `data` STUDIO_PORT, `ports[0]` the port. */
  connectStudio(): void
  onOpenFiles(listener: (files: readonly OpenedFile[]) => void): () => void
  onMenuCommand(listener: (id: MenuCommandId) => void): () => void
  /** Tells the native menu which language the window speaks. */
  setLanguage(language: 'en' | 'ko'): void
  /** Opens an https page of the allow-list in the user's browser; false when it isn't on the list. */
  openExternal(url: string): Promise<boolean>
}

/** The `data` of the window message that carries the studio's port. */
export const STUDIO_PORT = 'gongbang:studio-port'

/** Every channel between preload and the main process; nothing else is listened to. */
export const BRIDGE_CHANNELS = {
  connectStudio: 'gongbang:connect-studio',
  studioPort: STUDIO_PORT,
  openFiles: 'gongbang:open-files',
  openFilesReady: 'gongbang:open-files-ready',
  menuCommand: 'gongbang:menu-command',
  setLanguage: 'gongbang:set-language',
  openExternal: 'gongbang:open-external',
} as const
