import { MOVE_ROLES, ROLE } from '../../toolpath/toolpath'
import type { PlannedFill, PlannedIsland, PlannedLayer, PlannedThinLine, PlannedWall } from '../planned-layer'
import { type Packed, PackReader, PackWriter } from './packed'

/** Packs planned layers of one object. */
export function packLayers(layers: readonly PlannedLayer[]): Packed {
  const writer = new PackWriter()
  writer.count(layers.length)
  for (const { layerIndex, zMm, heightMm, islands, supports = [] } of layers) {
    writer.count(layerIndex)
    writer.value(zMm)
    writer.value(heightMm)
    writer.count(islands.length)
    for (const island of islands) writeIsland(writer, island)
    writer.count(supports.length)
    for (const island of supports) writeIsland(writer, island)
  }
  return writer.finish()
}

function writeIsland(writer: PackWriter, { outline, walls, thinLines, fills }: PlannedIsland): void {
  writer.arrays(outline)
  writer.count(walls.length)
  for (const { role, depth, contour, widthMm, variant = 0 } of walls) {
    writer.count(ROLE[role])
    writer.count(variant)
    writer.count(depth)
    writer.array(contour)
    writer.value(widthMm)
  }
  writer.count(thinLines.length)
  for (const { role, line, widthsMm, variant = 0 } of thinLines) {
    writer.count(ROLE[role])
    writer.count(variant)
    writer.array(line)
    writer.array(widthsMm)
  }
  writer.count(fills.length)
  for (const { role, lines, widthMm, flow, variant = 0 } of fills) {
    writer.count(ROLE[role])
    writer.count(variant)
    writer.arrays(lines)
    writer.value(widthMm)
    writer.value(flow ?? 1)
  }
}

/** Reads what `packLayers` wrote. */
export function unpackLayers(packed: Packed, objectId: string): PlannedLayer[] {
  const reader = new PackReader(packed)
  return reader.list(() => {
    const layer = { layerIndex: reader.count(), zMm: reader.value(), heightMm: reader.value(), objectId, islands: reader.list(() => readIsland(reader)) }
    const supports = reader.list(() => readIsland(reader))
    return supports.length === 0 ? layer : { ...layer, supports }
  })
}

function readIsland(reader: PackReader): PlannedIsland {
  return {
    outline: reader.arrays(),
    walls: reader.list(() => ({ role: readRole<PlannedWall['role']>(reader), ...readVariant(reader), depth: reader.count(), contour: reader.array(), widthMm: reader.value() })),
    thinLines: reader.list(() => ({ role: readRole<PlannedThinLine['role']>(reader), ...readVariant(reader), line: reader.array(), widthsMm: reader.array() })),
    fills: reader.list(() => ({ role: readRole<PlannedFill['role']>(reader), ...readVariant(reader), lines: reader.arrays(), widthMm: reader.value(), flow: reader.value() })),
  }
}

/** The writer took the role from the same field, so it is one of that field's. */
function readRole<R extends (typeof MOVE_ROLES)[number]>(reader: PackReader): R {
  return MOVE_ROLES[reader.count()] as R
}

function readVariant(reader: PackReader): { readonly variant?: number } {
  const variant = reader.count()
  return variant === 0 ? {} : { variant }
}
