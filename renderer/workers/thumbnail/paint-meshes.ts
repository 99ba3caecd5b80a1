import {
  AmbientLight,
  Box2,
  Box3,
  BufferAttribute,
  BufferGeometry,
  DirectionalLight,
  DoubleSide,
  HemisphereLight,
  Matrix4,
  Mesh as SceneMesh,
  MeshLambertMaterial,
  PerspectiveCamera,
  Scene,
  Vector2,
  Vector3,
  WebGLRenderer,
} from 'three'
import type { Mesh } from '../../../shared/mesh/mesh'
import { fitDistance, viewDirection } from '../../viewer/view-presets'
import { LIGHT_VIEW } from '../../viewer/viewer-theme'
import type { PictureSize, PicturedMesh } from './thumbnail-messages'

const FOV_DEG = 26
/** How much of the picture the drawn shape fills. */
const FILLED = 0.9

let renderer: WebGLRenderer | undefined
/** Kept between pictures: a shader's compilation takes longer than a picture. */
let materials: { readonly plain: MeshLambertMaterial; readonly marked: MeshLambertMaterial } | undefined

/** The picture's own renderer, kept between pictures. @throws where a worker has no WebGL */
function ownRenderer({ width, height }: PictureSize): WebGLRenderer {
  renderer ??= new WebGLRenderer({ canvas: new OffscreenCanvas(width, height), antialias: true, alpha: true, preserveDrawingBuffer: true })
  renderer.setSize(width, height, false)
  renderer.setClearColor(0x000000, 0)
  return renderer
}

/** Draws meshes with three.js into a canvas of the worker and encodes it as PNG. */
export async function paintMeshes(meshes: readonly PicturedMesh[], size: PictureSize): Promise<Uint8Array<ArrayBuffer>> {
  const drawing = ownRenderer(size)
  const scene = new Scene()
  materials ??= { plain: paint(LIGHT_VIEW.part), marked: paint(LIGHT_VIEW.refusedPart) }
  const paints = materials
  const drawn = meshes.flatMap((pictured) => sceneMeshes(pictured, paints))
  scene.add(...drawn)
  const box = new Box3()
  for (const mesh of drawn) box.union(boxOf(mesh))
  const camera = aim(box, size)
  light(scene, camera)
  frameTightly(camera, drawn)
  drawing.render(scene, camera)
  for (const mesh of drawn) mesh.geometry.dispose()
  const canvas = drawing.domElement as unknown as OffscreenCanvas
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return new Uint8Array(await blob.arrayBuffer())
}

function paint(color: string): MeshLambertMaterial {
  // Open surfaces have a back; flat shading shows the triangles as they will be sliced.
  return new MeshLambertMaterial({ color, flatShading: true, side: DoubleSide })
}

function boxOf(mesh: SceneMesh): Box3 {
  mesh.geometry.computeBoundingBox()
  return (mesh.geometry.boundingBox ?? new Box3()).clone().applyMatrix4(mesh.matrix)
}

function sceneMeshes({ mesh, transform, marked }: PicturedMesh, { plain, marked: accent }: { readonly plain: MeshLambertMaterial; readonly marked: MeshLambertMaterial }): SceneMesh[] {
  const [rest, chosen] = splitTriangles(mesh, marked)
  return [[rest, plain] as const, [chosen, accent] as const].flatMap(([indices, material]) => {
    if (indices.length === 0) return []
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3))
    geometry.setIndex(new BufferAttribute(indices, 1))
    const drawn = new SceneMesh(geometry, material)
    drawn.matrixAutoUpdate = false
    drawn.matrix = transform === undefined ? new Matrix4() : new Matrix4().fromArray([...transform])
    return [drawn]
  })
}

function splitTriangles({ indices }: Mesh, marked: ArrayLike<number> | undefined): [Uint32Array, Uint32Array] {
  if (marked === undefined || marked.length === 0) return [indices, new Uint32Array()]
  const isMarked = new Uint8Array(indices.length / 3)
  for (let i = 0; i < marked.length; i++) isMarked[marked[i] ?? 0] = 1
  const chosen = isMarked.reduce((sum, flag) => sum + flag, 0)
  const split: [Uint32Array, Uint32Array] = [new Uint32Array(indices.length - 3 * chosen), new Uint32Array(3 * chosen)]
  const ends = [0, 0]
  for (let triangle = 0; triangle < isMarked.length; triangle++) {
    const side = isMarked[triangle] === 1 ? 1 : 0
    split[side].set(indices.subarray(3 * triangle, 3 * triangle + 3), ends[side])
    ends[side] = (ends[side] ?? 0) + 3
  }
  return split
}

function aim(box: Box3, { width, height }: PictureSize): PerspectiveCamera {
  const camera = new PerspectiveCamera(FOV_DEG, width / height)
  const direction = viewDirection('iso')
  const middle = box.getCenter(new Vector3())
  const distance = fitDistance({ min: [box.min.x, box.min.y, box.min.z], max: [box.max.x, box.max.y, box.max.z] }, direction, { fovDeg: FOV_DEG, aspect: width / height })
  const radius = box.getSize(new Vector3()).length() / 2
  camera.up.set(0, 0, 1)
  camera.position.copy(middle).addScaledVector(new Vector3(...direction), distance)
  camera.near = Math.max(distance / 1000, distance - radius * 1.2)
  camera.far = distance + radius * 1.2 + distance / 1000
  camera.lookAt(middle)
  camera.updateProjectionMatrix()
  return camera
}

/** Shifts and enlarges the picture until the shape itself, not its box, fills it. */
function frameTightly(camera: PerspectiveCamera, drawn: readonly SceneMesh[]): void {
  const picture = new Box2()
  const point = new Vector3()
  const flat = new Vector2()
  const projection = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse)
  for (const mesh of drawn) {
    const toPicture = projection.clone().multiply(mesh.matrix)
    const { array } = mesh.geometry.getAttribute('position')
    for (let at = 0; at < array.length; at += 3) {
      point.fromArray(array, at).applyMatrix4(toPicture)
      picture.expandByPoint(flat.set(point.x, point.y))
    }
  }
  const middle = picture.getCenter(new Vector2())
  const size = picture.getSize(new Vector2())
  const factor = (2 * FILLED) / Math.max(size.x, size.y, 1e-6)
  camera.projectionMatrix.premultiply(new Matrix4().set(factor, 0, 0, -factor * middle.x, 0, factor, 0, -factor * middle.y, 0, 0, 1, 0, 0, 0, 0, 1))
  camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert()
}

/** A window's daylight from over the left shoulder, and what the bench reflects. */
function light(scene: Scene, camera: PerspectiveCamera): void {
  const sky = new HemisphereLight(LIGHT_VIEW.skyLight, LIGHT_VIEW.groundLight, 1.7)
  sky.position.set(0, 0, 1)
  const key = new DirectionalLight('#fff6e8', 1.9)
  const fill = new DirectionalLight('#dfe9f2', 0.9)
  camera.updateMatrixWorld()
  const { matrix } = camera
  key.position.set(-0.7, 0.9, 0.75).transformDirection(matrix)
  fill.position.set(1, 0.1, 0.3).transformDirection(matrix)
  scene.add(sky, key, fill, new AmbientLight('#ffffff', 0.12))
}
