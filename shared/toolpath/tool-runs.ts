import type { Toolpath } from './toolpath'

type Tools = Pick<Toolpath, 'events' | 'moveCount'>

/** Moves that one tool makes without a break. */
export interface ToolRun {
  readonly tool: number
  readonly firstMove: number
  /** One beyond the last. */
  readonly endMove: number
}

/** A change from one tool to another, before a move. */
export interface ToolChange {
  readonly from: number
  readonly to: number
  readonly atMove: number
}

/** The tool that a toolpath begins with: 0 unless it says otherwise before its first move. */
export function firstTool({ events }: Pick<Toolpath, 'events'>): number {
  const first = events.find((event) => event.kind === 'tool' && event.atMove === 0)
  return first?.kind === 'tool' ? first.tool : 0
}

/** The changes of tool in their order, without those to the tool that is there already. */
export function toolChanges({ events }: Pick<Toolpath, 'events'>): ToolChange[] {
  let from = firstTool({ events })
  return events.flatMap((event) => {
    if (event.kind !== 'tool' || event.tool === from) return []
    const change = { from, to: event.tool, atMove: event.atMove }
    from = event.tool
    return [change]
  })
}

/** Divides a toolpath at its changes of tool; runs without moves are left out. */
export function toolRuns(toolpath: Tools): ToolRun[] {
  const changes = toolChanges(toolpath)
  const runs = [{ to: firstTool(toolpath), atMove: 0 }, ...changes].map(({ to, atMove }, i) => ({ tool: to, firstMove: atMove, endMove: changes[i]?.atMove ?? toolpath.moveCount }))
  return runs.filter(({ firstMove, endMove }) => endMove > firstMove)
}
