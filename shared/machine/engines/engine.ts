import type { Problem } from '../../units/problem'

/** Slicers that may make the G-code of a job in place of ours, each run as a program of its own. */
export const ENGINE_KINDS = ['prusaslicer', 'orcaslicer', 'cura'] as const
export type EngineKind = (typeof ENGINE_KINDS)[number]

/** What a kind of engine is called, as its makers write it. */
export const ENGINE_NAMES: Readonly<Record<EngineKind, string>> = { prusaslicer: 'PrusaSlicer', orcaslicer: 'OrcaSlicer', cura: 'CuraEngine' }

/** How an engine is run once: files that are there before, its arguments, and the file that it leaves. Names are those within one folder, in which it runs. */
export interface EnginePlan {
  readonly kind: EngineKind
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly args: readonly string[]
  readonly outputName: string
  /** Settings that differ from what they are unless set, and that the engine has nothing for; severity `info`. */
  readonly left: readonly Problem[]
}

/** A setting that the engine has nothing for, as a problem. */
export function noCounterpart(kind: EngineKind, key: string, value: string | number | boolean): Problem {
  const program = ENGINE_NAMES[kind]
  return { code: 'engine/no-counterpart', severity: 'info', place: { key }, values: { program, key, value: String(value) }, message: `${program} has nothing for ${key} = ${value}: it was left out.` }
}
