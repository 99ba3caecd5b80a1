import { startHistory } from './history'
import { readPlate, writePlate } from './keep-plate'
import { forgetPartsExcept, partsOf } from './part-meshes'
import { useWorkspace } from './workspace-store'

const STORED_AS = 'gongbang.plate'
/** Several edits in a row are written once. */
const WRITE_AFTER_MS = 250

/** Brings the plate back that stood before the reload, then keeps each change. Parts are read from the library in the background. */
export function startWorkspace(): () => void {
  const kept = readPlate(localStorage.getItem(STORED_AS))
  const { history } = useWorkspace.getState()
  // Something put on the plate meanwhile (a file opened with the studio) is not thrown away.
  const isUntouched = history.past.length === 0 && history.present.objects.length === 0
  if (kept !== undefined && isUntouched) useWorkspace.setState({ history: startHistory(kept) })
  useWorkspace.setState({ isRestored: true })
  // What can't be read is told where it is missing: in the list of objects and by the check of the plate.
  for (const versionId of new Set(kept?.objects.map((object) => object.versionId))) partsOf(versionId).catch(() => undefined)
  return keepChanges()
}

function keepChanges(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    localStorage.setItem(STORED_AS, writePlate(useWorkspace.getState().history.present))
    forgetUnused()
  }
  const stop = useWorkspace.subscribe((state, before) => {
    if (state.history.present === before.history.present) return
    timer ??= setTimeout(write, WRITE_AFTER_MS)
  })
  // A reload must not lose the last change.
  const onHide = () => timer !== undefined && write()
  window.addEventListener('pagehide', onHide)
  return () => {
    onHide()
    stop()
    window.removeEventListener('pagehide', onHide)
  }
}

/** Meshes are kept as long as undo could bring their object back. */
function forgetUnused(): void {
  const { present, past, future } = useWorkspace.getState().history
  const plates = [present, ...past.map(({ state }) => state), ...future.map(({ state }) => state)]
  forgetPartsExcept(new Set(plates.flatMap(({ objects }) => objects.map(({ versionId }) => versionId))))
}
