import { describe, expect, it } from 'vitest'
import { isCardName } from '../../../../shared/machine/marlin/card'
import type { FirmwareFaults } from '../../../../shared/machine/virtual/firmware-options'
import { Bench, firmwareOptions, linesOf } from './bench'
import { smallPrint } from './small-print'

const TEXT = smallPrint(60)

function textLines(text: string): string[] {
  const lines = linesOf(text)
  return Array.from({ length: lines.count }, (_, i) => lines.text(i))
}

function withCard(faults: Partial<FirmwareFaults> = {}): Bench {
  const bench = new Bench(firmwareOptions({}, { sdCard: true })).connect()
  bench.firmware.setFaults({ ...bench.options.faults, ...faults })
  return bench.until(() => bench.state.script.length === 0 && bench.state.stream.sent.length === 0)
}

const ask = (bench: Bench, action: Extract<Parameters<Bench['dispatch']>[0], { kind: 'card' }>['action']) => bench.dispatch({ kind: 'card', atMs: bench.nowMs, action })

function uploaded(faults?: Partial<FirmwareFaults>): Bench {
  const bench = withCard(faults)
  ask(bench, { kind: 'upload', name: 'PART.GCO', lines: textLines(TEXT) })
  return bench.until(() => bench.state.card.files.length > 0)
}

describe('the card in the machine', () => {
  it('is listed when the machine says that it has one, and not else', () => {
    expect(withCard().sent.join('')).toContain(' M20*')
    const without = new Bench(firmwareOptions()).connect()
    without.until(() => without.nowMs > 5000)
    expect(without.sent.join('')).not.toContain('M20')
  })

  it('takes a file line by line, carries nothing of it out, and says how large it is', () => {
    const bench = uploaded()
    const lines = textLines(TEXT)
    expect(bench.state.card).toMatchObject({ files: [{ name: 'PART.GCO', bytes: lines.join('\n').length + 1 }], upload: undefined, isSaving: false })
    expect(bench.firmware.account()).toMatchObject({ movesExecuted: 0, linesInOrder: true, refused: [] })
    expect(bench.state.modal).toMatchObject({ isHomed: false, hotendC: 0 })
  })

  it('has exactly the file, however bad the cable was', () => {
    const bytes = textLines(TEXT).join('\n').length + 1
    for (let seed = 1; seed <= 20; seed++) {
      const bench = uploaded({ seed, dropByte: 2e-4, corruptByte: 2e-4, loseOk: 0.01 })
      expect(bench.state.card.files).toEqual([{ name: 'PART.GCO', bytes }])
    }
  })

  it('is printed by the machine, with its progress, to the same object as over the wire', () => {
    const wire = new Bench(firmwareOptions()).connect().start(TEXT).finish().firmware.account()
    const bench = uploaded()
    ask(bench, { kind: 'print', name: 'PART.GCO' })
    bench.until(() => (bench.state.card.printing?.doneBytes ?? 0) > 500)
    expect(bench.state.card.printing).toMatchObject({ name: 'PART.GCO', totalBytes: bench.state.card.files[0]!.bytes })
    bench.until(() => bench.state.card.printing === undefined)
    bench.until(() => bench.firmware.demand === 'idle')
    expect(bench.firmware.account().extrudedMm).toBeCloseTo(wire.extrudedMm, 6)
    expect(bench.firmware.account().finalPositionMm).toEqual(wire.finalPositionMm)
  })

  it('is stopped with heaters off and the nozzle lifted', () => {
    const bench = uploaded()
    ask(bench, { kind: 'print', name: 'PART.GCO' })
    bench.until(() => bench.firmware.account().extrudedMm > 3)
    ask(bench, { kind: 'stop' })
    bench.until(() => bench.state.script.length === 0 && bench.state.stream.sent.length === 0 && bench.firmware.demand === 'idle')
    bench.until(() => bench.state.hotends[0]?.targetC === 0, 60)
    expect(bench.firmware.account().extrudedMm).toBeLessThan(14)
    expect(bench.firmware.account().finalPositionMm.z).toBeCloseTo(5.2, 3)
  })

  it('forgets a file that is removed, and says so when a file is not there', () => {
    const bench = uploaded()
    ask(bench, { kind: 'remove', name: 'PART.GCO' })
    bench.until(() => bench.state.card.files.length === 0)
    ask(bench, { kind: 'print', name: 'NONE.GCO' })
    const missing = () => bench.notes.find(({ code }) => code === 'machine/card-file-missing')
    bench.until(() => missing() !== undefined)
    expect(missing()?.values).toEqual({ name: 'NONE.GCO' })
    bench.until(() => bench.state.card.printing === undefined)
  })

  it('takes short names only', () => {
    expect(['PART.GCO', 'A_1-B.G', 'TOOLONGNAME.GCO', 'part.gco', 'A B.GCO', 'X.TXT'].map(isCardName)).toEqual([true, true, false, false, false, false])
  })
})
