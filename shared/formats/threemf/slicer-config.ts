import type { ModelModifier } from '../model'
import { XmlScanner } from './xml-scanner'

/** What a slicer's project says of a piece of an object: a range of its triangles (PrusaSlicer), or one of its components (OrcaSlicer). */
export interface SlicerPiece {
  readonly kind: 'part' | 'negative' | ModelModifier['kind']
  readonly name: string
  /** First and last triangle. */
  readonly triangles?: readonly [number, number]
  /** Object that the component uses. */
  readonly objectId?: string
  readonly config: Readonly<Record<string, string>>
}

/** What a slicer's project says of an object. */
export interface SlicerObject {
  readonly config: Readonly<Record<string, string>>
  readonly pieces: readonly SlicerPiece[]
}

export interface SlicerConfig {
  readonly program: 'PrusaSlicer' | 'OrcaSlicer'
  /** By id. */
  readonly objects: ReadonlyMap<string, SlicerObject>
}

/** Where the programs put it in the package. */
export const SLICER_CONFIGS = [['PrusaSlicer', 'Metadata/Slic3r_PE_model.config'], ['OrcaSlicer', 'Metadata/model_settings.config']] as const
const MAX_OBJECTS = 5000
/** Names of kinds in both programs. */
const KINDS: Readonly<Record<string, SlicerPiece['kind']>> = {
  NegativeVolume: 'negative', ParameterModifier: 'settings', SupportBlocker: 'support-blocker', SupportEnforcer: 'support-enforcer',
  negative_part: 'negative', modifier_part: 'settings', support_blocker: 'support-blocker', support_enforcer: 'support-enforcer',
}
/** What isn't a setting. */
const NO_SETTINGS = /^(name|volume_type|modifier|matrix|source_.*|text_.*|svg_.*|emboss.*|extruder_?count|mesh_stat.*)$/

/** Reads the objects of a slicer's project. Anything else in the file is passed over. */
export function parseSlicerConfig(program: SlicerConfig['program'], bytes: Uint8Array): SlicerConfig {
  const xml = new XmlScanner(bytes)
  const objects = new Map<string, SlicerObject>()
  let object: { id: string; config: Record<string, string>; pieces: SlicerPiece[] } | undefined
  let piece: { marks: Record<string, string>; values: Record<string, string> } | undefined
  const endPiece = () => {
    if (piece !== undefined) object?.pieces.push(pieceOf(piece.marks, piece.values))
    piece = undefined
  }
  const endObject = () => {
    endPiece()
    if (object !== undefined && objects.size < MAX_OBJECTS) objects.set(object.id, { config: settingsOf(object.config), pieces: object.pieces })
    object = undefined
  }
  for (let event = xml.next(); event !== 'end'; event = xml.next()) {
    const isPiece = xml.isNamed('volume') || xml.isNamed('part')
    if (event === 'close') {
      if (xml.isNamed('object')) endObject()
      else if (isPiece) endPiece()
    } else if (xml.isNamed('object')) {
      endObject()
      object = { id: xml.attribute('id') ?? '', config: {}, pieces: [] }
    } else if (isPiece) {
      endPiece()
      piece = { marks: Object.fromEntries(xml.allAttributes()), values: {} }
    } else if (xml.isNamed('metadata')) {
      const [key, value] = [xml.attribute('key'), xml.attribute('value')]
      const holder = piece?.values ?? object?.config
      if (key !== undefined && value !== undefined && holder !== undefined) holder[key] = value
    }
  }
  endObject()
  return { program, objects }
}

function pieceOf(marks: Readonly<Record<string, string>>, values: Readonly<Record<string, string>>): SlicerPiece {
  const kind = KINDS[values['volume_type'] ?? marks['subtype'] ?? ''] ?? (values['modifier'] === '1' ? 'settings' : 'part')
  const [first, last] = [Number(marks['firstid']), Number(marks['lastid'])]
  const isRange = Number.isInteger(first) && Number.isInteger(last) && first >= 0 && last >= first
  return { kind, name: values['name'] ?? '', config: settingsOf(values), ...(isRange ? { triangles: [first, last] as const } : {}), ...(marks['id'] === undefined ? {} : { objectId: marks['id'] }) }
}

function settingsOf(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !NO_SETTINGS.test(key)))
}
