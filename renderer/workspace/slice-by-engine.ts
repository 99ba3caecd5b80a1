import { leftOfObjects } from '../../shared/machine/engines/engine-request'
import type { Problem, Result } from '../../shared/units/problem'
import type { OnProgress } from '../../shared/units/progress'
import { StudioError } from '../../shared/units/studio-error'
import { getBlobBytes } from '../client/blobs'
import { getClient } from '../client/client'
import { currentText } from '../i18n/locale'
import { profileName } from '../i18n/names'
import { isTextKey } from '../i18n/text'
import { putBlob } from '../library/blobs'
import { readGcode } from '../workers/print/run-print'
import type { PlateDocument } from './plate'
import type { ChosenProfiles } from './plate-profiles'
import { writePlateProject } from './plate-project'
import { printSources } from './plate-summary'
import type { ReadyPrint } from './ready-print'
import type { WorkspaceAccess } from './workspace-store'

interface EngineRun {
  readonly meshOf: WorkspaceAccess['meshOf']
  readonly signal: AbortSignal
  readonly onProgress: OnProgress
}

/** Has the plate sliced by the engine that it names, in the studio, and reads what comes of it. @throws what the studio refuses, with its code; AbortError when cancelled */
export async function sliceByEngine(kind: NonNullable<PlateDocument['engine']>, work: { readonly plate: PlateDocument; readonly profiles: ChosenProfiles }, { meshOf, signal, onProgress }: EngineRun): Promise<Result<ReadyPrint>> {
  const { plate, profiles } = work
  onProgress({ stage: 'project', done: 0, total: 0 })
  const { title, bytes, thumbnailPng } = await writePlateProject(plate, meshOf)
  const projectSha256 = await putBlob(bytes)
  signal.throwIfAborted()
  for await (const news of await getClient().engines.slice({ kind, projectSha256, title }, { signal })) {
    if (news.kind === 'progress') onProgress(news)
    else if (news.kind === 'failed') return { ok: false, problems: named(news.problems as readonly Problem[]) }
    else {
      const gcode = new Uint8Array(await (await getBlobBytes(news.gcodeSha256, signal)).arrayBuffer())
      const { machine, material } = profiles
      const read = await readGcode({ bytes: gcode, machine, material }, { signal, onProgress })
      if (!read.ok) return read
      const { parsed, estimate, gcode: back } = read.value
      const t = currentText()
      return {
        ok: true, problems: [],
        value: {
          origin: 'sliced', title, gcode: back, toolpath: parsed.toolpath, estimate, layerCount: parsed.toolpath.layers.length, lineOfMove: parsed.lineOfMove,
          machineId: machine.id, machineName: profileName(t, machine), materialName: profileName(t, material), qualityName: profileName(t, profiles.quality),
          sources: printSources(plate), problems: named([...leftOfObjects(kind, plate.objects), ...(news.problems as readonly Problem[])]),
          ...(thumbnailPng === undefined ? {} : { thumbnailPng: new Uint8Array(thumbnailPng) }),
        },
      }
    }
  }
  signal.throwIfAborted()
  throw new StudioError('studio/unreachable', 'The studio does not answer. Start it again with npm start.')
}

/** Settings that an engine has nothing for, by their names in the window. */
function named(problems: readonly Problem[]): readonly Problem[] {
  const t = currentText()
  return problems.map((problem) => {
    if (problem.code !== 'engine/no-counterpart') return problem
    const key = String(problem.values?.['key'])
    const text = [`setting.${key}`, `prepare.engine.${key}`].find(isTextKey)
    return { ...problem, values: { ...problem.values, setting: text === undefined ? key : t(text) } }
  })
}
