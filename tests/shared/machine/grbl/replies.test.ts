import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseReceived } from '../../../../shared/machine/grbl/received'
import { createVirtualGrbl } from '../../../../shared/machine/virtual-grbl/virtual-grbl'
import { OPTIONS } from './rig'
import { workshopPath } from '../../../workshop-folder'

const TRANSCRIPTS = workshopPath('facts/transcripts')

/** A conversation with the virtual board: what each line is answered. */
function talk(lines: readonly string[], options: Partial<typeof OPTIONS> = {}, everyMs = 700): string[][] {
  const board = createVirtualGrbl({ ...OPTIONS, isLaser: false, ...options })
  let nowMs = 1000
  const hear = () => String.fromCharCode(...board.advance(nowMs)).split('\r\n').slice(0, -1)
  hear()
  return lines.map((line) => {
    board.receive(Uint8Array.from(line === '?' || line === '\u0018' ? line : `${line}\n`, (letter) => letter.charCodeAt(0)), nowMs)
    nowMs += everyMs
    return hear()
  })
}

describe('the virtual Grbl answers as the real one (recorded from 1.1h)', () => {
  it('boots with its banner', () => {
    const board = createVirtualGrbl(OPTIONS)
    expect(String.fromCharCode(...board.advance(1000))).toBe("\r\nGrbl 1.1h ['$' for help]\r\n")
  })

  it.each([
    ['$H', ['error:5']],
    ['$20=1', ['error:10']],
    ['$J=G91 X1 F100 M3', ['error:16']],
    ['$J=X5', ['error:22']],
    ['M6 T1', ['error:20']],
    ['T2', ['ok']],
    ['G1 X1 X2', ['error:25']],
    ['foo', ['error:2']],
    ['G99', ['error:20']],
    ['%', ['error:1']],
    ['(only comment)', ['ok']],
    ['', ['ok']],
    ['N10 G0 X1*55', ['error:1']],
    [`G1 ${'X1'.repeat(60)}`, ['error:11']],
    ['G1 Xx', ['error:2']],
    ['M30', ['[MSG:Pgm End]', 'ok']],
    ['$I', ['[VER:1.1h.20190830:]', '[OPT:V,15,128]', 'ok']],
    ['$N', ['$N0=', '$N1=', 'ok']],
    ['$', ['[HLP:$$ $# $G $I $N $x=val $Nx=line $J=line $SLP $C $X $H ~ ! ? ctrl-x]', 'ok']],
    ['$G', ['[GC:G0 G54 G17 G21 G90 G94 M5 M9 T0 F0 S0]', 'ok']],
    ['?', ['<Idle|MPos:0.000,0.000,0.000|FS:0,0|WCO:0.000,0.000,0.000>']],
  ])('%s', (line, answer) => {
    expect(talk([line])).toEqual([answer])
  })

  it('G2 without a centre, with a feed', () => {
    expect(talk(['G1 F100', 'G2 X1 Y1'])[1]).toEqual(['error:35'])
  })

  it('a setting and check mode while it moves', () => {
    const answers = talk(['G1 X300 F600', '$21=1', '$C'])
    expect(answers).toEqual([['ok'], ['error:8'], ['error:8']])
  })

  it('a reset in motion: alarm 3, banner, locked; then error 9 until it is unlocked', () => {
    expect(talk(['G1 X300 F600', '\x18', 'G0 X0', '$X', 'G4 P0.01'])).toEqual([['ok'], ['ALARM:3', '', "Grbl 1.1h ['$' for help]", "[MSG:'$H'|'$X' to unlock]"], ['error:9'], ['[MSG:Caution: Unlocked]', 'ok'], ['ok']])
  })

  it('a soft limit: alarm 2, then mute until a reset', () => {
    const options = { canHome: true, settings: { 24: '6000', 25: '600000' } }
    const answers = talk(['$H', 'G4 P0.1', 'G4 P0.1', 'G0 X-900', '$X', '?', '\x18', '$X'], options, 10_000)
    expect(answers[3]).toEqual(['ALARM:2', '[MSG:Reset to continue]'])
    expect(answers.slice(4, 6)).toEqual([[], []])
    expect(answers[6]).toEqual(['', "Grbl 1.1h ['$' for help]", "[MSG:'$H'|'$X' to unlock]"])
    expect(answers[7]).toEqual(['[MSG:Caution: Unlocked]', 'ok'])
  })

  it('three feed overrides in one write: Grbl takes one, grblHAL three', () => {
    for (const [flavour, feed] of [['grbl', 110], ['grblHAL', 130]] as const) {
      const board = createVirtualGrbl({ ...OPTIONS, flavour })
      board.advance(1000)
      board.receive(Uint8Array.of(0x91, 0x91, 0x91, 0x3f, 0x3f), 1001)
      board.receive(Uint8Array.of(0x3f, 0x3f), 1002)
      expect(String.fromCharCode(...board.advance(1100))).toContain(`Ov:${feed},100,100`)
    }
  })

  it('loses what does not fit its receive buffer', () => {
    const board = createVirtualGrbl(OPTIONS)
    board.advance(1000)
    board.receive(Uint8Array.from('G4 P5\n', (letter) => letter.charCodeAt(0)), 1001)
    board.receive(Uint8Array.from('G1 X1 F100\n'.repeat(20), (letter) => letter.charCodeAt(0)), 1002)
    const heard = String.fromCharCode(...board.advance(20_000)).split('\r\n')
    expect(heard.filter((line) => line === 'ok').length).toBeLessThan(20)
  })
})

describe.skipIf(!existsSync(TRANSCRIPTS))('recordings of genuine firmware', () => {
  it('hold no line that is not understood, but for first-boot noise', () => {
    const unknown: string[] = []
    let count = 0
    for (const name of existsSync(TRANSCRIPTS) ? readdirSync(TRANSCRIPTS).filter((file) => file.startsWith('grbl')) : []) {
      for (const line of readFileSync(`${TRANSCRIPTS}/${name}`, 'utf8').split('\n')) {
        const heard = /^\s*[\d.]+ < (.*)$/.exec(line)?.[1]?.replaceAll('\\r', '')
        if (heard === undefined) continue
        count++
        if (parseReceived(heard).kind === 'garbage') unknown.push(`${name}: ${heard}`)
      }
    }
    expect(count).toBeGreaterThan(300)
    expect(unknown).toEqual([])
  })
})
