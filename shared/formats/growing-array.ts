/** Float32 values of unknown count, in one growing block. */
export class GrowingFloats {
  values: Float32Array
  length = 0
  constructor(expected: number) {
    this.values = new Float32Array(Math.max(64, expected))
  }

  /** Appends three values. */
  push3(a: number, b: number, c: number): void {
    if (this.length + 3 > this.values.length) {
      const larger = new Float32Array(2 * this.values.length)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length] = a
    this.values[this.length + 1] = b
    this.values[this.length + 2] = c
    this.length += 3
  }

  /** A copy of what is filled. */
  filled(from = 0): Float32Array {
    return this.values.slice(from, this.length)
  }
}

/** Uint32 values of unknown count, in one growing block. */
export class GrowingInts {
  values: Uint32Array
  length = 0
  constructor(expected: number) {
    this.values = new Uint32Array(Math.max(64, expected))
  }

  /** Appends a triangle. */
  push3(a: number, b: number, c: number): void {
    if (this.length + 3 > this.values.length) {
      const larger = new Uint32Array(2 * this.values.length)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length] = a
    this.values[this.length + 1] = b
    this.values[this.length + 2] = c
    this.length += 3
  }

  /** A copy of what is filled. */
  filled(from = 0): Uint32Array {
    return this.values.slice(from, this.length)
  }
}
