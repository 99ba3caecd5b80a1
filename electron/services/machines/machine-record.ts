import * as z from 'zod'
import type { Records } from '../../store/records'

const KIND = 'machine'
/** The built-in virtual printer: always there. */
export const VIRTUAL_ID = 'virtual'
/** The built-in virtual laser, beside it. */
const VIRTUAL_LASER_ID = 'virtual-laser'
/** Port of virtual printers. */
export const VIRTUAL_PORT = 'virtual'

const recordSchema = z.object({
  id: z.string(),
  name: z.string(),
  port: z.string(),
  profileId: z.string(),
  /** Fixed by the user; absent: found out. */
  baudRate: z.number().optional(),
  lastGoodBaudRate: z.number().optional(),
})
/** A machine as it is remembered. */
export type MachineRecord = z.infer<typeof recordSchema>

const VIRTUAL: MachineRecord = { id: VIRTUAL_ID, name: 'Virtual printer', port: VIRTUAL_PORT, profileId: 'virtual-printer' }

const VIRTUAL_LASER: MachineRecord = { id: VIRTUAL_LASER_ID, name: 'Virtual laser', port: VIRTUAL_PORT, profileId: 'virtual-laser' }

/** True for a machine that comes with the studio and stays. */
export function isBuiltin(id: string): boolean {
  return id === VIRTUAL_ID || id === VIRTUAL_LASER_ID
}

/** The remembered machines, the built-in virtual ones first. */
export function loadMachines(records: Records): MachineRecord[] {
  const kept = records.list(KIND).flatMap(({ value }) => {
    const read = recordSchema.safeParse(value)
    return read.success ? [read.data] : []
  })
  const builtin = [VIRTUAL, VIRTUAL_LASER].map((own) => kept.find(({ id }) => id === own.id) ?? own)
  return [...builtin, ...kept.filter(({ id }) => !isBuiltin(id))]
}

export function saveMachine(records: Records, record: MachineRecord): void {
  records.put(KIND, record.id, record)
}

export function forgetMachine(records: Records, id: string): void {
  records.remove(KIND, id)
}
