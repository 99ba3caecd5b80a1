import { expect, it } from 'vitest'
import type { PlannedLayer } from '../../../../shared/slicing/planned-layer'
import { packLayers, unpackLayers } from '../../../../shared/slicing/pool/packed-layers'

it('brings planned layers back as they were', () => {
  const contour = Float64Array.of(0, 0, 1, 0, 1, 1)
  const layers: PlannedLayer[] = [
    { layerIndex: 3, zMm: 0.8, heightMm: 0.2, objectId: 'part', islands: [] },
    {
      layerIndex: 4, zMm: 1, heightMm: 0.2, objectId: 'part',
      islands: [
        {
          outline: [contour],
          walls: [{ role: 'inner-wall', depth: 2, contour, widthMm: 0.45 }],
          thinLines: [{ role: 'gap-fill', line: Float64Array.of(0, 0, 5, 5), widthsMm: Float64Array.of(0.2, 0.3) }],
          fills: [
            { role: 'bridge', lines: [Float64Array.of(0, 0, 9, 0), Float64Array.of(0, 1, 9, 1)], widthMm: 0.42, flow: 0.9 },
            { role: 'infill', lines: [], widthMm: 0.5, flow: 1 },
          ],
        },
      ],
    },
  ]
  expect(unpackLayers(packLayers(layers), 'part')).toEqual(layers)
})
