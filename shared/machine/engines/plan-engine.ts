import { success, type Result } from '../../units/problem'
import { planCura } from './cura-plan'
import type { EngineKind, EnginePlan } from './engine'
import { engineSettings, type EngineRequest, type EngineTask } from './engine-request'
import { planOrca } from './orca-plan'
import { planPrusa } from './prusa-plan'
import type { SlicingSettings } from '../../slicing/settings'

const PLANS: Readonly<Record<EngineKind, (task: EngineTask) => EnginePlan>> = { prusaslicer: planPrusa, orcaslicer: planOrca, cura: planCura }

/**
 * Plans one run of an engine: our settings in its keys, the models where they stand, its arguments. What has no counterpart is listed in the plan.
 *
 * Problems: those of the settings and of the machine's templates.
 */
export function planEngine(kind: EngineKind, request: EngineRequest, version: EngineTask['version']): Result<{ readonly plan: EnginePlan; readonly settings: SlicingSettings }> {
  const settings = engineSettings(request)
  if (!settings.ok) return settings
  return success({ plan: PLANS[kind]({ request, settings: settings.value, version }), settings: settings.value }, settings.problems)
}
