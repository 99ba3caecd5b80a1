/** Pieces shorter than this are joined with the next, mm: a firmware's planner runs empty over many of them. */
const SHORT_MM = 0.06
/** A corner left out may be so far from the line, mm; below what any machine can place. */
const OFF_MM = 0.005

/**
 * An open line without its shortest pieces: a corner nearer than 0.06 mm to the last one is left out when the line then
 * passes it within 5 µm. First and last point stay.
 */
export function skipShortPieces(line: Float64Array): Float64Array {
  const n = line.length
  if (n <= 4) return line
  const kept = new Float64Array(n)
  kept[0] = line[0]
  kept[1] = line[1]
  let count = 2
  for (let i = 2; i < n - 2; i += 2) {
    const dx = line[i] - kept[count - 2]
    const dy = line[i + 1] - kept[count - 1]
    if (dx * dx + dy * dy < SHORT_MM * SHORT_MM) {
      const cx = line[i + 2] - kept[count - 2]
      const cy = line[i + 3] - kept[count - 1]
      const off = cx * dy - cy * dx
      const isOnTheWay = cx * dx + cy * dy >= 0
      if (isOnTheWay && off * off <= OFF_MM * OFF_MM * (cx * cx + cy * cy)) continue
    }
    kept[count++] = line[i]
    kept[count++] = line[i + 1]
  }
  kept[count++] = line[n - 2]
  kept[count++] = line[n - 1]
  return kept.subarray(0, count)
}
