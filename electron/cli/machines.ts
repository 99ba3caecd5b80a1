import { StudioError } from '../../shared/units/studio-error'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { createMachinesService } from '../services/machines/machines-service'
import { openStore } from '../store/open-store'
import { listPorts } from '../devices/list-ports'
import { dataFolder } from './data-folder'
import { parseOptions } from './parse-options'
import type { Command, Terminal } from './terminal'

export const machinesCommand: Command = {
  help: {
    en: `Usage: gongbang machines [--json]

Lists serial ports, remembered machines, and the machine profiles that are built in.
Nothing is opened: a board may reset when its port is opened.`,
    ko: `사용법: gongbang machines [--json]

시리얼 포트, 등록한 장비, 내장 장비 프로필을 보여 줍니다. 포트를 열면 장비가 초기화될 수
있으므로 아무 포트도 열지 않습니다.`,
  },
  async run(args, terminal) {
    parseOptions(args, {})
    const ports = await listPorts()
    const { machines, isElsewhere } = remembered(terminal)
    const profiles = BUILTIN_MACHINES.map(({ id, vendor, name, firmware }) => ({ id, name: `${vendor} ${name}`, firmware }))
    const isKorean = terminal.language === 'ko'
    const lines = [
      isKorean ? '포트:' : 'Ports:',
      ...(ports.length > 0 ? ports.map(({ path, label }) => `  ${path}  ${label}`) : [isKorean ? '  없음 (가상 프린터는 언제나 있습니다)' : '  none (the virtual printer is always there)']),
      isKorean ? '장비:' : 'Machines:',
      ...(isElsewhere ? [isKorean ? '  실행 중인 스튜디오가 관리하고 있습니다.' : '  A running studio has them; look there.'] : machines.map(({ name, port, profileId }) => `  ${name}  ${port}  ${profileId}`)),
      isKorean ? '프로필:' : 'Profiles:',
      ...profiles.map(({ id, name, firmware }) => `  ${id.padEnd(28)}${name}  (${firmware})`),
    ]
    return { json: { ok: true, ports, machines: isElsewhere ? null : machines, profiles }, text: lines.join('\n') }
  },
}

/** The machines of the user's data folder; none are told while another studio has it open. */
function remembered(terminal: Terminal): { machines: { id: string; name: string; port: string; profileId: string }[]; isElsewhere: boolean } {
  try {
    const store = openStore(dataFolder(terminal.env))
    try {
      const machines = createMachinesService({ records: store.records, now: Date.now }).list()
      return { machines: machines.map(({ id, name, port, profileId }) => ({ id, name, port, profileId })), isElsewhere: false }
    } finally {
      store.close()
    }
  } catch (error) {
    if (error instanceof StudioError && error.code === 'store/in-use') return { machines: [], isElsewhere: true }
    throw error
  }
}
