import { notifySuccess } from '../../ui/notify'

/** A file, and where it lay in what was dropped or chosen: `cup.stl`, `shelf/2026/cup.stl`. */
export interface OfferedFile {
  readonly file: File
  readonly path: string
}

/** A whole disk dropped by mistake must not fill the window. */
const MOST_FILES = 5000
const DEEPEST_FOLDER = 16

/** What Chromium gives of a dropped file or folder; the DOM library's types for it are older than promises. */
type Entry = Pick<FileSystemEntry, 'isFile' | 'isDirectory' | 'name'>

function isHidden(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX' || name === 'node_modules'
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

/** A reader gives its entries in batches, and an empty batch at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<Entry[]> {
  const reader = folder.createReader()
  const all: Entry[] = []
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (batch.length === 0 || all.length > MOST_FILES) return all
    all.push(...batch)
  }
}

async function collect(entry: Entry, folder: string, depth: number, found: OfferedFile[]): Promise<void> {
  if (found.length >= MOST_FILES || isHidden(entry.name)) return
  const path = `${folder}${entry.name}`
  if (entry.isFile) {
    found.push({ file: await fileOf(entry as FileSystemFileEntry), path })
    return
  }
  if (!entry.isDirectory || depth >= DEEPEST_FOLDER) return
  const inside = await entriesOf(entry as FileSystemDirectoryEntry)
  for (const child of inside.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))) await collect(child, `${path}/`, depth + 1, found)
}

/**
 * Every file of a drop, folders opened to the bottom; hidden files are left out. Call it in the drop's own event: the
 * entries are gone afterwards. Files that can't be read are left out.
 */
export async function readDroppedFiles(transfer: DataTransfer): Promise<OfferedFile[]> {
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry === null ? [] : [entry]
  })
  if (entries.length === 0) return [...transfer.files].map((file) => ({ file, path: file.name }))
  const found: OfferedFile[] = []
  for (const entry of entries) await collect(entry, '', 0, found).catch(() => undefined)
  if (found.length >= MOST_FILES) notifySuccess('import.tooMany', { count: MOST_FILES })
  return found
}
