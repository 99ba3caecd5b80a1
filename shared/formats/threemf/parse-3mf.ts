import { determinant, IDENTITY, invertMatrix, multiplyMatrices } from '../../mesh/matrix'
import { isClosed } from '../../mesh/mesh-edges'
import type { Mat4, Mesh } from '../../mesh/mesh'
import { mirrorPaint } from '../../mesh/paint/mirror-paint'
import { transformMesh } from '../../mesh/transform-mesh'
import { dropUnusedVertices, weldMesh } from '../../mesh/weld-mesh'
import { failure, success, type Problem, type Result } from '../../units/problem'
import type { OnProgress } from '../../units/progress'
import type { ModelModifier, ModelPart, ParsedModel, SlicedPart } from '../model'
import { noTriangles } from '../stl/parse-stl'
import { type ObjectUse, parseModelPart, type ThreemfModel, type ThreemfObject } from './model-part'
import { asUtf8, damaged, openPackage, type ThreemfPackage } from './open-package'
import { parseSlicerConfig, SLICER_CONFIGS, type SlicerConfig, type SlicerObject, type SlicerPiece } from './slicer-config'
import { splitPieces } from './split-pieces'

/** Bounds for hostile files: uses of objects within each other multiply. */
const MAX_DEPTH = 32
const MAX_PARTS = 5000
const MAX_STEPS = 100_000
const MAX_MODEL_FILES = 2000

/**
 * Reads a 3MF package: every object that the build places, through its components, in mm whatever unit the file states. Objects for support and others
 * that aren't made, and those marked as not printed, are left out. A file without build items gives all its objects.
 */
export function parse3mf(bytes: Uint8Array, name: string, onProgress?: OnProgress): Result<ParsedModel> {
  onProgress?.({ stage: 'unpack', done: 0, total: 1 })
  const opened = openPackage(bytes)
  if (!opened.ok) return opened
  const assembly = new Assembly(opened.value, name, onProgress)
  const root = assembly.model(opened.value.rootPath)
  if (root === undefined) return failure(damaged())
  assembly.addBuild(root, opened.value.rootPath)
  const problems = [...assembly.problems.values()]
  if (assembly.parts.length === 0) return failure(...problems, noTriangles())
  return success({ format: '3mf', unit: root.unit, parts: assembly.parts, metadata: root.metadata }, problems)
}

/** Puts the objects of a package together. */
class Assembly {
  readonly parts: ModelPart[] = []
  /** By code and place, so that a thousand equal findings are told once. */
  readonly problems = new Map<string, Problem>()
  private readonly models = new Map<string, ThreemfModel | undefined>()
  private readonly meshes = new Map<Mesh, Mesh>()
  private readonly path: string[] = []
  private steps = 0
  private readonly config: SlicerConfig | undefined

  constructor(
    private readonly opened: ThreemfPackage,
    private readonly fileName: string,
    private readonly onProgress?: OnProgress,
  ) {
    this.config = slicerConfig(opened)
  }

  /** A model part of the package; undefined when it isn't there or can't be unpacked. */
  model(path: string): ThreemfModel | undefined {
    const key = path.replace(/^\/+/, '').toLowerCase()
    if (this.models.has(key) || this.models.size >= MAX_MODEL_FILES) return this.models.get(key)
    const bytes = this.opened.read(path)
    const model = bytes === undefined ? undefined : parseModelPart(asUtf8(bytes), this.onProgress)
    this.models.set(key, model)
    for (const problem of model?.problems ?? []) this.note(problem)
    return model
  }

  addBuild(root: ThreemfModel, rootPath: string): void {
    const items = root.build.length > 0 ? root.build : unusedObjects(root)
    if (root.build.length === 0) this.note({ code: 'threemf/no-build', severity: 'info', message: 'The file places nothing, so all its objects were taken.' })
    for (const item of items) {
      if (item.isPrinted) this.addUse(item, rootPath)
      else this.note({ code: 'threemf/not-printed', severity: 'info', message: 'Objects that the file marks as not printed were left out.' })
    }
  }

  private addUse({ objectId, path, transform }: ObjectUse, currentPath: string, holder?: Holder): void {
    const place = path ?? currentPath
    const key = `${place.toLowerCase()}#${objectId}`
    if (++this.steps > MAX_STEPS || this.path.length >= MAX_DEPTH || this.path.includes(key)) {
      this.note({ code: 'threemf/nesting', severity: 'warning', message: 'Objects in the file contain each other, or are nested too deep. What is too deep was left out.' })
      return
    }
    const object = this.model(place)?.objects.get(objectId)
    if (object === undefined) {
      this.note({ code: 'threemf/missing-object', severity: 'warning', values: { objectId: objectId.slice(0, 40) }, message: `The file uses an object that it doesn't have (${objectId.slice(0, 40)}). It was left out.` })
      return
    }
    if (object.type !== 'model') {
      this.note({ code: 'threemf/other-object', severity: 'info', values: { type: object.type.slice(0, 40) }, message: `Objects of type “${object.type.slice(0, 40)}” were left out: they are no part of the model.` })
      return
    }
    const matrix = multiplyMatrices(holder?.matrix ?? IDENTITY, transform)
    const said = this.config?.objects.get(objectId)
    if (object.mesh !== undefined) this.addObject(object, { raw: object.mesh, matrix, said: said ?? holder?.said, around: holder?.modifiers ?? [] })
    this.path.push(key)
    const inside = this.componentModifiers(object, place, said)
    for (const component of object.components) {
      if (said !== undefined && kindOf(said, component) !== 'part') continue
      this.addUse(component, place, { matrix, ...(said && { said: { config: { ...said.config, ...pieceFor(said, component)?.config }, pieces: [] }, modifiers: inside.map((modifier) => inFrame(modifier, component.transform)) }) })
    }
    this.path.pop()
  }

