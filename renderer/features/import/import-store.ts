import { create } from 'zustand'
import { setThumbnail } from '../../library/designs'
import { notifyError } from '../../ui/notify'
import { type ImportItem, type ImportPhase, type Pictures, importItems, isImportable } from './import-item'
import { openGcodeFile } from './open-gcode'
import { type ReadItem, drawModel, readItem } from './read-item'
import type { OfferedFile } from './read-dropped-files'
import { type SavedImport, saveItem } from './save-item'

/** The design that files become new versions of. */
export interface ImportTarget {
  readonly designId: string
  readonly title: string
}

/** The list that the dialog shows; undefined `target`: each file a design of its own. */
export interface ImportList {
  readonly items: readonly ImportItem[]
  readonly selectedId: string | undefined
  readonly target: ImportTarget | undefined
}

const EMPTY: ImportList = { items: [], selectedId: undefined, target: undefined }

export const useImports = create<ImportList>()(() => EMPTY)

/** What reads now; ended when its item is left out or asked for in another way. */
const running = new Map<string, AbortController>()
/** Pictures that are being drawn, by item. */
const drawing = new Map<string, Promise<Pictures | undefined>>()
let isPumping = false
let lastId = 0

function itemOf(id: string): ImportItem | undefined {
  return useImports.getState().items.find((item) => item.id === id)
}

function change(id: string, part: Partial<ImportItem>): void {
  useImports.setState(({ items }) => ({ items: items.map((item) => (item.id === id ? { ...item, ...part } : item)) }))
}

function setPhase(id: string, phase: ImportPhase): void {
  change(id, { phase })
}

/** Takes files from a drop, a picker, the clipboard or the desktop: G-code alone is opened, models go into the dialog. */
export function offerFiles(files: readonly OfferedFile[], target?: ImportTarget): void {
  const items = importItems(files, () => `item-${++lastId}`)
  const [only] = items
  if (only === undefined) {
    if (files.length > 0) notifyError([{ code: 'import/nothing-readable', severity: 'error', values: { count: files.length }, message: 'Nothing in there can be read: STL, OBJ, 3MF, PLY or G-code.' }])
    return
  }
  if (items.length === 1 && only.phase.kind === 'gcode') {
    void openGcodeFile(only.file)
    return
  }
  useImports.setState(({ items: before }) => ({ items: [...before.filter(({ phase }) => phase.kind !== 'saved'), ...items], selectedId: only.id, target }))
  void pump()
}

/** Reads what waits, one after the other: the reader itself may use every core it gets. */
async function pump(): Promise<void> {
  if (isPumping) return
  isPumping = true
  try {
    for (;;) {
      const next = useImports.getState().items.find(({ phase }) => phase.kind === 'waiting')
      if (next === undefined) return
      // One picture may be drawn beside; more would keep the meshes of a whole folder in memory.
      await Promise.all([...drawing.values()].slice(1))
      await read(next)
    }
  } finally {
    isPumping = false
  }
}

async function read(item: ImportItem): Promise<void> {
  const controller = new AbortController()
  running.set(item.id, controller)
  setPhase(item.id, { kind: 'reading' })
  const phase = await readItem(item, { signal: controller.signal, onProgress: (progress) => !controller.signal.aborted && setPhase(item.id, { kind: 'reading', progress }) })
  if (running.get(item.id) === controller) running.delete(item.id)
  if (!controller.signal.aborted && phase !== undefined) settle(item.id, phase)
}

function settle(id: string, read: ReadItem): void {
  if (read.kind === 'failed') {
    setPhase(id, read)
    return
  }
  const keepsMeshes = useImports.getState().items.length <= KEPT_MESHES
  const ready = keepsMeshes ? read : { ...read, model: { ...read.model, parts: read.model.parts.map((part) => ({ ...part, mesh: NO_MESH })) } }
  setPhase(id, ready)
  const drawn = drawModel(read.model).then((pictures) => {
    const phase = itemOf(id)?.phase
    if (pictures !== undefined && phase?.kind === 'ready' && phase.model === ready.model) setPhase(id, { ...phase, pictures })
    if (drawing.get(id) === drawn) drawing.delete(id)
    return pictures
  })
  drawing.set(id, drawn)
}

/** With more files than this their meshes are read again when they are wanted: a folder of a thousand models doesn't fit into memory. */
const KEPT_MESHES = 4
const NO_MESH = { positions: new Float32Array(), indices: new Uint32Array() }

/** Stops the reading of an item and, when asked, reads it again as it is now. */
function again(id: string, part: Partial<ImportItem>): void {
  running.get(id)?.abort()
  running.delete(id)
  change(id, { ...part, phase: { kind: 'waiting' } })
  void pump()
}

/** Takes the user's word for the unit of a file and reads it so. */
export function chooseUnit(id: string, unit: NonNullable<ImportItem['unit']>): void {
  again(id, { unit })
}

/** Reads a file again with or without repair. */
export function chooseRepair(id: string, isRepairing: boolean): void {
  again(id, { isRepairing })
}

/** Tries a file again that couldn't be read. */
export function retry(id: string): void {
  again(id, {})
}

/** Changes a title or tags. */
export function describeItem(id: string, part: Partial<Pick<ImportItem, 'title' | 'tags'>>): void {
  change(id, part)
}

/** Shows an item's details. */
export function selectItem(id: string): void {
  useImports.setState({ selectedId: id })
}

/** Leaves an item out; stops it when it is being read. */
export function leaveOut(id: string): void {
  running.get(id)?.abort()
  running.delete(id)
  useImports.setState(({ items, selectedId }) => {
    const at = items.findIndex((item) => item.id === id)
    const left = items.filter((item) => item.id !== id)
    return { items: left, selectedId: selectedId === id ? left[Math.min(at, left.length - 1)]?.id : selectedId }
  })
}

/** Closes the dialog: stops everything that isn't saved. */
export function closeImports(): void {
  for (const controller of running.values()) controller.abort()
  running.clear()
  useImports.setState(EMPTY)
}

/** Puts an item into the library, as a version of `target` when there is one; undefined when that failed (told) or it isn't read yet. */
export async function importItem(id: string, target = useImports.getState().target): Promise<SavedImport | undefined> {
  const item = itemOf(id)
  if (item?.phase.kind !== 'ready') return undefined
  const { phase } = item
  setPhase(id, { kind: 'saving' })
  try {
    const saved = await saveItem(item, phase, target)
    // A slow picture comes after.
    if (phase.pictures === undefined) void addPicture(saved.designId, drawing.get(id))
    setPhase(id, { kind: 'saved', designId: saved.designId, versionId: saved.versionId, ...(phase.pictures === undefined ? {} : { pictures: phase.pictures }) })
    return saved
  } catch (error) {
    setPhase(id, phase)
    notifyError(error)
    return undefined
  }
}

async function addPicture(designId: string, drawn: Promise<Pictures | undefined> | undefined): Promise<void> {
  const pictures = await drawn
  if (pictures !== undefined) await setThumbnail(designId, pictures.plain).catch(() => undefined)
}

/** Imports everything that needs no answer, one by one; returns how many arrived. What fails stays in the list. */
export async function importAll(): Promise<number> {
  let arrived = 0
  for (const { id } of useImports.getState().items.filter(isImportable)) if ((await importItem(id)) !== undefined) arrived += 1
  return arrived
}
