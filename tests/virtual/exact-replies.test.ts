import { describe, expect, it } from 'vitest'
import { FULL_TRAITS, PLAIN_TRAITS } from '../../shared/machine/virtual/firmware-options'
import { createVirtualFirmware } from '../../shared/machine/virtual/virtual-firmware'
import { Conversation, boardOptions, faults } from './board'

const COLD = 'T:19.38 /0.00 B:19.38 /0.00 T0:19.38 /0.00 T1:19.38 /0.00 @:0 B@:0 @0:0 @1:0'
const KILLED = ['Error:Printer halted. kill() called!', '//action:poweroff']

/** Text of a board's first bytes. */
function boot(traits = FULL_TRAITS): string[] {
  const bytes = createVirtualFirmware(boardOptions({ traits, bootMs: 5 })).advance(10)
  return new TextDecoder('latin1').decode(bytes).trimEnd().split('\n')
}

// The lines below were recorded from real boards (Marlin bugfix-2.1.x), where not said otherwise.
describe('what the virtual board says, word for word', () => {
  it('boots as a full board does', () => {
    expect(boot()).toEqual([
      'start',
      'PowerUp',
      'Marlin bugfix-2.1.x',
      'echo: Last Updated: 2024-10-11 | Author: (none, default config)',
      'echo: Compiled: Nov 23 2026',
      'echo: Free Memory: 0  PlannerBufferBytes: 1536',
      'echo:EEPROM version mismatch (EEPROM= Marlin=V90)',
      '//action:notification Err: EEPROM Version\r',
      '//action:notification Err: EEPROM Version',
      '//action:notification Hardcoded Default Settings Loaded',
      'echo:Hardcoded Default Settings Loaded',
      '//action:prompt_end',
    ])
  })

  it('boots as a plain board does, with its settings', () => {
    const lines = boot(PLAIN_TRAITS)
    expect(lines.slice(5, 9)).toEqual(['echo: Free Memory: 0  PlannerBufferBytes: 1472', 'echo:Hardcoded Default Settings Loaded', 'echo:; Linear Units:', 'echo:  G21 ; (mm)'])
    expect(lines).toContain('echo:  M205 B20000.00 S0.00 T0.00 J0.08')
    expect(lines.at(-1)).toBe('echo:  M301 P22.20 I1.08 D114.00')
  })

  it('answers M115 with name and capabilities', () => {
    const lines = new Conversation().say('M115')
    expect(lines[0]).toBe('FIRMWARE_NAME:Marlin bugfix-2.1.x (Nov 23 2026 11:59:15) SOURCE_CODE_URL:github.com/MarlinFirmware/Marlin PROTOCOL_VERSION:1.0 MACHINE_TYPE:Peer Printer KINEMATICS:Cartesian EXTRUDER_COUNT:2 UUID:cede2a2f-41a2-4748-9b12-c55c62f367ff')
    expect(lines[1]).toBe('Cap:SERIAL_XON_XOFF:0')
    expect(lines).toContain('Cap:EMERGENCY_PARSER:1')
    expect(lines).toContain('Cap:AUTOREPORT_TEMP:1')
    expect(lines.filter((line) => line.startsWith('Cap:'))).toHaveLength(36)
    expect(lines.at(-2)).toMatch(/^area:\{full:\{min:\{x:0\.0000,/)
    expect(lines.at(-1)).toBe('ok P15 B3')
  })

  it.each([
    ['M105', [`ok ${COLD}`]],
    ['G99999', ['echo:Unknown command: "G99999"', 'ok P15 B3']],
    ['foo bar', ['echo:Unknown command: "foo bar"', 'ok P15 B3']],
    ['T5', ['echo:T5 Invalid extruder', 'ok P15 B3']],
    ['T1', ['Active Extruder: 1', 'ok P15 B3']],
    ['G1 E5 F300', ['echo: cold extrusion prevented', 'ok P15 B3']],
    ['M110 N0', ['ok P15 B3']],
    ['G1 X5*12', ['ok P14 B3']],
    ['J1 M105*38', ['echo:Unknown command: "J1 M105"', 'ok P15 B3']],
    ['g1 x11 (paren)', ['ok P14 B3']],
    ['M118 A1 P0 action:custom', ['//action:custom\r', 'ok P15 B3']],
    ['M118 E1 hi', ['echo:hi\r', 'ok P15 B3']],
    ['M114', ['X:0.0000 Y:0.0000 Z:0.0000 E:0.0000 Count X:0 Y:0 Z:0', 'ok P15 B3']],
    ['', []],
    ['; comment only', []],
  ])('answers %j', (command, expected) => {
    expect(new Conversation().say(command)).toEqual(expected)
  })

  it('answers noise with an unknown command cut at the zero byte', () => {
    expect(new Conversation().send(Uint8Array.of(0xff, 0x00, 0xfe, 0x80, 0x41, 0x7a, 0x0a))).toEqual(['echo:Unknown command: "ÿ"', 'ok P15 B3'])
  })

  it('says a bare ok on a plain board', () => {
    expect(new Conversation({ traits: PLAIN_TRAITS }).say('M110 N0')).toEqual(['ok'])
  })

  it('says the line number to a bare M110', () => {
    const host = new Conversation()
    host.say('M110 N11')
    expect(host.say('M110')).toEqual(['Line: 11', 'ok P15 B3'])
  })

  it('homes with busy every two seconds and a position at the end', () => {
    const host = new Conversation()
    host.say('G91')
    host.finish('G1 X100 Y100 F6000')
    host.finish('M400')
    const { lines } = host.finish('G28')
    expect(lines.slice(0, 2)).toEqual(['echo:busy: processing', 'echo:busy: processing'])
    expect(lines.slice(-2)).toEqual(['X:0.0000 Y:0.0000 Z:5.0000 E:0.0000 Count X:0 Y:0 Z:2000', 'ok P15 B3'])
  })

  it('reports temperatures by M155 every second, with a leading space and no ok', () => {
    const host = new Conversation({ traits: { ...FULL_TRAITS, waitReports: false } })
    expect(host.say('M155 S1')).toEqual(['ok P15 B3'])
    expect(host.heardAfter(2500)).toEqual([` ${COLD}`, ` ${COLD}`])
    host.say('M155 S0')
    expect(host.heardAfter(5000)).toEqual([])
  })

  it('says wait once a second while it has nothing to do', () => {
    const host = new Conversation()
    host.say('M110 N0')
    expect(host.heardAfter(3500)).toEqual(['wait', 'wait', 'wait'])
  })

  it('reports each second of M109, unknown at first, then counted down', () => {
    const { lines } = new Conversation().finish('M109 S60')
    expect(lines[0]).toBe(' T:19.38 /60.00 B:19.38 /0.00 T0:19.38 /60.00 T1:19.38 /0.00 @:0 B@:0 @0:0 @1:0 W:?')
    expect(lines[1]).toMatch(/^ T:2\d\.\d\d \/60\.00 B:19\.38 \/0\.00 T0:2\d\.\d\d \/60\.00 T1:19\.38 \/0\.00 @:127 B@:0 @0:127 @1:0 W:\?$/)
    expect(lines[2]).toBe('echo:busy: processing')
    expect(lines.flatMap((line) => /W:(\d)$/.exec(line)?.[1] ?? [])).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1', '0'])
    expect(lines.at(-1)).toBe('ok P15 B3')
  })

  it('asks the user by M0 and goes on by M876, with an ok for both', () => {
    const host = new Conversation()
    expect(host.say('M0 Click me')).toEqual(['echo:Click me\r', '//action:prompt_end', '//action:prompt_begin Click me', '//action:prompt_button Continue', '//action:prompt_show'])
    expect(host.heardAfter(4500)).toEqual(['echo:busy: paused for user', 'echo:busy: paused for user'])
    expect(host.say('M876 S0')).toEqual(['ok P15 B2', 'ok P15 B3'])
  })

  it('breaks a heating off by M108, with an ok for both', () => {
    const host = new Conversation()
    host.say('M109 S200', 1500)
    expect(host.say('M108')).toEqual(['ok P15 B2', 'ok P15 B3'])
  })

  it('changes filament in four steps and asks until the user has purged enough', () => {
    const host = new Conversation()
    const first = host.say('M600')
    expect(first).toEqual(['//action:paused', '//action:prompt_end', '//action:prompt_begin Pause', '//action:prompt_button Dismiss', '//action:prompt_show'])
    expect(host.heardAfter(25_000).filter((line) => !line.startsWith('echo:busy'))).toEqual(['echo:Insert filament and send M108', '//action:prompt_end', '//action:prompt_begin Nozzle Parked', '//action:prompt_button Continue', '//action:prompt_show'])
    host.say('M108')
    const ask = ['//action:prompt_end', '//action:prompt_begin Paused', '//action:prompt_button PurgeMore', '//action:prompt_button Continue', '//action:prompt_show']
    expect(host.heardAfter(20_000).filter((line) => !line.startsWith('echo:busy'))).toEqual(ask)
    host.say('M876 S0')
    expect(host.heardAfter(15_000).filter((line) => !line.startsWith('echo:busy'))).toEqual(ask)
    host.say('M876 S1')
    expect(host.heardAfter(3000).filter((line) => line.startsWith('ok'))[0]).toMatch(/^ok P15 B/)
  })

  it('dies by M112 and is mute until a reset', () => {
    const host = new Conversation()
    expect(host.say('M112')).toEqual(['echo:M112 Shutdown', ...KILLED])
    expect([...host.say('M105', 5000), ...host.say('M999', 5000)]).toEqual([])
    host.firmware.reset(host.firmware.nowMs)
    expect(host.heardAfter(1)[0]).toBe('start')
    expect(host.say('M105')).toEqual([`ok ${COLD}`])
  })

  it('takes M112 during homing without an emergency parser, while a place in the queue is free', () => {
    const host = new Conversation({ traits: PLAIN_TRAITS })
    host.say('G28')
    expect(host.say('M112')).toEqual(['echo:M112 Shutdown', 'Error:Printer halted. kill() called!'])
  })

  it('can not take M112 without an emergency parser while its queue is full, and can with one', () => {
    const plain = new Conversation({ traits: PLAIN_TRAITS })
    const full = new Conversation()
    for (const host of [plain, full]) for (let i = 0; i < 4; i++) host.say('G4 S10')
    expect(plain.say('M112')).toEqual([])
    expect(full.say('M112')).toEqual(['echo:M112 Shutdown', ...KILLED])
  })

  it('stops when its hotend stays cold', () => {
    const host = new Conversation({ faults: faults({ brokenHeater: true }) })
    const { lines, ms } = host.finish('M109 S200')
    expect(lines.slice(-4)).toEqual(['Error:Heating failed, system stopped! Heater_ID: E0', 'echo:Heating Failed', ...KILLED])
    expect(ms).toBeCloseTo(40_000, -3)
  })

  it('stops when its hotend burns', () => {
    const host = new Conversation({ faults: faults({ thermalRunaway: true }) })
    const lines = host.heardAfter(300_000).filter((line) => line !== 'wait')
    expect(lines).toEqual(['Error:MAXTEMP triggered, system stopped! Heater_ID: E0', 'echo:Err: MAXTEMP', ...KILLED])
  })

  it('stops when its hotend cools although it is heated', () => {
    const host = new Conversation()
    host.finish('M109 S200')
    host.firmware.setFaults(faults({ brokenHeater: true }))
    expect(host.heardAfter(120_000).filter((line) => line.startsWith('Error'))).toEqual(['Error:Thermal Runaway, system stopped! Heater_ID: E0', 'Error:Printer halted. kill() called!'])
  })

  it('tears a report when it is reset, as a real board did', () => {
    const host = new Conversation()
    host.say('M155 S1')
    host.firmware.reset(host.firmware.nowMs)
    expect(host.heardAfter(1)[0]).toBe(' T:19.38 /0.00 B:1start')
  })
})