  /** Modifiers among an object's components, in the object's frame. */
  private componentModifiers({ components }: ThreemfObject, place: string, said: SlicerObject | undefined): readonly ModelModifier[] {
    if (said === undefined) return []
    return components.flatMap((component): ModelModifier[] => {
      const piece = pieceFor(said, component)
      const mesh = piece === undefined || piece.kind === 'part' ? undefined : this.model(component.path ?? place)?.objects.get(component.objectId)?.mesh
      if (piece === undefined || mesh === undefined || piece.kind === 'part') return []
      if (piece.kind !== 'negative') return [{ kind: piece.kind, name: piece.name, config: piece.config, mesh: transformMesh(mesh, component.transform) }]
      this.note(NEGATIVE)
      return []
    })
  }

  /** Adds an object's mesh as a part, without what of it is no part. */
  private addObject(object: ThreemfObject, { raw, matrix, said, around }: { readonly raw: Mesh; readonly matrix: Mat4; readonly said: SlicerObject | undefined; readonly around: readonly ModelModifier[] }): void {
    if (said === undefined || this.config === undefined) {
      this.addPart(object, raw, matrix)
      return
    }
    const { mesh, paint, modifiers, negatives } = splitPieces(raw, object.paint, said.pieces)
    if (negatives > 0) this.note(NEGATIVE)
    const all = [...modifiers, ...around]
    const hasOwn = Object.keys(said.config).length > 0 || all.length > 0
    const { paint: _whole, ...plain } = object
    this.addPart({ ...plain, ...(paint && { paint }) }, mesh, matrix, hasOwn ? { program: this.config.program, config: said.config, modifiers: all } : undefined)
  }

  private addPart({ name, paint }: ThreemfObject, raw: Mesh, matrix: Mat4, sliced?: SlicedPart): void {
    const scale = determinant(matrix)
    if (!(Math.abs(scale) > 1e-12)) {
      this.note({ code: 'threemf/flat', severity: 'warning', message: 'An object is squeezed to nothing by its placement. It was left out.' })
      return
    }
    if (this.parts.length >= MAX_PARTS) {
      this.note({ code: 'threemf/too-many-parts', severity: 'warning', values: { max: MAX_PARTS }, message: `The file has more than ${MAX_PARTS} parts. The rest was left out.` })
      return
    }
    const welded = this.meshes.get(raw) ?? weldUnlessClosed(raw)
    this.meshes.set(raw, welded)
    // A mirror image can't be told by a placement alone: everyone who turns normals would have to know.
    const [mesh, transform] = scale < 0 ? [transformMesh(welded, matrix), IDENTITY] : [welded, matrix]
    const isPlaced = transform.some((value, i) => value !== IDENTITY[i])
    const kept = paint === undefined || welded.indices.length !== raw.indices.length ? undefined : scale < 0 ? mirrorPaint(paint) : paint
    this.parts.push({ name: name || this.fileName, mesh, ...(isPlaced ? { transform } : {}), ...(kept && { paint: kept }), ...(sliced && { sliced: scale < 0 ? { ...sliced, modifiers: sliced.modifiers.map((modifier) => ({ ...modifier, mesh: transformMesh(modifier.mesh, matrix) })) } : sliced }) })
  }

  private note(problem: Problem): void {
    const key = `${problem.code} ${Object.values(problem.values ?? {}).join(' ')}`
    if (this.problems.size < 100) this.problems.set(key, problem)
  }
}

/** What is around an object that is used. */
interface Holder {
  readonly matrix: Mat4
  readonly said?: SlicerObject
  readonly modifiers?: readonly ModelModifier[]
}

const NEGATIVE: Problem = { code: 'threemf/negative-volume', severity: 'warning', message: 'The project cuts shapes out of its parts (negative volumes). That was left out: the parts are whole.' }

function slicerConfig(opened: ThreemfPackage): SlicerConfig | undefined {
  for (const [program, path] of SLICER_CONFIGS) {
    const bytes = opened.read(path)
    if (bytes !== undefined) return parseSlicerConfig(program, asUtf8(bytes))
  }
  return undefined
}

function pieceFor({ pieces }: SlicerObject, { objectId }: ObjectUse): SlicerPiece | undefined {
  return pieces.find((piece) => piece.triangles === undefined && piece.objectId === objectId)
}

function kindOf(said: SlicerObject, component: ObjectUse): SlicerPiece['kind'] {
  return pieceFor(said, component)?.kind ?? 'part'
}

/** A modifier of the whole object in the frame of one of its components. */
function inFrame(modifier: ModelModifier, transform: Mat4): ModelModifier {
  return { ...modifier, mesh: transformMesh(modifier.mesh, invertMatrix(transform)) }
}

/** 3MF says by vertex numbers what hangs together: solids that touch stay apart, unless the numbers leave the surface open. */
function weldUnlessClosed(mesh: Mesh): Mesh {
  return isClosed(mesh) ? dropUnusedVertices(mesh) : weldMesh(mesh)
}

/** The objects that no other object contains. */
function unusedObjects({ objects }: ThreemfModel): readonly ObjectUse[] {
  const used = new Set([...objects.values()].flatMap(({ components }) => components.map(({ objectId }) => objectId)))
  return [...objects.keys()].filter((id) => !used.has(id)).map((objectId) => ({ objectId, transform: IDENTITY, isPrinted: true }))
}
