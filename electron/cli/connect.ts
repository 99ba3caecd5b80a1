import type { MachineStatus } from '../../shared/contract/machines'
import { atMachine, MACHINE_HELP, MACHINE_OPTIONS, machineNow } from './at-machine'
import { parseOptions } from './parse-options'
import type { Command } from './terminal'

/** The first reports come after the handshake. */
const REPORT_MS = 600

export const connectCommand: Command = {
  help: {
    en: `Usage: gongbang connect [options]

Connects a machine, tells what it says of itself (firmware, state, place, settings),
and disconnects again. Opening the port resets many boards.

${MACHINE_HELP.en}

Exit code 0: it answered. 1: it didn't. 2: the command line is wrong.`,
    ko: `사용법: gongbang connect [옵션]

장비에 연결해 펌웨어, 상태, 위치, 설정을 보여 주고 연결을 끊습니다. 포트를 열면 많은
보드가 초기화됩니다.

${MACHINE_HELP.ko}

종료 코드 0: 응답함. 1: 응답 없음. 2: 명령줄 오류.`,
  },
  async run(args, terminal) {
    const { values } = parseOptions(args, MACHINE_OPTIONS)
    return atMachine(values, terminal, async (at) => {
      await new Promise((resolve) => setTimeout(resolve, REPORT_MS))
      const machine = await machineNow(at)
      const settings = machine.grbl ? await at.studio.client.machines.settings({ machineId: machine.id }) : undefined
      return { json: { ok: true, machine, ...(settings && { settings }) }, text: tell(machine, settings) }
    })
  },
}

function tell({ name, state, firmware, baudRate, positionMm, grbl, reason }: MachineStatus, settings: Readonly<Record<string, string>> | undefined): string {
  const place = positionMm === undefined ? [] : [`  X ${positionMm.x.toFixed(3)}  Y ${positionMm.y.toFixed(3)}  Z ${positionMm.z.toFixed(3)}`]
  return [
    `${name}: ${grbl?.state ?? state}, ${firmware?.name ?? '?'}${firmware?.machineType === undefined ? '' : ` (${firmware.machineType})`}, ${baudRate ?? '?'} baud`,
    ...place, ...(reason === undefined ? [] : [`  ${reason.message}`]),
    ...Object.keys(settings ?? {}).map((id) => `  $${id}=${settings?.[id]}`),
  ].join('\n')
}
