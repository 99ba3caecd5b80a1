import type { Board } from './board'
import type { CommandLine } from './command-line'
import type { Handler } from './motion-commands'

interface CardFile {
  readonly name: string
  readonly lines: string[]
}

/** Bytes of a file's lines up to one, newlines counted. */
function bytesUpTo(lines: readonly string[], end: number): number {
  let sum = 0
  for (let i = 0; i < end; i++) sum += (lines[i] as string).length + 1
  return sum
}

/** A card in the machine: files by their short names, one of them selected, printed or written. It outlives resets. */
export class SdCard {
  private readonly files = new Map<string, CardFile>()
  private selected: CardFile | undefined
  private next = 0
  isPrinting = false
  /** File that receives every line until M29. */
  private writing: CardFile | undefined

  get isSaving(): boolean {
    return this.writing !== undefined
  }

  write(line: string): void {
    this.writing?.lines.push(line)
  }

  /** The next line of the file that is printed; undefined at its end. */
  take(): string | undefined {
    return this.selected?.lines[this.next++]
  }

  /** What a reset does: the file stays, printing and writing end. */
  restart(): void {
    this.isPrinting = false
    this.writing = undefined
    this.selected = undefined
  }

  list(): string[] {
    return ['Begin file list', ...[...this.files.values()].map(({ name, lines }) => `${name} ${bytesUpTo(lines, lines.length)}`), 'End file list']
  }

  select(name: string): string[] {
    const file = this.files.get(name.toUpperCase())
    if (!file) return [`open failed, File: ${name}.`]
    this.selected = file
    this.next = 0
    return [`echo:Now fresh file: ${file.name}`, `File opened: ${file.name} Size: ${bytesUpTo(file.lines, file.lines.length)}`, 'File selected']
  }

  begin(): boolean {
    this.isPrinting = this.selected !== undefined
    return this.isPrinting
  }

  rewind(): void {
    this.next = 0
  }

  status(): string {
    const { selected } = this
    return this.isPrinting && selected ? `SD printing byte ${bytesUpTo(selected.lines, this.next)}/${bytesUpTo(selected.lines, selected.lines.length)}` : 'Not SD printing'
  }

  open(name: string): string {
    this.writing = { name: name.toUpperCase(), lines: [] }
    return `Writing to file: ${name}`
  }

  close(): string {
    if (this.writing) this.files.set(this.writing.name, this.writing)
    this.writing = undefined
    return 'Done saving file.'
  }

  remove(name: string): string {
    return this.files.delete(name.toUpperCase()) ? `File deleted:${name.toUpperCase()}` : `Deletion failed, File: ${name}.`
  }
}

/** M20 to M30, M524: the card's commands, where the board has a card. */
export function cardCommands(board: Board): Readonly<Record<string, Handler>> {
  const { card } = board
  const say = (lines: (command: CommandLine) => readonly string[]): Handler => (command) => {
    for (const line of lines(command)) board.print(line)
    return undefined
  }
  return {
    M20: say(() => card.list()),
    M21: say(() => ['SD card ok']),
    M22: say(() => []),
    M23: say((command) => card.select(command.argument())),
    M24: () => (card.begin() ? (board.action('resume') as undefined) : undefined),
    M25: () => void (card.isPrinting = false),
    M26: () => card.rewind() as undefined,
    M27: say(() => [card.status()]),
    M28: say((command) => [card.open(command.argument())]),
    M29: say(() => [card.close()]),
    M30: say((command) => [card.remove(command.argument())]),
    M524: () => void (card.isPrinting = false),
  }
}
