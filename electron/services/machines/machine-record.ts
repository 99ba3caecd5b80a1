import * as z from 'zod'
import type { Records } from '../../store/records'

const KIND = 'machine'
/** The built-in virtual printer: always there. */
export const VIRTUAL_ID = 'virtual'
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

/** The remembered machines, the built-in virtual printer first. */
export function loadMachines(records: Records): MachineRecord[] {
  const kept = records.list(KIND).flatMap(({ value }) => {
    const read = recordSchema.safeParse(value)
    return read.success ? [read.data] : []
  })
  return [kept.find(({ id }) => id === VIRTUAL_ID) ?? VIRTUAL, ...kept.filter(({ id }) => id !== VIRTUAL_ID)]
}

export function saveMachine(records: Records, record: MachineRecord): void {
  records.put(KIND, record.id, record)
}

export function forgetMachine(records: Records, id: string): void {
  records.remove(KIND, id)
}
