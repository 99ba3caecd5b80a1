import { parseModel } from '../../../shared/formats/parse-model'
import type { EngineRequest } from '../../../shared/machine/engines/engine-request'
import type { EnginePrint } from '../../../shared/machine/engines/finish-engine-gcode'
import type { MachineProfile, MaterialProfile, QualityProfile, StoredProfile } from '../../../shared/machine/profile'
import { readProject } from '../../../shared/machine/project-file'
import { IDENTITY } from '../../../shared/mesh/matrix'
import { failure, success, type Result } from '../../../shared/units/problem'
import type { FoundEngine } from './find-engines'
import { type EngineRunOptions, sliceWithEngine } from './slice-with-engine'

/** A project as the window saves it, and the engine that slices it. Plain data, for a worker. */
export interface ProjectTask {
  readonly engine: Omit<FoundEngine, 'isChosen'>
  readonly project: Uint8Array
  readonly title: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Slices a project with another engine. Problems: `engine/no-project`, those of the file, of the settings and of the engine's G-code. @throws as `sliceWithEngine` */
export async function sliceProject({ engine, project, title, env }: ProjectTask, options: Omit<EngineRunOptions, 'env'>): Promise<Result<EnginePrint>> {
  const request = readRequest(project, title)
  return request.ok ? sliceWithEngine(engine, request.value, { ...options, env }) : request
}

function readRequest(bytes: Uint8Array, title: string): Result<EngineRequest> {
  const project = readProject(bytes)
  if (!project.ok) return project
  const model = parseModel(bytes, 'plate.3mf')
  if (!model.ok) return model
  const profile = <K extends StoredProfile['kind']>(kind: K) => project.value?.profiles.find((stored) => stored.kind === kind)?.profile
  const [machine, material, quality] = [profile('machine') as MachineProfile | undefined, profile('material') as MaterialProfile | undefined, profile('quality') as QualityProfile | undefined]
  if (project.value?.origin !== 'own' || machine === undefined || material === undefined || quality === undefined) return failure({ code: 'engine/no-project', severity: 'error', message: 'The file is no project of the studio.' })
  const { overrides, layerEvents, heightRanges, layerCurve } = project.value
  const objects = model.value.parts.map(({ name, mesh, transform }, i) => ({ id: String(i + 1), name, mesh, transform: transform ?? IDENTITY }))
  return success({ objects, machine, material, quality, overrides, layerEvents, heightRanges, layerCurve, title })
}
