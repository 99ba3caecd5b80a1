import type { DoctorCheck } from '../../../shared/contract/system'
import { diagnoseComputer } from './diagnose-computer'
import { readComputer } from './read-computer'

export interface SystemServiceParts {
  readonly door: 'electron' | 'host' | 'process'
  readonly dataDir: string
  readonly version: string
  readonly deviceId: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface Hello {
  readonly name: string
  readonly version: string
  readonly door: SystemServiceParts['door']
  readonly platform: string
  readonly locale: string
  readonly deviceId: string
  readonly now: number
}

export interface SystemService {
  hello(): Hello
  /** What this computer has and lacks, and what to do about it. */
  doctor(): Promise<DoctorCheck[]>
}

/** Makes the service behind `system.*`. */
export function createSystemService(parts: SystemServiceParts): SystemService {
  const { door, dataDir, version, deviceId, now } = parts
  return {
    hello: () => ({ name: 'Gongbang Studio', version, door, platform: process.platform, locale: Intl.DateTimeFormat().resolvedOptions().locale, deviceId, now: now() }),
    doctor: async () => diagnoseComputer(await readComputer(dataDir)),
  }
}
