import { open } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Job } from '../../shared/contract/jobs'
import type { MachineStatus, VirtualAccount } from '../../shared/contract/machines'
import { parseGcode } from '../../shared/gcode/parse-gcode'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { formatDuration, formatVolume } from '../../shared/units/format'
import { StudioError } from '../../shared/units/studio-error'
import { numberOption, parseOptions } from './parse-options'
import { compareWithFile, type Agreement } from './print-agreement'
import { PRINT_HELP } from './print-help'
import { fail, UsageError, type Command, type CommandResult, type Terminal } from './terminal'
import { openTerminalStudio, type TerminalStudio } from './terminal-studio'

const OPTIONS = {
  machine: { type: 'string' },
  port: { type: 'string' },
  baud: { type: 'string' },
  profile: { type: 'string' },
  'time-scale': { type: 'string' },
  continue: { type: 'boolean' },
} as const
const VIRTUAL = 'virtual'
/** Longer files are sent as they are read, and not compared with the machine's account. */
const LONG_BYTES = 64 * 1024 ** 2
const HEAD_BYTES = 1024 ** 2
/** Of a machine, in the contract; the end of a path says more than its beginning. */
const LONGEST_NAME = 80
/** After Ctrl-C the machine is given this long to finish what is under way. */
const CANCEL_MS = 120_000

export const printCommand: Command = {
  help: PRINT_HELP,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, OPTIONS)
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new UsageError(terminal.language === 'ko' ? '출력할 G-code 파일 하나를 지정하세요.' : 'Name one G-code file to print.')
    if (values.machine !== undefined && values.port !== undefined) throw new UsageError('Give --machine or --port, not both.')
    const path = resolve(terminal.cwd, file)
    const bytes = await beginningOf(path).catch(() => fail('cli/unreadable', `The file ${path} can't be read.`, { path }))
    const name = values.machine ?? VIRTUAL
    const isNamed = values.port === undefined && name.toLowerCase() !== VIRTUAL
    const timeScale = numberOption('time-scale', values['time-scale'], [1, 10_000])
    if (timeScale !== undefined && (isNamed || values.port !== undefined)) throw new UsageError('--time-scale is for the virtual printer only.')
    const studio = await openTerminalStudio(terminal, { needsOwn: isNamed })
    const print: Print = { studio, terminal, path, ...bytes, file: basename(path), isContinuing: values.continue === true }
    try {
      const machine = isNamed ? await remembered(studio, name) : undefined
      if (machine !== undefined) return await printOn(machine, print)
      const passing = await passingMachine(print, { port: values.port, profile: values.profile, baud: numberOption('baud', values.baud, [1200, 3_000_000]) })
      if (timeScale !== undefined) await studio.client.machines.virtual.configure({ machineId: passing.machine.id, timeScale })
      try {
        return await printOn(passing.machine, print)
      } finally {
        // A job that could not be ended goes on there, and so does its machine.
        if (passing.isOurs) await studio.client.machines.remove({ machineId: passing.machine.id }).catch(() => undefined)
      }
    } finally {
      await studio.close()
    }
  },
}

interface Print {
  readonly studio: TerminalStudio
  readonly terminal: Terminal
  readonly path: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The bytes are the beginning of a file that is too long to be held. */
  readonly isLong: boolean
  readonly file: string
  readonly isContinuing: boolean
}

/** A file's bytes; of a long one those that say what it was made for. */
async function beginningOf(path: string): Promise<Pick<Print, 'bytes' | 'isLong'>> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const isLong = size > LONG_BYTES
    const bytes = new Uint8Array(isLong ? HEAD_BYTES : size)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
    return { isLong, bytes: bytes.subarray(0, bytesRead) }
  } finally {
    await file.close()
  }
}

async function remembered({ client }: TerminalStudio, name: string): Promise<MachineStatus> {
  const all = await client.machines.list()
  const found = all.find((machine) => machine.id === name) ?? all.find((machine) => machine.name.toLowerCase() === name.toLowerCase())
  if (!found) throw new UsageError(`There is no machine “${name}”. Remembered: ${all.map((machine) => `“${machine.name}”`).join(', ')}. Or give --port.`)
  return found
}

