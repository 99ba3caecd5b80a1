import type { Region } from './region'

/** Where the outlines of a region cross a horizontal line, mm, ascending: inside between the first and the second, and so on. */
export function regionCrossings(region: Region, y: number): number[] {
  const xs: number[] = []
  for (const contour of region) {
    const n = contour.length
    for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
      const ay = contour[j + 1]
      const by = contour[i + 1]
      if (ay > y !== by > y) xs.push(contour[j] + (((y - ay) / (by - ay)) * (contour[i] - contour[j])))
    }
  }
  return xs.sort((a, b) => a - b)
}
