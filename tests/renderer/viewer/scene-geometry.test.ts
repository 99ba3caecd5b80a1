import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bedLines, bedOutline } from '../../../renderer/viewer/bed-lines'
import { flatFace } from '../../../renderer/viewer/flat-face'
import { isSoftwareRenderer } from '../../../renderer/viewer/graphics-support'
import { featureLines } from '../../../renderer/viewer/feature-view'
import { meshesTouch } from '../../../renderer/viewer/meshes-touch'
import { hiddenMask, rampColour, rgbOf, RAMP } from '../../../renderer/viewer/toolpath-colours'
import { VIEW_PRESETS, fitDistance, viewDirection } from '../../../renderer/viewer/view-presets'
import { ROLE } from '../../../shared/toolpath/toolpath'
import { type Triangle, boxTriangles, meshOf, reversed } from '../../shared/mesh/meshes'
import { CUBE, boxMesh } from '../workspace/plates'

/** The level ring between two squares at a height, facing up. */
function rimTriangles([o0, o1]: readonly [number, number], [i0, i1]: readonly [number, number], z: number): Triangle[] {
  const outer = [[o0, o0, z], [o1, o0, z], [o1, o1, z], [o0, o1, z]] as const
  const inner = [[i0, i0, z], [i1, i0, z], [i1, i1, z], [i0, i1, z]] as const
  return [0, 1, 2, 3].flatMap((k): Triangle[] => {
    const next = (k + 1) % 4
    return [[outer[k]!, outer[next]!, inner[next]!], [outer[k]!, inner[next]!, inner[k]!]]
  })
}

const at = (x: number, y: number, z: number) => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, z, 1]

describe('the face that would lie on the bed', () => {
  it('is the whole side of a cube, whichever of its triangles is picked', () => {
    for (let triangle = 0; triangle < 12; triangle++) {
      const face = flatFace(CUBE, triangle)
      expect(face).toHaveLength(18)
      const axis = [0, 1, 2].find((one) => new Set(face.filter((_, index) => index % 3 === one)).size === 1)
      expect(axis).toBeDefined()
    }
  })

  it('is nothing for a triangle without area', () => {
    expect(flatFace({ positions: new Float32Array(9), indices: new Uint32Array([0, 1, 2]) }, 0)).toHaveLength(0)
  })
})

