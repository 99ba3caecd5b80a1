import type { PlateDocument } from './plate'

/** Puts a material into an extruder, from 0. Those between that had none of their own get what they have from the first one. */
export function withMaterial(plate: PlateDocument, materialId: string, tool: number): PlateDocument {
  const { moreMaterialIds = [] } = plate
  if (tool === 0) return plate.materialId === materialId ? plate : { ...plate, materialId }
  if ((moreMaterialIds[tool - 1] ?? plate.materialId) === materialId && moreMaterialIds.length >= tool) return plate
  const ids = Array.from({ length: Math.max(tool, moreMaterialIds.length) }, (_, i) => (i === tool - 1 ? materialId : (moreMaterialIds[i] ?? plate.materialId)))
  return { ...plate, moreMaterialIds: ids }
}

/** Sets how much is purged from one extruder to another, both from 0, mm³; the others have what holds now. */
export function withPurge(plate: PlateDocument, { from, to, mm3 }: { readonly from: number; readonly to: number; readonly mm3: number }, now: readonly (readonly number[])[]): PlateDocument {
  if (now[from]?.[to] === mm3) return plate
  return { ...plate, purgeMm3: now.map((row, i) => row.map((old, j) => (i === from && j === to ? mm3 : old))) }
}

/** What every change purges, mm³: the plate's own matrix where it fits the machine's extruders, else the machine's, else the setting's volume throughout. */
export function purgeMatrix(count: number, { plate, machine, setting }: { readonly plate: PlateDocument['purgeMm3']; readonly machine: PlateDocument['purgeMm3']; readonly setting: number }): readonly (readonly number[])[] {
  const fits = [plate, machine].find((matrix) => matrix?.length === count && matrix.every((row) => row.length === count))
  return fits ?? Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_column, j) => (i === j ? 0 : setting)))
}
