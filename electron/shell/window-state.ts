import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { Rectangle } from 'electron'

/** Where the window was, in screen pixels. */
export interface WindowState {
  readonly bounds: Rectangle
  readonly isMaximized: boolean
}

const DEFAULT_SIZE = { width: 1360, height: 880 }
export const SMALLEST = { width: 900, height: 600 }

function isRectangle(value: unknown): value is Rectangle {
  const { x, y, width, height } = (value ?? {}) as Partial<Rectangle>
  return [x, y, width, height].every((side) => Number.isFinite(side)) && (width ?? 0) > 0 && (height ?? 0) > 0
}

function overlap(a: Rectangle, b: Rectangle): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, wide) * Math.max(0, high)
}

/** Fits remembered bounds into the work areas there are now: onto the one it overlaps most, or centred on the first when it would be out of sight. */
export function fitBounds(saved: Rectangle | undefined, workAreas: readonly Rectangle[]): Rectangle {
  const first = workAreas[0] ?? { x: 0, y: 0, ...DEFAULT_SIZE }
  const best = saved === undefined ? undefined : workAreas.toSorted((a, b) => overlap(saved, b) - overlap(saved, a))[0]
  const area = saved !== undefined && best !== undefined && overlap(saved, best) > 0 ? best : first
  const size = { width: Math.min(saved?.width ?? DEFAULT_SIZE.width, area.width), height: Math.min(saved?.height ?? DEFAULT_SIZE.height, area.height) }
  if (saved === undefined || overlap(saved, area) === 0) {
    return { x: Math.round(area.x + (area.width - size.width) / 2), y: Math.round(area.y + (area.height - size.height) / 2), ...size }
  }
  const clamp = (value: number, from: number, to: number) => Math.min(Math.max(value, from), to)
  return { x: clamp(saved.x, area.x, area.x + area.width - size.width), y: clamp(saved.y, area.y, area.y + area.height - size.height), ...size }
}

/** Reads the remembered state; undefined when there is none or the file is damaged. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<WindowState>
    return isRectangle(value.bounds) ? { bounds: value.bounds, isMaximized: value.isMaximized === true } : undefined
  } catch {
    return undefined
  }
}

/** Remembers the state; a disk that refuses only means that the next window opens in the usual place. */
export async function saveWindowState(file: string, state: WindowState): Promise<void> {
  await writeFile(file, JSON.stringify(state)).catch(() => undefined)
}
