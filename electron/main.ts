import { fileURLToPath } from 'node:url'
import { StudioError } from '../shared/units/studio-error'
import { dataFolder } from './cli/data-folder'
import { studioVersion } from './cli/studio-version'
import { createStudio } from './services/studio'
import { appKeepsAwake } from './shell/app-keeps-awake'
import { distFolder, runDesktop } from './shell/desktop'
import { readOrMakeToken } from './transport/access-token'
import { answerBlob } from './transport/answer-blob'
import { CONTENT_SECURITY_POLICY } from './transport/content-security-policy'
import { startHostServer } from './transport/host-server'
import { announceStudio, findRunningStudio, tokenFile } from './transport/running-studio'
import { createPortServer } from './transport/serve-port'

const onBug = (place: string, error: unknown) => console.error(place, error)
// A promise that nobody waited for is no reason to leave a machine alone in the middle of a job.
process.on('unhandledRejection', (error) => onBug('unheard', error))

/** Lets `gongbang print` of a terminal use this studio's machines; without it the app is whole, too. */
async function serveTerminal(dataDir: string, { router, blobs }: Awaited<ReturnType<typeof createStudio>>): Promise<() => Promise<void>> {
  try {
    const server = await startHostServer(0, { router, blobs, token: readOrMakeToken(tokenFile(dataDir)), onBug })
    const takeBack = announceStudio(dataDir, { origin: server.origin, door: 'electron' })
    return () => (takeBack(), server.close())
  } catch (error) {
    onBug('terminal door', error)
    return async () => undefined
  }
}

/** The library may be open in a browser's studio: then its address helps more than the number of a process. */
async function tellWhere(dataDir: string, error: unknown): Promise<never> {
  const running = error instanceof StudioError && error.code === 'store/in-use' ? await findRunningStudio(dataDir) : undefined
  if (running === undefined) throw error
  throw new StudioError('store/in-use', `The studio of this library runs already: open ${running.origin} in your browser, or end it first (Ctrl-C in its terminal).`, { folder: dataDir })
}

// The desktop app: the studio in this process, its window over a message port.
await runDesktop({
  dist: distFolder(fileURLToPath(import.meta.url)),
  contentSecurityPolicy: CONTENT_SECURITY_POLICY,
  async startStudio() {
    const dataDir = dataFolder(process.env)
    const studio = await createStudio({ dataDir, door: 'electron', version: studioVersion(), now: Date.now, onBug, keepAwake: appKeepsAwake() }).catch((error: unknown) => tellWhere(dataDir, error))
    const endTerminal = await serveTerminal(dataDir, studio)
    return {
      serve: createPortServer(studio.router),
      answerBlob: (request, sha256) => answerBlob(studio.blobs, request, sha256),
      isJobRunning: studio.isJobRunning,
      async dispose() {
        await endTerminal()
        await studio.dispose()
      },
    }
  },
})
