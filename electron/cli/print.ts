import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Job } from '../../shared/contract/jobs'
import type { MachineStatus, VirtualAccount } from '../../shared/contract/machines'
import { parseGcode } from '../../shared/gcode/parse-gcode'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'
import { formatDuration, formatVolume } from '../../shared/units/format'
import { createJobsService, type JobsService } from '../services/jobs/jobs-service'
import { createMachinesService, type MachinesService } from '../services/machines/machines-service'
import { createProfileFinder } from '../services/machines/stored-profiles'
import { createBlobStore } from '../store/blob-store'
import { openStudioData } from './open-studio-data'
import { numberOption, parseOptions } from './parse-options'
import { compareWithFile, type Agreement } from './print-agreement'
import { PRINT_HELP } from './print-help'
import { fail, UsageError, type Command, type CommandResult, type Terminal } from './terminal'

const OPTIONS = {
  machine: { type: 'string' },
  port: { type: 'string' },
  baud: { type: 'string' },
  profile: { type: 'string' },
  'time-scale': { type: 'string' },
  continue: { type: 'boolean' },
} as const
const VIRTUAL = 'virtual'
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
    const bytes = new Uint8Array(await readFile(path).catch(() => fail('cli/unreadable', `The file ${path} can't be read.`, { path })))
    const name = values.machine ?? VIRTUAL
    const isNamed = values.port === undefined && name.toLowerCase() !== VIRTUAL
    const timeScale = numberOption('time-scale', values['time-scale'], [1, 10_000])
    if (timeScale !== undefined && (isNamed || values.port !== undefined)) throw new UsageError('--time-scale is for the virtual printer only.')
    const data = openStudioData(terminal, { needsOwn: isNamed })
    const { store } = data
    const blobs = createBlobStore(join(store.dataDir, 'blobs'))
    const machines = createMachinesService({ records: store.records, now: Date.now, findProfile: createProfileFinder(store.log) })
    const jobs = createJobsService({ machines, records: store.records, blobs, dataDir: store.dataDir, now: Date.now })
    const print: Print = { machines, jobs, terminal, bytes, file: basename(path), isContinuing: values.continue === true }
    try {
      const machine = isNamed ? remembered(machines, name) : passing(machines, bytes, { port: values.port, profile: values.profile, baud: numberOption('baud', values.baud, [1200, 3_000_000]) })
      if (timeScale !== undefined) machines.virtual.configure({ machineId: machine.id, timeScale })
      try {
        return await printOn(machine, print, await blobs.putBytes(bytes))
      } finally {
        await jobs.dispose()
        if (!isNamed) await machines.remove({ machineId: machine.id })
      }
    } finally {
      await machines.dispose()
      data.close()
    }
  },
}

interface Print {
  readonly machines: MachinesService
  readonly jobs: JobsService
  readonly terminal: Terminal
  readonly bytes: Uint8Array
  readonly file: string
  readonly isContinuing: boolean
}

function remembered(machines: MachinesService, name: string): MachineStatus {
  const all = machines.list()
  const found = all.find((machine) => machine.id === name) ?? all.find((machine) => machine.name.toLowerCase() === name.toLowerCase())
  if (!found) throw new UsageError(`There is no machine “${name}”. Remembered: ${all.map((machine) => `“${machine.name}”`).join(', ')}. Or give --port.`)
  return found
}

/** A machine for this print only: at a port, or a virtual printer of the kind that the file was made for. */
function passing(machines: MachinesService, bytes: Uint8Array, { port, profile, baud }: { port: string | undefined; profile: string | undefined; baud: number | undefined }): MachineStatus {
  if (profile !== undefined && !BUILTIN_MACHINES.some(({ id }) => id === profile)) throw new UsageError(`There is no machine profile “${profile}”. Profiles: ${BUILTIN_MACHINES.map(({ id }) => id).join(', ')}`)
  const parsed = profile === undefined ? parseGcode(bytes) : undefined
  const made = parsed?.ok === true ? String(parsed.value.metadata.settings['machine'] ?? '') : ''
  const profileId = profile ?? BUILTIN_MACHINES.find(({ id }) => id === made)?.id ?? (port === undefined ? 'virtual-printer' : 'generic-marlin')
  return machines.addForNow({ name: port ?? 'Virtual printer', port: port ?? VIRTUAL, profileId, ...(baud !== undefined && { baudRate: baud }) })
}

async function printOn(machine: MachineStatus, print: Print, gcodeSha256: string): Promise<CommandResult> {
  const { machines, jobs, terminal } = print
  const machineId = machine.id
  const startMs = performance.now()
  await machines.connect({ machineId })
  const { id: jobId } = await jobs.create({ name: print.file, machineId, gcodeSha256, sources: [], start: true })
  const job = await untilEnd(jobId, machineId, print)
  const elapsedS = (performance.now() - startMs) / 1000
  const account = machine.kind === 'virtual' ? machines.virtual.account({ machineId }) : undefined
  const diameterMm = Number(BUILTIN_MACHINES.find(({ id }) => id === machine.profileId)?.settings.filamentDiameterMm ?? 1.75)
  const agreement = account && job.state === 'done' ? compareWithFile(print.bytes, account, diameterMm) : undefined
  return summarise({ job, account, agreement, elapsedS }, print.file, terminal)
}

/** Follows the job to its end; Ctrl-C cancels it. */
async function untilEnd(jobId: string, machineId: string, { machines, jobs, terminal, isContinuing }: Print): Promise<Job> {
  const over = new AbortController()
  const cancel = () => {
    terminal.endProgress()
    terminal.tell(terminal.language === 'ko' ? '취소하는 중입니다. 장비가 하던 동작을 마칩니다…' : 'Cancelling: the machine finishes what it is at …')
    try {
      jobs.cancel({ jobId })
    } catch {
      // It ended by itself in the meantime.
    }
    setTimeout(() => over.abort(), CANCEL_MS).unref()
  }
  if (terminal.signal.aborted) cancel()
  terminal.signal.addEventListener('abort', cancel, { once: true })
  let asked: string | undefined
  let held: string | undefined
  try {
    for await (const list of jobs.watch(over.signal)) {
      const job = list.find(({ id }) => id === jobId)
      if (!job || (job.state !== 'running' && job.state !== 'held')) break
      const machine = machines.list().find(({ id }) => id === machineId)
      terminal.progress(spell(job, machine, terminal))
      const question = machine?.prompt?.text
      if (question !== undefined && question !== asked) {
        terminal.tell(question)
        if (isContinuing) machines.answer({ machineId, button: Math.max(0, (machine?.prompt?.buttons ?? []).indexOf('Continue')) })
      }
      asked = question
      const why = job.state === 'held' ? job.reason : undefined
      // Nobody is there to resume a job of the terminal.
      if (why && why.code !== held) terminal.tell(`${why.message} ${terminal.language === 'ko' ? '작업이 보류되었습니다. Ctrl-C로 취소하세요.' : 'The job is held; cancel it with Ctrl-C.'}`)
      held = why?.code
    }
  } finally {
    terminal.signal.removeEventListener('abort', cancel)
  }
  const job = jobs.list({ limit: 1000 }).find(({ id }) => id === jobId)
  if (!job) throw new Error('The job is kept.')
  return job
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
