import { afterEach, describe, expect, it } from 'vitest'
import { createDriver } from '../../../../electron/services/machines/protocols'
import { createMemoryPair } from '../../../../electron/devices/memory-link'
import { machineStatusSchema, temperatureSampleSchema, terminalLineSchema, virtualAccountSchema } from '../../../../shared/contract/machines'
import { StudioError } from '../../../../shared/units/studio-error'
import { memoryRecords, StudioDouble } from './studio-double'

let studio: StudioDouble | undefined
const start = (...options: ConstructorParameters<typeof StudioDouble>) => (studio = new StudioDouble(...options))
afterEach(async () => {
  await studio?.dispose()
  studio = undefined
})

const VIRTUAL = { machineId: 'virtual' }
const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof StudioError) return error.code
    throw error
  }
  return 'nothing was refused'
}
const rejected = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'nothing was refused', (error: unknown) => (error as StudioError).code)

describe('remembered machines', () => {
  it('always lists the virtual printer, and remembers others', () => {
    const records = memoryRecords()
    const added = start({}, records).machines.add({ name: 'Ender', port: '/dev/ttyUSB9', profileId: 'creality-ender-3', baudRate: 115_200 })
    expect(new StudioDouble({}, records).machines.list().map(({ id, name, state }) => [id, name, state])).toEqual([['virtual', 'Virtual printer', 'disconnected'], ['virtual-laser', 'Virtual laser', 'disconnected'], [added.id, 'Ender', 'disconnected']])
  })

  it('forgets a passing one with its run, whatever is changed of it', () => {
    const records = memoryRecords()
    const { machines } = start({}, records)
    const { id } = machines.add({ name: 'For one print', port: 'virtual', profileId: 'generic-marlin', isPassing: true })
    expect(machines.update({ machineId: id, name: 'Still passing' }).name).toBe('Still passing')
    expect(new StudioDouble({}, records).machines.list().map((machine) => machine.id)).toEqual(['virtual', 'virtual-laser'])
  })

  it('changes and removes them, but for the built-in one', async () => {
    const { machines } = start()
    const { id } = machines.add({ name: 'A', port: 'virtual', profileId: 'generic-marlin' })
    expect(machines.update({ machineId: id, name: 'B', profileId: 'creality-ender-3' })).toMatchObject({ name: 'B', profileId: 'creality-ender-3', kind: 'virtual' })
    await machines.remove({ machineId: id })
    expect(machines.list()).toHaveLength(2)
    expect(await rejected(machines.remove(VIRTUAL))).toBe('machine/virtual-stays')
    expect(codeOf(() => machines.update({ machineId: id }))).toBe('machine/not-found')
    expect(codeOf(() => machines.add({ name: 'C', port: 'virtual', profileId: 'nothing' }))).toBe('machine/unknown-profile')
  })

  it('offers the virtual printer among the ports', async () => {
    expect(await start().machines.ports()).toMatchObject([{ path: 'virtual', kind: 'virtual' }])
  })
})

describe('connecting', () => {
  it.each(['memory', 'pty'] as const)('shakes hands with the virtual printer over %s', async (transport) => {
    const { machines } = start({ transport })
    const status = await machines.connect(VIRTUAL)
    expect(machineStatusSchema.parse(status)).toMatchObject({ state: 'ready', isHomed: false, firmware: { capabilities: { EMERGENCY_PARSER: true, AUTOREPORT_TEMP: true } } })
    expect(status.hotends[0]?.currentC).toBeCloseTo(20, 0)
    await machines.disconnect(VIRTUAL)
    expect(machines.list()[0]).toMatchObject({ state: 'disconnected' })
  })

  it('tries the rates until one is answered, and begins with that one the next time', async () => {
    const tried: number[] = []
    let printer: ReturnType<typeof createMemoryPair>['device'] | undefined
    const studioAt = start({
      devices: {
        openSerial: async (path, { baudRate }) => {
          tried.push(baudRate)
          const { host, device } = createMemoryPair({ path, baudRate, onDtr: () => undefined })
          printer = device
          // At a wrong rate come bytes that are no text.
          const noise = Uint8Array.from({ length: 80 }, (_, i) => 128 + i)
          device.onData((bytes) => device.write(baudRate === 250_000 ? answer(bytes) : noise))
          return host
        },
      },
    })
    const { id } = studioAt.machines.add({ name: 'Old', port: '/dev/ttyX', profileId: 'generic-marlin' })
    expect(await studioAt.machines.connect({ machineId: id })).toMatchObject({ state: 'ready', baudRate: 250_000 })
    expect(tried).toEqual([115_200, 250_000])
    await studioAt.machines.disconnect({ machineId: id })
    tried.length = 0
    await studioAt.machines.connect({ machineId: id })
    expect(tried).toEqual([250_000])
    expect(printer).toBeDefined()
  })

  it('tells why a port does not open, and keeps the reason', async () => {
    const refused = new StudioError('machine/no-permission', 'You may not open it.', { port: '/dev/ttyX' })
    const { machines } = start({ devices: { openSerial: () => Promise.reject(refused) } })
    const { id } = machines.add({ name: 'X', port: '/dev/ttyX', profileId: 'generic-marlin' })
    expect(await rejected(machines.connect({ machineId: id }))).toBe('machine/no-permission')
    expect(machines.list().find((machine) => machine.id === id)).toMatchObject({ state: 'disconnected', reason: { code: 'machine/no-permission' } })
  })

  it('stops trying when it is disconnected meanwhile', async () => {
    const { machines } = start({ devices: { openSerial: async (path, { baudRate }) => createMemoryPair({ path, baudRate, onDtr: () => undefined }).host } })
    const { id } = machines.add({ name: 'Mute', port: '/dev/ttyX', profileId: 'generic-marlin' })
    const connecting = rejected(machines.connect({ machineId: id }))
    await machines.disconnect({ machineId: id })
    expect(await connecting).toBe('machine/connect-stopped')
  })
})

