import { describe, expect, it } from 'vitest'
import { FULL_TRAITS } from '../../shared/machine/virtual/firmware-options'
import { planMotion } from '../../shared/toolpath/plan-motion'
import { createToolpathBuilder } from '../../shared/toolpath/toolpath-builder'
import { Conversation, boardOptions, faults, numbered } from './board'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { machineVolume } from '../../shared/machine/machine-volume'

const QUIET = { ...FULL_TRAITS, waitReports: false }

/** A board that is homed and lets cold filament through. */
function ready(change: Parameters<typeof boardOptions>[0] = {}): Conversation {
  const host = new Conversation({ traits: QUIET, ...change })
  host.say('M302 P1')
  host.finish('G28')
  return host
}

/** Sends commands as fast as they are taken; ms until all is done. */
function run(host: Conversation, commands: readonly string[]): number {
  const from = host.firmware.nowMs
  for (const command of commands) host.finish(command)
  host.finish('M400')
  return host.firmware.nowMs - from
}

const FIRST_MOVE_MS = 100

/** Numbers 0..1 that are the same every time (a linear congruence, good enough to scatter points). */
function walker(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
}

describe('motion of the virtual machine', () => {
  it('takes the time of a trapezoid for one long move, after the first move’s delay', () => {
    // 200 mm at 100 mm/s with 500 mm/s²: 0.2 s up, 0.2 s down (20 mm), 180 mm at full speed.
    const ms = run(ready(), ['G1 X200 F6000'])
    expect(ms - FIRST_MOVE_MS).toBeGreaterThan(2200 * 0.99)
    expect(ms - FIRST_MOVE_MS).toBeLessThan(2200 * 1.01)
  })

  it.each(BUILTIN_MACHINES.map(({ id, motion }) => [id, motion] as const))('takes as long as the estimate says for a random walk on %s, within 1 %%', (_id, motion) => {
    const random = walker(17)
    const points = Array.from({ length: 600 }, () => [20 + 60 * random(), 20 + 60 * random()] as const)
    const feeds = points.map(() => 10 + Math.round(140 * random()))
    const box = { min: [0, 0, 0], max: [220, 220, 250], shape: 'rectangle' } as const
    const host = ready({ motion, volume: box })
    run(host, ['G1 X20 Y20 Z0 F6000'])
    const ms = run(host, points.map(([x, y], i) => `G1 X${x.toFixed(3)} Y${y.toFixed(3)} F${60 * feeds[i]!}`))
    const builder = createToolpathBuilder([20, 20, 0])
    points.forEach(([x, y], i) => builder.travelTo(Number(x.toFixed(3)), Number(y.toFixed(3)), 0, feeds[i]!))
    const expectedS = planMotion(builder.finish(), motion, 2.405).reduce((sum, s) => sum + s, 0)
    expect(Math.abs(ms / 1000 / expectedS - 1)).toBeLessThan(0.01)
  })

  it('waits 100 ms with a first move, and not when three are there', () => {
    const one = ready()
    one.say('G1 X1 F6000')
    expect(one.firmware.nextWakeMs - one.firmware.nowMs).toBeCloseTo(FIRST_MOVE_MS, 6)
    const three = ready()
    for (const x of [10, 20, 30]) three.say(`G1 X${x} F6000`)
    expect(three.firmware.nextWakeMs - three.firmware.nowMs).toBeGreaterThan(FIRST_MOVE_MS)
  })

  it('holds 15 moves, then makes the host wait', () => {
    const host = ready()
    const heard = Array.from({ length: 16 }, (_, i) => host.say(`G1 X${i + 1} F60`)).flat()
    expect(heard.at(0)).toBe('ok P14 B3')
    expect(heard.at(-1)).toBe('ok P0 B3')
    expect(heard).toHaveLength(15)
    expect(host.firmware.demand).toBe('blocked')
  })

  it('follows arcs, and refuses one without a centre', () => {
    const host = ready()
    run(host, ['G1 X150 Y100 F6000'])
    const ms = run(host, ['G3 X50 Y100 I-50 J0 F3000'])
    expect(ms / 1000).toBeGreaterThan((Math.PI * 50) / 50)
    expect(host.firmware.account().finalPositionMm).toMatchObject({ x: 50, y: 100 })
    host.finish('G2 X10 Y10')
    expect(host.firmware.account().refused).toEqual([{ line: 'G2 X10 Y10', why: 'arc without a centre' }])
  })

  it('cuts moves at the walls and books them', () => {
    const host = ready()
    run(host, ['G1 X230 Y-5 Z-1 F6000'])
    const account = host.firmware.account()
    expect(account.finalPositionMm).toMatchObject({ x: 220, y: 0, z: 0 })
    expect(account.refused).toEqual([{ line: 'G1 X230 Y-5 Z-1 F6000', why: 'outside the build volume' }])
  })

  it('keeps inside a round bed', () => {
    const delta = BUILTIN_MACHINES.find(({ volume }) => volume.shape === 'circle')!
    const host = ready({ motion: delta.motion, volume: machineVolume(delta) })
    const radius = delta.volume.xMm / 2
    run(host, [`G1 X${radius} Y${radius} Z10 F6000`])
    const { finalPositionMm, refused } = host.firmware.account()
    expect(Math.hypot(finalPositionMm.x, finalPositionMm.y)).toBeCloseTo(radius, 6)
    expect(refused).toHaveLength(1)
  })

  it('books moves before homing, and again once the motors were off', () => {
    const host = new Conversation()
    run(host, ['G1 X5'])
    run(host, ['G28', 'G1 X6', 'M84', 'G1 X7'])
    expect(host.firmware.account().refused.map(({ line }) => line)).toEqual(['G1 X5', 'G1 X7'])
  })

  it('shifts its coordinates by G92 and keeps the walls where they are', () => {
    const host = ready()
    run(host, ['G1 X100 F6000', 'G92 X0', 'G1 X110'])
    expect(host.say('M114')[0]).toMatch(/^X:110\.0000 .* Count X:16800 /)
    run(host, ['G1 X130'])
    expect(host.firmware.account().refused).toHaveLength(1)
  })

  it('stops at once by M410 and forgets the moves', () => {
    const host = ready()
    host.say('G1 X200 F600')
    host.heardAfter(3000)
    host.say('M410')
    const { x } = host.firmware.account().finalPositionMm
    expect(x).toBeGreaterThan(5)
    expect(x).toBeLessThan(60)
    expect(host.firmware.demand).toBe('idle')
  })

  it('scales feed by M220 and flow by M221', () => {
    const host = ready()
    host.say('M83')
    const normal = run(host, ['G1 X100 E1 F1200'])
    host.say('M220 S50')
    host.say('M221 S200')
    const slow = run(host, ['G1 X0 E1 F1200'])
    expect(slow / normal).toBeGreaterThan(1.9)
    expect(host.firmware.account().extrudedMm).toBeCloseTo(3, 9)
  })
})

