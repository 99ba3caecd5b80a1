import { TOOL_COLOURS } from './toolpath-colours'
import styles from './tool-swatch.module.css'

/** An extruder's number (from 0, shown from 1) on its colour of the preview. */
export function ToolSwatch({ tool, label }: { readonly tool: number; readonly label?: string }) {
  return (
    <span className={styles['swatch']} style={{ background: TOOL_COLOURS[tool % TOOL_COLOURS.length] }} {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}>
      {tool + 1}
    </span>
  )
}
