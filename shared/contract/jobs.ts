import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { call } from './base'

export const jobStateSchema = z.enum(['queued', 'running', 'held', 'done', 'failed', 'cancelled'])
export type JobState = z.infer<typeof jobStateSchema>

/** Which design versions a job makes, and from which settings. */
export const jobSourceSchema = z.object({
  designId: z.string(),
  versionId: z.string(),
  title: z.string(),
  copies: z.number().int().min(1),
})

export const jobSchema = z.object({
  id: z.string(),
  name: z.string(),
  machineId: z.string(),
  machineName: z.string(),
  state: jobStateSchema,
  gcodeSha256: z.string().length(64),
  gcodeBytes: z.number(),
  thumbnailSha256: z.string().length(64).optional(),
  sources: z.array(jobSourceSchema),
  material: z.string().optional(),
  quality: z.string().optional(),
  estimateS: z.number().optional(),
  filamentMm: z.number().optional(),
  filamentCm3: z.number().optional(),
  massG: z.number().optional(),
  layerCount: z.number().optional(),
  createdAt: z.number(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  /** 0..1 of the estimated time. */
  progress: z.number().min(0).max(1),
  remainingS: z.number().optional(),
  layer: z.number().optional(),
  /** Lines of the G-code file (1-based) sent and acknowledged. */
  lineCount: z.number(),
  linesAcknowledged: z.number(),
  resends: z.number(),
  /** Why it failed, is held or was cancelled. */
  reason: z.object({ code: z.string(), message: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }).optional(),
  /** Heaters as last seen, for a job that failed. */
  lastHeat: z.object({ hotendC: z.number(), hotendTargetC: z.number(), bedC: z.number(), bedTargetC: z.number(), atMs: z.number() }).optional(),
  /** Where the nozzle was sent last, for a job that failed. */
  lastPositionMm: z.object({ x: z.number(), y: z.number(), z: z.number(), e: z.number() }).optional(),
  /** The job that this one goes on with, from a line of the file (from 1). */
  resumedFrom: z.object({ jobId: z.string(), line: z.number() }).optional(),
})
export type Job = z.infer<typeof jobSchema>

/** A line from which a failed job may go on: where it had stopped, or where a layer begins. */
const resumeChoiceSchema = z.object({ kind: z.enum(['place', 'layer']), line: z.number(), layer: z.number(), zMm: z.number() })

/** What going on with a failed job means: the account of the risk that the user is shown. */
export const resumePlanSchema = z.object({
  jobId: z.string(),
  choices: z.array(resumeChoiceSchema),
  /** Height at which the nozzle stands by the journal, mm above the bed; Z is never homed. */
  standsAtZMm: z.number(),
  hotendC: z.number(),
  bedC: z.number(),
  /** Filament that is pushed out, and where. */
  primeMm: z.number(),
  primeAtMm: z.object({ x: z.number(), y: z.number() }),
  /** The file measured the bed; that can't be done again with the part on it. */
  usesLevelling: z.boolean(),
  /** The board was reset or lost its power: moves that it still had in its planner are missing. */
  mayMissMoves: z.boolean(),
})
export type ResumePlan = z.infer<typeof resumePlanSchema>

const jobId = z.object({ jobId: z.string() })

export const jobsContract = {
  /** Newest first. */
  list: call('viewer').input(z.object({ machineId: z.string().optional(), limit: z.number().int().min(1).max(1000).default(200) })).output(z.array(jobSchema)),
  watch: call('viewer').output(eventIterator(z.array(jobSchema))),
  /** The blob `gcodeSha256` must be there; it is checked (binary, over-long lines, another firmware) before the job is taken. */
  create: call('operator')
    .input(jobSchema.pick({ name: true, machineId: true, gcodeSha256: true, thumbnailSha256: true, sources: true, material: true, quality: true, estimateS: true, filamentMm: true, filamentCm3: true, massG: true, layerCount: true }).extend({
      start: z.boolean().default(true),
      /** Machines that speak Grbl: all lines in check mode first, or only that. */
      check: z.enum(['first', 'only']).optional(),
      /** Machines that speak Grbl: begin at a line of the file (from 1), with the modes, place, spindle and coolant of that line; a mill crosses at `safeZMm` above the work's zero. */
      fromLine: z.number().int().min(1).optional(),
      safeZMm: z.number().min(0).max(500).optional(),
    }))
    .output(jobSchema),
  start: call('operator').input(jobId).output(jobSchema),
  hold: call('operator').input(jobId).output(jobSchema),
  resume: call('operator').input(jobId).output(jobSchema),
  cancel: call('operator').input(jobId).output(jobSchema),
  /** From which lines a failed job may go on, and at what risk. */
  resumePlan: call('operator').input(jobId).output(resumePlanSchema),
  /** Goes on with a failed job as a new job: heats, homes X and Y only, primes, and prints from a line on. */
  resumeFrom: call('operator').input(z.object({ jobId: z.string(), line: z.number().int().min(1), standsAtZMm: z.number().min(0).max(2000) })).output(jobSchema),
  /** Writes a small G-code file to the card in the machine, checked as a job is; `name` as `PART.GCO`. */
  toCard: call('operator').input(z.object({ machineId: z.string(), gcodeSha256: z.string().length(64), name: z.string().max(12) })),
  remove: call('operator').input(jobId),
}
