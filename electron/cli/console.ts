import { atMachine, MACHINE_HELP, MACHINE_OPTIONS, machineNow, type AtMachine } from './at-machine'
import { parseOptions } from './parse-options'
import { StudioError } from '../../shared/units/studio-error'
import type { Command, Terminal } from './terminal'

const COMMANDS = '/home /unlock /jog-stop /stop /status /quit'

export const consoleCommand: Command = {
  help: {
    en: `Usage: gongbang console [options]

A conversation with a machine: lines that are typed are sent, what it answers is shown.
Lines that begin with a slash are the studio's own:

  /home /unlock      home the machine; free it from an alarm
  /jog-stop          end a jog
  /stop              emergency stop
  /status            state and place
  /quit              end (as the end of the input does)

${MACHINE_HELP.en}`,
    ko: `사용법: gongbang console [옵션]

장비와 대화합니다. 입력한 줄을 보내고 응답을 보여 줍니다. 빗금으로 시작하는 줄은
스튜디오 명령입니다:

  /home /unlock      홈 잡기, 알람 잠금 풀기
  /jog-stop          조그 멈추기
  /stop              비상 정지
  /status            상태와 위치
  /quit              끝내기

${MACHINE_HELP.ko}`,
  },
  async run(args, terminal) {
    const { values } = parseOptions(args, MACHINE_OPTIONS)
    return atMachine(values, terminal, async (at) => {
      const over = new AbortController()
      const showing = show(at, terminal, over.signal)
      terminal.tell(`${at.machine.name}  ${at.machine.firmware?.name ?? ''}  ${COMMANDS}`)
      let lines = 0
      for await (const line of terminal.lines?.() ?? []) {
        const text = line.trim()
        if (text === '/quit' || terminal.signal.aborted) break
        if (text === '') continue
        lines++
        await obey(at, text, terminal)
      }
      // What was asked last is answered within a moment.
      await new Promise((resolve) => setTimeout(resolve, 500))
      over.abort()
      await showing
      return { json: { ok: true, lines }, text: '' }
    })
  },
}

async function obey(at: AtMachine, text: string, terminal: Terminal): Promise<void> {
  const { machines } = at.studio.client
  const machineId = at.machine.id
  try {
    if (text === '/home') await machines.command({ machineId, command: { kind: 'home', axes: [] } })
    else if (text === '/unlock') await machines.command({ machineId, command: { kind: 'unlock' } })
    else if (text === '/jog-stop') await machines.command({ machineId, command: { kind: 'jog-stop' } })
    else if (text === '/stop') terminal.tell(`${(await machines.emergencyStop({ machineId })).toWireMs.toFixed(1)} ms`)
    else if (text === '/status') {
      const { state, grbl, positionMm } = await machineNow(at)
      terminal.tell(`${grbl?.state ?? state}  ${positionMm ? `X ${positionMm.x.toFixed(3)} Y ${positionMm.y.toFixed(3)} Z ${positionMm.z.toFixed(3)}` : ''}`)
    } else if (text.startsWith('/')) terminal.tell(COMMANDS)
    else await machines.command({ machineId, command: { kind: 'gcode', line: text } })
  } catch (error) {
    // A line that isn't sent is no reason to end the conversation.
    terminal.tell(error instanceof StudioError || error instanceof Error ? error.message : String(error))
  }
}

/** Shows what the machine says, from now on. */
async function show({ studio, machine }: AtMachine, terminal: Terminal, signal: AbortSignal): Promise<void> {
  try {
    let isFirst = true
    for await (const entries of await studio.client.machines.terminal({ machineId: machine.id }, { signal })) {
      if (!isFirst) for (const { direction, text } of entries) if (direction !== 'sent') terminal.tell(text.replace(/\r$/, ''))
      isFirst = false
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
