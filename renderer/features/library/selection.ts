/** Chosen designs, and from where a range is drawn. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly anchor: string | undefined
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: undefined }

export type SelectHow =
  /** This one alone. */
  | 'only'
  /** In or out, the others as they are. */
  | 'toggle'
  /** Everything from the anchor to here. */
  | 'range'

/** Takes a click or key on a design. `order`: all ids as they are shown. */
export function select(selection: Selection, id: string, how: SelectHow, order: readonly string[]): Selection {
  switch (how) {
    case 'only':
      return { ids: new Set([id]), anchor: id }
    case 'toggle': {
      const ids = new Set(selection.ids)
      if (!ids.delete(id)) ids.add(id)
      return { ids, anchor: id }
    }
    case 'range': {
      const from = order.indexOf(selection.anchor ?? id)
      const to = order.indexOf(id)
      if (from < 0 || to < 0) return { ids: new Set([id]), anchor: id }
      return { ids: new Set([...selection.ids, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)]), anchor: selection.anchor ?? id }
    }
  }
}

/** Forgets what isn't shown any more. */
export function onlyShown(selection: Selection, order: readonly string[]): Selection {
  if (selection.ids.size === 0) return selection
  const shown = new Set(order)
  const left = [...selection.ids].filter((id) => shown.has(id))
  return left.length === selection.ids.size ? selection : { ids: new Set(left), anchor: selection.anchor !== undefined && shown.has(selection.anchor) ? selection.anchor : undefined }
}

/** Where an arrow key leads in a grid of so many columns; undefined for other keys or beyond the edge. */
export function gridStep(key: string, index: number, { count, columns }: { readonly count: number; readonly columns: number }): number | undefined {
  const steps: Readonly<Record<string, number>> = { ArrowLeft: index - 1, ArrowRight: index + 1, ArrowUp: index - columns, ArrowDown: index + columns, Home: 0, End: count - 1 }
  const next = steps[key]
  return next === undefined || next < 0 || next >= count || next === index ? undefined : next
}