interface Place {
  readonly port: string | undefined
  readonly profile: string | undefined
  readonly baud: number | undefined
}

/** A machine for this print only: at a port, or a virtual printer of the kind that the file was made for. A machine that a running studio has at that port is taken as it is. */
async function passingMachine({ studio, bytes }: Print, { port, profile, baud }: Place): Promise<{ machine: MachineStatus; isOurs: boolean }> {
  if (profile !== undefined && !BUILTIN_MACHINES.some(({ id }) => id === profile)) throw new UsageError(`There is no machine profile “${profile}”. Profiles: ${BUILTIN_MACHINES.map(({ id }) => id).join(', ')}`)
  const known = studio.isElsewhere && profile === undefined && baud === undefined ? (await studio.client.machines.list()).find((machine) => machine.port === port) : undefined
  if (known !== undefined) return { machine: known, isOurs: false }
  const parsed = profile === undefined ? parseGcode(bytes) : undefined
  const made = parsed?.ok === true ? String(parsed.value.metadata.settings['machine'] ?? '') : ''
  const profileId = profile ?? BUILTIN_MACHINES.find(({ id }) => id === made)?.id ?? (port === undefined ? 'virtual-printer' : 'generic-marlin')
  const machine = await studio.client.machines.add({ name: (port ?? 'Virtual printer').slice(-LONGEST_NAME), port: port ?? VIRTUAL, profileId, baudRate: baud, isPassing: true })
  return { machine, isOurs: true }
}

async function printOn(machine: MachineStatus, print: Print): Promise<CommandResult> {
  const { studio, terminal } = print
  const { machines, jobs } = studio.client
  const machineId = machine.id
  const startMs = performance.now()
  const gcodeSha256 = await studio.putFile(print.path)
  await machines.connect({ machineId })
  const { id: jobId } = await jobs.create({ name: print.file, machineId, gcodeSha256, sources: [], start: true })
  const job = await untilEnd(jobId, machineId, print)
  const elapsedS = (performance.now() - startMs) / 1000
  const account = machine.kind === 'virtual' ? await machines.virtual.account({ machineId }) : undefined
  const diameterMm = Number(BUILTIN_MACHINES.find(({ id }) => id === machine.profileId)?.settings.filamentDiameterMm ?? 1.75)
  const agreement = account && job.state === 'done' && !print.isLong ? compareWithFile(print.bytes, account, diameterMm) : undefined
  return summarise({ job, account, agreement, elapsedS }, print.file, terminal)
}

/** Follows the job to its end; Ctrl-C cancels it. @throws CommandFailure 'cli/line-lost' when the studio of another process ends */
async function untilEnd(jobId: string, machineId: string, print: Print): Promise<Job> {
  const { studio, terminal } = print
  const over = new AbortController()
  const cancel = () => {
    terminal.endProgress()
    terminal.tell(terminal.language === 'ko' ? '취소하는 중입니다. 장비가 하던 동작을 마칩니다…' : 'Cancelling: the machine finishes what it is at …')
    // It may have ended by itself in the meantime.
    studio.client.jobs.cancel({ jobId }).catch(() => undefined)
    setTimeout(() => over.abort(), CANCEL_MS).unref()
  }
  if (terminal.signal.aborted) cancel()
  terminal.signal.addEventListener('abort', cancel, { once: true })
  try {
    await follow(jobId, machineId, print, over.signal)
    const job = (await studio.client.jobs.list({ limit: 1000 })).find(({ id }) => id === jobId)
    if (!job) throw new StudioError('job/not-found', 'The job was removed in the studio while it was followed here.', { jobId })
    return job
  } catch (error) {
    if (!studio.lost.aborted) throw error
    fail('cli/line-lost', 'The studio that has the machine has ended. Look at the machine: its heaters may still be on. The studio shows the job with its last line when it runs again.')
  } finally {
    terminal.signal.removeEventListener('abort', cancel)
  }
}

