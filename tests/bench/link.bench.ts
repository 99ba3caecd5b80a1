import { describe, expect, it } from 'vitest'
import { createVirtualPrinter } from '../../electron/devices/virtual-printer'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { Conversation, numbered } from '../virtual/board'

const LINES = 50_000
const lines = Array.from({ length: LINES }, (_, i) => numbered(i + 1, `G1 X${(100 + 50 * Math.cos(i / 100)).toFixed(3)} Y${(100 + 50 * Math.sin(i / 100)).toFixed(3)} E${((i + 1) * 0.02).toFixed(5)}`))

describe('figures of links and of the virtual printer', () => {
  it('firmware alone, lines a second', () => {
    const encoder = new TextEncoder()
    const { firmware } = new Conversation()
    firmware.receive(encoder.encode('M302 P1\nM110 N0\n'), 1)
    const bytes = lines.map((line) => encoder.encode(line))
    const from = performance.now()
    for (const line of bytes) {
      firmware.receive(line, firmware.nowMs)
      while (firmware.demand === 'blocked') firmware.advance(firmware.nextWakeMs)
      firmware.advance(firmware.nowMs)
    }
    const seconds = (performance.now() - from) / 1000
    console.log(`firmware: ${Math.round(LINES / seconds)} lines/s, ${(firmware.nowMs / 1000).toFixed(0)} s of motion in ${seconds.toFixed(2)} s`)
    expect(firmware.account().linesReceived).toBe(LINES + 2)
  })

  it.each([
    ['pty', 1],
    ['pty', 3],
    ['memory', 1],
    ['memory', 3],
  ] as const)('virtual printer over %s with a window of %i at 10,000 times', async (transport, window) => {
    const printer = createVirtualPrinter({ profile: BUILTIN_MACHINES[0]!, timeScale: 10_000, transport })
    const link = await printer.openLink({ baudRate: 115_200 })
    let oks = 0
    let text = ''
    let wake: () => void = () => undefined
    link.onData((bytes) => {
      const heard = Buffer.from(bytes).toString('latin1')
      text = (text + heard).slice(-400)
      for (let i = heard.indexOf('ok'); i >= 0; i = heard.indexOf('ok', i + 1)) oks++
      wake()
    })
    const until = async (isSo: () => boolean) => {
      while (!isSo()) await new Promise<void>((resolve) => (wake = resolve))
    }
    await until(() => text.includes('prompt_end\n'))
    link.write(new TextEncoder().encode('M302 P1\nG28\nM110 N0\n'))
    await until(() => oks === 3)
    const from = performance.now()
    const cpu = process.cpuUsage()
    for (let i = 0; i < LINES; i++) {
      link.write(new TextEncoder().encode(lines[i]!))
      await until(() => oks >= 4 + i - window)
    }
    await until(() => oks >= LINES + 3)
    const seconds = (performance.now() - from) / 1000
    const { user, system } = process.cpuUsage(cpu)
    console.log(`${transport}, window ${window}: ${Math.round(LINES / seconds)} lines/s, CPU ${((user + system) / 1e6).toFixed(2)} s for both ends`)
    expect(printer.account()).toMatchObject({ linesReceived: LINES + 3, linesInOrder: true, refused: [] })
    await printer.dispose()
  })
})
