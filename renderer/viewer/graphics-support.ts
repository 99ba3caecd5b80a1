/** What draws 3D here. */
export interface GraphicsSupport {
  readonly hasWebgl2: boolean
  /** True when the processor draws: no card, or its driver is blocked. */
  readonly isSoftware: boolean
  /** As the browser names it; empty when it doesn't say. */
  readonly renderer: string
}

let known: GraphicsSupport | undefined

/** Asks the browser once, with a context that is given back at once. */
export function graphicsSupport(): GraphicsSupport {
  known ??= ask()
  return known
}

function ask(): GraphicsSupport {
  const gl = document.createElement('canvas').getContext('webgl2')
  if (gl === null) return { hasWebgl2: false, isSoftware: true, renderer: '' }
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return { hasWebgl2: true, isSoftware: isSoftwareRenderer(renderer), renderer }
}

/** Whether a renderer's name is that of a drawing program for the processor. */
export function isSoftwareRenderer(name: string): boolean {
  return /swiftshader|llvmpipe|softpipe|software|microsoft basic render/i.test(name)
}
