import { useEffect, useId, useRef } from 'react'
import { create } from 'zustand'
import type { TextKey } from '../i18n/text'

/** Something that the user can do now, from the palette, by a key or from the native menu. */
export interface Command {
  /** `area.verb`, e.g. `import.open`; the native menu runs commands by this id. */
  readonly id: string
  readonly title: TextKey
  /** `mod+k`, `shift+d`, `delete`, `?`; `mod` is Ctrl, on a Mac Cmd. */
  readonly shortcut?: string
  readonly enabled?: boolean
  /** Runs even while a text field has the focus; always so for shortcuts with `mod`. */
  readonly global?: boolean
  readonly run: () => void
}

interface CommandState {
  readonly groups: ReadonlyMap<string, readonly Command[]>
  put(owner: string, commands: readonly Command[]): void
  drop(owner: string): void
}

export const useCommandRegistry = create<CommandState>()((set) => ({
  groups: new Map(),
  put: (owner, commands) => set(({ groups }) => ({ groups: new Map(groups).set(owner, commands) })),
  drop: (owner) =>
    set(({ groups }) => {
      const left = new Map(groups)
      left.delete(owner)
      return { groups: left }
    }),
}))

function signature(commands: readonly Command[]): string {
  return JSON.stringify(commands.map(({ id, title, shortcut, enabled, global }) => [id, title, shortcut, enabled, global]))
}

/** Offers commands while the component is mounted. The list may be a new one at each render. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId()
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  const made = signature(commands)
  useEffect(() => {
    const list = latest.current.map(({ id, title, shortcut, enabled, global }) => ({
      id,
      title,
      ...(shortcut === undefined ? {} : { shortcut }),
      ...(enabled === undefined ? {} : { enabled }),
      ...(global === undefined ? {} : { global }),
      run: () => latest.current.find((command) => command.id === id)?.run(),
    }))
    useCommandRegistry.getState().put(owner, list)
    return () => useCommandRegistry.getState().drop(owner)
  }, [owner, made])
}

/** Every command on offer, the latest registered first; one per id. */
export function offeredCommands(groups: ReadonlyMap<string, readonly Command[]>): Command[] {
  const byId = new Map<string, Command>()
  for (const commands of [...groups.values()].reverse()) for (const command of commands) if (!byId.has(command.id)) byId.set(command.id, command)
  return [...byId.values()]
}

/** Runs a command by id; false when it isn't on offer now. */
export function runCommand(id: string): boolean {
  const command = offeredCommands(useCommandRegistry.getState().groups).find((offered) => offered.id === id)
  if (command === undefined || command.enabled === false) return false
  command.run()
  return true
}
