import * as z from 'zod'
import { canonicalJson } from './canonical-json'
import type { HashText, Op } from './op'

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

const manifestSchema = z.object({
  /** Versions that this one came from; one in another design makes it a remix. */
  parents: z.array(sha256Schema).max(64),
  files: z
    .array(z.object({ path: z.string().min(1).max(1024), sha256: sha256Schema, bytes: z.number().int().min(0), type: z.string().max(255) }))
    .min(1)
    .max(10_000),
  author: z.string().max(1000),
  message: z.string().max(10_000),
  licence: z.string().max(200),
  tool: z.string().max(200),
  /** Unit of the files' numbers as the user confirmed it, e.g. `mm`, `inch`. */
  units: z.string().max(40),
  isRepaired: z.boolean(),
  partCount: z.number().int().min(0),
  /** Of the whole in mm, as imported. */
  sizeMm: z.tuple([z.number(), z.number(), z.number()]),
  triangleCount: z.number().int().min(0),
  volumeMm3: z.number(),
  /** ms since 1970. */
  createdAt: z.number(),
})

/** What a version is: its files by hash, where it came from, and what was chosen when it was imported. Immutable. */
export type VersionManifest = Readonly<z.infer<typeof manifestSchema>>

/** A version with its id: the SHA-256 of its canonical manifest. */
export interface VersionRecord extends VersionManifest {
  readonly id: string
}

/** The id of a version, 64 hex digits: two replicas that make the same version give it the same name. */
export function versionId(manifest: VersionManifest, hashText: HashText): string {
  return hashText(canonicalJson(manifest))
}

/** Reads a manifest that came from elsewhere; undefined when it isn't one. */
export function readManifest(value: unknown): VersionManifest | undefined {
  const parsed = manifestSchema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}

/** Whether an op declares a version. */
export function isVersionOp(op: Pick<Op, 'entity' | 'key'>): boolean {
  return op.entity.startsWith('version/') && op.key === 'manifest'
}

/** Whether a version op's manifest is whole and its entity carries the manifest's own hash. Blobs may still be missing. */
export function isValidVersionOp(op: Pick<Op, 'entity' | 'value'>, hashText: HashText): boolean {
  // The hash is over what was sent, so that members that a later studio adds don't change the id.
  return readManifest(op.value) !== undefined && op.entity === `version/${hashText(canonicalJson(op.value))}`
}
