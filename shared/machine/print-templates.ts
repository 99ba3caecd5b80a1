import type { TemplateValue } from '../gcode/evaluate-expression'
import { expandTemplate } from '../gcode/expand-template'
import type { SlicingSettings } from '../slicing/settings'
import type { Estimate } from '../toolpath/estimate'
import { firstTool } from '../toolpath/tool-runs'
import type { Toolpath } from '../toolpath/toolpath'
import type { Problem } from '../units/problem'
import { machineVolume } from './machine-volume'
import type { MachineProfile, MaterialProfile, QualityProfile } from './profile'

const MORE_TEMPLATES = ['layer', 'tool', 'pause', 'colour change'] as const

interface TemplateOwners {
  readonly machine: MachineProfile
  readonly material: MaterialProfile
  readonly quality: QualityProfile
}

/**
 * What a start or end G-code template may name: every setting by its key, and `machineId`, `materialType`, `qualityId`,
 * `volumeXMm` (Y, Z), `minXMm`, `maxXMm`, `minYMm`, `maxYMm`, `centreXMm`, `centreYMm`, `layerCount`, `topMm` (highest
 * layer), `filamentMm`, `timeS`, `toolCount`, `firstTool` (from 0). Before slicing the last six are those of an empty plate.
 */
export function templateVariables(owners: TemplateOwners, settings: SlicingSettings, made?: { toolpath: Toolpath; estimate: Estimate }): Record<string, TemplateValue> {
  const { machine, material, quality } = owners
  const { min, max } = machineVolume(machine)
  return {
    ...settings,
    machineId: machine.id,
    materialType: material.type,
    qualityId: quality.id,
    volumeXMm: machine.volume.xMm,
    volumeYMm: machine.volume.yMm,
    volumeZMm: machine.volume.zMm,
    minXMm: min[0],
    maxXMm: max[0],
    minYMm: min[1],
    maxYMm: max[1],
    centreXMm: (min[0] + max[0]) / 2,
    centreYMm: (min[1] + max[1]) / 2,
    layerCount: made?.toolpath.layers.length ?? 0,
    topMm: (made?.toolpath.layers ?? []).reduce((most, { zMm }) => Math.max(most, zMm), 0),
    filamentMm: made?.estimate.filamentMm ?? 0,
    timeS: made?.estimate.timeS ?? 0,
    toolCount: machine.extruders?.length ?? 1,
    firstTool: made === undefined ? 0 : firstTool(made.toolpath),
  }
}

/** Values of a layer, for the template that is written at the start of each. */
export function layerVariables(variables: Readonly<Record<string, TemplateValue>>, { zMm, heightMm }: { readonly zMm: number; readonly heightMm: number }, layer: number): Record<string, TemplateValue> {
  return { ...variables, layer, layerZMm: Math.round(zMm * 1000) / 1000, layerHeightMm: Math.round(heightMm * 1000) / 1000 }
}

/** Values of a change, for the template that follows it. */
export function toolVariables(variables: Readonly<Record<string, TemplateValue>>, { previousTool, nextTool }: { readonly previousTool: number; readonly nextTool: number }, settings: SlicingSettings | undefined): Record<string, TemplateValue> {
  return { ...variables, ...settings, previousTool, nextTool }
}

/** Problems of all templates of a machine, found without slicing. */
export function checkTemplates(owners: TemplateOwners, settings: SlicingSettings): readonly Problem[] {
  const variables = templateVariables(owners, settings)
  const { startGcode, endGcode, layerGcode, toolGcode, pauseGcode, colourChangeGcode } = owners.machine
  const ofLayers = toolVariables(layerVariables(variables, { zMm: 0, heightMm: settings.layerHeightMm }, 0), { previousTool: 0, nextTool: 0 }, undefined)
  return [...expandTemplate(startGcode, variables, 'start').problems, ...expandTemplate(endGcode, variables, 'end').problems, ...[layerGcode, toolGcode, pauseGcode, colourChangeGcode].flatMap((template, i) => (template === undefined ? [] : expandTemplate(template, ofLayers, MORE_TEMPLATES[i] ?? 'layer').problems))]
}
