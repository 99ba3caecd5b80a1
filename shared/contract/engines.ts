import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { ENGINE_KINDS } from '../machine/engines/engine'
import { call } from './base'

const engineKindSchema = z.enum(ENGINE_KINDS)

/** Another slicer on this computer that may make the G-code of a job. */
export const engineSchema = z.object({
  kind: engineKindSchema,
  /** As its makers write it. */
  name: z.string(),
  path: z.string(),
  version: z.string(),
  /** The user named its path; else it was found. */
  isChosen: z.boolean(),
})
export type Engine = z.infer<typeof engineSchema>

const problemSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  place: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

/** How far an engine is, and in the end where its G-code is kept, or why there is none. */
const engineNewsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), stage: z.string(), done: z.number(), total: z.number() }),
  z.object({ kind: z.literal('made'), gcodeSha256: z.string().length(64), problems: z.array(problemSchema) }),
  z.object({ kind: z.literal('failed'), problems: z.array(problemSchema) }),
])
export type EngineNews = z.infer<typeof engineNewsSchema>

export const enginesContract = {
  /** Those that are found now; looks again at every call. */
  list: call('member').output(z.array(engineSchema)),
  /** Names the program of an engine, or forgets it; refused when the program doesn't say that it is one. */
  choose: call('owner').input(z.object({ kind: engineKindSchema, path: z.string().min(1).max(1000).nullable() })).output(z.array(engineSchema)),
  /** Slices a project (a 3MF of the studio, kept as a blob) with an engine. Who stops listening ends the engine. */
  slice: call('member').input(z.object({ kind: engineKindSchema, projectSha256: z.string().length(64), title: z.string().max(200) })).output(eventIterator(engineNewsSchema)),
}
