import type { Box3 } from '../../shared/mesh/mesh'
import type { ViewPreset } from './view-presets'

/** Where the camera looks, for whoever draws beside the canvas. */
export interface CameraPose {
  /** Unit vectors of the picture's right, up and towards the viewer, in the scene. */
  readonly right: readonly [number, number, number]
  readonly up: readonly [number, number, number]
  readonly towards: readonly [number, number, number]
}

/** What the scene offers once it is there. */
export interface ViewerScene {
  setView(preset: ViewPreset): void
  fit(box: Box3): void
  zoom(factor: number): void
  orbit(aboutDeg: number, upDeg: number): void
  redraw(): void
}

/** A handle on a viewport: asked from outside of the canvas, answered inside of it. Calls before the canvas is there wait for it. */
export class Viewer {
  private scene: ViewerScene | undefined
  private waiting: ((scene: ViewerScene) => void)[] = []
  private readonly poseListeners = new Set<(pose: CameraPose) => void>()
  private pose: CameraPose | undefined
  private readonly movingListeners = new Set<(isMoving: boolean) => void>()
  private moving = false
  /** Where the camera was when its canvas left; the next one begins there. */
  kept: { readonly position: readonly [number, number, number]; readonly target: readonly [number, number, number]; readonly fitted: Box3 } | undefined

  /** Looks from a direction at what was fitted last. */
  setView(preset: ViewPreset): void {
    this.ask((scene) => scene.setView(preset))
  }

  /** Brings a box into the picture, from the direction of now. */
  fit(box: Box3): void {
    this.ask((scene) => scene.fit(box))
  }

  /** Nearer with a factor above 1. */
  zoom(factor: number): void {
    this.ask((scene) => scene.zoom(factor))
  }

  /** Turns the camera about what it looks at. */
  orbit(aboutDeg: number, upDeg: number): void {
    this.ask((scene) => scene.orbit(aboutDeg, upDeg))
  }

  /** Draws again: something outside of React changed. */
  redraw(): void {
    this.scene?.redraw()
  }

  /** Called by the canvas; returns its farewell. */
  attach(scene: ViewerScene): () => void {
    this.scene = scene
    for (const call of this.waiting.splice(0)) call(scene)
    return () => {
      if (this.scene === scene) this.scene = undefined
    }
  }

  /** Called by the canvas when the camera has moved. */
  tellPose(pose: CameraPose): void {
    this.pose = pose
    for (const listener of this.poseListeners) listener(pose)
  }

  /** Hears of the camera, now and at each move; returns the unsubscribe. */
  onPose(listener: (pose: CameraPose) => void): () => void {
    this.poseListeners.add(listener)
    if (this.pose !== undefined) listener(this.pose)
    return () => this.poseListeners.delete(listener)
  }

  /** Called where the camera or a part is being dragged: heavy parts are drawn simpler meanwhile. */
  setMoving(isMoving: boolean): void {
    if (this.moving === isMoving) return
    this.moving = isMoving
    for (const listener of this.movingListeners) listener(isMoving)
    this.redraw()
  }

  /** True while something is dragged. */
  get isMoving(): boolean {
    return this.moving
  }

  /** Hears when a drag begins and ends; returns the unsubscribe. */
  onMoving(listener: (isMoving: boolean) => void): () => void {
    this.movingListeners.add(listener)
    return () => this.movingListeners.delete(listener)
  }

  private ask(call: (scene: ViewerScene) => void): void {
    if (this.scene === undefined) this.waiting.push(call)
    else call(this.scene)
  }
}
