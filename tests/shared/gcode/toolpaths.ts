import { MOVE_ROLES, ROLE, type Toolpath } from '../../../shared/toolpath/toolpath'
import { createToolpathBuilder } from '../../../shared/toolpath/toolpath-builder'
import type { GcodeOptions } from '../../../shared/gcode/gcode-options'

export const PLAIN: GcodeOptions = {
  generator: 'Gongbang Studio', title: 'Test', startLines: ['G28'], endLines: ['M84'], hotendC: 210, bedC: 60, relativeExtrusion: false, filamentDiameterMm: 1.75,
}

/** Two layers of a square: skirt, outer and inner wall, bottom skin, with retractions and a fan. */
export function squareTower(): Toolpath {
  const builder = createToolpathBuilder()
  const line = (role: keyof typeof ROLE, widthMm: number, feedMmPerS: number) => builder.useLine({ role: ROLE[role], widthMm, mm3PerMm: widthMm * 0.2, feedMmPerS })
  const loop = (inset: number, z: number) => {
    for (const [x, y] of [[30, 0], [30, 30], [0, 30], [0, 0]] as const) builder.extrudeTo(90 + inset + x * (1 - inset / 15), 90 + inset + y * (1 - inset / 15), z)
  }
  for (const z of [0.2, 0.4]) {
    builder.startLayer(z, 0.2)
    if (z > 0.3) builder.event({ kind: 'fan', duty: 0.5 })
    if (z > 0.3) builder.event({ kind: 'hotend', targetC: 205, wait: false })
    builder.travelTo(90, 90, z, 150)
    builder.unretract(1.92, 35)
    line('outer-wall', 0.42, 40)
    loop(0, z)
    builder.travelTo(90.5, 90.5, z, 150)
    line('inner-wall', 0.45, 60)
    loop(0.5, z)
    line('bottom-skin', 0.42, 50)
    builder.extrudeTo(110, 110, z)
    builder.retract(1.92, 35)
  }
  return builder.finish()
}

/** Any toolpath: `numbers` in 0..1 drive it; points on a grid of 0.001 mm, as G-code keeps them. */
export function someToolpath(numbers: readonly number[]): Toolpath {
  const builder = createToolpathBuilder()
  let at = 0
  const next = () => numbers[at++ % Math.max(1, numbers.length)] ?? 0.5
  const grid = (mm: number) => Math.round(mm * 1000) / 1000
  const moves = Math.max(3, Math.floor(numbers.length / 3))
  let z = 0.2
  let isRetracted = false
  builder.startLayer(z, 0.2)
  for (let i = 0; i < moves; i++) {
    const choice = next()
    const [x, y] = [grid(next() * 200), grid(next() * 200)]
    if (choice < 0.08) {
      z = grid(z + 0.2)
      builder.startLayer(z, 0.2)
    } else if (choice < 0.16 && !isRetracted) {
      builder.retract(2, 35)
      isRetracted = true
    } else if (choice < 0.24 && isRetracted) {
      builder.unretract(2, 35)
      isRetracted = false
    } else if (choice < 0.4) builder.travelTo(x, y, z, 100 + Math.round(next() * 100))
    else {
      const role = ROLE['outer-wall'] + Math.floor(next() * (MOVE_ROLES.length - ROLE['outer-wall'] - 1))
      builder.useLine({ role, widthMm: grid(0.3 + Math.round(next() * 50) / 100), mm3PerMm: 0.04 + next() * 0.1, feedMmPerS: 20 + Math.round(next() * 60) })
      builder.extrudeTo(x, y, z)
    }
  }
  return builder.finish()
}

export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
export const bytes = (content: string): Uint8Array => new TextEncoder().encode(content)
