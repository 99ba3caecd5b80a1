import { describe, expect, it } from 'vitest'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../shared/machine/builtin-qualities'
import { machineVolume } from '../../shared/machine/machine-volume'
import { makePrint } from '../../shared/machine/make-print'
import type { MachineProfile } from '../../shared/machine/profile'
import { NO_FAULTS, PLAIN_TRAITS } from '../../shared/machine/virtual/firmware-options'
import { createLocalSlicePool } from '../../shared/slicing/pool/local-slice-pool'
import { boxMesh, placed } from '../shared/slicing/solids'
import { Conversation } from './board'

const base = BUILTIN_MACHINES.find(({ id }) => id === 'virtual-printer')!
const pla = BUILTIN_MATERIALS.find(({ type }) => type === 'PLA')!
const petg = BUILTIN_MATERIALS.find(({ type }) => type === 'PETG')!
const quality = BUILTIN_QUALITIES.find(({ id }) => id === 'standard')!

function conversation(machine: MachineProfile, change: ConstructorParameters<typeof Conversation>[0] = {}): Conversation {
  return new Conversation({
    motion: machine.motion, volume: machineVolume(machine), maxHotendC: machine.maxHotendC, maxBedC: machine.maxBedC, heatedBed: machine.heatedBed, faults: NO_FAULTS, traits: PLAIN_TRAITS,
    hotends: machine.sharedNozzle === true ? 1 : 2, tools: 2, toolFilamentDiametersMm: [1.75, machine.extruders?.[1]?.settings.filamentDiameterMm ?? 1.75], toolChangeMs: 1000 * (machine.toolChangeS ?? 0), ...change,
  })
}

/** Sends a file line by line; seconds from its first layer to the end of its last. */
function run(host: Conversation, gcode: Uint8Array): number {
  host.say('M110 N0')
  let [fromMs, toMs] = [0, 0]
  const send = (command: string) => {
    host.sayNumbered(command)
    while (host.firmware.demand === 'blocked') host.heardAfter(20)
  }
  for (const line of [...new TextDecoder().decode(gcode).split('\n'), 'M400']) {
    if (line.startsWith(';LAYER:0') || line.startsWith(';TIME_ELAPSED')) send('M400')
    if (line.startsWith(';LAYER:0')) fromMs = host.firmware.nowMs
    if (line.startsWith(';TIME_ELAPSED')) toMs = host.firmware.nowMs
    const command = line.replace(/;.*/, '').trim()
    if (command !== '') send(command)
  }
  return (toMs - fromMs) / 1000
}

async function printed(machine: MachineProfile, change: ConstructorParameters<typeof Conversation>[0] = {}) {
  const made = await makePrint({
    objects: [placed(boxMesh([0, 0, 0], [12, 12, 2.4]), [90, 100, 0], 'Box')], machine, material: pla, moreMaterials: [petg], quality,
    overrides: { infillExtruder: 2, purgeMm3: 25, idleDropC: 40, skirtLines: 0 }, title: 'Two',
  }, createLocalSlicePool())
  if (!made.ok) throw new Error(made.problems[0]!.message)
  const host = conversation(machine, change)
  const timeS = run(host, made.value.gcode)
  return { estimate: made.value.estimate, account: host.firmware.account(), host, timeS }
}

describe('a print with two tools on the virtual machine', () => {
  it('is carried out whole, each tool with the filament that the estimate says', async () => {
    const { estimate, account } = await printed({ ...base, extruders: [{ settings: {} }, { settings: { filamentDiameterMm: 2.85, retractionMm: 3 } }] })
    expect(account).toMatchObject({ linesInOrder: true, refused: [] })
    expect(estimate.byTool).toHaveLength(2)
    // The end G-code pulls back; that pushes nothing out.
    for (const { tool, filamentMm } of estimate.byTool) expect(account.extrudedByToolMm![tool]! / filamentMm).toBeCloseTo(1, 2)
    expect(account.depositedCm3 / estimate.filamentCm3).toBeCloseTo(1, 2)
  }, 60_000)

  it('takes as long as the estimate says, changes included, where nothing waits for heat', async () => {
    const { estimate, timeS } = await printed({ ...base, heatedBed: false, extruders: [{ settings: {} }, { settings: {} }], toolChangeS: 9 }, { ambientC: 250 })
    expect(Math.abs(timeS / estimate.timeS - 1)).toBeLessThan(0.03)
  }, 60_000)

  it('is carried out with two filaments in one nozzle', async () => {
    const { account, estimate, host } = await printed({ ...base, extruders: [{ settings: {} }, { settings: {} }], sharedNozzle: true, toolChangeS: 3 })
    expect(account.refused).toEqual([])
    expect(account.depositedCm3 / estimate.filamentCm3).toBeCloseTo(1, 2)
    expect(host.say('M105').join()).not.toContain('T1:')
  }, 60_000)
})

describe('tools of the virtual machine', () => {
  it('are changed when the moves before are done, and take their time', () => {
    const host = conversation({ ...base, toolChangeS: 2 })
    host.say('M302 P1')
    host.finish('G28')
    host.say('G1 X10 E5 F600')
    const { ms } = host.finish('T1')
    expect(ms).toBeGreaterThan(2900)
    host.finish('G92 E0')
    host.finish('G1 X20 E3 F600')
    host.finish('M400')
    expect(host.firmware.account().extrudedByToolMm).toEqual([5, 3])
    expect(host.finish('T1').ms).toBeLessThan(10)
  })

  it('keep what each has pulled back', () => {
    const host = conversation(base)
    host.say('M302 P1')
    host.finish('M83')
    for (const command of ['G1 E2 F600', 'G1 E-4 F600', 'T1', 'G1 E7 F600', 'T0', 'G1 E5 F600', 'M400']) host.finish(command)
    expect(host.firmware.account().extrudedByToolMm).toEqual([3, 7])
  })

  it('are refused beyond the last', () => {
    const host = conversation(base)
    expect(host.finish('T2').lines.join()).toContain('Invalid extruder')
    expect(host.firmware.account().refused).toMatchObject([{ line: 'T2' }])
  })
})
