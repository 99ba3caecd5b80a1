import { createHash } from 'node:crypto'
import type { Op } from '../../../shared/library/op'
import { type Change, type LogEnd, prepareOps } from '../../../shared/library/prepare-ops'
import { type VersionManifest, type VersionRecord, versionId } from '../../../shared/library/version'

export const NOW = 1_790_000_000_000

export const hashText = (text: string) => createHash('sha256').update(text).digest('hex')

/** A device that writes ops. */
export class Device {
  end: LogEnd

  constructor(dev: string, space = 'home') {
    this.end = { space, dev, seq: 0, hash: '', hlc: undefined }
  }

  write(changes: readonly Change[], nowMs = NOW): Op[] {
    const { ops, end } = prepareOps(changes, this.end, { author: 'owner', nowMs, hashText })
    this.end = end
    return [...ops]
  }

  title(text: string, nowMs = NOW): Op {
    return this.write([{ entity: 'design/1', key: 'title', value: text }], nowMs)[0]!
  }

  titles(count: number): Op[] {
    return this.write(Array.from({ length: count }, (_, n) => ({ entity: 'design/1', key: 'title', value: `Title ${n}` })))
  }
}

export const MANIFEST: VersionManifest = {
  parents: [],
  files: [{ path: 'cube.stl', sha256: 'c'.repeat(64), bytes: 684, type: 'model/stl' }],
  author: 'owner',
  message: '',
  licence: '',
  tool: 'test',
  units: 'millimeter',
  isRepaired: false,
  partCount: 1,
  sizeMm: [20, 20, 20],
  triangleCount: 12,
  volumeMm3: 8000,
  createdAt: NOW,
}

export function version(changes: Partial<VersionManifest> = {}): VersionRecord {
  const manifest = { ...MANIFEST, ...changes }
  return { ...manifest, id: versionId(manifest, hashText) }
}
