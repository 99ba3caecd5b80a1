import { atMachine, MACHINE_HELP, MACHINE_OPTIONS, type AtMachine } from './at-machine'
import { numberOption, parseOptions } from './parse-options'
import { UsageError, type Command } from './terminal'

const WAIT_S = 30

export const sendCommand: Command = {
  help: {
    en: `Usage: gongbang send LINE [LINE ...] [options]

Sends lines to a machine, one after the other, each when the one before is answered,
and prints the answers. Put a line in quotes: gongbang send "G0 X10" '$$'

  --wait S           longest wait for an answer, seconds (${WAIT_S})
${MACHINE_HELP.en}

Exit code 0: every line was answered with ok. 1: one was refused or not answered.`,
    ko: `사용법: gongbang send 줄 [줄 ...] [옵션]

줄을 하나씩 보내고, 앞줄의 응답이 오면 다음 줄을 보내며 응답을 보여 줍니다. 줄은 따옴표로
묶으세요: gongbang send "G0 X10" '$$'

  --wait S           응답을 기다리는 최대 시간, 초(${WAIT_S})
${MACHINE_HELP.ko}

종료 코드 0: 모든 줄이 ok. 1: 거절되었거나 응답 없음.`,
  },
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, { ...MACHINE_OPTIONS, wait: { type: 'string' } })
    if (positionals.length === 0) throw new UsageError(terminal.language === 'ko' ? '보낼 줄을 하나 이상 지정하세요.' : 'Name at least one line to send.')
    const waitMs = 1000 * (numberOption('wait', values.wait, [0.1, 3600]) ?? WAIT_S)
    return atMachine(values, terminal, async (at) => {
      const answers: Answer[] = []
      for (const line of positionals) {
        const answer = await ask(at, line, waitMs)
        answers.push(answer)
        if (answer.outcome !== 'ok') break
      }
      const isOk = answers.length === positionals.length && answers.every(({ outcome }) => outcome === 'ok')
      return { json: { ok: isOk, answers }, text: answers.flatMap(({ line, received }) => [`> ${line}`, ...received]).join('\n'), exitCode: isOk ? 0 : 1 }
    })
  },
}

interface Answer {
  readonly line: string
  readonly received: readonly string[]
  readonly outcome: 'ok' | 'error' | 'no-answer'
}

/** Sends one line and gathers what comes until its `ok` or `error`. */
async function ask({ studio, machine }: AtMachine, line: string, waitMs: number): Promise<Answer> {
  const { machines } = studio.client
  const machineId = machine.id
  const over = new AbortController()
  const limit = setTimeout(() => over.abort(), waitMs)
  const received: string[] = []
  let outcome: Answer['outcome'] = 'no-answer'
  try {
    const topic = await machines.terminal({ machineId }, { signal: over.signal })
    let isFirst = true
    let hasBeenSent = false
    for await (const entries of topic) {
      if (isFirst) {
        // What was before doesn't count.
        isFirst = false
        await machines.command({ machineId, command: { kind: 'gcode', line } })
        continue
      }
      for (const { direction, text } of entries) {
        // A numbered line of Marlin has its text inside.
        if (direction === 'sent' && compact(text).includes(compact(line))) hasBeenSent = true
        if (direction !== 'received' || !hasBeenSent || outcome !== 'no-answer') continue
        received.push(text.replace(/\r$/, ''))
        if (/^ok\b/.test(text)) outcome = 'ok'
        else if (/^error:|^Error:/.test(text)) outcome = 'error'
      }
      if (outcome !== 'no-answer') break
    }
  } catch (error) {
    if (!over.signal.aborted) throw error
  } finally {
    clearTimeout(limit)
    over.abort()
  }
  return { line, received, outcome }
}

function compact(text: string): string {
  return text.replace(/\s/g, '').toUpperCase()
}
