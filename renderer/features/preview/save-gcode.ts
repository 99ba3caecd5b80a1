import { saveFile } from '../../ui/save-file'
import type { ReadyPrint } from '../../workspace/ready-print'

/** A file name that every system takes. */
export function gcodeFileName(title: string): string {
  // eslint-disable-next-line no-control-regex
  const safe = title.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_').trim()
  return `${safe === '' ? 'print' : safe}.gcode`
}

/** Saves the print's G-code as a file, for a card or another program. */
export function saveGcode({ gcode, title }: ReadyPrint): void {
  saveFile(gcodeFileName(title), new Blob([gcode], { type: 'text/x.gcode' }))
}
