import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StudioError } from '../../shared/units/studio-error'
import { TOKEN_FRAGMENT } from '../../shared/contract/socket'
import type { HostServer, HostServerParts } from '../transport/host-server'
import { dataFolder } from './data-folder'
import { numberOption, parseOptions } from './parse-options'
import { studioVersion } from './studio-version'
import type { Command, Terminal } from './terminal'

/** The window's storage belongs to its origin, port included: so the port is always the same. */
const PORT = 7483
/** How many ports further on are tried when another program has it. */
const SPARE_PORTS = 10

export const serveCommand: Command = {
  help: {
    en: `Usage: gongbang serve [--port N]

Serves the studio to the browsers of this computer until Ctrl-C, and prints the
address to open. The address holds a key: give it to nobody.

  --port N   default ${PORT}, or GONGBANG_PORT. The library's folder is GONGBANG_DATA.`,
    ko: `사용법: gongbang serve [--port N]

Ctrl-C를 누를 때까지 이 컴퓨터의 브라우저에서 스튜디오를 쓸 수 있게 하고, 열 주소를
출력합니다. 주소에 열쇠가 들어 있으니 다른 사람에게 알려 주지 마세요.

  --port N   기본값 ${PORT} 또는 GONGBANG_PORT. 라이브러리 폴더는 GONGBANG_DATA.`,
  },
  async run(args, terminal) {
    const { values } = parseOptions(args, { port: { type: 'string' }, 'no-open': { type: 'boolean' } })
    const asked = numberOption('port', values.port ?? terminal.env['GONGBANG_PORT'], [1, 65_535])
    const { createStudio } = await import('../services/studio')
    const { startHostServer } = await import('../transport/host-server')
    const { readOrMakeToken } = await import('../transport/access-token')
    const dataDir = dataFolder(terminal.env)
    const now = () => Date.now()
    const onBug = (place: string, error: unknown) => terminal.tell(`gongbang: ${place}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    const studio = await createStudio({ dataDir, door: 'host', version: studioVersion(), now, onBug })
    try {
      const token = readOrMakeToken(join(dataDir, 'secrets/host-token'))
      const clientDir = join(dirname(fileURLToPath(import.meta.url)), '../client')
      const server = await listenSomewhere(startHostServer, { router: studio.router, blobs: studio.blobs, clientDir, token, now, onBug }, { asked, terminal })
      const url = `${server.origin}/#${TOKEN_FRAGMENT}=${token}`
      terminal.write(terminal.language === 'ko' ? `공방 스튜디오: ${url}\n` : `Gongbang Studio: ${url}\n`)
      await untilInterrupted(terminal)
      await server.close()
      return { json: { ok: true, url: server.origin }, text: '' }
    } finally {
      await studio.dispose()
    }
  },
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

function untilInterrupted({ signal }: Terminal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
