import { useHotkeys } from '@mantine/hooks'
import { useMemo } from 'react'
import { type Command, runCommand, useCommands } from '../../ui/commands'
import { navigate } from '../../ui/navigate'
import { notifyError } from '../../ui/notify'
import { saveFile } from '../../ui/save-file'
import { VIEW_PRESETS } from '../../viewer/view-presets'
import { machineVolume } from '../../../shared/machine/machine-volume'
import { loadedMesh } from '../../workspace/part-meshes'
import type { Triple } from '../../workspace/plate'
import { boxOfObjects } from '../../workspace/plate-edits'
import { chosenProfiles } from '../../workspace/plate-profiles'
import { currentChoice } from '../../workspace/profile-choice'
import { projectOfPlate } from '../../workspace/project-actions'
import { axisRotation } from '../../workspace/rotation'
import { useWorkspace } from '../../workspace/workspace-store'
import { removeHeldModifier } from './modifier-scene'
import { TOOLS, type Tool, plateViewer, takeTool, usePrepare } from './prepare-state'
import { homeBox } from './use-plate-scene'

/** Keys that take a tool into the hand. */
export const TOOL_KEYS: Readonly<Record<Tool, string>> = { select: 'v', move: 'm', rotate: 'r', scale: 's', flat: 'l', cut: 'k', emboss: 'e', paint: 'p', measure: 'u' }

const SMALL_STEP_MM = 1
const LARGE_STEP_MM = 10
const ARROWS: readonly (readonly [name: 'left' | 'right' | 'back' | 'front', key: string, direction: Triple])[] = [
  ['left', 'arrowleft', [-1, 0, 0]],
  ['right', 'arrowright', [1, 0, 0]],
  ['back', 'arrowup', [0, 1, 0]],
  ['front', 'arrowdown', [0, -1, 0]],
]

/** Brings the selection, or else everything, or else the bed into the picture. */
export function fitPlate(): void {
  const { history, selection } = useWorkspace.getState()
  const { objects } = history.present
  const chosen = objects.filter(({ id }) => selection.includes(id))
  const box = boxOfObjects(chosen.length > 0 ? chosen : objects, loadedMesh)
  plateViewer.fit(box ?? homeBox(machineVolume(chosenProfiles(currentChoice(), history.present).machine)))
}

/** Arranges the plate, or tells what doesn't fit. */
export function arrangePlate(): void {
  try {
    useWorkspace.getState().arrange()
  } catch (problems) {
    notifyError(problems)
  }
}

/** Hands the plate to the user as a 3MF project, or tells why that can't be. */
async function saveProject(): Promise<void> {
  try {
    const { name, bytes } = await projectOfPlate()
    saveFile(name, new Blob([bytes], { type: 'model/3mf' }))
  } catch (error) {
    notifyError(error)
  }
}

function escape(): void {
  if (usePrepare.getState().modifierId !== undefined) usePrepare.setState({ modifierId: undefined, tool: 'select' })
  else if (usePrepare.getState().tool !== 'select') takeTool('select')
  else useWorkspace.getState().select([])
}

/** The modifier in hand, or what is selected. */
function removeChosen(): void {
  if (!removeHeldModifier()) useWorkspace.getState().removeSelected()
}

function moveBy([x, y, z]: Triple, stepMm: number): void {
  useWorkspace.getState().moveSelected([x * stepMm, y * stepMm, z * stepMm], { merge: 'keys' })
}

