import { unitToMm } from '../../mesh/suspect-unit'
import { IDENTITY } from '../../mesh/matrix'
import type { Mat4, Mesh } from '../../mesh/mesh'
import { type ObjectPaint, readPaint } from '../../mesh/paint/paint-tree'
import { readObjectPaint } from '../../mesh/paint/read-object-paint'
import type { Problem } from '../../units/problem'
import type { OnProgress } from '../../units/progress'
import { FaceCollector } from '../face-collector'
import { GrowingFloats } from '../growing-array'
import type { LengthUnit } from '../model'
import { XmlScanner } from './xml-scanner'

/** A use of an object: by a component or the build. */
export interface ObjectUse {
  readonly objectId: string
  /** Another model part of the package (production extension). */
  readonly path?: string
  /** In mm. */
  readonly transform: Mat4
  /** False where a slicer's project says that it isn't printed. */
  readonly isPrinted: boolean
}

/** An object of a model part: a mesh, or components of other objects. */
export interface ThreemfObject {
  readonly id: string
  readonly name: string
  readonly type: string
  /** In mm, not yet welded. */
  readonly mesh?: Mesh
  /** By the number of the triangle in `mesh`. */
  readonly paint?: ObjectPaint
  readonly components: readonly ObjectUse[]
}

/** What one `.model` file holds. */
export interface ThreemfModel {
  readonly unit: LengthUnit
  readonly objects: ReadonlyMap<string, ThreemfObject>
  readonly build: readonly ObjectUse[]
  readonly metadata: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
}

const UNITS: ReadonlySet<string> = new Set(['micron', 'millimeter', 'centimeter', 'inch', 'foot', 'meter'])
const MAX_METADATA = 100
const MAX_METADATA_CHARACTERS = 2000
const PROGRESS_EVERY_TAGS = 1 << 18
/** As PrusaSlicer (with a prefix) and OrcaSlicer name what is painted. */
const PAINT_ATTRIBUTES = [['support', ['custom_supports', 'paint_supports']], ['seam', ['custom_seam', 'paint_seam']]] as const
/** Extensions without which a model would be read wrong. */
const EXTENSIONS: readonly { readonly mark: string; readonly what: string }[] = [
  { mark: '/beamlattice/', what: 'beam lattices' },
  { mark: '/slice/', what: 'slices' },
  { mark: '/volumetric/', what: 'volumetric data' },
  { mark: '/implicit/', what: 'implicit geometry' },
  { mark: '/booleanoperations/', what: 'boolean operations' },
  { mark: '/trianglesets/', what: 'triangle sets' },
]

/** Reads the XML of a model part. Whatever isn't geometry, placement or metadata is passed over. */
export function parseModelPart(bytes: Uint8Array, onProgress?: OnProgress): ThreemfModel {
  return new ModelReader(bytes, onProgress).read()
}

class ModelReader {
  private readonly xml: XmlScanner
  private unit: LengthUnit = 'millimeter'
  private readonly objects = new Map<string, ThreemfObject>()
  private readonly build: ObjectUse[] = []
  private readonly metadata: Record<string, string> = Object.create(null) as Record<string, string>
  private readonly problems: Problem[] = []
  private isInBuild = false
  private mmPerUnit = 1
  private object: { id: string; name: string; type: string; components: ObjectUse[] } | undefined
  private positions = new GrowingFloats(64)
  private faces = new FaceCollector(64)
  private paint: Record<'support' | 'seam', Record<number, string>> = { support: {}, seam: {} }
  private tags = 0

  constructor(
    private readonly bytes: Uint8Array,
    private readonly onProgress?: OnProgress,
  ) {
    this.xml = new XmlScanner(bytes)
  }

  read(): ThreemfModel {
    const { xml } = this
    for (let event = xml.next(); event !== 'end'; event = xml.next()) {
      if (event === 'open') this.open()
      else if (xml.isNamed('object')) this.endObject()
      else if (xml.isNamed('build')) this.isInBuild = false
      if (++this.tags % PROGRESS_EVERY_TAGS === 0) this.onProgress?.({ stage: 'parse', done: xml.place, total: this.bytes.length })
    }
    this.endObject()
    return { unit: this.unit, objects: this.objects, build: this.build, metadata: { ...this.metadata }, problems: this.problems }
  }

