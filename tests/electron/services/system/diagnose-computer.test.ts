import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ComputerFacts } from '../../../../electron/services/system/computer'
import { diagnoseComputer } from '../../../../electron/services/system/diagnose-computer'
import { readComputer } from '../../../../electron/services/system/read-computer'
import { checkSchema } from '../../../../shared/contract/system'
import { english } from '../../../../renderer/i18n/english'
import { isTextKey, translator } from '../../../../renderer/i18n/text'

const SOUND: ComputerFacts = {
  platform: 'linux',
  nodeVersion: 'v20.20.2',
  locale: 'ko-KR',
  dataDir: '/home/mina/.local/share/gongbang',
  isDataDirWritable: true,
  freeBytes: 50e9,
  serialPorts: [{ path: '/dev/ttyUSB0', isAccessible: true }],
  serialGroup: { name: 'dialout', isMember: true },
  hasUdev: true,
  seizers: [],
  browser: '/usr/bin/chromium',
  electron: 'installed',
  renderNodes: ['renderD128'],
  hasPty: true,
}

/** One check by its id, for a computer that is sound but for the given facts. */
function check(id: string, facts: Partial<ComputerFacts>) {
  return diagnoseComputer({ ...SOUND, ...facts }).find((candidate) => candidate.id === id)
}

/** Computers that between them show every case. */
const VARIANTS: Partial<ComputerFacts>[] = [
  {},
  { nodeVersion: 'v18.19.0', locale: 'de-DE', isDataDirWritable: false, freeBytes: 1e9, hasUdev: false, seizers: ['ModemManager'], browser: undefined, electron: 'absent', renderNodes: [], hasPty: false },
  { freeBytes: undefined, serialPorts: [], serialGroup: { name: 'dialout', isMember: false }, electron: 'running', renderNodes: undefined },
  { serialPorts: [{ path: '/dev/ttyUSB0', isAccessible: false }], platform: 'win32', hasPty: false },
  { serialPorts: [{ path: '/dev/ttyACM0', isAccessible: true, heldBy: 'cura' }] },
]

describe('diagnoseComputer', () => {
  it('finds nothing missing on a sound computer', () => {
    expect(diagnoseComputer(SOUND).filter(({ state }) => state === 'missing' || state === 'warning')).toEqual([])
  })

  it('says how to get the permission for a port that may not be opened', () => {
    expect(check('serial-permission', { serialPorts: [{ path: '/dev/ttyUSB0', isAccessible: false }], serialGroup: { name: 'dialout', isMember: false } })).toMatchObject({
      state: 'missing',
      case: 'denied',
      remedy: expect.stringContaining('usermod -a -G dialout'),
    })
  })

  it('warns of the missing group before a printer is plugged in', () => {
    expect(check('serial-permission', { serialPorts: [], serialGroup: { name: 'uucp', isMember: false } })).toMatchObject({ state: 'warning', case: 'group', values: { group: 'uucp' } })
  })

  it('names the program that holds a port instead of blaming the permission', () => {
    const facts = { serialPorts: [{ path: '/dev/ttyACM0', isAccessible: false, heldBy: 'cura' }] }
    expect(check('serial-ports', facts)?.message).toContain('/dev/ttyACM0 (cura)')
    expect(check('serial-permission', facts)?.state).toBe('ok')
  })

  it('calls graphics unknown where it cannot be told', () => {
    expect(check('graphics', { renderNodes: undefined })?.state).toBe('unknown')
    expect(check('graphics', {})?.state).toBe('unknown')
  })

  it('does not speak of udev where there is none by nature', () => {
    expect(check('udev', { platform: 'darwin', hasUdev: false })).toBeUndefined()
  })

  it('refuses a Node that is too old and takes the first that is new enough', () => {
    expect(check('node', { nodeVersion: 'v20.18.9' })?.state).toBe('missing')
    expect(check('node', { nodeVersion: 'v20.19.0' })?.state).toBe('ok')
    expect(check('node', { nodeVersion: 'v22.0.0' })?.state).toBe('ok')
  })

  it('has an English and a Korean text, and a remedy when one is given, for every case', () => {
    const checks = VARIANTS.flatMap((facts) => diagnoseComputer({ ...SOUND, ...facts }))
    const wanted = checks.flatMap(({ id, case: name, remedy }) => [`doctor.${id}.title`, `doctor.${id}.${name}`, ...(remedy === undefined ? [] : [`doctor.${id}.${name}.remedy`])])
    expect(wanted.filter((key) => !isTextKey(key))).toEqual([])
    const unused = Object.keys(english).filter((key) => key.startsWith('doctor.') && !wanted.includes(key))
    expect(unused).toEqual([])
  })

  it('leaves no value of a text unfilled', () => {
    const checks = VARIANTS.flatMap((facts) => diagnoseComputer({ ...SOUND, ...facts }))
    for (const locale of ['en', 'ko'] as const) {
      const texts = checks.map(({ id, case: name, values }) => translator(locale)(`doctor.${id}.${name}` as 'doctor.node.ok', values))
      expect(texts.filter((text) => /\{\w+\}/.test(text))).toEqual([])
    }
  })
})

describe('readComputer', () => {
  it('reads this computer into facts that can be judged and sent', async () => {
    const facts = await readComputer(tmpdir())
    expect(facts.isDataDirWritable).toBe(true)
    expect(facts.freeBytes).toBeGreaterThan(0)
    for (const found of diagnoseComputer(facts)) expect(checkSchema.parse(found)).toEqual(found)
  })

  it('finds a folder that cannot be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doctor-'))
    writeFileSync(join(folder, 'a-file'), '')
    expect((await readComputer(join(folder, 'a-file', 'library'))).isDataDirWritable).toBe(false)
    rmSync(folder, { recursive: true })
  })
})
