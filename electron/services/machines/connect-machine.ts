import type { Link } from '../../devices/link'
import { StudioError } from '../../../shared/units/studio-error'
import type { MachineSession } from './machine-session'

/** Rates that printers use, the usual ones first. */
const RATES = [115_200, 250_000, 230_400, 57_600, 38_400, 19_200, 9600] as const

/** Opens the machine's port at a rate. */
export type OpenLink = (baudRate: number) => Promise<Link>

/** Rates to try: the user's own only, else the last good one, the profile's, then the usual ones. */
export function ratesToTry({ record, profile }: Pick<MachineSession, 'record' | 'profile'>): number[] {
  if (record.baudRate !== undefined) return [record.baudRate]
  const first = record.lastGoodBaudRate === undefined ? [] : [record.lastGoodBaudRate]
  return [...new Set([...first, profile.baudRate, ...RATES])]
}

/**
 * Connects a machine: tries one rate after the other until it answers as Marlin does.
 * @returns the rate
 * @throws StudioError of opening the port, 'machine/no-answer-at-any-rate' | 'machine/connect-stopped'
 */
export async function connectMachine(session: MachineSession, open: OpenLink, signal: AbortSignal): Promise<number> {
  const rates = ratesToTry(session)
  for (const baudRate of rates) {
    if (signal.aborted) break
    session.log('note', `Trying ${baudRate} baud`)
    const link = await open(baudRate)
    if (signal.aborted) {
      await link.close()
      break
    }
    if (await session.attach(link)) return baudRate
    // Not a question of the rate: the machine is gone, or says that it has stopped.
    const { reason } = session.state
    if (reason && reason.code !== 'machine/no-answer-at-rate') throw new StudioError(reason.code, reason.message, reason.values)
  }
  const { name, port } = session.record
  if (signal.aborted) throw new StudioError('machine/connect-stopped', `Connecting ${name} was stopped.`, { name })
  throw new StudioError('machine/no-answer-at-any-rate', `Nothing at ${port} answers as Marlin does (tried ${rates.join(', ')} baud). Is the machine switched on, and is it the right port?`, { port, rates: rates.join(', ') })
}
