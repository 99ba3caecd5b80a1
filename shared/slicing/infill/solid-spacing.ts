/**
 * Cross-section of an extruded line, mm²: a rectangle with half circles at both sides, or half an ellipse's worth when
 * the line is narrower than the layer is high.
 */
export function crossSectionMm2(widthMm: number, heightMm: number): number {
  return widthMm >= heightMm ? (widthMm - heightMm) * heightMm + (Math.PI * heightMm * heightMm) / 4 : (Math.PI * widthMm * heightMm) / 4
}

/** Distance between the middles of neighbouring lines that together fill the layer without a gap, mm: less than their width, since their sides are round. */
export function solidSpacing(widthMm: number, heightMm: number): number {
  return crossSectionMm2(widthMm, heightMm) / heightMm
}

/** Width of the line that fills the layer without a gap when its neighbours' middles lie so far from its own, mm. */
export function widthAtSpacing(spacingMm: number, heightMm: number): number {
  const wideMm = spacingMm + heightMm * (1 - Math.PI / 4)
  return wideMm >= heightMm ? wideMm : (4 * spacingMm) / Math.PI
}
