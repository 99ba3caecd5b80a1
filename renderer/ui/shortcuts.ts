import type { Command } from './commands'

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'code'>

const NAMES: Readonly<Record<string, string>> = { escape: 'Esc', delete: 'Del', arrowup: '↑', arrowdown: '↓', arrowleft: '←', arrowright: '→', ' ': 'Space', space: 'Space', backspace: '⌫', enter: '↵' }

export const IS_MAC = /mac/i.test(navigator.userAgent)

/** Whether a key press is the one that a shortcut names. Letters go by the physical key where the layout isn't Latin (Hangul). */
export function isShortcut(shortcut: string, press: KeyPress, isMac = IS_MAC): boolean {
  const parts = shortcut.toLowerCase().split('+')
  const key = shortcut.endsWith('++') ? '+' : (parts.at(-1) ?? '')
  const mod = isMac ? press.metaKey : press.ctrlKey
  const otherMod = isMac ? press.ctrlKey : press.metaKey
  if (parts.includes('mod') !== mod || otherMod || parts.includes('alt') !== press.altKey) return false
  const isLetter = /^[a-z]$/.test(key)
  const isNamed = key.length > 1
  if ((isLetter || isNamed || parts.includes('shift')) && parts.includes('shift') !== press.shiftKey) return false
  const pressed = press.key.toLowerCase()
  if (isLetter && !/^[a-z]$/.test(pressed)) return press.code === `Key${key.toUpperCase()}`
  return pressed === key || (key === 'space' && press.key === ' ')
}

/** True while keys are being typed into a field. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}

/** The command that a key press asks for. */
export function commandFor(commands: readonly Command[], press: KeyPress, typing: boolean): Command | undefined {
  return commands.find(({ shortcut, enabled, global }) => shortcut !== undefined && enabled !== false && (!typing || global === true || shortcut.includes('mod')) && isShortcut(shortcut, press))
}

/** A shortcut's keys as they are written on a keyboard: `['Ctrl', 'K']`. */
export function shortcutKeys(shortcut: string, isMac = IS_MAC): string[] {
  const parts = shortcut.endsWith('++') ? [...shortcut.slice(0, -2).split('+'), '+'] : shortcut.split('+')
  return parts.map((part) => {
    if (part === 'mod') return isMac ? '⌘' : 'Ctrl'
    if (part === 'alt') return isMac ? '⌥' : 'Alt'
    if (part === 'shift') return isMac ? '⇧' : 'Shift'
    return NAMES[part.toLowerCase()] ?? part.toUpperCase()
  })
}
