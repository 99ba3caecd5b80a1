import type { MachineStatus } from '../../shared/contract/machines'
import { GRBL_MACHINES } from '../../shared/machine/builtin-grbl-machines'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { numberOption } from './parse-options'
import { UsageError, type Terminal } from './terminal'
import { openTerminalStudio, type TerminalStudio } from './terminal-studio'

/** Options by which a command names its machine. */
export const MACHINE_OPTIONS = {
  machine: { type: 'string' },
  port: { type: 'string' },
  baud: { type: 'string' },
  profile: { type: 'string' },
  'time-scale': { type: 'string' },
} as const

export interface MachineValues {
  readonly machine?: string | undefined
  readonly port?: string | undefined
  readonly baud?: string | undefined
  readonly profile?: string | undefined
  readonly 'time-scale'?: string | undefined
}

const VIRTUAL = 'virtual'
const PROFILES = [...BUILTIN_MACHINES, ...GRBL_MACHINES]
/** Of a machine, in the contract. */
const LONGEST_NAME = 80

/** The part of a help text that tells these options. */
export const MACHINE_HELP = {
  en: `  --machine NAME     a remembered machine, "virtual" (the default) or "virtual-laser"
  --port PATH        a serial port, e.g. /dev/ttyUSB0 or COM3
  --profile ID       kind of machine at --port, e.g. generic-marlin (the default),
                     generic-grbl-laser, generic-grbl-mill; "gongbang machines" lists them
  --baud N           baud rate; found out unless given
  --time-scale N     virtual machines only: 1 (real speed) to 10000
  --json             one JSON object`,
  ko: `  --machine 이름     등록한 장비, "virtual"(기본값) 또는 "virtual-laser"
  --port 경로        시리얼 포트, 예: /dev/ttyUSB0, COM3
  --profile ID       --port 장비의 종류, 예: generic-marlin(기본값), generic-grbl-laser,
                     generic-grbl-mill; 목록은 "gongbang machines"
  --baud N           통신 속도; 지정하지 않으면 자동으로 찾음
  --time-scale N     가상 장비 전용: 1(실제 속도)~10000
  --json             JSON 객체 하나`,
} as const

/** A machine that a command works with, connected. */
export interface AtMachine {
  readonly studio: TerminalStudio
  readonly machine: MachineStatus
}

/**
 * Connects the machine that the options name, works with it, and leaves it as it was: one that the command made is disconnected and
 * forgotten, one that was connected stays it.
 * @throws UsageError, StudioError of connecting
 */
export async function atMachine<T>(values: MachineValues, terminal: Terminal, work: (at: AtMachine) => Promise<T>): Promise<T> {
  if (values.machine !== undefined && values.port !== undefined) throw new UsageError('Give --machine or --port, not both.')
  if (values.profile !== undefined && !PROFILES.some(({ id }) => id === values.profile)) throw new UsageError(`There is no machine profile “${values.profile}”. Profiles: ${PROFILES.map(({ id }) => id).join(', ')}`)
  const timeScale = numberOption('time-scale', values['time-scale'], [1, 10_000])
  const baudRate = numberOption('baud', values.baud, [1200, 3_000_000])
  const name = values.machine ?? VIRTUAL
  const isOwn = values.port === undefined && name !== VIRTUAL && name !== 'virtual-laser'
  const studio = await openTerminalStudio(terminal, { needsOwn: isOwn })
  const { machines } = studio.client
  try {
    const isPassing = values.port !== undefined
    const before = isPassing ? await machines.add({ name: (values.port as string).slice(-LONGEST_NAME), port: values.port as string, profileId: values.profile ?? 'generic-marlin', baudRate, isPassing: true }) : find(await machines.list(), name)
    const machineId = before.id
    if (timeScale !== undefined) await machines.virtual.configure({ machineId, timeScale })
    const wasOpen = before.state !== 'disconnected'
    try {
      const machine = await machines.connect({ machineId })
      return await work({ studio, machine })
    } finally {
      if (!wasOpen) await machines.disconnect({ machineId }).catch(() => undefined)
      if (isPassing) await machines.remove({ machineId }).catch(() => undefined)
    }
  } finally {
    await studio.close()
  }
}

function find(all: readonly MachineStatus[], name: string): MachineStatus {
  const found = all.find((machine) => machine.id === name) ?? all.find((machine) => machine.name.toLowerCase() === name.toLowerCase())
  if (!found) throw new UsageError(`There is no machine “${name}”. Remembered: ${all.map((machine) => `“${machine.name}”`).join(', ')}. Or give --port.`)
  return found
}

/** The machine as it is now. */
export async function machineNow({ studio, machine }: AtMachine): Promise<MachineStatus> {
  return (await studio.client.machines.list()).find(({ id }) => id === machine.id) ?? machine
}