/** A very small firmware: just enough to shake hands. */
function answer(bytes: Uint8Array): Uint8Array {
  const lines = new TextDecoder().decode(bytes).split('\n').filter((line) => line !== '')
  return new TextEncoder().encode(lines.map((line) => (line.includes('M105') ? 'ok T:20.0 /0.0 B:20.0 /0.0\n' : line.includes('M115') ? 'FIRMWARE_NAME:Marlin 1.1\nok\n' : 'ok\n')).join(''))
}

describe('manual control', () => {
  it('homes, jogs within the limits, heats and switches the fan', async () => {
    const s = start()
    const { machines } = s
    await machines.connect(VIRTUAL)
    machines.command({ ...VIRTUAL, command: { kind: 'home', axes: [] } })
    await s.until(() => s.machine().isHomed && s.machine().positionMm !== undefined, 'homing')
    machines.command({ ...VIRTUAL, command: { kind: 'jog', axis: 'x', distanceMm: 30, feedMmPerMin: 3000 } })
    await s.until(() => (s.machine().positionMm?.x ?? 0) > 29, 'the jog')
    expect(codeOf(() => machines.command({ ...VIRTUAL, command: { kind: 'jog', axis: 'x', distanceMm: 900, feedMmPerMin: 3000 } }))).toBe('machine/limit-exceeded')
    expect(codeOf(() => machines.command({ ...VIRTUAL, command: { kind: 'extrude', lengthMm: 5, feedMmPerMin: 300 } }))).toBe('machine/cold')
    machines.command({ ...VIRTUAL, command: { kind: 'heat', heater: 'hotend', targetC: 200 } })
    machines.command({ ...VIRTUAL, command: { kind: 'fan', percent: 50 } })
    await s.until(() => (s.machine().hotends[0]?.currentC ?? 0) > 190, 'heat')
    expect(s.machine()).toMatchObject({ fanPercent: 50, hotends: [{ targetC: 200 }] })
    expect(codeOf(() => machines.command({ ...VIRTUAL, command: { kind: 'heat', heater: 'hotend', targetC: 450 } }))).toBe('machine/too-hot')
    expect(codeOf(() => machines.command({ ...VIRTUAL, command: { kind: 'gcode', line: 'm104 s450' } }))).toBe('machine/too-hot')
    expect(codeOf(() => machines.command({ ...VIRTUAL, command: { kind: 'gcode', line: 'M28 x' } }))).toBe('machine/line-refused')
    const account = virtualAccountSchema.parse(machines.virtual.account(VIRTUAL))
    expect(account.refused).toEqual([])
  })

  it('keeps the log of the terminal and of heat', async () => {
    const { machines } = start()
    await machines.connect(VIRTUAL)
    const over = new AbortController()
    const [lines] = await Promise.all([firstOf(machines.terminal(VIRTUAL, over.signal)), firstOf(machines.temperatures(VIRTUAL, over.signal)).then((samples) => samples.forEach((sample) => temperatureSampleSchema.parse(sample)))])
    over.abort()
    for (const line of lines) terminalLineSchema.parse(line)
    expect(lines.map(({ direction, text }) => `${direction} ${text}`)).toEqual(expect.arrayContaining(['sent M115', 'received start']))
  })

  it('refuses what needs a connection', () => {
    const { machines } = start()
    expect(codeOf(() => machines.command({ ...VIRTUAL, command: { kind: 'motors-off' } }))).toBe('machine/not-connected')
    expect(codeOf(() => machines.emergencyStop(VIRTUAL))).toBe('machine/not-connected')
  })

  it('stops at once, is halted, and works again after connecting anew', async () => {
    const s = start()
    await s.machines.connect(VIRTUAL)
    const { toWireMs } = s.machines.emergencyStop(VIRTUAL)
    expect(toWireMs).toBeLessThan(50)
    expect(s.machine()).toMatchObject({ state: 'halted', reason: { code: 'machine/emergency-stopped' } })
    expect(await s.machines.connect(VIRTUAL)).toMatchObject({ state: 'ready' })
  })

  it('knows at once when the cable is pulled', async () => {
    const s = start({ transport: 'pty' })
    await s.machines.connect(VIRTUAL)
    s.machines.virtual.unplug(VIRTUAL)
    await s.until(() => s.machine().state === 'disconnected', 'the end of the link')
    expect(s.machine().reason?.code).toBe('machine/link-lost')
    expect(await s.machines.connect(VIRTUAL)).toMatchObject({ state: 'ready' })
  })
})

async function firstOf<T>(topic: AsyncIterable<T>): Promise<T> {
  for await (const value of topic) return value
  throw new Error('the topic ended')
}

describe('a driver', () => {
  it('leaves no timer and no listener behind when it is closed', async () => {
    const { host } = createMemoryPair({ path: 'x', baudRate: 115_200, onDtr: () => undefined })
    const driver = createDriver({ firmware: 'marlin' }, host, { onState: () => undefined, onSent: () => undefined, onReceived: () => undefined, onEffect: () => undefined })
    const greeted = driver.greet()
    await driver.close()
    expect(await greeted).toBe(false)
    expect(driver.isOpen).toBe(false)
  })
})
