/** Numbers 0..1 (without 1), always the same for a seed (a whole number): mulberry32. */
export function seededNoise(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A seed made of some numbers, taken to the micrometre. */
export function seedOf(...values: readonly number[]): number {
  return values.reduce((seed, value) => Math.imul(seed ^ Math.round(value * 1000), 0x01000193) >>> 0, 0x811c9dc5)
}
