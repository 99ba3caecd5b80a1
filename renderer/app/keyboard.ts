import { useEffect } from 'react'
import { offeredCommands, useCommandRegistry } from '../ui/commands'
import { commandFor, isTyping } from '../ui/shortcuts'

/** While a dialog is open, only what is meant to work everywhere does. */
function isBehindDialog(target: EventTarget | null): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null && !(target instanceof HTMLElement && target.closest('[data-own-shortcuts]') !== null)
}

/** Runs commands by their shortcuts. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const behindDialog = isBehindDialog(event.target)
      const commands = offeredCommands(useCommandRegistry.getState().groups).filter((command) => !behindDialog || command.global === true)
      const command = commandFor(commands, event, isTyping(event.target))
      if (command === undefined) return
      event.preventDefault()
      command.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