function editCommands(hasObjects: boolean, isSelected: boolean): Command[] {
  const act = useWorkspace.getState()
  return [
    { id: 'edit.undo', title: 'prepare.undo', shortcut: 'mod+z', run: act.undo },
    { id: 'edit.redo', title: 'prepare.redo', shortcut: 'mod+shift+z', run: act.redo },
    { id: 'edit.selectAll', title: 'prepare.selectAll', shortcut: 'mod+a', enabled: hasObjects, run: act.selectAll },
    { id: 'edit.duplicate', title: 'prepare.duplicate', shortcut: 'mod+d', enabled: isSelected, run: () => act.duplicateSelected() },
    { id: 'edit.delete', title: 'prepare.remove', shortcut: 'delete', enabled: isSelected, run: removeChosen },
    { id: 'plate.clear', title: 'prepare.clear', enabled: hasObjects, run: act.clearPlate },
    { id: 'plate.arrange', title: 'prepare.arrange', shortcut: 'a', enabled: hasObjects, run: arrangePlate },
    { id: 'plate.centre', title: 'prepare.centre', shortcut: 'c', enabled: isSelected, run: act.centreSelected },
    { id: 'plate.drop', title: 'prepare.drop', shortcut: 'd', enabled: isSelected, run: act.dropSelected },
    { id: 'plate.straighten', title: 'prepare.straighten', enabled: isSelected, run: act.straightenSelected },
    { id: 'plate.turnLeft', title: 'prepare.turnLeft', shortcut: '[', enabled: isSelected, run: () => act.turnSelected(axisRotation('z', 45)) },
    { id: 'plate.turnRight', title: 'prepare.turnRight', shortcut: ']', enabled: isSelected, run: () => act.turnSelected(axisRotation('z', -45)) },
    ...ARROWS.flatMap(([name, key, direction]): Command[] => [
      { id: `plate.move.${name}`, title: `prepare.moveKey.${name}`, shortcut: key, enabled: isSelected, run: () => moveBy(direction, SMALL_STEP_MM) },
      { id: `plate.moveFar.${name}`, title: `prepare.moveKeyFar.${name}`, shortcut: `shift+${key}`, enabled: isSelected, run: () => moveBy(direction, LARGE_STEP_MM) },
    ]),
  ]
}

function viewCommands(): Command[] {
  return [
    { id: 'view.fit', title: 'prepare.fit', shortcut: 'f', run: fitPlate },
    ...VIEW_PRESETS.map((preset, index): Command => ({ id: `view.${preset}`, title: `prepare.view.${preset}`, shortcut: `${index + 1}`, run: () => plateViewer.setView(preset) })),
    { id: 'view.nearer', title: 'prepare.nearer', shortcut: '=', run: () => plateViewer.zoom(1.25) },
    { id: 'view.farther', title: 'prepare.farther', shortcut: '-', run: () => plateViewer.zoom(0.8) },
    { id: 'view.turnLeft', title: 'prepare.orbit.left', shortcut: 'alt+arrowleft', run: () => plateViewer.orbit(-15, 0) },
    { id: 'view.turnRight', title: 'prepare.orbit.right', shortcut: 'alt+arrowright', run: () => plateViewer.orbit(15, 0) },
    { id: 'view.turnUp', title: 'prepare.orbit.up', shortcut: 'alt+arrowup', run: () => plateViewer.orbit(0, 15) },
    { id: 'view.turnDown', title: 'prepare.orbit.down', shortcut: 'alt+arrowdown', run: () => plateViewer.orbit(0, -15) },
  ]
}

/** Everything that can be done on this screen by key or from the palette. */
export function usePrepareCommands(): void {
  const hasObjects = useWorkspace((state) => state.history.present.objects.length > 0)
  const isSelected = useWorkspace((state) => state.selection.length > 0)
  const isSlicing = useWorkspace((state) => state.sliceState.kind === 'slicing')
  const commands = useMemo(() => {
    const act = useWorkspace.getState()
    return [
      ...editCommands(hasObjects, isSelected),
      ...viewCommands(),
      ...TOOLS.map((tool): Command => ({ id: `tool.${tool}`, title: `prepare.tool.${tool}`, shortcut: TOOL_KEYS[tool], run: () => takeTool(tool) })),
      { id: 'tool.none', title: 'prepare.escape', shortcut: 'escape', run: escape },
      { id: 'project.save', title: 'prepare.saveProject', shortcut: 'mod+s', enabled: hasObjects, run: () => void saveProject() },
      { id: 'prepare.import', title: 'prepare.import', run: () => void runCommand('import.open') },
      { id: 'slice.start', title: 'prepare.slice', shortcut: 'mod+enter', enabled: hasObjects && !isSlicing, run: () => void act.slice() },
      { id: 'slice.cancel', title: 'prepare.slice.cancel', enabled: isSlicing, run: act.cancelSlice },
      { id: 'slice.preview', title: 'prepare.preview', run: () => navigate('/preview') },
    ] satisfies Command[]
  }, [hasObjects, isSelected, isSlicing])
  useCommands(commands)
  // Second keys of commands that have one already.
  useHotkeys([
    ['mod+Y', () => useWorkspace.getState().redo()],
    ['Backspace', removeChosen],
  ])
}