/** Tells of the job's progress and of the machine's questions until it is over. */
async function follow(jobId: string, machineId: string, { studio, terminal, isContinuing }: Print, signal: AbortSignal): Promise<void> {
  const { jobs, machines } = studio.client
  let asked: string | undefined
  let held: string | undefined
  for await (const list of await jobs.watch(undefined, { signal })) {
    const job = list.find(({ id }) => id === jobId)
    if (!job || (job.state !== 'running' && job.state !== 'held')) return
    const machine = (await machines.list()).find(({ id }) => id === machineId)
    terminal.progress(spell(job, machine, terminal))
    const question = machine?.prompt?.text
    if (question !== undefined && question !== asked) {
      terminal.tell(question)
      if (isContinuing) await machines.answer({ machineId, button: Math.max(0, (machine?.prompt?.buttons ?? []).indexOf('Continue')) })
    }
    asked = question
    const why = job.state === 'held' ? job.reason : undefined
    if (why && why.code !== held) terminal.tell(`${why.message} ${howToGoOn(terminal, studio.isElsewhere)}`)
    held = why?.code
  }
}

function howToGoOn({ language }: Terminal, isElsewhere: boolean): string {
  if (isElsewhere) return language === 'ko' ? '작업이 보류되었습니다. 스튜디오에서 다시 시작하거나 Ctrl-C로 취소하세요.' : 'The job is held; resume it in the studio, or cancel it with Ctrl-C.'
  return language === 'ko' ? '작업이 보류되었습니다. Ctrl-C로 취소하세요.' : 'The job is held; cancel it with Ctrl-C.'
}

function spell(job: Job, machine: MachineStatus | undefined, { language }: Terminal): string {
  const heat = machine?.hotends[0] ? `  ${Math.round(machine.hotends[0].currentC)}/${Math.round(machine.hotends[0].targetC)} °C` : ''
  const left = job.remainingS === undefined ? '' : `  ${formatDuration(job.remainingS, language)}`
  return `${(job.progress * 100).toFixed(1)} %  ${job.linesAcknowledged}/${job.lineCount}${left}${heat}${machine?.busy === undefined ? '' : `  ${machine.busy}`}`
}

interface Outcome {
  readonly job: Job
  readonly account: VirtualAccount | undefined
  readonly agreement: Agreement | undefined
  readonly elapsedS: number
}

function summarise({ job, account, agreement, elapsedS }: Outcome, file: string, { language, signal }: Terminal): CommandResult {
  const isDone = job.state === 'done' && agreement?.agrees !== false
  const json = {
    ok: isDone, state: job.state, file, jobId: job.id, machine: job.machineName, lines: job.lineCount, linesAcknowledged: job.linesAcknowledged, resends: job.resends, layers: job.layerCount,
    estimateS: Math.round(job.estimateS ?? 0), elapsedS: Number(elapsedS.toFixed(2)),
    ...(job.reason && { reason: job.reason }), ...(job.lastHeat && { lastHeat: job.lastHeat }), ...(account && { account }), ...(agreement && { agreement, agrees: agreement.agrees }),
  }
  return { json, text: tell(job, agreement, elapsedS, language), exitCode: isDone ? 0 : signal.aborted ? 130 : 1 }
}

function tell(job: Job, agreement: Agreement | undefined, elapsedS: number, language: 'en' | 'ko'): string {
  const isKorean = language === 'ko'
  const time = formatDuration(elapsedS, language)
  if (job.state === 'done') {
    const made = agreement === undefined ? '' : ` ${formatVolume(agreement.depositedCm3.machine)}.`
    if (agreement?.agrees === false) return isKorean ? `${job.name}: 출력은 끝났지만 장비의 기록이 파일과 다릅니다.${made}` : `${job.name}: printed, but the machine's account differs from the file.${made}`
    return isKorean ? `${job.name}: 출력 완료, ${time}, 재전송 ${job.resends}회.${made}` : `${job.name}: printed in ${time}, ${job.resends} resends.${made}`
  }
  if (job.state === 'cancelled') return isKorean ? `${job.name}: 취소됨 (${job.linesAcknowledged}번째 줄).` : `${job.name}: cancelled at line ${job.linesAcknowledged}.`
  return isKorean ? `${job.name}: ${job.linesAcknowledged}번째 줄에서 실패. ${job.reason?.message ?? ''}` : `${job.name}: failed at line ${job.linesAcknowledged}. ${job.reason?.message ?? ''}`
}