describe('extrusion', () => {
  it('counts what leaves the nozzle: a retraction has to be pushed back first', () => {
    const host = ready()
    run(host, ['M83', 'G1 X10 E5 F600', 'G1 E-3', 'G1 X20', 'G1 E3', 'G1 X30 E5', 'G1 E-2'])
    const { extrudedMm, depositedCm3 } = host.firmware.account()
    expect(extrudedMm).toBeCloseTo(10, 9)
    expect(depositedCm3).toBeCloseTo((10 * Math.PI * 0.875 ** 2) / 1000, 9)
  })

  it('refuses to extrude through a cold nozzle, moves all the same, and books it', () => {
    const host = new Conversation()
    host.finish('G28')
    run(host, ['G1 X10 E5'])
    expect(host.firmware.account()).toMatchObject({ extrudedMm: 0, refused: [{ line: 'G1 X10 E5', why: 'nozzle is cold' }], finalPositionMm: { x: 10, e: 5 } })
  })

  it('asks for filament when the sensor finds none', () => {
    const host = ready({ faults: faults({ filamentMm: 10 }) })
    const heard = ['M83', 'G1 X10 E12 F600', 'M400', 'G1 X20 E5'].flatMap((command) => host.finish(command).lines)
    expect(heard.filter((line) => line.startsWith('//action:p') || line.startsWith('echo:I'))).toEqual([
      '//action:paused', '//action:prompt_end', '//action:prompt_begin Pause', '//action:prompt_button Dismiss', '//action:prompt_show',
      'echo:Insert filament and send M108', '//action:prompt_end', '//action:prompt_begin Nozzle Parked', '//action:prompt_button Continue', '//action:prompt_show',
    ])
    expect(host.firmware.account().extrudedMm).toBeCloseTo(10, 9)
  })

  it('prints air without a sensor', () => {
    const host = ready({ faults: faults({ filamentMm: 10 }), traits: { ...QUIET, filamentSensor: false } })
    run(host, ['M83', 'G1 X10 E12 F600', 'G1 X20 E5'])
    expect(host.firmware.account()).toMatchObject({ extrudedMm: 10, finalPositionMm: { x: 20 } })
  })
})

