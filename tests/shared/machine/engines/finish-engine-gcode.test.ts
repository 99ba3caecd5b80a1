import { strFromU8, strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { BUILTIN_MACHINES } from '../../../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../../../shared/machine/builtin-qualities'
import { type EngineRequest, engineSettings } from '../../../../shared/machine/engines/engine-request'
import { finishEngineGcode } from '../../../../shared/machine/engines/finish-engine-gcode'
import { boxMesh, placed } from '../../slicing/solids'

const request: EngineRequest = {
  objects: [placed(boxMesh([0, 0, 0], [20, 20, 1]))],
  machine: { ...BUILTIN_MACHINES.find(({ id }) => id === 'generic-marlin')!, startGcode: 'G28\nM117 {layerCount} layers', endGcode: 'G1 Z{topMm + 10}' },
  material: BUILTIN_MATERIALS[0]!, quality: BUILTIN_QUALITIES[1]!, overrides: {}, title: 'box',
}
const settings = engineSettings(request)
if (!settings.ok) throw new Error('settings')

const START = [';GONGBANG START', 'G28', 'M117 0 layers', 'M82', ';GONGBANG START DONE', 'G92 E0']
const END = [';GONGBANG END', 'G1 Z10', ';GONGBANG END DONE']
const layer = (z: number, e: number) => [';LAYER_CHANGE', `;Z:${z}`, ';HEIGHT:0.2', `G1 Z${z} F600`, 'G1 X100 Y100', ';TYPE:External perimeter', `G1 X120 E${e} F1200`]
const finish = (...lines: string[]) => finishEngineGcode(strToU8(`${lines.join('\n')}\n`), request, settings.ok ? settings.value : (undefined as never))

describe('the G-code of another engine', () => {
  it('has its start and end filled in once more, with what was sliced', () => {
    const result = finish(';TIME:6666', ...START, ...layer(0.2, 1), ...layer(0.4, 2), ...END)
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const text = strFromU8(result.value.gcode)
    expect(text).toContain('M117 2 layers')
    expect(text).toContain('G1 Z10.4')
    expect(text).toContain('M109 S')
    expect(text).not.toContain(';TIME:6666')
    expect(result.value.layerCount).toBe(2)
  })

  it.each([
    ['lacks our end lines', [...START, ...layer(0.2, 1)], 'engine/no-frame'],
    ['prints nothing', [...START, ...END], 'engine/printed-nothing'],
    ['pushes more than the parts could take, as a relative file read as absolute does', [...START, 'M83', ...Array.from({ length: 60 }, (_, i) => layer(0.2 * (i + 1), 900)).flat(), ...END], 'engine/absurd-volume'],
    ['leaves the machine', [...START, ...layer(0.2, 1), 'G1 X9000', ...END], 'gcode/outside-volume'],
  ] as const)('is refused when it %s', (_what, lines, code) => {
    const result = finish(...lines)
    expect(result.ok ? undefined : result.problems[0]!.code).toBe(code)
  })
})
