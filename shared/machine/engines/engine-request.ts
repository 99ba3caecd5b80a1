import { resolveSettings } from '../../slicing/resolve-settings'
import type { SettingKey, SlicingSettings } from '../../slicing/settings'
import type { SliceObject } from '../../slicing/slice-input'
import { failure, success, type Problem, type Result } from '../../units/problem'
import type { PrintRequest } from '../make-print'
import { checkTemplates } from '../print-templates'
import { machineSettingLayers } from '../setting-layers'
import { type EngineKind, noCounterpart } from './engine'

/** Everything that decides a print by another engine: what decides one of ours, with one material and without pictures. */
export interface EngineRequest extends Omit<PrintRequest, 'objects' | 'moreMaterials' | 'thumbnails'> {
  readonly objects: readonly SliceObject[]
}

/** A request with its settings worked out, and the engine that it goes to. */
export interface EngineTask {
  readonly request: EngineRequest
  readonly settings: SlicingSettings
  /** Major and minor version; what isn't known is taken as the newest. */
  readonly version: readonly [number, number] | undefined
}

/** Keys that are no matter of the engine: what the studio does itself, or only shows. */
export const STUDIO_KEYS: readonly SettingKey[] = ['thumbnails', 'pricePerKg', 'densityGPerCm3', 'arcToleranceMm', 'internalBridges']

/** One set of settings of machine, material, quality and hand; the machine's templates are checked with it. Problem of its own: `engine/one-extruder`. */
export function engineSettings(request: EngineRequest): Result<SlicingSettings> {
  const resolved = resolveSettings(machineSettingLayers(request).map(({ source, values }) => ({ source, values })))
  if (!resolved.ok) return resolved
  const { settings } = resolved.value
  const own = request.machine.heatedBed ? settings : { ...settings, bedC: 0, firstLayerBedC: 0 }
  const most = Math.max(own.extruder, own.infillExtruder, own.supportExtruder, own.supportInterfaceExtruder)
  // Printed with the first one instead, the part would be another one.
  if (most > 1) return failure({ code: 'engine/one-extruder', severity: 'error', values: { number: most }, message: `Something is to be printed with extruder ${most}, but other engines are given one extruder here. Let the studio slice it.` })
  const problems = checkTemplates(request, own)
  return problems.some(({ severity }) => severity === 'error') ? failure(...problems) : success(own, resolved.problems)
}

/** What a plate has besides settings that no other engine is given: stops, ranges of heights, code of layers. */
export function leftOfPlate(kind: EngineKind, { machine, objects, layerEvents = [], heightRanges = [], layerCurve = [] }: EngineRequest): Problem[] {
  const left: Problem[] = [...leftOfObjects(kind, objects)]
  if (heightRanges.length > 0) left.push(noCounterpart(kind, 'heightRanges', heightRanges.length))
  if (layerCurve.length > 0) left.push({ ...noCounterpart(kind, 'layerCurve', layerCurve.length), severity: 'warning' })
  if (layerEvents.length > 0) left.push({ ...noCounterpart(kind, 'layerEvents', layerEvents.length), severity: 'warning' })
  if ((machine.layerGcode ?? '').trim() !== '') left.push(noCounterpart(kind, 'layerGcode', ''))
  return left
}

/** What objects have of their own that no other engine is given, told as a warning: the print would be another one. */
export function leftOfObjects(kind: EngineKind, objects: readonly { readonly name: string; readonly settings?: unknown; readonly values?: object; readonly modifiers?: readonly unknown[]; readonly paint?: unknown }[]): Problem[] {
  const own = [
    ['objectSettings', objects.filter(({ settings, values = {} }) => settings !== undefined || Object.keys(values).length > 0)],
    ['modifiers', objects.filter(({ modifiers = [] }) => modifiers.length > 0)],
    ['paint', objects.filter(({ paint }) => paint !== undefined)],
  ] as const
  return own.flatMap(([key, holders]) => (holders.length === 0 ? [] : [{ ...noCounterpart(kind, key, holders.map(({ name }) => name).join(', ')), severity: 'warning' as const }]))
}
