/** A serial port as the doctor sees it. */
export interface SerialPortFact {
  readonly path: string
  readonly isAccessible: boolean
  /** Program of the same user that has it open. */
  readonly heldBy?: string
}

/** What was found out about this computer; the judgement of it is `diagnoseComputer`. */
export interface ComputerFacts {
  readonly platform: string
  readonly nodeVersion: string
  readonly locale: string
  readonly dataDir: string
  readonly isDataDirWritable: boolean
  /** Undefined where it can't be asked. */
  readonly freeBytes: number | undefined
  readonly serialPorts: readonly SerialPortFact[]
  /** Linux: the group that owns serial ports, and whether this user is in it. */
  readonly serialGroup: { readonly name: string; readonly isMember: boolean } | undefined
  readonly hasUdev: boolean
  /** Running programs known to seize serial ports. */
  readonly seizers: readonly string[]
  readonly browser: string | undefined
  readonly electron: 'running' | 'installed' | 'absent'
  /** Linux: render nodes such as `renderD128`; undefined elsewhere. */
  readonly renderNodes: readonly string[] | undefined
  readonly hasPty: boolean
}
