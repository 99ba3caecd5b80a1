/** What a move is for. The order is the wire and buffer format: append only. */
export const MOVE_ROLES = [
  'travel', 'retract', 'unretract', 'outer-wall', 'inner-wall', 'top-skin', 'bottom-skin', 'internal-skin', 'infill',
  'bridge', 'gap-fill', 'skirt', 'brim', 'support', 'support-interface', 'custom', 'ironing', 'prime-tower',
] as const
export type MoveRole = (typeof MOVE_ROLES)[number]

/** Index of a role in `Toolpath.role`. */
export const ROLE = Object.fromEntries(MOVE_ROLES.map((role, i) => [role, i])) as Readonly<Record<MoveRole, number>>

/** The `objectId` of moves that belong to no object: CuraEngine's word. */
export const NO_OBJECT = 'NONMESH'

/** A change that holds from a move on. */
export type ToolpathEvent =
  | { readonly kind: 'fan'; readonly atMove: number; /** 0..1 */ readonly duty: number }
  /** Of the tool that prints unless one is named. */
  | { readonly kind: 'hotend'; readonly atMove: number; readonly targetC: number; readonly wait: boolean; readonly tool?: number }
  | { readonly kind: 'bed'; readonly atMove: number; readonly targetC: number; readonly wait: boolean }
  /** The moves that follow are another extruder's, from 0; the change takes time besides moves where it is given. */
  | { readonly kind: 'tool'; readonly atMove: number; readonly tool: number; readonly changeS?: number }
  | { readonly kind: 'object'; readonly atMove: number; readonly objectId: string }
  | { readonly kind: 'dwell'; readonly atMove: number; readonly dwellS: number }
  /** Of lines, of travels, or of both. */
  | { readonly kind: 'acceleration'; readonly atMove: number; readonly printMmPerS2?: number; readonly travelMmPerS2?: number }
  | { readonly kind: 'jerk'; readonly atMove: number; readonly xyMmPerS: number }
  /** Seconds, as Marlin's K and Klipper's ADVANCE. */
  | { readonly kind: 'pressure-advance'; readonly atMove: number; readonly advanceS: number }
  /** The machine waits for its user. */
  | { readonly kind: 'pause'; readonly atMove: number }
  /** The machine asks for another filament and waits. */
  | { readonly kind: 'colour-change'; readonly atMove: number }

export interface ToolpathLayer {
  /** First move of the layer; the layer ends where the next begins. */
  readonly firstMove: number
  /** Nozzle height of the layer's extrusions (its top), mm. */
  readonly zMm: number
  readonly heightMm: number
}

/**
 * The one intermediate form between slicing (or CAM, or read G-code) and everything after: moves, machine-neutral,
 * as parallel arrays of length `moveCount`, transferable between workers.
 */
export interface Toolpath {
  readonly moveCount: number
  /** xyz triples, mm in machine coordinates, length 3 · (moveCount + 1): point 0 is the start, point i + 1 ends move i. */
  readonly points: Float32Array
  /** Index into MOVE_ROLES. */
  readonly role: Uint8Array
  /** Filament volume that passes the nozzle in the move, mm³; negative in a retraction, 0 in a travel. */
  readonly volumeMm3: Float32Array
  readonly feedMmPerS: Float32Array
  /** Line width, mm; 0 where nothing is extruded. */
  readonly widthMm: Float32Array
  readonly layers: readonly ToolpathLayer[]
  /** In order of `atMove`. */
  readonly events: readonly ToolpathEvent[]
}
