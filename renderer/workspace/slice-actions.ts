import { extruderCount } from '../../shared/machine/print-tools'
import type { PrintObject } from '../../shared/machine/print-objects'
import { failure, type Problem } from '../../shared/units/problem'
import type { Progress } from '../../shared/units/progress'
import type { PicturedPrint } from '../workers/print/print-messages'
import { currentText } from '../i18n/locale'
import { profileName } from '../i18n/names'
import { readGcode, runPrint } from '../workers/print/run-print'
import { checkPlate } from './check-plate'
import { ownOf } from './object-edits'
import { partsOf } from './part-meshes'
import { readSliceError } from './part-error'
import { type PlateDocument, plateMatrix } from './plate'
import { type ChosenProfiles, chosenProfiles } from './plate-profiles'
import { plateTitle, printSources } from './plate-summary'
import { touchOnPlate } from './plate-touch'
import { currentChoice } from './profile-choice'
import type { ReadyPrint } from './ready-print'
import { sliceByEngine } from './slice-by-engine'
import type { WorkspaceAccess } from './workspace-store'
import type { WorkspaceActions } from './workspace-state'

/** Actions that make G-code of the plate, or read it from a file. */
export function createSliceActions({ get, set, meshOf }: WorkspaceAccess): Pick<WorkspaceActions, 'slice' | 'cancelSlice' | 'openGcode'> {
  let running: AbortController | undefined
  const fail = (problems: readonly Problem[]) => set({ sliceState: { kind: 'failed', problems: problems.filter(({ severity }) => severity === 'error') } })
  return {
    async slice() {
      running?.abort()
      const controller = new AbortController()
      running = controller
      const plate = get().history.present
      set({ sliceState: { kind: 'slicing' } })
      try {
        // What can't be read is told by the check, object by object.
        await Promise.allSettled([...new Set(plate.objects.map(({ versionId }) => versionId))].map((versionId) => partsOf(versionId)))
        const profiles = chosenProfiles(currentChoice(), plate)
        const found = checkPlate(plate, profiles, { meshOf, touch: touchOnPlate })
        if (found.some(({ severity }) => severity === 'error')) return fail(found)
        const run = { meshOf, signal: controller.signal, onProgress: (progress: Progress) => running === controller && set({ sliceState: { kind: 'slicing', progress } }) }
        const result = plate.engine === undefined ? await slicePlateNow(plate, profiles, run) : await sliceByEngine(plate.engine, { plate, profiles }, run)
        if (running !== controller) return undefined
        if (!result.ok) return fail(result.problems)
        set({ madePrint: result.value, isPrintCurrent: get().history.present === plate, sliceState: { kind: 'done' } })
      } catch (error) {
        if (running === controller && !controller.signal.aborted) fail([{ severity: 'error', ...readSliceError(error) }])
      } finally {
        if (running === controller) running = undefined
      }
      return undefined
    },
    cancelSlice() {
      running?.abort()
      running = undefined
      if (get().sliceState.kind === 'slicing') set({ sliceState: { kind: 'idle' } })
    },
    async openGcode({ name, bytes }) {
      const { machine, material, moreMaterials } = chosenProfiles(currentChoice(), get().history.present)
      const result = await readGcode({ bytes, machine, material, ...(moreMaterials && { moreMaterials }) })
      if (!result.ok) throw result.problems
      const { parsed, estimate, gcode } = result.value
      const title = parsed.metadata.title ?? name.replace(/\.(b?gcode|gco|g)$/i, '')
      set({
        madePrint: { origin: 'file', title, gcode, toolpath: parsed.toolpath, estimate, layerCount: parsed.toolpath.layers.length, sources: [], lineOfMove: parsed.lineOfMove, problems: parsed.warnings },
        isPrintCurrent: true,
      })
    },
  }
}

async function slicePlateNow(plate: PlateDocument, profiles: ChosenProfiles, run: { readonly meshOf: WorkspaceAccess['meshOf'] } & NonNullable<Parameters<typeof runPrint>[1]>): Promise<{ ok: true; value: ReadyPrint } | ReturnType<typeof failure>> {
  const { meshOf, ...options } = run
  const objects = plate.objects.flatMap((object): PrintObject[] => {
    const mesh = meshOf(object)
    return mesh === undefined ? [] : [{ id: object.id, name: object.name, mesh, transform: plateMatrix(object), ...ownOf(object) }]
  })
  const title = plateTitle(plate)
  const { machine } = profiles
  const purgeMm3 = plate.purgeMm3?.length === extruderCount(machine) ? plate.purgeMm3 : machine.purgeMm3
  const result = await runPrint({ objects, ...profiles, machine: { ...machine, ...(purgeMm3 && { purgeMm3 }) }, overrides: plate.overrides, layerEvents: plate.layerEvents ?? [], heightRanges: plate.heightRanges ?? [], layerCurve: plate.layerCurve ?? [], title }, options)
  return result.ok ? { ok: true, value: readyPrint(result.value, { plate, profiles, title }) } : result
}

/** What is in the extruders that print, each material once. */
function materialNames({ material, moreMaterials = [] }: ChosenProfiles, { byTool }: PicturedPrint['estimate']): string {
  const t = currentText()
  const used = byTool.map(({ tool }) => (tool === 0 ? material : (moreMaterials[tool - 1] ?? material)))
  return [...new Set((used.length > 0 ? used : [material]).map((one) => profileName(t, one)))].join(' + ')
}

function readyPrint({ thumbnailPng, ...made }: PicturedPrint, { plate, profiles, title }: { plate: PlateDocument; profiles: ChosenProfiles; title: string }): ReadyPrint {
  const t = currentText()
  return {
    origin: 'sliced', title,
    gcode: made.gcode as Uint8Array<ArrayBuffer>,
    toolpath: made.toolpath, estimate: made.estimate, layerCount: made.layerCount, settings: made.settings, problems: made.problems,
    machineId: profiles.machine.id, machineName: profileName(t, profiles.machine), materialName: materialNames(profiles, made.estimate), qualityName: profileName(t, profiles.quality),
    sources: printSources(plate),
    ...(thumbnailPng === undefined ? {} : { thumbnailPng }),
  }
}
