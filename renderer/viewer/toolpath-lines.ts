import { BufferAttribute, BufferGeometry, DataTexture, FloatType, Group, Mesh, NearestFilter, type PerspectiveCamera, Points, PointsMaterial, RGBAFormat, Vector2, type WebGLRenderer } from 'three'
import type { MoveRole } from '../../shared/toolpath/toolpath'
import { COLOURINGS, type Colouring, hiddenMask } from './toolpath-colours'
import { TEXTURE_WIDTH, type ToolpathData, type ToolpathMarks, layerOfMove, marksBefore } from './toolpath-data'
import { toolpathMaterial } from './toolpath-shader'

/** Indices of a move: two triangles over the four corners that the shader makes of it. */
const CORNERS = 6

/**
 * Lines that outer walls and surfaces hide from every side. Deeper than some layers from where the print is cut open they can't be
 * seen, and aren't drawn: half the work of a large print.
 */
const INSIDE: ReadonlySet<MoveRole> = new Set(['inner-wall', 'internal-skin', 'infill', 'gap-fill'])
const OUTSIDE = hiddenMask(new Set(['outer-wall', 'top-skin', 'bottom-skin']))
/** Through a sparse infill one sees this deep at most. */
const SEEN_LAYERS = 30

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

function cornerIndices(moveCount: number): Uint32Array {
  const indices = new Uint32Array(CORNERS * moveCount)
  for (let move = 0, i = 0, corner = 0; move < moveCount; move++, i += CORNERS, corner += 4) {
    indices[i] = corner
    indices[i + 1] = corner + 2
    indices[i + 2] = corner + 1
    indices[i + 3] = corner + 1
    indices[i + 4] = corner + 2
    indices[i + 5] = corner + 3
  }
  return indices
}

function makeTexture(texels: Float32Array): DataTexture {
  const texture = new DataTexture(texels as Float32Array<ArrayBuffer>, TEXTURE_WIDTH, texels.length / 4 / TEXTURE_WIDTH, RGBAFormat, FloatType)
  texture.minFilter = NearestFilter
  texture.magFilter = NearestFilter
  texture.generateMipmaps = false
  texture.needsUpdate = true
  return texture
}

/** Size of a screen pixel at distance 1. */
function pixelSize(renderer: WebGLRenderer, camera: PerspectiveCamera, size: Vector2): number {
  return (2 * Math.tan((camera.fov * Math.PI) / 360)) / Math.max(1, renderer.getSize(size).y)
}

function makeMarks({ points }: ToolpathMarks): Points<BufferGeometry, PointsMaterial> {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(points, 3))
  const marks = new Points(geometry, new PointsMaterial({ size: 5, sizeAttenuation: false }))
  marks.frustumCulled = false
  marks.raycast = () => undefined
  return marks
}

function showMarks(points: Points<BufferGeometry, PointsMaterial>, marks: ToolpathMarks, { firstMove, endMove }: ToolpathView, { isShown, colour }: { readonly isShown: boolean; readonly colour: string }): void {
  const first = marksBefore(marks, firstMove)
  const end = marksBefore(marks, endMove)
  points.visible = isShown && end > first
  points.geometry.setDrawRange(first, end - first)
  points.material.color.setStyle(colour)
}

/** A toolpath in the scene. Showing other layers, moves or colours changes numbers, never arrays. */
export class ToolpathLines {
  readonly group = new Group()
  private readonly material = toolpathMaterial()
  /** Has no attributes: the shader makes each corner from its number. */
  private readonly geometry = new BufferGeometry()
  private readonly textures: readonly DataTexture[]
  private readonly seams: Points<BufferGeometry, PointsMaterial>
  private readonly retractions: Points<BufferGeometry, PointsMaterial>

  constructor(private readonly data: ToolpathData) {
    const [points, sizes] = [makeTexture(data.points), makeTexture(data.sizes)]
    this.textures = [points, sizes]
    this.set('uPoints', points)
    this.set('uSizes', sizes)
    this.set('uLayerCount', data.layerStarts.length - 1)
    this.geometry.setIndex(new BufferAttribute(cornerIndices(data.moveCount), 1))
    const ribbons = new Mesh(this.geometry, this.material)
    ribbons.frustumCulled = false
    ribbons.raycast = () => undefined
    const size = new Vector2()
    ribbons.onBeforeRender = (renderer, _scene, camera) => this.set('uPixel', pixelSize(renderer as WebGLRenderer, camera as PerspectiveCamera, size))
    this.seams = makeMarks(data.seams)
    this.retractions = makeMarks(data.retractions)
    this.group.add(ribbons, this.seams, this.retractions)
  }

  /** Shows what a view says. */
  show(view: ToolpathView): void {
    const [low, high] = view.colouring === 'feed' ? this.data.feedRange : this.data.flowRange
    this.set('uHidden', view.hidden)
    this.set('uColouring', COLOURINGS.indexOf(view.colouring))
    this.set('uRange', new Vector2(low, high))
    this.hideInside(view)
    this.geometry.setDrawRange(CORNERS * view.firstMove, CORNERS * Math.max(0, view.endMove - view.firstMove))
    showMarks(this.seams, this.data.seams, view, { isShown: view.hasSeams, colour: view.seamColour })
    showMarks(this.retractions, this.data.retractions, view, { isShown: view.hasRetractions, colour: view.retractionColour })
  }

  dispose(): void {
    this.geometry.dispose()
    this.material.dispose()
    for (const texture of this.textures) texture.dispose()
    for (const marks of [this.seams, this.retractions]) {
      marks.geometry.dispose()
      marks.material.dispose()
    }
  }

  private hideInside({ firstMove, endMove, hidden }: ToolpathView): void {
    const { layerStarts } = this.data
    const isClosed = (hidden & OUTSIDE) === 0
    this.set('uInside', isClosed ? hiddenMask(INSIDE) : 0)
    this.set('uInsideLayers', new Vector2(layerOfMove(layerStarts, firstMove) + SEEN_LAYERS, layerOfMove(layerStarts, endMove - 1) - SEEN_LAYERS))
  }

  private set(name: string, value: unknown): void {
    const uniform = this.material.uniforms[name]
    if (uniform) uniform.value = value
  }
}
