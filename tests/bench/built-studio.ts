import { type StudioLine, connectStudio } from '../../electron/transport/connect-studio'
import { findRunningStudio } from '../../electron/transport/running-studio'

/** Of no other program, most likely. */
export const PORT = 20_000 + (process.pid % 20_000)

export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A line to the built studio of a library, as soon as it answers. */
export async function lineTo(dataDir: string): Promise<StudioLine> {
  for (let tries = 0; tries < 200; tries++) {
    const running = await findRunningStudio(dataDir)
    if (running) return connectStudio(running)
    await wait(50)
  }
  throw new Error('The studio does not answer.')
}
