import { dataFolder } from './data-folder'
import { parseOptions } from './parse-options'
import type { Command } from './terminal'

const MARKS = { ok: '✔', warning: '!', missing: '✘', unknown: '?' } as const

export const doctorCommand: Command = {
  help: {
    en: `Usage: gongbang doctor [--json]

Tells what this computer has and lacks for making things (serial ports and the
right to open them, browser, graphics, disk) and what to do about it.
Exit code 0: nothing needed is missing. 1: something is.`,
    ko: `사용법: gongbang doctor [--json]

시리얼 포트와 사용 권한, 브라우저, 그래픽, 디스크 등 제작에 필요한 것이 이 컴퓨터에
있는지 살펴보고, 없으면 무엇을 하면 되는지 알려 줍니다.
종료 코드 0: 빠진 것이 없음. 1: 빠진 것이 있음.`,
  },
  async run(args, terminal) {
    parseOptions(args, {})
    const { readComputer } = await import('../services/system/read-computer')
    const { diagnoseComputer } = await import('../services/system/diagnose-computer')
    const checks = diagnoseComputer(await readComputer(dataFolder(terminal.env)))
    const lines = checks.flatMap(({ state, message, remedy }) => [`${MARKS[state]} ${message}`, ...(remedy === undefined ? [] : [`  → ${remedy}`])])
    const isMissing = checks.some(({ state }) => state === 'missing')
    return { json: { ok: !isMissing, checks }, text: lines.join('\n'), exitCode: isMissing ? 1 : 0 }
  },
}
