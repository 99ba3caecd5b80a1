import { MOVE_ROLES, type MoveRole } from '../../shared/toolpath/toolpath'

/** What colours tell apart. */
export const COLOURINGS = ['type', 'feed', 'flow', 'layer', 'tool'] as const
export type Colouring = (typeof COLOURINGS)[number]

/** A colour for each role, told apart on light and dark ground. */
export const ROLE_COLOURS: Readonly<Record<MoveRole, string>> = {
  travel: '#5d7fa6',
  retract: '#c0457e',
  unretract: '#8d6bbd',
  'outer-wall': '#d9803a',
  'inner-wall': '#e0b14a',
  'top-skin': '#c9503f',
  'bottom-skin': '#a8433c',
  'internal-skin': '#b46ba0',
  infill: '#4f8f7a',
  bridge: '#4a90c4',
  'gap-fill': '#8a9a3c',
  skirt: '#6f9f4f',
  brim: '#5f8a46',
  support: '#7a86c9',
  'support-interface': '#5867b8',
  custom: '#8c8c86',
  ironing: '#e08f7a',
  'prime-tower': '#a08c6a',
}

/** From little to much: dark blue over green to yellow, even in lightness steps. */
export const RAMP: readonly string[] = ['#3f3a86', '#31688e', '#21918c', '#3fae76', '#90c94a', '#f0d63a']
export const TOOL_COLOURS: readonly string[] = ['#d9803a', '#4a90c4', '#6f9f4f', '#b46ba0', '#c9503f', '#8a9a3c', '#7a86c9', '#8c8c86']

/** Red, green and blue of `#rrggbb`, 0..1. */
export function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

/** The colour at a part (0..1) of the ramp, as the shader mixes it. */
export function rampColour(part: number): readonly [number, number, number] {
  const at = Math.min(1, Math.max(0, part)) * (RAMP.length - 1)
  const from = Math.min(RAMP.length - 2, Math.floor(at))
  const [a, b] = [rgbOf(RAMP[from] ?? '#000000'), rgbOf(RAMP[from + 1] ?? '#000000')]
  const mix = at - from
  return [a[0] + (b[0] - a[0]) * mix, a[1] + (b[1] - a[1]) * mix, a[2] + (b[2] - a[2]) * mix]
}

/** Bits of roles that are not drawn. */
export function hiddenMask(hidden: ReadonlySet<MoveRole>): number {
  return MOVE_ROLES.reduce((mask, role, index) => (hidden.has(role) ? mask | (1 << index) : mask), 0)
}
