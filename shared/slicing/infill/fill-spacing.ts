export type FillPattern = 'rectilinear' | 'grid' | 'gyroid' | 'concentric'

/** Mean length of the gyroid's lines over the area they lie in, in a plane at any height, when its period is 1. */
const GYROID_LENGTH_PER_AREA = 2.4588

/**
 * Distance that gives a pattern its density: between neighbouring lines of one direction (rectilinear, grid), between
 * loops (concentric), the period of the wave (gyroid). mm; `widthMm` is the distance of solid lines, `density` 0..1.
 */
export function fillSpacing(pattern: FillPattern, density: number, widthMm: number): number {
  const solid = widthMm / Math.max(density, 1e-3)
  switch (pattern) {
    case 'rectilinear':
    case 'concentric':
      return solid
    case 'grid':
      return 2 * solid
    case 'gyroid':
      return GYROID_LENGTH_PER_AREA * solid
    default:
      return pattern satisfies never
  }
}
