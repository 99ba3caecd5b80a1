import type { Turn } from './turn'

export interface CardFile {
  readonly name: string
  readonly bytes: number
}

/** The card in the machine, as far as the firmware has told. */
export interface CardState {
  readonly files: readonly CardFile[]
  /** Files of a list that is under way; undefined outside of one. */
  readonly listing: readonly CardFile[] | undefined
  /** What the machine prints from its card: only M25 and M524 of ours are heard then. */
  readonly printing: { readonly name: string; readonly doneBytes: number; readonly totalBytes: number } | undefined
  readonly upload: { readonly name: string; readonly lines: number } | undefined
  /** Lines go into a file instead of being carried out. */
  readonly isSaving: boolean
}

export const NO_CARD: CardState = { files: [], listing: undefined, printing: undefined, upload: undefined, isSaving: false }

/** What is asked of the card. Names are the short ones: `PART.GCO`. */
export type CardAction =
  | { readonly kind: 'list' }
  | { readonly kind: 'print'; readonly name: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'upload'; readonly name: string; readonly lines: readonly string[] }

const NAME = /^[A-Z0-9_-]{1,8}\.(?:GCO|G)$/

/** Whether a name is one that every firmware's card takes. */
export function isCardName(name: string): boolean {
  return NAME.test(name)
}

function change(turn: Turn, some: Partial<CardState>): void {
  turn.state.card = { ...turn.state.card, ...some }
}

/** Carries an action out; the caller has made sure that the machine is ready and free. */
export function onCardAction(turn: Turn, action: CardAction): void {
  const { state } = turn
  const queue = (...lines: string[]) => void (state.script = [...state.script, ...lines])
  switch (action.kind) {
    case 'list':
      return queue('M20')
    case 'print': {
      const totalBytes = state.card.files.find(({ name }) => name === action.name)?.bytes ?? 0
      change(turn, { printing: { name: action.name, doneBytes: 0, totalBytes } })
      // The machine moves by itself from now on.
      state.modal = { ...state.modal, x: undefined, y: undefined, z: undefined, e: undefined }
      return queue(`M23 ${action.name}`, 'M24', 'M27')
    }
    case 'stop':
      change(turn, { printing: undefined })
      return queue('M25', 'M26 S0', 'M104 S0', 'M140 S0', 'M107', 'G91', 'G1 Z5 F600', 'G90')
    case 'remove':
      return queue(`M30 ${action.name}`, 'M20')
    case 'upload':
      change(turn, { upload: { name: action.name, lines: action.lines.length } })
      return queue(`M28 ${action.name}`, ...action.lines, 'M29', 'M20')
    default:
      action satisfies never
  }
}

/** A line was carried out or written: `M28` and `M29` begin and end a file. True while it was a line of the file. */
export function passesToCard(turn: Turn, body: string): boolean {
  const { card } = turn.state
  if (body.startsWith('M28 ')) change(turn, { isSaving: true })
  else if (body === 'M29') change(turn, { isSaving: false, upload: undefined })
  return card.isSaving
}

/** Understands what the firmware says of its card; anything else is left alone. */
export function onCardText(turn: Turn, text: string): void {
  const { listing, printing } = turn.state.card
  if (text === 'Begin file list') return change(turn, { listing: [] })
  if (text === 'End file list') return change(turn, { files: listing ?? [], listing: undefined })
  const file = listing && /^(\S+) (\d+)\b/.exec(text)
  if (file) return change(turn, { listing: [...listing, { name: file[1] ?? '', bytes: Number(file[2]) }] })
  const bytes = /^SD printing byte (\d+)\/(\d+)$/.exec(text)
  if (bytes) return change(turn, { printing: { name: printing?.name ?? '', doneBytes: Number(bytes[1]), totalBytes: Number(bytes[2]) } })
  if (text === 'Not SD printing' || text === 'Done printing file') return change(turn, { printing: undefined })
  const missing = /^open failed, File: (.*?)\.?$/.exec(text)
  if (!missing) return
  change(turn, { printing: undefined })
  const name = missing[1] ?? ''
  turn.effects.push({ kind: 'note', reason: { code: 'machine/card-file-missing', message: `The card has no file ${name}.`, values: { name } } })
}
