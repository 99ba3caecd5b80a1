import { useEffect } from 'react'
import { offeredCommands, useCommandRegistry } from '../ui/commands'
import { commandFor, isShortcut, isTyping } from '../ui/shortcuts'

/** While a dialog is open, only what is meant to work everywhere does. */
function isBehindDialog(target: EventTarget | null): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null && !(target instanceof HTMLElement && target.closest('[data-own-shortcuts]') !== null)
}

/** Space and Enter press what has the focus, arrows walk through a choice: they are no shortcuts there. */
function isPressing({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (key === ' ' || key === 'Enter') return target.closest('button, a[href], summary, input, select, [role="button"], [role="tab"], [role="menuitem"], [role="option"]') !== null
  return key.startsWith('Arrow') && target.closest('input[type="radio"], [role="slider"], [role="tab"], [role="menuitem"], [role="listbox"]') !== null
}

/** Ctrl-A outside of a field would mark the whole window as if it were a text. */
function isSelectingThePage(event: KeyboardEvent): boolean {
  const isInLog = event.target instanceof HTMLElement && event.target.closest('[role="log"]') !== null
  return isShortcut('mod+a', event) && !isTyping(event.target) && !isInLog
}

/** Runs commands by their shortcuts. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || (!event.ctrlKey && !event.metaKey && !event.altKey && isPressing(event))) return
      const behindDialog = isBehindDialog(event.target)
      const commands = offeredCommands(useCommandRegistry.getState().groups).filter((command) => !behindDialog || command.global === true)
      const command = commandFor(commands, event, isTyping(event.target))
      if (command !== undefined || isSelectingThePage(event)) event.preventDefault()
      command?.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
