import { Canvas } from '@react-three/fiber'
import type { ReactNode } from 'react'
import type { Box3 } from '../../shared/mesh/mesh'
import { CameraRig } from './camera-rig'
import { graphicsSupport } from './graphics-support'
import type { Viewer } from './viewer'
import type { ViewerTheme } from './viewer-theme'

export interface ViewportProps {
  readonly viewer: Viewer
  readonly theme: ViewerTheme
  /** What the camera looks at first, mm. */
  readonly home: Box3
  /** Says what the picture shows, for those who don't see it. */
  readonly label: string
  /** Stands in the place of the picture where the browser has no WebGL 2. */
  readonly fallback: ReactNode
  /** A click that hit no part. */
  readonly onMiss?: (() => void) | undefined
  /** Smooth edges also where the processor draws; costs it most of a heavy picture's time. */
  readonly isAlwaysSmooth?: boolean
  readonly children: ReactNode
}

const FOV_DEG = 32

/** The 3D picture: draws only when something has changed. Lengths are mm, z is up. */
export function Viewport({ viewer, theme, home, label, fallback, onMiss, isAlwaysSmooth = true, children }: ViewportProps) {
  const { hasWebgl2, isSoftware } = graphicsSupport()
  if (!hasWebgl2) return fallback
  return (
    <Canvas
      frameloop="demand"
      flat
      dpr={isSoftware ? 1 : [1, 2]}
      gl={{ stencil: true, antialias: !isSoftware || isAlwaysSmooth, powerPreference: 'high-performance' }}
      camera={{ fov: FOV_DEG, near: 1, far: 20_000, up: [0, 0, 1], position: [0, -600, 400] }}
      role="img"
      aria-label={label}
      {...(onMiss === undefined ? {} : { onPointerMissed: (event: MouseEvent) => event.type === 'click' && onMiss() })}
    >
      <color attach="background" args={[theme.background]} />
      <hemisphereLight args={[theme.skyLight, theme.groundLight, 1.6]} position={[0, 0, 1]} />
      <directionalLight args={['#ffffff', 1.5]} position={[-300, -500, 700]} />
      <directionalLight args={['#ffffff', 0.5]} position={[500, 300, 200]} />
      <CameraRig viewer={viewer} home={home} />
      {children}
    </Canvas>
  )
}
