import { type ObjectPaint, readPaint, type TrianglePaint } from './paint-tree'

/** Reads paint that was kept; triangles that can't be read are left out. Undefined when nothing is painted. */
export function readObjectPaint(value: unknown): ObjectPaint | undefined {
  const { support, seam } = record(value)
  const [ofSupport, ofSeam] = [readTriangles(support), readTriangles(seam)]
  if (ofSupport === undefined && ofSeam === undefined) return undefined
  return { ...(ofSupport && { support: ofSupport }), ...(ofSeam && { seam: ofSeam }) }
}

function readTriangles(value: unknown): TrianglePaint | undefined {
  const read = Object.entries(record(value)).filter((entry): entry is [string, string] => /^\d{1,9}$/.test(entry[0]) && typeof entry[1] === 'string' && isPaint(entry[1]))
  return read.length === 0 ? undefined : Object.fromEntries(read)
}

function isPaint(text: string): boolean {
  const node = readPaint(text)
  return node !== undefined && node !== 0
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
