import { fileURLToPath } from 'node:url'
import { dataFolder } from './cli/data-folder'
import { studioVersion } from './cli/studio-version'
import { createStudio } from './services/studio'
import { distFolder, runDesktop } from './shell/desktop'
import { answerBlob } from './transport/answer-blob'
import { CONTENT_SECURITY_POLICY } from './transport/content-security-policy'
import { createPortServer } from './transport/serve-port'

// The desktop app: the studio in this process, its window over a message port.
await runDesktop({
  dist: distFolder(fileURLToPath(import.meta.url)),
  contentSecurityPolicy: CONTENT_SECURITY_POLICY,
  async startStudio() {
    const studio = await createStudio({
      dataDir: dataFolder(process.env),
      door: 'electron',
      version: studioVersion(),
      now: () => Date.now(),
      onBug: (place, error) => console.error(place, error),
    })
    return {
      serve: createPortServer(studio.router),
      answerBlob: (request, sha256) => answerBlob(studio.blobs, request, sha256),
      isJobRunning: studio.isJobRunning,
      dispose: studio.dispose,
    }
  },
})
