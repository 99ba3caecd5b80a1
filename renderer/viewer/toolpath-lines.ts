import { BufferAttribute, BufferGeometry, Group, InstancedBufferAttribute, InstancedBufferGeometry, InstancedInterleavedBuffer, InterleavedBufferAttribute, Mesh, type PerspectiveCamera, Points, PointsMaterial, type ShaderMaterial, Vector2, type WebGLRenderer } from 'three'
import { COLOURINGS, type Colouring } from './toolpath-colours'
import { type ToolpathData, type ToolpathMarks, marksBefore } from './toolpath-data'
import { toolpathMaterial } from './toolpath-shader'

/** Moves a chunk: those outside of what is shown aren't looked at. */
const CHUNK_MOVES = 32_768

/** What is shown of a toolpath. */
export interface ToolpathView {
  /** From this move ... */
  readonly firstMove: number
  /** ... to before this one. */
  readonly endMove: number
  readonly colouring: Colouring
  /** Bits of roles that are left out. */
  readonly hidden: number
  readonly hasSeams: boolean
  readonly hasRetractions: boolean
  readonly seamColour: string
  readonly retractionColour: string
}

interface Chunk {
  readonly mesh: Mesh<InstancedBufferGeometry>
  readonly from: number
  readonly count: number
}

const CORNERS = new BufferAttribute(new Float32Array([0, -1, 0, 0, 1, 0, 1, -1, 0, 1, 1, 0]), 3)
const TRIANGLES = new BufferAttribute(new Uint16Array([0, 2, 1, 1, 2, 3]), 1)

/** Shows the moves of a chunk by shifting views over shared arrays: point i is a move's start, point i + 1 its end. */
function chunkGeometry({ points, sizes, kinds }: ToolpathData, from: number, count: number): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute('position', CORNERS)
  geometry.setIndex(TRIANGLES)
  const nozzle = new InstancedInterleavedBuffer(points.subarray(3 * from, 3 * (from + count + 1)), 3, 1)
  geometry.setAttribute('start', new InterleavedBufferAttribute(nozzle, 3, 0))
  geometry.setAttribute('end', new InterleavedBufferAttribute(nozzle, 3, 3))
  geometry.setAttribute('sizes', new InstancedBufferAttribute(sizes.subarray(4 * from, 4 * (from + count)), 4))
  geometry.setAttribute('kind', new InstancedBufferAttribute(kinds.subarray(2 * from, 2 * (from + count)), 2))
  geometry.instanceCount = count
  return geometry
}

function makeChunk(data: ToolpathData, material: ShaderMaterial, from: number): Chunk {
  const count = Math.min(CHUNK_MOVES, data.moveCount - from)
  const mesh = new Mesh(chunkGeometry(data, from, count), material)
  mesh.frustumCulled = false
  mesh.raycast = () => undefined
  const size = new Vector2()
  mesh.onBeforeRender = (renderer, _scene, camera) => {
    const { uniforms } = material
    if (uniforms['uFirst']) uniforms['uFirst'].value = mesh.userData['first'] ?? 0
    if (uniforms['uPixel']) uniforms['uPixel'].value = pixelSize(renderer as WebGLRenderer, camera as PerspectiveCamera, size)
    material.uniformsNeedUpdate = true
  }
  return { mesh, from, count }
}

/** Size of a screen pixel at distance 1. */
function pixelSize(renderer: WebGLRenderer, camera: PerspectiveCamera, size: Vector2): number {
  return (2 * Math.tan((camera.fov * Math.PI) / 360)) / Math.max(1, renderer.getSize(size).y)
}

function makeMarks({ points }: ToolpathMarks): Points<BufferGeometry, PointsMaterial> {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(points, 3))
  const marks = new Points(geometry, new PointsMaterial({ size: 5, sizeAttenuation: false, depthTest: true }))
  marks.frustumCulled = false
  marks.raycast = () => undefined
  return marks
}

/** A toolpath in the scene. Showing other layers, moves or colours changes numbers, never arrays. */
export class ToolpathLines {
  readonly group = new Group()
  private readonly material = toolpathMaterial()
  private readonly chunks: readonly Chunk[]
  private readonly seams: Points<BufferGeometry, PointsMaterial>
  private readonly retractions: Points<BufferGeometry, PointsMaterial>

  constructor(private readonly data: ToolpathData) {
    const starts = Array.from({ length: Math.ceil(data.moveCount / CHUNK_MOVES) }, (_, index) => index * CHUNK_MOVES)
    this.chunks = starts.map((from) => makeChunk(data, this.material, from))
    this.seams = makeMarks(data.seams)
    this.retractions = makeMarks(data.retractions)
    this.group.add(...this.chunks.map(({ mesh }) => mesh), this.seams, this.retractions)
  }

  /** Shows what a view says. */
  show(view: ToolpathView): void {
    const { data, material } = this
    const set = (name: string, value: unknown) => {
      const uniform = material.uniforms[name]
      if (uniform) uniform.value = value
    }
    const [low, high] = view.colouring === 'feed' ? data.feedRange : data.flowRange
    set('uHidden', view.hidden)
    set('uColouring', COLOURINGS.indexOf(view.colouring))
    set('uLayerCount', data.layerStarts.length - 1)
    set('uRange', new Vector2(low, high))
    for (const { mesh, from, count } of this.chunks) {
      const first = Math.max(0, view.firstMove - from)
      const end = Math.min(count, view.endMove - from)
      mesh.visible = end > first
      mesh.geometry.instanceCount = Math.max(0, end)
      mesh.userData['first'] = first
    }
    showMarks(this.seams, data.seams, view, { isShown: view.hasSeams, colour: view.seamColour })
    showMarks(this.retractions, data.retractions, view, { isShown: view.hasRetractions, colour: view.retractionColour })
  }

  dispose(): void {
    for (const { mesh } of this.chunks) mesh.geometry.dispose()
    this.material.dispose()
    for (const marks of [this.seams, this.retractions]) {
      marks.geometry.dispose()
      marks.material.dispose()
    }
  }
}

function showMarks(points: Points<BufferGeometry, PointsMaterial>, marks: ToolpathMarks, { firstMove, endMove }: ToolpathView, { isShown, colour }: { readonly isShown: boolean; readonly colour: string }): void {
  const first = marksBefore(marks, firstMove)
  const end = marksBefore(marks, endMove)
  points.visible = isShown && end > first
  points.geometry.setDrawRange(first, end - first)
  points.material.color.setStyle(colour)
}
