import { powerSaveBlocker } from 'electron'
import type { KeepAwake } from '../services/system/keep-awake'

/** The desktop app keeps the computer awake by Electron's own means; the screen may go dark. */
export function appKeepsAwake(): KeepAwake {
  let id: number | undefined
  return {
    hold() {
      id ??= powerSaveBlocker.start('prevent-app-suspension')
    },
    release() {
      if (id !== undefined) powerSaveBlocker.stop(id)
      id = undefined
    },
  }
}
