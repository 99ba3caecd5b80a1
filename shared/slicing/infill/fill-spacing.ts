export type FillPattern = 'rectilinear' | 'grid' | 'triangles' | 'cubic' | 'honeycomb' | 'gyroid' | 'concentric'

/** Mean length of the gyroid's lines over the area they lie in, in a plane at any height, when its period is 1. */
const GYROID_LENGTH_PER_AREA = 2.4588

/** Of the distance of solid lines: cells with shorter sides have no room inside. */
const LEAST_SIDE = 0.4

/**
 * Distance that gives a pattern its density: between neighbouring lines of one direction (rectilinear, grid, triangles,
 * cubic), between loops (concentric), the period of the wave (gyroid), the side of a cell (honeycomb). mm; `widthMm` is the distance of solid lines, `density` 0..1.
 */
export function fillSpacing(pattern: FillPattern, density: number, widthMm: number): number {
  const solid = widthMm / Math.max(density, 1e-3)
  switch (pattern) {
    case 'rectilinear':
    case 'concentric':
      return solid
    case 'grid':
      return 2 * solid
    case 'triangles':
    case 'cubic':
      return 3 * solid
    case 'honeycomb':
      // Two waves of 4 sides over 3 sides of length, every 2 (rise + line): 4/3 line / (rise + line) is the density.
      return Math.max(LEAST_SIDE * widthMm, ((4 / 3) * solid - widthMm) / (Math.sqrt(3) / 2))
    case 'gyroid':
      return GYROID_LENGTH_PER_AREA * solid
    default:
      return pattern satisfies never
  }
}
