import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { expandTemplate } from '../../shared/gcode/expand-template'
import { parseGcode } from '../../shared/gcode/parse-gcode'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { BUILTIN_MATERIALS } from '../../shared/machine/builtin-materials'
import { BUILTIN_QUALITIES } from '../../shared/machine/builtin-qualities'
import { machineVolume } from '../../shared/machine/machine-volume'
import type { MachineProfile } from '../../shared/machine/profile'
import { templateVariables } from '../../shared/machine/print-templates'
import { writeGcode } from '../../shared/gcode/write-gcode'
import { ROLE } from '../../shared/toolpath/toolpath'
import { createToolpathBuilder } from '../../shared/toolpath/toolpath-builder'
import { SETTINGS, type SlicingSettings } from '../../shared/slicing/settings'
import { Conversation } from './board'

const golden = (name: string) => readFileSync(fileURLToPath(new URL(`../golden/${name}`, import.meta.url)))

/** Runs a file as a host does: without comments, numbered, one line after the other. */
function print(host: Conversation, lines: readonly string[]): string[] {
  const heard = host.say('M110 N0')
  for (const line of [...lines, 'M400']) {
    const command = line.replace(/;.*/, '').trim()
    if (command === '') continue
    heard.push(...host.sayNumbered(command))
    while (host.firmware.demand === 'blocked') heard.push(...host.heardAfter(500))
  }
  return heard
}

function conversationOf(machine: MachineProfile): Conversation {
  return new Conversation({ hotends: 1, motion: machine.motion, volume: machineVolume(machine), maxHotendC: machine.maxHotendC, maxBedC: machine.maxBedC, heatedBed: machine.heatedBed })
}

const ender = BUILTIN_MACHINES.find(({ id }) => id === 'creality-ender-3')!

describe('a whole file on the virtual machine', () => {
  it.each(['square-tower.gcode', 'square-tower-relative.gcode'])('gives an account of %s that agrees with the file', (name) => {
    const bytes = golden(name)
    const host = conversationOf(ender)
    print(host, bytes.toString('utf8').split('\n'))
    const account = host.firmware.account()
    expect(account).toMatchObject({ linesInOrder: true, checksumErrors: 0, resendsRequested: 0, refused: [] })
    const read = parseGcode(bytes)
    if (!read.ok) throw new Error(read.problems[0]!.message)
    const { toolpath } = read.value
    let pushedMm3 = 0
    let debtMm3 = 0
    for (const volume of toolpath.volumeMm3) {
      const back = volume > 0 ? Math.min(debtMm3, volume) : 0
      debtMm3 += volume > 0 ? -back : -volume
      pushedMm3 += volume > 0 ? volume - back : 0
    }
    expect(account.depositedCm3 * 1000).toBeCloseTo(pushedMm3, 2)
    const [x, y, z] = toolpath.points.slice(-3)
    expect(account.finalPositionMm.x).toBeCloseTo(x!, 3)
    expect(account.finalPositionMm.y).toBeCloseTo(y!, 3)
    expect(account.finalPositionMm.z).toBeCloseTo(z!, 3)
  })
})

describe('arcs on the virtual machine', () => {
  it('end where the lines end and deposit what they deposit', () => {
    const builder = createToolpathBuilder([0, 0, 0])
    builder.startLayer(0.3, 0.3)
    builder.travelTo(120, 100, 0.3, 100)
    builder.useLine({ role: ROLE['outer-wall'], widthMm: 0.4, mm3PerMm: 0.1, feedMmPerS: 30 })
    for (let i = 1; i <= 90; i++) builder.extrudeTo(100 + 20 * Math.cos(i / 20), 100 + 20 * Math.sin(i / 20), 0.3)
    for (let i = 1; i <= 40; i++) builder.extrudeTo(builder.xMm + Math.cos(2 - i / 15) / 2, builder.yMm + Math.sin(2 - i / 15) / 2, 0.3)
    const toolpath = builder.finish()
    const options = { generator: 'Test', title: 'Test', startLines: ['G28'], endLines: [], hotendC: 210, bedC: 0, relativeExtrusion: false, filamentDiameterMm: 1.75 }
    const run = (arcToleranceMm: number) => {
      const host = conversationOf(ender)
      const lines = new TextDecoder().decode(writeGcode(toolpath, { ...options, arcToleranceMm })).split('\n')
      print(host, lines)
      return { account: host.firmware.account(), arcs: lines.filter((line) => /^G[23] /.test(line)).length }
    }
    const [plain, curved] = [run(0), run(0.02)]
    expect(plain.arcs).toBe(0)
    expect(curved.arcs).toBeGreaterThan(1)
    expect(curved.account.refused).toEqual([])
    expect(curved.account.depositedCm3).toBeCloseTo(plain.account.depositedCm3, 6)
    for (const axis of ['x', 'y', 'z'] as const) expect(curved.account.finalPositionMm[axis]).toBeCloseTo(plain.account.finalPositionMm[axis], 3)
  })
})

const [material] = BUILTIN_MATERIALS
const [quality] = BUILTIN_QUALITIES
const defaults = Object.fromEntries(Object.entries(SETTINGS).map(([key, setting]) => [key, setting.default])) as unknown as SlicingSettings

describe.each(BUILTIN_MACHINES.map((machine) => [machine.name, machine] as const))('start and end G-code of %s', (_name, machine) => {
  it('runs without a refusal, heats, and leaves everything cold', () => {
    const variables = templateVariables({ machine, material: material!, quality: quality! }, { ...defaults, ...material!.settings })
    const lines = [machine.startGcode, machine.endGcode].flatMap((template) => {
      const expanded = expandTemplate(template, variables, 'start')
      if (!expanded.ok) throw new Error(expanded.problems[0]!.message)
      return expanded.value
    })
    const heating = machine.startGcode.includes('M109') ? [] : ['M109 S200']
    const host = conversationOf(machine)
    const heard = print(host, [...heating, ...lines])
    expect(heard.filter((line) => /Error|Unknown|prevented/.test(line))).toEqual([])
    expect(host.firmware.account()).toMatchObject({ refused: [], linesInOrder: true })
    expect(host.say('M105')[0]).toMatch(/T:1\d\d\.\d\d \/0\.00 B:[\d.]+ \/0\.00|T:2\d\d\.\d\d \/0\.00/)
  })
})
