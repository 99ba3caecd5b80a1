import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import { type MenuLanguage, type MenuTexts, menuTexts } from './menu-texts'

/** Screens that the "Go" menu names, in the order of the window's own navigation. */
const SCREENS = ['start', 'library', 'prepare', 'preview', 'machines', 'jobs', 'profiles', 'settings'] as const

export interface MenuParts {
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  /** Runs a command of the window by its id. */
  readonly run: (command: string) => void
}

/** A command of the window; its keys are shown only, because the window listens to them itself. */
function command(label: string, id: string, parts: MenuParts, keys?: string): MenuItemConstructorOptions {
  return { label, click: () => parts.run(id), ...(keys === undefined ? {} : { accelerator: keys, registerAccelerator: false }) }
}

function editMenu(texts: MenuTexts): MenuItemConstructorOptions {
  return {
    label: texts.edit,
    submenu: [
      { role: 'undo', label: texts.undo, registerAccelerator: false },
      { role: 'redo', label: texts.redo, registerAccelerator: false },
      { type: 'separator' },
      { role: 'cut', label: texts.cut },
      { role: 'copy', label: texts.copy },
      { role: 'paste', label: texts.paste },
      { role: 'selectAll', label: texts.selectAll },
    ],
  }
}

function viewMenu(texts: MenuTexts, parts: MenuParts): MenuItemConstructorOptions {
  return {
    label: texts.view,
    submenu: [
      command(texts.commands, 'palette.open', parts, 'CmdOrCtrl+K'),
      { type: 'separator' },
      { role: 'zoomIn', label: texts.zoomIn },
      { role: 'zoomOut', label: texts.zoomOut },
      { role: 'resetZoom', label: texts.zoomReset },
      { type: 'separator' },
      { role: 'togglefullscreen', label: texts.fullScreen },
      ...(parts.isPackaged ? [] : ([{ role: 'toggleDevTools', label: texts.developer }] satisfies MenuItemConstructorOptions[])),
    ],
  }
}

/** The native menu in one language. */
export function menuTemplate(language: MenuLanguage, parts: MenuParts): MenuItemConstructorOptions[] {
  const texts = menuTexts(language)
  const isMac = parts.platform === 'darwin'
  return [
    ...(isMac ? ([{ role: 'appMenu' }] satisfies MenuItemConstructorOptions[]) : []),
    {
      label: texts.file,
      submenu: [command(texts.import, 'import.open', parts, 'CmdOrCtrl+O'), { type: 'separator' }, isMac ? { role: 'close', label: texts.close } : { role: 'quit', label: texts.quit }],
    },
    editMenu(texts),
    viewMenu(texts, parts),
    { label: texts.go, submenu: SCREENS.map((screen) => command(texts[screen], `go.${screen}`, parts)) },
    { label: texts.window, submenu: [{ role: 'minimize', label: texts.minimize }, { role: 'close', label: texts.close }] },
  ]
}

/** Puts the menu in place; its items act on the window that `current` gives at that moment. */
export function installMenu(language: MenuLanguage, parts: Omit<MenuParts, 'run'>, current: () => BrowserWindow | undefined, channel: string): void {
  const run = (id: string) => current()?.webContents.send(channel, id)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(language, { ...parts, run })))
}