describe('heat', () => {
  it('reaches 200 °C in about a minute, overshoots a little and settles', () => {
    const host = new Conversation({ traits: QUIET, hotends: 1 })
    const { lines, ms } = host.finish('M109 S200')
    const hottest = Math.max(...lines.flatMap((line) => Number(/^ T:([\d.]+)/.exec(line)?.[1] ?? 0)))
    expect(ms).toBeGreaterThan(40_000)
    expect(ms).toBeLessThan(90_000)
    expect(hottest).toBeGreaterThan(200.3)
    expect(hottest).toBeLessThan(204)
    host.heardAfter(60_000)
    const steady = Number(/T:([\d.]+)/.exec(host.say('M105')[0]!)![1])
    expect(Math.abs(steady - 200)).toBeLessThan(0.5)
  })

  it('heats the bed by M190 and cools to the room when it is off', () => {
    const host = new Conversation({ traits: QUIET })
    expect(host.finish('M190 S60').lines.at(-1)).toBe('ok P15 B3')
    host.say('M140 S0')
    host.heardAfter(3_600_000)
    expect(host.say('M105')[0]).toMatch(/B:19\.[34]\d \/0\.00/)
  })

  it('does not wait for cooling by M109 S, and does by M109 R', () => {
    const host = new Conversation({ traits: QUIET })
    host.finish('M109 S200')
    expect(host.finish('M109 S150').ms).toBeLessThan(1000)
    expect(host.finish('M109 R100').ms).toBeGreaterThan(10_000)
  })

  it('never heats above what the machine bears', () => {
    const host = new Conversation({ traits: QUIET })
    host.say('M104 S400')
    expect(host.say('M105')[0]).toContain('/260.00')
  })
})

describe('a board', () => {
  it('says the same for the same bytes at the same times', () => {
    const talk = () => {
      const host = new Conversation()
      return [...host.finish('G28').lines, ...host.finish('M109 S190').lines, ...Array.from({ length: 50 }, (_, i) => host.send(numbered(i + 1, `G1 X${i}`), 7)).flat()]
    }
    expect(talk()).toEqual(talk())
  })

  it('does not depend on how finely time is cut', () => {
    const talk = (stepMs: number) => {
      const host = new Conversation({ traits: QUIET })
      const heard = host.say('M109 S100')
      for (let i = 0; i < 60_000 / stepMs; i++) heard.push(...host.heardAfter(stepMs))
      return heard
    }
    expect(talk(10)).toEqual(talk(30_000))
  })
})
