import type { Region } from '../../geometry/region'

/** Many small arrays in two that move between threads without being copied: numbers of items, and values in the same order. */
export interface Packed {
  readonly counts: Int32Array<ArrayBuffer>
  readonly values: Float64Array<ArrayBuffer>
}

/** Writes counts and values one behind the other. */
export class PackWriter {
  private counts = new Int32Array(256)
  private values = new Float64Array(4096)
  private countLength = 0
  private valueLength = 0

  count(value: number): void {
    if (this.countLength === this.counts.length) {
      const grown = new Int32Array(2 * this.countLength)
      grown.set(this.counts)
      this.counts = grown
    }
    this.counts[this.countLength++] = value
  }

  value(value: number): void {
    this.reserve(1)
    this.values[this.valueLength++] = value
  }

  /** Writes an array with its length. */
  array(array: Float64Array): void {
    this.count(array.length)
    this.reserve(array.length)
    this.values.set(array, this.valueLength)
    this.valueLength += array.length
  }

  arrays(arrays: readonly Float64Array[]): void {
    this.count(arrays.length)
    for (const array of arrays) this.array(array)
  }

  finish(): Packed {
    return { counts: this.counts.slice(0, this.countLength), values: this.values.slice(0, this.valueLength) }
  }

  private reserve(length: number): void {
    if (this.valueLength + length <= this.values.length) return
    const grown = new Float64Array(2 * (this.valueLength + length))
    grown.set(this.values.subarray(0, this.valueLength))
    this.values = grown
  }
}

/** Reads in the order of writing. Arrays are views of the packed one. */
export class PackReader {
  private countAt = 0
  private valueAt = 0

  constructor(private readonly packed: Packed) {}

  count(): number {
    return this.packed.counts[this.countAt++]
  }

  value(): number {
    return this.packed.values[this.valueAt++]
  }

  array(): Float64Array {
    const length = this.count()
    this.valueAt += length
    return this.packed.values.subarray(this.valueAt - length, this.valueAt)
  }

  arrays(): Float64Array[] {
    return this.list(() => this.array())
  }

  /** Reads a count, then so many items. */
  list<T>(item: () => T): T[] {
    return Array.from({ length: this.count() }, item)
  }
}

/** Packs regions, one a layer. */
export function packRegions(regions: readonly Region[]): Packed {
  const writer = new PackWriter()
  writer.count(regions.length)
  for (const region of regions) writer.arrays(region)
  return writer.finish()
}

/** Reads what `packRegions` wrote. */
export function unpackRegions(packed: Packed): Region[] {
  const reader = new PackReader(packed)
  return reader.list(() => reader.arrays())
}
