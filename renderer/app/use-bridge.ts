import { useEffect } from 'react'
import type { DesktopBridge, OpenedFile } from '../../shared/contract/bridge'
import { offerFiles } from '../features/import/import-store'
import { notifyError } from '../ui/notify'

declare global {
  interface Window {
    /** Only in the desktop app. */
    readonly gongbang?: DesktopBridge
  }
}

async function readOpened({ name, url }: OpenedFile): Promise<File> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
  return new File([await answer.blob()], name)
}

async function offerOpened(files: readonly OpenedFile[]): Promise<void> {
  try {
    const read = await Promise.all(files.map(readOpened))
    offerFiles(read.map((file) => ({ file, path: file.name })))
  } catch (error) {
    notifyError(error)
  }
}

/** In the desktop app: files opened with the studio, and the native menu's commands. */
export function useBridge(run: (commandId: string) => void): void {
  useEffect(() => {
    const bridge = window.gongbang
    if (bridge === undefined) return undefined
    const stops = [bridge.onOpenFiles((files) => void offerOpened(files)), bridge.onMenuCommand(run)]
    return () => stops.forEach((stop) => stop())
  }, [run])
}
