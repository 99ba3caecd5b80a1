import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { boxMesh, joinMeshes } from '../solids'
import { coverage, inGapMm2, planMesh } from './supported'

const box = fc.record({ x: fc.integer({ min: 0, max: 20 }), y: fc.integer({ min: 0, max: 20 }), z: fc.integer({ min: 0, max: 8 }), width: fc.integer({ min: 3, max: 20 }), depth: fc.integer({ min: 3, max: 20 }), height: fc.integer({ min: 1, max: 4 }) })
const values = fc.record({
  supportKind: fc.constantFrom('grid' as const, 'snug' as const, 'tree' as const),
  supportTopGapLayers: fc.integer({ min: 0, max: 2 }),
  supportBottomGapLayers: fc.integer({ min: 0, max: 2 }),
  supportInterfaceLayers: fc.integer({ min: 1, max: 3 }),
  supportGapMm: fc.constantFrom(0.3, 0.6, 1),
})

it('lies under every overhang beyond the gap and never in the gap, whatever the boxes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(box, { minLength: 2, maxLength: 5 }), values, async (boxes, chosen) => {
      const mesh = joinMeshes(boxMesh([0, 0, 0], [6, 6, 1]), ...boxes.map(({ x, y, z, width, depth, height }) => boxMesh([x, y, z], [x + width, y + depth, z + height])))
      const all = { ...chosen, supportBridges: true, supportPercent: 25 }
      const layers = await planMesh(mesh, all)
      expect(inGapMm2(layers, all)).toBeLessThan(0.02)
      const { overhangMm2, openMm2 } = coverage(layers, all)
      expect(openMm2).toBeLessThan(0.3 + 0.005 * overhangMm2)
    }),
    { numRuns: 14, seed: 20 },
  )
}, 60_000)
