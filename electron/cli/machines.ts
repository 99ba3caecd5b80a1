import type { MachineStatus } from '../../shared/contract/machines'
import { StudioError } from '../../shared/units/studio-error'
import { GRBL_MACHINES } from '../../shared/machine/builtin-grbl-machines'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { listPorts } from '../devices/list-ports'
import { parseOptions } from './parse-options'
import type { Command, Terminal } from './terminal'
import { openTerminalStudio } from './terminal-studio'

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
    const machines = await remembered(terminal)
    const profiles = [...BUILTIN_MACHINES, ...GRBL_MACHINES].map(({ id, vendor, name, firmware }) => ({ id, name: `${vendor} ${name}`, firmware }))
    const isKorean = terminal.language === 'ko'
    const lines = [
      isKorean ? '포트:' : 'Ports:',
      ...(ports.length > 0 ? ports.map(({ path, label }) => `  ${path}  ${label}`) : [isKorean ? '  없음 (가상 프린터는 언제나 있습니다)' : '  none (the virtual printer is always there)']),
      isKorean ? '장비:' : 'Machines:',
      ...(machines?.map(({ name, port, profileId, state }) => `  ${name}  ${port}  ${profileId}${state === undefined ? '' : `  ${state}`}`) ?? [isKorean ? '  다른 프로그램이 라이브러리를 쓰고 있어 지금은 알 수 없습니다.' : '  Another program has the library open; they can\'t be told now.']),
      isKorean ? '프로필:' : 'Profiles:',
      ...profiles.map(({ id, name, firmware }) => `  ${id.padEnd(28)}${name}  (${firmware})`),
    ]
    return { json: { ok: true, ports, machines: machines ?? null, profiles }, text: lines.join('\n') }
  },
}

type Told = Pick<MachineStatus, 'id' | 'name' | 'port' | 'profileId'> & { readonly state?: MachineStatus['state'] }

/** The remembered machines, of a running studio with their states; undefined while a program has the library that can't be asked. */
async function remembered(terminal: Terminal): Promise<readonly Told[] | undefined> {
  try {
    const studio = await openTerminalStudio(terminal, { needsOwn: true })
    try {
      const machines = await studio.client.machines.list()
      return machines.map(({ id, name, port, profileId, state }) => ({ id, name, port, profileId, ...(studio.isElsewhere && { state }) }))
    } finally {
      await studio.close()
    }
  } catch (error) {
    if (error instanceof StudioError && error.code === 'store/in-use') return undefined
    throw error
  }
}