  private open(): void {
    const { xml, positions } = this
    // The two names of nearly all tags come first.
    if (xml.isNamed('vertex')) positions.push3(xml.number('x') * this.mmPerUnit, xml.number('y') * this.mmPerUnit, xml.number('z') * this.mmPerUnit)
    else if (xml.isNamed('triangle')) this.addTriangle()
    else if (xml.isNamed('object')) this.startObject()
    else if (xml.isNamed('component')) this.object?.components.push(this.use())
    else if (xml.isNamed('item') && this.isInBuild) this.build.push(this.use())
    else if (xml.isNamed('build')) this.isInBuild = !xml.isEmpty
    else if (xml.isNamed('metadata') && this.object === undefined) this.addMetadata()
    else if (xml.isNamed('model')) this.startModel()
  }

  private addTriangle(): void {
    const { xml, positions, faces } = this
    const triangle = faces.length / 3
    faces.add(positions.values, positions.length / 3, [xml.number('v1'), xml.number('v2'), xml.number('v3')])
    // Nearly no triangle has more than its corners.
    if (xml.size <= 3 || faces.length / 3 !== triangle + 1) return
    for (const [what, names] of PAINT_ATTRIBUTES) {
      const text = names.map((name) => xml.attribute(name)).find((value) => value !== undefined && value !== '')
      const node = text === undefined ? undefined : readPaint(text)
      if (text !== undefined && node !== undefined && node !== 0) this.paint[what][triangle] = text
    }
  }

  private startModel(): void {
    const { xml } = this
    const unit = xml.attribute('unit')
    if (unit !== undefined && UNITS.has(unit)) this.unit = unit as LengthUnit
    else if (unit !== undefined) this.problems.push({ code: 'threemf/unknown-unit', severity: 'warning', values: { unit: unit.slice(0, 40) }, message: `The file names a unit that 3MF doesn't have (“${unit.slice(0, 40)}”). It was read in millimetres: check the size.` })
    this.mmPerUnit = unitToMm(this.unit)
    const required = (xml.attribute('requiredextensions') ?? '').split(/\s+/)
    for (const [name, value] of xml.allAttributes()) {
      const extension = EXTENSIONS.find(({ mark }) => value.toLowerCase().includes(mark))
      if (extension === undefined || !name.startsWith('xmlns:') || !required.includes(name.slice(6))) continue
      this.problems.push({ code: 'threemf/extension', severity: 'warning', values: { what: extension.what }, message: `The file needs ${extension.what}, which were left out. Look at what is missing before printing.` })
    }
  }

  private startObject(): void {
    const { xml } = this
    this.endObject()
    this.object = { id: xml.attribute('id') ?? '', name: xml.attribute('name') ?? xml.attribute('partnumber') ?? '', type: xml.attribute('type') ?? 'model', components: [] }
    this.positions = new GrowingFloats(64)
    this.faces = new FaceCollector(64)
    this.paint = { support: {}, seam: {} }
    if (xml.isEmpty) this.endObject()
  }

  private endObject(): void {
    const { object, faces } = this
    if (object === undefined) return
    this.object = undefined
    this.problems.push(...faces.problems())
    const mesh = faces.length > 0 ? faces.mesh(this.positions.filled()) : undefined
    const paint = readObjectPaint(this.paint)
    this.objects.set(object.id, mesh === undefined ? object : { ...object, mesh, ...(paint && { paint }) })
  }

  private use(): ObjectUse {
    const { xml } = this
    const path = xml.attribute('path')
    return {
      objectId: xml.attribute('objectid') ?? '',
      transform: this.transform(xml.attribute('transform')),
      isPrinted: xml.attribute('printable') !== '0',
      ...(path === undefined ? {} : { path }),
    }
  }

  /** Twelve numbers, row by row for row vectors: the columns of ours. */
  private transform(text: string | undefined): Mat4 {
    if (text === undefined || text.trim() === '') return IDENTITY
    const m = text.trim().split(/\s+/).map(Number)
    if (m.length !== 12 || !m.every((value) => Number.isFinite(value) && Math.abs(value) < 1e9)) {
      this.problems.push({ code: 'threemf/bad-transform', severity: 'warning', message: 'A placement in the file can’t be read and was left out: look at where the parts stand.' })
      return IDENTITY
    }
    const mm = this.mmPerUnit
    return [m[0], m[1], m[2], 0, m[3], m[4], m[5], 0, m[6], m[7], m[8], 0, m[9] * mm, m[10] * mm, m[11] * mm, 1]
  }

  private addMetadata(): void {
    const name = this.xml.attribute('name')
    if (name === undefined || this.xml.isEmpty || Object.keys(this.metadata).length >= MAX_METADATA) return
    const value = this.xml.content().slice(0, MAX_METADATA_CHARACTERS)
    if (value !== '') this.metadata[name.slice(0, 100)] = value
  }
}