describe('solids that share room', () => {
  it('cross, contain each other, or do neither', () => {
    const cube = (x: number) => ({ mesh: CUBE, matrix: at(x, 0, 0) })
    expect(meshesTouch(cube(0), cube(10))).toBe(true)
    expect(meshesTouch(cube(0), cube(21))).toBe(false)
    const small = { mesh: CUBE, matrix: [0.1, 0, 0, 0, 0, 0.1, 0, 0, 0, 0, 0.1, 0, 9, 9, 9, 1] }
    expect(meshesTouch(cube(0), small)).toBe(true)
    expect(meshesTouch(small, cube(0))).toBe(true)
  })

  it('are told from solids that lie against each other', () => {
    const cube = (matrix: readonly number[]) => ({ mesh: CUBE, matrix })
    expect(meshesTouch(cube(at(0, 0, 0)), cube(at(20, 0, 0)))).toBe(false)
    expect(meshesTouch(cube(at(0, 0, 0)), cube(at(7, 3, 20)))).toBe(false)
    expect(meshesTouch(cube(at(0, 0, 0)), cube(at(7, 3, 19.9)))).toBe(true)
    expect(meshesTouch(cube(at(0, 0, 0)), cube(at(0, 0, 0)))).toBe(true)
    const mirrored = [-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    expect(meshesTouch(cube(at(0, 0, 0)), cube(mirrored))).toBe(false)
    expect(meshesTouch(cube([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -20, 0, 0, 1]), cube(mirrored))).toBe(true)
  })

  it('are told from an inlay in its pocket', () => {
    // A box with a pocket of 10 mm from above, 5 mm deep, and what fills it.
    const pocketed = meshOf([
      ...boxTriangles([0, 0, 0], [20, 20, 20]).filter((_, index) => index !== 2 && index !== 3),
      ...rimTriangles([0, 20], [5, 15], 20),
      ...reversed(boxTriangles([5, 5, 15], [15, 15, 20])).filter((_, index) => index !== 2 && index !== 3),
    ])
    const whole = { mesh: pocketed, matrix: at(0, 0, 0) }
    const inlay = { mesh: boxMesh(10, 10, 5), matrix: at(5, 5, 15) }
    expect(meshesTouch(whole, inlay)).toBe(false)
    expect(meshesTouch(inlay, whole)).toBe(false)
    expect(meshesTouch(whole, { ...inlay, matrix: at(5.1, 5, 15) })).toBe(true)
    expect(meshesTouch(whole, { ...inlay, matrix: at(5, 5, 14.9) })).toBe(true)
  })
})

describe('the bed', () => {
  it('has a line each centimetre, and its grid stays inside a round one', () => {
    const { minor, major } = bedLines({ min: [0, 0, 0], max: [100, 100, 100], shape: 'rectangle' })
    expect(major.length / 6).toBe(6)
    expect(minor.length / 6).toBe(16)
    const round = bedLines({ min: [-50, -50, 0], max: [50, 50, 100], shape: 'circle' })
    for (let p = 0; p < round.minor.length; p += 3) expect(Math.hypot(round.minor[p]!, round.minor[p + 1]!)).toBeLessThanOrEqual(50.001)
    expect(bedOutline({ min: [-50, -50, 0], max: [50, 50, 100], shape: 'circle' })).toHaveLength(96)
  })
})

describe('the camera', () => {
  it('looks along unit vectors and goes far enough to see the whole box', () => {
    const lens = { fovDeg: 32, aspect: 0.8 }
    const side = fc.double({ min: 1, max: 500, noNaN: true })
    fc.assert(
      fc.property(fc.constantFrom(...VIEW_PRESETS), side, side, side, (preset, x, y, z) => {
        const direction = viewDirection(preset)
        expect(Math.hypot(...direction)).toBeCloseTo(1)
        const distance = fitDistance({ min: [0, 0, 0], max: [x, y, z] }, direction, lens)
        // The sphere inside the box is seen whole.
        expect(distance * Math.tan((lens.fovDeg * Math.PI) / 360)).toBeGreaterThan(Math.min(x, y, z) / 2)
      }),
    )
  })

  it('knows drawing by the processor by its name', () => {
    expect(isSoftwareRenderer('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)')).toBe(true)
    expect(isSoftwareRenderer('ANGLE (Intel, Mesa Intel(R) UHD Graphics 620)')).toBe(false)
  })
})

describe('colours and marks', () => {
  it('run from the first colour of the ramp to the last', () => {
    expect(rampColour(-1)).toEqual(rgbOf(RAMP[0]!))
    expect(rampColour(2)).toEqual(rgbOf(RAMP.at(-1)!))
    const middle = rampColour(0.1)
    expect(middle[1]).toBeGreaterThan(rgbOf(RAMP[0]!)[1])
  })

  it('hide a role by its bit', () => {
    expect(hiddenMask(new Set(['travel', 'infill']))).toBe((1 << ROLE.travel) | (1 << ROLE.infill))
  })

  it('show a circle by its centre and its arc, an edge by its line', () => {
    expect([...featureLines({ kind: 'edge', fromMm: [1, 2, 3], toMm: [4, 6, 3] })]).toEqual([1, 2, 3, 4, 6, 3])
    const arc = featureLines({ kind: 'circle', centreMm: [0, 0, 0], normal: [0, 0, 1], radiusMm: 1, arcMm: [[1, 0, 0], [0, 1, 0], [-1, 0, 0]] })
    expect(Array.from(arc).slice(18)).toEqual([1, 0, 0, 0, 1, 0, 0, 1, 0, -1, 0, 0])
  })
})
