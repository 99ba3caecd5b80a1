import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Job } from '../../shared/contract/jobs'
import { atMachine, MACHINE_HELP, MACHINE_OPTIONS, type AtMachine } from './at-machine'
import { numberOption, parseOptions } from './parse-options'
import { fail, UsageError, type Command, type CommandResult, type Terminal } from './terminal'

const OPTIONS = { ...MACHINE_OPTIONS, check: { type: 'boolean' }, 'check-only': { type: 'boolean' }, 'from-line': { type: 'string' }, 'safe-z': { type: 'string' }, home: { type: 'boolean' } } as const
const HOME_MS = 300_000

export const streamCommand: Command = {
  help: {
    en: `Usage: gongbang stream FILE [options]

Sends a G-code file to a machine of any family (3D printer, laser, mill) and waits for
its end. The whole file is checked first: lines that the firmware doesn't know and moves
that would leave the machine are refused before the first byte. Ctrl-C stops cleanly.

  --home             home the machine first (lasers and mills)
  --check            lasers and mills: all lines in the firmware's check mode first
  --check-only       only that
  --from-line N      lasers and mills: begin at a line of the file
  --safe-z MM        height at which a mill crosses then (5)
${MACHINE_HELP.en}

Exit code 0: done. 1: refused, failed or held. 130: cancelled.`,
    ko: `사용법: gongbang stream 파일 [옵션]

G-code 파일을 장비(3D 프린터, 레이저, CNC)에 보내고 끝날 때까지 기다립니다. 보내기 전에
파일 전체를 검사해, 펌웨어가 모르는 줄이나 기계를 벗어나는 이동을 거절합니다. Ctrl-C를
누르면 안전하게 멈춥니다.

  --home             먼저 홈을 잡음(레이저, CNC)
  --check            레이저, CNC: 먼저 펌웨어의 검사 모드로 모든 줄을 검사
  --check-only       검사만
  --from-line N      레이저, CNC: 파일의 N번째 줄부터 시작
  --safe-z MM        그때 CNC가 옆으로 움직이는 높이(5)
${MACHINE_HELP.ko}

종료 코드 0: 완료. 1: 거절, 실패 또는 멈춤. 130: 취소됨.`,
  },
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, OPTIONS)
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new UsageError(terminal.language === 'ko' ? '보낼 G-code 파일 하나를 지정하세요.' : 'Name one G-code file to send.')
    const path = resolve(terminal.cwd, file)
    if (!(await stat(path).then((found) => found.isFile(), () => false))) fail('cli/unreadable', `The file ${path} can't be read.`, { path })
    const fromLine = numberOption('from-line', values['from-line'], [1, 1e9])
    const safeZMm = numberOption('safe-z', values['safe-z'], [0, 500])
    const check = values['check-only'] === true ? 'only' : values.check === true ? 'first' : undefined
    return atMachine(values, terminal, async (at) => {
      if (values.home === true) await home(at)
      const { studio, machine } = at
      const gcodeSha256 = await studio.putFile(path)
      const { id } = await studio.client.jobs.create({
        name: basename(path), machineId: machine.id, gcodeSha256, sources: [], start: true,
        ...(check && { check }), ...(fromLine !== undefined && { fromLine: Math.round(fromLine) }), ...(safeZMm !== undefined && { safeZMm }),
      })
      return summarise(await untilEnd(at, id, terminal), at, terminal)
    })
  },
}

/** Homes and waits for it. @throws CommandFailure 'cli/not-homed' */
async function home({ studio, machine }: AtMachine): Promise<void> {
  const { machines } = studio.client
  await machines.command({ machineId: machine.id, command: { kind: 'home', axes: [] } })
  const over = new AbortController()
  const limit = setTimeout(() => over.abort(), HOME_MS)
  try {
    for await (const all of await machines.watch(undefined, { signal: over.signal })) {
      const now = all.find(({ id }) => id === machine.id)
      if (now?.isHomed === true && now.state === 'ready' && (now.grbl === undefined || now.grbl.state === 'Idle')) return
    }
  } catch (error) {
    if (!over.signal.aborted) throw error
  } finally {
    clearTimeout(limit)
    over.abort()
  }
  fail('cli/not-homed', `${machine.name} didn't come to its home.`)
}

/** Follows the job; Ctrl-C cancels it, and so does a hold that nobody here can end. */
async function untilEnd({ studio, machine }: AtMachine, jobId: string, terminal: Terminal): Promise<Job> {
  const { jobs } = studio.client
  const over = new AbortController()
  const cancel = () => void jobs.cancel({ jobId }).catch(() => undefined)
  if (terminal.signal.aborted) cancel()
  terminal.signal.addEventListener('abort', cancel, { once: true })
  let held: Job['reason']
  try {
    for await (const list of await jobs.watch(undefined, { signal: over.signal })) {
      const job = list.find(({ id }) => id === jobId)
      if (!job) fail('job/not-found', 'The job was removed while it was followed here.')
      terminal.progress(`${machine.name}  ${(job.progress * 100).toFixed(1)} %  ${job.linesAcknowledged}/${job.lineCount}`)
      if (job.state === 'held' && job.reason && !held) {
        held = job.reason
        terminal.tell(`${job.reason.message} ${terminal.language === 'ko' ? '작업을 취소합니다.' : 'The job is cancelled.'}`)
        cancel()
      }
      if (job.state !== 'running' && job.state !== 'held') return held && job.state === 'cancelled' ? { ...job, reason: held } : job
    }
    return fail('cli/line-lost', 'The studio that has the machine has ended. Look at the machine.')
  } finally {
    over.abort()
    terminal.signal.removeEventListener('abort', cancel)
  }
}

async function summarise(job: Job, { studio, machine }: AtMachine, { language, signal }: Terminal): Promise<CommandResult> {
  const account = machine.kind === 'virtual' ? await studio.client.machines.virtual.account({ machineId: machine.id }) : undefined
  const isDone = job.state === 'done'
  const isKorean = language === 'ko'
  const state = isDone ? (isKorean ? '완료' : 'done') : job.state === 'cancelled' ? (isKorean ? '취소됨' : 'cancelled') : isKorean ? '실패' : 'failed'
  return {
    json: { ok: isDone, state: job.state, file: job.name, lines: job.lineCount, linesAcknowledged: job.linesAcknowledged, ...(job.reason && { reason: job.reason }), ...(account && { account }) },
    text: `${job.name}: ${state} (${job.linesAcknowledged}/${job.lineCount}). ${job.reason?.message ?? ''}`.trim(),
    exitCode: isDone ? 0 : signal.aborted ? 130 : 1,
  }
}
