import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StudioError } from '../../shared/units/studio-error'
import { TOKEN_FRAGMENT } from '../../shared/contract/socket'
import type { HostServer, HostServerParts } from '../transport/host-server'
import type { RunningStudio } from '../transport/running-studio'
import { dataFolder } from './data-folder'
import { numberOption, parseOptions } from './parse-options'
import { studioVersion } from './studio-version'
import type { Command, CommandResult, Terminal } from './terminal'

/** The window's storage belongs to its origin, port included: so the port is always the same. */
const PORT = 7483
/** How many ports further on are tried when another program has it. */
const SPARE_PORTS = 10

export const serveCommand: Command = {
  help: {
    en: `Usage: gongbang serve [--port N]

Serves the studio to the browsers of this computer until Ctrl-C, and prints the
address to open. The address holds a key: give it to nobody. When the library's
studio runs already, its address is printed instead.

  --port N   default ${PORT}, or GONGBANG_PORT. The library's folder is GONGBANG_DATA.`,
    ko: `사용법: gongbang serve [--port N]

Ctrl-C를 누를 때까지 이 컴퓨터의 브라우저에서 스튜디오를 쓸 수 있게 하고, 열 주소를
출력합니다. 주소에 열쇠가 들어 있으니 다른 사람에게 알려 주지 마세요. 이 라이브러리의
스튜디오가 이미 실행 중이면 그 주소를 출력합니다.

  --port N   기본값 ${PORT} 또는 GONGBANG_PORT. 라이브러리 폴더는 GONGBANG_DATA.`,
  },
  async run(args, terminal) {
    const { values } = parseOptions(args, { port: { type: 'string' }, 'no-open': { type: 'boolean' } })
    const asked = numberOption('port', values.port ?? terminal.env['GONGBANG_PORT'], [1, 65_535])
    const { createStudio } = await import('../services/studio')
    const { startHostServer } = await import('../transport/host-server')
    const { readOrMakeToken } = await import('../transport/access-token')
    const { announceStudio, tokenFile } = await import('../transport/running-studio')
    const dataDir = dataFolder(terminal.env)
    const onBug = (place: string, error: unknown) => terminal.tell(`gongbang: ${place}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    const show = showAddress(terminal, values.json === true)
    const studio = await createStudio({ dataDir, door: 'host', version: studioVersion(), now: Date.now, onBug }).catch((error: unknown) => (isInUse(error) ? error : Promise.reject(error)))
    if (studio instanceof StudioError) return showRunning(dataDir, studio, { terminal, show })
    try {
      const token = readOrMakeToken(tokenFile(dataDir))
      const clientDir = join(dirname(fileURLToPath(import.meta.url)), '../client')
      const server = await listenSomewhere(startHostServer, { router: studio.router, blobs: studio.blobs, clientDir, token, onBug }, { asked, terminal })
      const takeBack = announceStudio(dataDir, { origin: server.origin, door: 'host' })
      show({ origin: server.origin, token })
      await untilInterrupted(terminal, onBug)
      takeBack()
      await server.close()
      return { json: { ok: true, url: server.origin }, text: '' }
    } finally {
      await studio.dispose()
    }
  },
}

type Address = Pick<RunningStudio, 'origin' | 'token'>

/** Prints the address with its key; with `--json` on standard error, since the one object of standard output comes at the end. */
function showAddress(terminal: Terminal, isJson: boolean): (address: Address) => void {
  return ({ origin, token }) => {
    const line = `${terminal.language === 'ko' ? '공방 스튜디오' : 'Gongbang Studio'}: ${origin}/#${TOKEN_FRAGMENT}=${token}`
    if (isJson) terminal.tell(line)
    else terminal.write(`${line}\n`)
  }
}

function isInUse(error: unknown): error is StudioError {
  return error instanceof StudioError && error.code === 'store/in-use'
}

/** A studio that was started a moment ago listens soon. */
const TRIES = 20
const TRY_AGAIN_MS = 250

/** The library is open already: shows the address of the studio that serves it. @throws the refusal when no browser can use that one */
async function showRunning(dataDir: string, refusal: StudioError, { terminal, show }: { terminal: Terminal; show: (address: Address) => void }): Promise<CommandResult> {
  const { findRunningStudio } = await import('../transport/running-studio')
  for (let tries = 0; tries < TRIES && !terminal.signal.aborted; tries++) {
    const running = await findRunningStudio(dataDir)
    if (running?.door === 'electron') break
    if (running !== undefined) {
      terminal.tell(terminal.language === 'ko' ? '이 라이브러리의 스튜디오가 이미 실행 중입니다. 그 주소를 엽니다.' : "This library's studio runs already; this is its address.")
      show(running)
      return { json: { ok: true, url: running.origin, isRunningAlready: true }, text: '' }
    }
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS))
  }
  throw refusal
}

interface Listening {
  readonly asked: number | undefined
  readonly terminal: Terminal
}

/** Listens on the asked port, or on the studio's own, or on the next free one after it. */
async function listenSomewhere(start: (port: number, parts: HostServerParts) => Promise<HostServer>, parts: HostServerParts, { asked, terminal }: Listening): Promise<HostServer> {
  const ports = asked === undefined ? Array.from({ length: SPARE_PORTS }, (_, i) => PORT + i) : [asked]
  for (const port of ports) {
    try {
      const server = await start(port, parts)
      if (asked === undefined && port !== PORT) terminal.tell(`Port ${PORT} is taken by another program; this time the studio is on port ${port}.`)
      return server
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
  throw new StudioError('host/port-taken', `Port ${ports.join(', ')} is taken by another program. Name a free one with --port or GONGBANG_PORT.`, { port: ports[0] ?? PORT })
}

/** Waits for Ctrl-C. A promise that nobody waited for is told, and no reason to leave a machine alone in the middle of a job. */
async function untilInterrupted({ signal }: Terminal, onBug: (place: string, error: unknown) => void): Promise<void> {
  const tell = (error: unknown) => onBug('unheard', error)
  process.on('unhandledRejection', tell)
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  process.off('unhandledRejection', tell)
}
