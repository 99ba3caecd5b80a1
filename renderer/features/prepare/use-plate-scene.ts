import { useComputedColorScheme } from '@mantine/core'
import { useDeferredValue, useMemo } from 'react'
import { machineVolume } from '../../../shared/machine/machine-volume'
import type { Box3 } from '../../../shared/mesh/mesh'
import type { SliceInput } from '../../../shared/slicing/slice-input'
import type { Problem } from '../../../shared/units/problem'
import { DARK_VIEW, LIGHT_VIEW, type ViewerTheme } from '../../viewer/viewer-theme'
import { checkPlate } from '../../workspace/check-plate'
import { loadedMesh, usePartMeshes } from '../../workspace/part-meshes'
import { type ChosenProfiles, chosenProfiles } from '../../workspace/plate-profiles'
import { touchOnPlate } from '../../workspace/plate-touch'
import { useProfileChoice } from '../../workspace/profile-choice'
import { usePlate } from '../../workspace/workspace-store'

/** The profiles that the plate is prepared for. */
export function useChosenProfiles(): ChosenProfiles {
  const choice = useProfileChoice()
  const { machineId, materialId, qualityId, moreMaterialIds } = usePlate()
  return useMemo(() => chosenProfiles(choice, { machineId, materialId, qualityId, ...(moreMaterialIds && { moreMaterialIds }) }), [choice, machineId, materialId, qualityId, moreMaterialIds])
}

/** The build volume of the chosen machine. */
export function useBuildVolume(): SliceInput['volume'] {
  const { machine } = useChosenProfiles()
  return useMemo(() => machineVolume(machine), [machine])
}

/** Problems of the plate as it stands; follows a drag a little later, so that it never stalls it. */
export function usePlateProblems(): readonly Problem[] {
  const plate = useDeferredValue(usePlate())
  const profiles = useChosenProfiles()
  const versions = usePartMeshes((state) => state.versions)
  // Loaded meshes are read through `loadedMesh`: the map of versions says when they have changed.
  return useMemo(() => (versions.size === 0 && plate.objects.length > 0 ? [] : checkPlate(plate, profiles, { meshOf: loadedMesh, touch: touchOnPlate })), [plate, profiles, versions])
}

/** Colours of the picture in the window's scheme. */
export function useViewerTheme(): ViewerTheme {
  return useComputedColorScheme('light') === 'dark' ? DARK_VIEW : LIGHT_VIEW
}

/** What the camera shows of an empty plate: the bed, and room for a part on it. */
export function homeBox({ min, max }: SliceInput['volume']): Box3 {
  return { min, max: [max[0], max[1], min[2] + 0.3 * Math.min(max[2] - min[2], max[0] - min[0])] }
}
